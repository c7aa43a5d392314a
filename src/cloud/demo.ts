import { publicImages } from '../api/images.ts'
import { regionFacts } from '../api/regions.ts'
import type { Disk, Instance } from './ecs/records.ts'
import type { Machine } from './gateway/exchange.ts'
import { newId, newRuleId } from './ids.ts'

/** One kind of machine in the estate. */
interface Fleet {
  readonly app: string
  readonly instanceType: string
  readonly category: string
  readonly dataGiB: number
  readonly port: string
  readonly share: number
}

const fleets: readonly Fleet[] = [
  { app: 'web', instanceType: 'ecs.c6.large', category: 'cloud_essd', dataGiB: 0, port: '443/443', share: 5 },
  { app: 'api', instanceType: 'ecs.g6.xlarge', category: 'cloud_essd', dataGiB: 0, port: '8080/8080', share: 4 },
  { app: 'db', instanceType: 'ecs.r6.xlarge', category: 'cloud_essd', dataGiB: 500, port: '3306/3306', share: 2 },
  { app: 'cache', instanceType: 'ecs.r6.large', category: 'cloud_essd', dataGiB: 0, port: '6379/6379', share: 1 },
  { app: 'batch', instanceType: 'ecs.c6.2xlarge', category: 'cloud_efficiency', dataGiB: 100, port: '22/22', share: 2 },
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

type Place = { readonly regionId: string; readonly accountId: string; readonly now: number }

/** A network in a region: one VPC, a vSwitch in each of up to two zones, a group per kind of machine. */
function network({ state, random }: Machine, { regionId, accountId, now }: Place) {
  const createdAt = now - 200 * dayMs
  const own = { accountId, regionId, createdAt, description: '', resourceGroupId: '', tags: [{ key: 'team', value: 'platform' }] }
  const vpc = state.vpcs.put({
    ...own,
    id: newId('vpc', regionId, random),
    vpcName: 'main',
    cidrBlock: '10.0.0.0/8',
    status: 'Available',
    isDefault: false,
    vRouterId: newId('vrt', regionId, random),
    routeTableId: newId('vtb', regionId, random),
  })
  const zones = (regionFacts(regionId)?.Zones ?? []).slice(0, 2)
  const vSwitches = zones.map((zoneId, at) =>
    state.vSwitches.put({
      ...own,
      id: newId('vsw', regionId, random),
      vpcId: vpc.id,
      zoneId,
      vSwitchName: `main-${zoneId.at(-1)}`,
      cidrBlock: `10.${at}.0.0/20`,
      status: 'Available',
      isDefault: false,
    }),
  )
  const groups = new Map(
    fleets.map(({ app, port }) => {
      const group = state.securityGroups.put({
        ...own,
        id: newId('sg', regionId, random),
        vpcId: vpc.id,
        securityGroupName: app,
        securityGroupType: 'normal',
        innerAccessPolicy: 'Accept',
        rules: [
          {
            id: newRuleId(regionId, random),
            direction: 'ingress',
            ipProtocol: 'TCP',
            portRange: port,
            sourcePortRange: '',
            sourceCidrIp: app === 'web' ? '0.0.0.0/0' : '10.0.0.0/8',
            destCidrIp: '',
            ipv6SourceCidrIp: '',
            ipv6DestCidrIp: '',
            sourceGroupId: '',
            destGroupId: '',
            sourcePrefixListId: '',
            destPrefixListId: '',
            policy: 'Accept',
            priority: 1,
            nicType: 'intranet',
            description: '',
            createdAt,
          },
        ],
      })
      return [app, group.id] as const
    }),
  )
  return { vpc, vSwitches, groups }
}

function disk(machine: Machine, instance: Instance, fields: Pick<Disk, 'type' | 'category' | 'size' | 'device'>): void {
  const { state, random } = machine
  const { accountId, regionId, zoneId, instanceChargeType, createdAt, expiresAt, tags } = instance
  state.disks.put({
    id: newId('d', regionId, random),
    accountId,
    regionId,
    zoneId,
    status: 'In_use',
    performanceLevel: fields.category === 'cloud_essd' ? 'PL1' : '',
    diskName: `${instance.instanceName}-${fields.type}`,
    description: '',
    instanceId: instance.id,
    imageId: fields.type === 'system' ? instance.imageId : '',
    sourceSnapshotId: '',
    encrypted: false,
    kmsKeyId: '',
    portable: fields.type === 'data',
    deleteWithInstance: true,
    deleteAutoSnapshot: true,
    enableAutoSnapshot: false,
    diskChargeType: instanceChargeType,
    createdAt,
    attachedAt: createdAt,
    detachedAt: undefined,
    expiresAt,
    resourceGroupId: '',
    tags,
    ...fields,
  })
}

/** Fills a new cloud with an estate worth looking at: eight regions, 250 instances of five kinds, their disks, networks and tags. */
export function seedDemo(machine: Machine): void {
  const { state, random, accountId, clock } = machine
  const now = clock.now()
  const image = [...publicImages().values()].find(({ Platform, Architecture }) => Platform === 'Aliyun' && Architecture === 'x86_64')
  for (const [regionId, count] of sizes) {
    const { vpc, vSwitches, groups } = network(machine, { regionId, accountId, now })
    for (let at = 0; at < count; at++) {
      const fleet = drawn[random.integer(drawn.length)] as Fleet
      const env = environments[random.integer(environments.length)] as string
      const vSwitch = vSwitches[at % vSwitches.length] as (typeof vSwitches)[number]
      const stopped = env !== 'prod' && random.integer(3) === 0
      const prePaid = env === 'prod' && random.integer(3) === 0
      const spot = fleet.app === 'batch' && !prePaid
      const createdAt = now - (1 + random.integer(180)) * dayMs
      const id = newId('i', regionId, random)
      const open = fleet.app === 'web'
      const host = at + 1
      const instance = state.instances.put({
        id,
        accountId,
        regionId,
        zoneId: vSwitch.zoneId,
        status: stopped ? 'Stopped' : 'Running',
        instanceType: fleet.instanceType,
        imageId: image?.ImageId ?? '',
        instanceName: `${fleet.app}-${String(host).padStart(3, '0')}`,
        hostName: `${fleet.app}-${String(host).padStart(3, '0')}`,
        description: '',
        serialNumber: random.uuid(),
        vpcId: vpc.id,
        vSwitchId: vSwitch.id,
        privateIpAddress: `${vSwitch.cidrBlock.split('.').slice(0, 2).join('.')}.${host >> 8}.${host & 255}`,
        networkInterfaceId: newId('eni', regionId, random),
        macAddress: `00:16:3e:${random
          .bytes(3)
          .toString('hex')
          .replace(/(..)(..)(..)/, '$1:$2:$3')}`,
        securityGroupIds: [groups.get(fleet.app) as string],
        publicIpAddress: open ? `198.18.${random.integer(256)}.${1 + random.integer(250)}` : '',
        internetChargeType: 'PayByTraffic',
        internetMaxBandwidthIn: open ? 100 : 10,
        internetMaxBandwidthOut: open ? 100 : 0,
        instanceChargeType: prePaid ? 'PrePaid' : 'PostPaid',
        createdAt,
        startedAt: createdAt,
        expiresAt: prePaid ? now + (5 + random.integer(300)) * dayMs : undefined,
        autoReleaseAt: undefined,
        keyPairName: '',
        userData: '',
        ramRoleName: '',
        resourceGroupId: '',
        spotStrategy: spot ? 'SpotAsPriceGo' : 'NoSpot',
        spotPriceLimit: 0,
        spotDuration: spot ? 1 : 0,
        spotInterruptionBehavior: spot ? 'Terminate' : '',
        creditSpecification: '',
        deletionProtection: fleet.app === 'db' && !prePaid,
        stoppedMode: stopped ? 'KeepCharging' : 'Not-applicable',
        httpEndpoint: 'enabled',
        httpTokens: 'optional',
        tags: [
          { key: 'env', value: env },
          { key: 'app', value: fleet.app },
        ],
      })
      disk(machine, instance, { type: 'system', category: fleet.category, size: 40, device: '/dev/xvda' })
      if (fleet.dataGiB > 0) disk(machine, instance, { type: 'data', category: fleet.category, size: fleet.dataGiB, device: '/dev/xvdb' })
    }
  }
}
