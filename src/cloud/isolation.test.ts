/** Every operation there is, called by one account with everything of another one that its parameters can name. */
import { beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '../api/catalogue.ts'
import type { Product } from '../api/products.ts'
import { emulated } from './handlers.ts'
import { cloudWithNetwork, type Refusal, type TestAnswer } from './testing.ts'

const accounts = [{ id: '1000000000000001' }, { id: '1000000000000002' }]
const products = ['ecs', 'vpc', 'ram'] as const

/** The first account with one of each in it, and ids of it by the parameter that holds them. */
async function estate() {
  const cloud = await cloudWithNetwork({ accounts })
  const { call, VpcId, VSwitchId, SecurityGroupId } = cloud
  const InstanceId = await cloud.running()
  const { DiskId } = await call('CreateDisk', { ZoneId: 'cn-hangzhou-h', DiskCategory: 'cloud_essd', Size: 40 })
  const { NetworkInterfaceId } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
  const { AllocationId } = await call('AllocateEipAddress', {}, { product: 'vpc' })
  const network = { product: 'vpc' } as const
  const { NatGatewayId, ForwardTableIds, SnatTableIds } = await call('CreateNatGateway', { VpcId, VSwitchId }, network)
  const { BandwidthPackageId } = await call('CreateCommonBandwidthPackage', { Bandwidth: 10 }, network)
  const { HaVipId } = await call('CreateHaVip', { VSwitchId }, network)
  await call('CreateKeyPair', { KeyPairName: 'theirs' })
  cloud.clock.advance(60_000)
  const [disk] = await cloud.disks({ InstanceId, DiskType: 'system' })
  const { SnapshotId } = await call('CreateSnapshot', { DiskId: disk.DiskId })
  const { AutoSnapshotPolicyId } = await call('CreateAutoSnapshotPolicy', {
    autoSnapshotPolicyName: 'policy',
    timePoints: '["1"]',
    repeatWeekdays: '["1"]',
    retentionDays: 1,
  })
  cloud.clock.advance(600_000)
  const ram = (action: string, input: object) => call(action, input, { product: 'ram' })
  await ram('CreateUser', { UserName: 'theirs' })
  const { AccessKey } = await ram('CreateAccessKey', { UserName: 'theirs' })
  await ram('CreateGroup', { GroupName: 'theirs' })
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs.aliyuncs.com' } }
  await ram('CreateRole', { RoleName: 'theirs', AssumeRolePolicyDocument: JSON.stringify({ Version: '1', Statement: [trust] }) })
  const Statement = [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }]
  await ram('CreatePolicy', { PolicyName: 'theirs', PolicyDocument: JSON.stringify({ Version: '1', Statement }) })
  const ids: Readonly<Record<string, string>> = {
    InstanceId,
    DiskId,
    NetworkInterfaceId,
    AllocationId,
    SnapshotId,
    VpcId,
    VSwitchId,
    SecurityGroupId,
    SystemDiskId: disk.DiskId,
    UserAccessKeyId: AccessKey.AccessKeyId,
    AutoSnapshotPolicyId,
    NatGatewayId,
    ForwardTableId: ForwardTableIds.ForwardTableId[0],
    SnatTableId: SnatTableIds.SnatTableId[0],
    BandwidthPackageId,
    HaVipId,
    ResourceId: InstanceId,
  }
  return { ...cloud, ids }
}

const names = { KeyPairName: 'theirs', UserName: 'theirs', GroupName: 'theirs', RoleName: 'theirs', PolicyName: 'theirs' }

/** What else operations need, so that they get as far as looking at what they are given. */
const values: Readonly<Record<string, unknown>> = {
  ...names,
  RamRoleName: 'theirs',
  PolicyType: 'Custom',
  ResourceType: 'instance',
  Force: true,
  ForceStop: true,
  NewSize: 100,
  Status: 'Inactive',
  IpProtocol: 'tcp',
  PortRange: '22/22',
  SourceCidrIp: '10.0.0.0/8',
  DestCidrIp: '10.0.0.0/8',
  InstanceType: 'ecs.g7.xlarge',
  VersionId: 'v1',
  InstanceName: 'mine',
  Description: 'mine',
  Tag: [{ Key: 'mine', Value: 'mine' }],
}

/** The input of an operation with everything that it takes of those. */
function inputFor(product: Product, action: string, known: Readonly<Record<string, unknown>>, only?: string): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const [name, shape] of Object.entries(catalogue(product).get(action)?.input ?? {})) {
    const singular = `${name.charAt(0).toUpperCase()}${name.slice(1)}`.replace(/(Id|Name)s$/, '$1')
    const value = known[singular]
    if (
      value === undefined ||
      (only !== undefined && only !== singular && Object.hasOwn(known, singular) && !Object.hasOwn(values, singular))
    )
      continue
    const list = Array.isArray(shape) && !Array.isArray(value)
    input[name] = list ? [value] : value
  }
  return input
}

/** With everything, with each of the ids alone, and with nothing. */
function inputsFor(product: Product, action: string, ids: Readonly<Record<string, string>>): Record<string, unknown>[] {
  const known = { ...values, ...ids }
  const each = Object.keys(ids).map((only) => inputFor(product, action, known, only))
  const inputs = [inputFor(product, action, known), ...each, {}]
  return [...new Map(inputs.map((input) => [JSON.stringify(input), input])).values()]
}

const all = products.flatMap((product) => emulated(product).map((action) => ({ product, action })))

describe('an account', () => {
  let cloud: Awaited<ReturnType<typeof estate>>
  beforeAll(async () => {
    cloud = await estate()
  })

  /** All that is the first account's, but what is to happen. */
  const theirs = (): TestAnswer => {
    const { tables } = JSON.parse(Buffer.from(cloud.cloud.exportState()).toString())
    const rows = Object.entries<{ accountId: string }[]>(tables).filter(([name]) => name !== 'transitions' && name !== 'replays')
    const own = rows.map(([name, list]) => [name, list.filter((row) => row.accountId === accounts[0]?.id)] as const)
    return own.filter(([, list]) => list.length > 0)
  }

  test.each(all)('sees and changes nothing of another with $product $action', async ({ product, action }) => {
    const as = cloud.cloud.accounts[1]?.credentials as { accessKeyId: string; accessKeySecret: string }
    const before = theirs()
    for (const input of inputsFor(product, action, cloud.ids)) {
      const answer: TestAnswer = await cloud.call(action, input, { product, as }).catch((refused: Refusal) => {
        if (refused instanceof Error) throw refused
        return undefined
      })
      if (answer === undefined) continue
      const told = JSON.stringify(answer)
      for (const id of Object.values(cloud.ids)) expect(told, `${JSON.stringify(input)} was answered with ${id}`).not.toContain(id)
    }
    expect(theirs()).toEqual(before)
  })

  test('is answered the same calls about what is its own', async () => {
    const own = await estate()
    const [told, done] = [new Set<string>(), new Set<string>()]
    const mentions = (text: string) => Object.values(own.ids).some((id) => text.includes(id))
    for (const { product, action } of all.toSorted((a, b) => Number(a.action.startsWith('De')) - Number(b.action.startsWith('De'))))
      for (const input of inputsFor(product, action, own.ids)) {
        const answer = JSON.stringify(await own.call(action, input, { product }).catch(() => undefined)) as string | undefined
        if (answer === undefined) continue
        if (mentions(answer)) told.add(action)
        if (mentions(JSON.stringify(input))) done.add(action)
      }
    expect(told.size).toBeGreaterThan(25)
    expect(done.size).toBeGreaterThan(45)
  })
})
