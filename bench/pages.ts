/**
 * A page of 100 of many kinds of things, the first, the last and one filtered by name or tag where there is such a filter, with 1,000 and with
 * 100,000 of the kind in the cloud (`ROWS=10000` for fewer). An estate with one of each is made by calls, and imported with as many copies.
 */
import { monotonicNow } from '../src/api/system.ts'
import { EcsClient, VpcClient } from '../src/client/index.ts'
import { type Cloud, createCloud } from '../src/cloud/index.ts'
import { median } from './measure.ts'

const few = 1000
const many = Number(process.env.ROWS ?? 100_000)
const rounds = Number(process.env.ROUNDS ?? 20)

type Row = Readonly<Record<string, unknown>> & { readonly id: string }
interface State {
  readonly tables: Record<string, readonly Row[]>
}

interface Kind {
  readonly table: string
  readonly action: string
  readonly product?: 'vpc'
  readonly input?: Readonly<Record<string, unknown>>
  /** Rows a page has at the most, where that is not 100. */
  readonly most?: number
  /** The field of the row that has to differ, beside the id. */
  readonly own?: string
}

const kinds: readonly Kind[] = [
  { table: 'instances', action: 'DescribeInstances' },
  { table: 'instances', action: 'DescribeInstanceStatus', most: 50 },
  { table: 'disks', action: 'DescribeDisks' },
  { table: 'snapshots', action: 'DescribeSnapshots' },
  { table: 'images', action: 'DescribeImages', input: { ImageOwnerAlias: 'self' } },
  { table: 'networkInterfaces', action: 'DescribeNetworkInterfaces', input: { Type: 'Secondary' } },
  { table: 'securityGroups', action: 'DescribeSecurityGroups' },
  { table: 'keyPairs', action: 'DescribeKeyPairs', own: 'keyPairName', most: 50 },
  { table: 'launchTemplates', action: 'DescribeLaunchTemplates', most: 50 },
  { table: 'commands', action: 'DescribeCommands', most: 50 },
  { table: 'prefixLists', action: 'DescribePrefixLists', most: 50 },
  { table: 'deploymentSets', action: 'DescribeDeploymentSets', most: 50 },
  { table: 'autoSnapshotPolicies', action: 'DescribeAutoSnapshotPolicyEx', most: 50 },
  { table: 'vpcs', action: 'DescribeVpcs', product: 'vpc', most: 50 },
  { table: 'vSwitches', action: 'DescribeVSwitches', product: 'vpc', most: 50 },
  { table: 'eips', action: 'DescribeEipAddresses', product: 'vpc', most: 50 },
]

/** One of each, as a file. */
async function oneOfEach(): Promise<State> {
  const cloud = await createCloud({ seed: 'pages', clock: 'manual' })
  const options = { regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials, pace: false } as const
  const [ecs, vpc] = [new EcsClient(options), new VpcClient(options)]
  const { VpcId } = await vpc.createVpc({ CidrBlock: '10.0.0.0/8' })
  cloud.clock.advance(60_000)
  const { VSwitchId } = await vpc.createVSwitch({ VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.0.0/16' })
  cloud.clock.advance(60_000)
  const { SecurityGroupId } = await ecs.createSecurityGroup({ VpcId })
  const ImageId = 'aliyun_3_x64_20G_alibase_20241218.vhd'
  const launched = await ecs.runInstances({ ImageId, InstanceType: 'ecs.g7.large', VSwitchId, SecurityGroupId, Amount: 1 })
  const [InstanceId = ''] = launched.InstanceIdSets.InstanceIdSet
  cloud.clock.advance(60_000)
  const [disk] = (await ecs.describeDisks({ InstanceId })).Disks.Disk
  await ecs.createSnapshot({ DiskId: disk?.DiskId ?? '' })
  await ecs.createNetworkInterface({ VSwitchId, SecurityGroupId })
  await ecs.createKeyPair({ KeyPairName: 'one' })
  await ecs.createLaunchTemplate({ LaunchTemplateName: 'one', ImageId })
  await ecs.createCommand({ Name: 'one', Type: 'RunShellScript', CommandContent: 'bHM=' })
  await ecs.createPrefixList({ PrefixListName: 'one', AddressFamily: 'IPv4', MaxEntries: 10 })
  await ecs.createDeploymentSet({ DeploymentSetName: 'one' })
  await ecs.createAutoSnapshotPolicy({ timePoints: ['1'], repeatWeekdays: ['1'], retentionDays: 7 })
  await vpc.allocateEipAddress({})
  cloud.clock.advance(3_600_000)
  await ecs.createImage({ InstanceId, ImageName: 'one' })
  cloud.clock.advance(3_600_000)
  await ecs.describeRegions()
  const file = JSON.parse(Buffer.from(cloud.exportState()).toString()) as State
  await cloud.close()
  return file
}

/** A cloud with so many of a kind. */
async function cloudOf(state: State, { table, own }: Kind, count: number): Promise<Cloud> {
  const [row] = state.tables[table] ?? []
  if (row === undefined) throw new Error(`there is no row of ${table}; there are ${Object.keys(state.tables).join(', ')}`)
  const copies = Array.from({ length: count }, (_, at) => {
    const id = `${row.id.slice(0, -6)}${String(at).padStart(6, '0')}`
    return { ...row, id, ...(own !== undefined && { [own]: `name-${at}` }) }
  })
  const cloud = await createCloud({ clock: 'manual' })
  await cloud.importState(Buffer.from(JSON.stringify({ ...state, tables: { ...state.tables, [table]: copies } })))
  return cloud
}

/** Milliseconds for the first and for the last page of 100. */
async function pages(cloud: Cloud, { action, product, input, most = 100 }: Kind, count: number): Promise<readonly number[]> {
  const options = { regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials, pace: false } as const
  const client = product === 'vpc' ? new VpcClient(options) : new EcsClient(options)
  const PageSize = most
  const times: number[][] = [[], []]
  for (let round = 0; round <= rounds; round++)
    for (const [at, PageNumber] of [1, Math.floor(count / PageSize)].entries()) {
      const start = monotonicNow()
      const answer = (await client.call(action, { ...input, PageNumber, PageSize })) as {
        TotalCount?: number
      }
      const ms = monotonicNow() - start
      if (answer.TotalCount !== undefined && answer.TotalCount < count)
        throw new Error(`${action} tells of ${answer.TotalCount}, not of ${count}`)
      if (round > 0) times[at]?.push(ms)
    }
  return times.map(median)
}

const state = await oneOfEach()
console.log(`a page of each kind, median of ${rounds}: milliseconds with ${few}, with ${many}, ratio (first page, last page)`)
for (const kind of kinds) {
  const told: string[] = []
  const measured: (readonly number[])[] = []
  for (const count of [few, many]) {
    const cloud = await cloudOf(state, kind, count)
    measured.push(await pages(cloud, kind, count))
    await cloud.close()
  }
  for (const at of [0, 1]) {
    const [less = 0, more = 0] = measured.map((one) => one[at])
    told.push(`${less.toFixed(2)} ${more.toFixed(2)} ${(more / less).toFixed(2)}x`)
  }
  console.log(`  ${kind.action.padEnd(32)} ${told.join('   ')}`)
}
