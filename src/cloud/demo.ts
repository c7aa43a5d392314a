import { type DemoNetwork, type Origin, putNetwork } from './demo-network.ts'
import type { Disk, Instance } from './ecs/records.ts'
import type { Machine } from './gateway/exchange.ts'
import { newId, newMacAddress } from './ids.ts'
import { addressesOf } from './vpc/cidr.ts'
import type { Tag } from './vpc/records.ts'

/** One kind of machine in the estate. */
interface Fleet {
  readonly app: string
  readonly team: string
  readonly instanceTypes: readonly string[]
  readonly imageId: string
  readonly category: string
  /** Of the data disk; 0 for none. */
  readonly dataGiB: number
  /** How many of 14 instances are of this kind. */
  readonly share: number
}

const aliyun = 'aliyun_3_x64_20G_alibase_20241218.vhd'
const ubuntu = 'ubuntu_22_04_x64_20G_alibase_20240926.vhd'

const fleets: readonly Fleet[] = [
  {
    app: 'web',
    team: 'shop',
    instanceTypes: ['ecs.c7.large', 'ecs.c6.large'],
    imageId: aliyun,
    category: 'cloud_essd',
    dataGiB: 0,
    share: 5,
  },
  { app: 'api', team: 'shop', instanceTypes: ['ecs.g7.xlarge'], imageId: aliyun, category: 'cloud_essd', dataGiB: 0, share: 4 },
  {
    app: 'db',
    team: 'data',
    instanceTypes: ['ecs.r7.xlarge', 'ecs.r6.2xlarge'],
    imageId: aliyun,
    category: 'cloud_essd',
    dataGiB: 500,
    share: 2,
  },
  { app: 'cache', team: 'data', instanceTypes: ['ecs.r6.large'], imageId: ubuntu, category: 'cloud_essd', dataGiB: 0, share: 1 },
  {
    app: 'batch',
    team: 'science',
    instanceTypes: ['ecs.c6.2xlarge'],
    imageId: ubuntu,
    category: 'cloud_efficiency',
    dataGiB: 100,
    share: 2,
  },
]

/** How many instances each region has: one with more than a page of a hundred, some small ones. */
const sizes: readonly (readonly [regionId: string, count: number])[] = [
  ['cn-hangzhou', 128],
  ['cn-beijing', 42],
  ['cn-shanghai', 30],
  ['cn-shenzhen', 18],
  ['cn-hongkong', 9],
  ['ap-southeast-1', 12],
  ['us-west-1', 6],
  ['eu-central-1', 5],
]

const dayMs = 86_400_000
const drawn: readonly Fleet[] = fleets.flatMap((fleet) => Array.from({ length: fleet.share }, () => fleet))
const environments = ['prod', 'prod', 'prod', 'staging', 'dev'] as const

const pick = <T>({ random }: Machine, from: readonly T[]): T => from[random.integer(from.length)] as T
const oneIn = ({ random }: Machine, chance: number): boolean => random.integer(chance) === 0

/** The tags of one kind of machine in one environment: the same list for all of them. */
const tagLists = new Map<string, readonly Tag[]>()

function tagsOf({ app, team }: Fleet, env: string): readonly Tag[] {
  const key = `${env}/${app}`
  let tags = tagLists.get(key)
  if (tags === undefined)
    tagLists.set(
      key,
      (tags = [
        { key: 'env', value: env },
        { key: 'app', value: app },
        { key: 'team', value: team },
      ]),
    )
  return tags
}

/** Takes the next public address of 198.18.0.0/15, which is routed nowhere. */
type NextPublicIp = () => string

/** Production is paid for by subscription now and then, batch work runs on spare capacity, the rest is paid for by use. */
function putInstance(machine: Machine, origin: Origin, network: DemoNetwork, at: number, nextPublicIp: NextPublicIp): [Instance, Fleet] {
  const { state, random, clock } = machine
  const { accountId, regionId } = origin
  const fleet = pick(machine, drawn)
  const env = pick(machine, environments)
  const vSwitch = network.vSwitches[at % network.vSwitches.length] as DemoNetwork['vSwitches'][number]
  const name = `${fleet.app}-${String(at + 1).padStart(3, '0')}`
  const open = fleet.app === 'web'
  const spot = fleet.app === 'batch'
  const stopped = env !== 'prod' && oneIn(machine, 3)
  const createdAt = origin.createdAt + random.integer(180) * dayMs
  const prePaid = env === 'prod' && !spot && oneIn(machine, 3)
  const expiresAt = prePaid ? clock.now() + (3 + random.integer(300)) * dayMs : undefined
  // Each field by its name, here and below: whatever is spread into an object takes longer than all the rest of it.
  const instance = state.instances.put({
    id: newId('i', regionId, random),
    accountId,
    regionId,
    zoneId: vSwitch.zoneId,
    status: stopped ? 'Stopped' : 'Running',
    stoppedMode: stopped ? 'KeepCharging' : 'Not-applicable',
    instanceType: pick(machine, fleet.instanceTypes),
    imageId: fleet.imageId,
    instanceName: name,
    hostName: name,
    description: '',
    serialNumber: random.uuid(),
    vpcId: network.vpcId,
    vSwitchId: vSwitch.id,
    privateIpAddress: vSwitch.addressAt(Math.floor(at / network.vSwitches.length)),
    macAddress: newMacAddress(random),
    securityGroupIds: [network.groupIds.get(fleet.app) as string],
    publicIpAddress: open ? nextPublicIp() : '',
    internetChargeType: 'PayByTraffic',
    internetMaxBandwidthIn: open ? 100 : 10,
    internetMaxBandwidthOut: open ? 100 : 0,
    createdAt,
    startedAt: createdAt,
    expiresAt,
    autoReleaseAt: undefined,
    keyPairName: '',
    userData: '',
    ramRoleName: '',
    resourceGroupId: '',
    creditSpecification: '',
    httpEndpoint: 'enabled',
    httpTokens: 'optional',
    tags: tagsOf(fleet, env),
    instanceChargeType: prePaid ? 'PrePaid' : 'PostPaid',
    spotStrategy: spot ? 'SpotAsPriceGo' : 'NoSpot',
    spotPriceLimit: 0,
    spotDuration: spot ? 1 : 0,
    spotInterruptionBehavior: spot ? 'Terminate' : '',
    deletionProtection: fleet.app === 'db' && env === 'prod' && !prePaid,
  })
  return [instance, fleet]
}

type Dimensions = Pick<Disk, 'type' | 'category' | 'size' | 'device'>

function putDisk({ state, random }: Machine, instance: Instance, { type, category, size, device }: Dimensions): void {
  const { accountId, regionId, zoneId, instanceChargeType, createdAt, expiresAt, tags } = instance
  state.disks.put({
    id: newId('d', regionId, random),
    accountId,
    regionId,
    zoneId,
    type,
    category,
    size,
    device,
    status: 'In_use',
    performanceLevel: category === 'cloud_essd' ? 'PL1' : '',
    diskName: `${instance.instanceName}-${type}`,
    description: '',
    instanceId: instance.id,
    imageId: type === 'system' ? instance.imageId : '',
    sourceSnapshotId: '',
    encrypted: false,
    kmsKeyId: '',
    portable: type === 'data' && instanceChargeType === 'PostPaid',
    deleteWithInstance: true,
    deleteAutoSnapshot: true,
    enableAutoSnapshot: true,
    diskChargeType: instanceChargeType,
    createdAt,
    attachedAt: createdAt,
    detachedAt: undefined,
    expiresAt,
    resourceGroupId: '',
    tags,
  })
}

/** Fills one region of one account. */
function seedRegion(machine: Machine, origin: Origin, count: number, nextPublicIp: NextPublicIp): void {
  const { accountId, regionId } = origin
  const network = putNetwork(machine, origin)
  for (let at = 0; at < count; at++) {
    const [instance, { category, dataGiB }] = putInstance(machine, origin, network, at, nextPublicIp)
    putDisk(machine, instance, { type: 'system', category, size: 40, device: '/dev/xvda' })
    if (dataGiB > 0) putDisk(machine, instance, { type: 'data', category, size: dataGiB, device: '/dev/xvdb' })
    if (instance.expiresAt === undefined) continue
    const [kind, subject] = ['instance.expired', instance.id]
    machine.state.agenda.schedule({ id: `${kind}:${subject}`, accountId, regionId, at: instance.expiresAt, kind, subject })
  }
}

/**
 * Gives each of the accounts of a new cloud an estate worth looking at: eight regions, 250 instances of five kinds, their disks,
 * networks and tags. It puts rows directly; only the ends of subscriptions are still to come.
 */
export function seedDemo(machine: Machine, accountIds: readonly string[]): void {
  let publicIps = 0
  const publicIp = addressesOf('198.18.0.0/15')
  const nextPublicIp = () => publicIp(publicIps++)
  const createdAt = machine.clock.now() - 200 * dayMs
  for (const accountId of accountIds)
    for (const [regionId, count] of sizes) seedRegion(machine, { accountId, regionId, createdAt }, count, nextPublicIp)
}
