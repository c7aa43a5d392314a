import { describe, expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const ram = { product: 'ram' } as const
const trust = (Service: string) =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [Service] } }] })

describe('CreateInstance', () => {
  it('of a subscription is an order with a price', async () => {
    const { call, basics } = await cloudWithNetwork()
    const { OrderId, TradePrice, InstanceId } = await call('CreateInstance', { ...basics, InstanceChargeType: 'PrePaid', Period: 1 })
    expect(InstanceId).toMatch(/^i-/)
    expect(OrderId).toMatch(/^\d+$/)
    expect(TradePrice).toBeGreaterThan(0)
    expect((await call('CreateInstance', basics)).OrderId).toBeUndefined()
  })
})

describe('RunInstances', () => {
  it('takes the primary interface for the network it stands in', async () => {
    const { call, basics, instances, VSwitchId, SecurityGroupId } = await cloudWithNetwork()
    const { ImageId, InstanceType } = basics
    const NetworkInterface = [{ InstanceType: 'Primary', VSwitchId, SecurityGroupIds: [SecurityGroupId], PrimaryIpAddress: '10.0.0.9' }]
    await call('RunInstances', { ImageId, InstanceType, NetworkInterface })
    expect((await instances())[0].NetworkInterfaces.NetworkInterface[0]).toMatchObject({ Type: 'Primary', PrimaryIpAddress: '10.0.0.9' })
  })

  it.each([
    [
      'a primary interface beside a vSwitch',
      { NetworkInterface: [{ InstanceType: 'Primary', VSwitchId: 'vsw-a' }] },
      'InvalidParam.NetworkInterface',
    ],
    ['a key pair that is not there', { KeyPairName: 'mine' }, 'InvalidKeyPairName.NotFound'],
    ['two ways to name hosts', { HostName: 'a1', HostNames: ['a2'] }, 'UnsupportedParameter'],
  ])('refuses %s', async (_title, input, code) => {
    const { refusal, basics } = await cloudWithNetwork()
    expect(await refusal('RunInstances', { ...basics, ...input })).toMatchObject({ code, status: 400 })
  })

  it('writes down what its disks are to be', async () => {
    const { launch, disks } = await cloudWithNetwork()
    await launch({
      SystemDisk: { Size: '60', Category: 'cloud_essd', PerformanceLevel: 'PL1', DiskName: 'root', Encrypted: 'true' },
      DataDisk: [
        { Size: 100, Category: 'cloud_auto', Device: '/dev/xvdc', Encrypted: true, KMSKeyId: 'key-1' },
        { Size: 500, Category: 'cloud_essd', PerformanceLevel: 'PL2' },
      ],
      Tag: [{ Key: 'app', Value: 'db' }],
    })
    const found = (await disks()).toSorted((a, b) => (a.Device < b.Device ? -1 : 1))
    expect(found).toMatchObject([
      { Device: '/dev/xvda', Type: 'system', Size: 60, PerformanceLevel: 'PL1', DiskName: 'root', Encrypted: true },
      { Device: '/dev/xvdb', Type: 'data', Size: 500, PerformanceLevel: 'PL2', Encrypted: false },
      { Device: '/dev/xvdc', Type: 'data', Size: 100, PerformanceLevel: '', Encrypted: true, KMSKeyId: 'key-1' },
    ])
    expect(found.map((disk) => disk.Tags.Tag)).toEqual(Array.from({ length: 3 }, () => [{ TagKey: 'app', TagValue: 'db' }]))
  })

  it('gives a type of the latest generations an ESSD of PL0 where nothing else is said, and an older one an ultra disk', async () => {
    const { launch, disks } = await cloudWithNetwork()
    const [latest] = await launch({ InstanceType: 'ecs.g7.large' })
    const [older] = await launch({ InstanceType: 'ecs.g6.large' })
    expect(await disks({ InstanceId: latest })).toMatchObject([{ Category: 'cloud_essd', PerformanceLevel: 'PL0', Size: 40 }])
    expect(await disks({ InstanceId: older })).toMatchObject([{ Category: 'cloud_efficiency', PerformanceLevel: '', Size: 40 }])
  })

  it('answers a subscription with an order, and names hosts one by one', async () => {
    const { call, basics, instances } = await cloudWithNetwork()
    const answer = await call('RunInstances', { ...basics, InstanceChargeType: 'PrePaid', Period: 1, Amount: 2, HostNames: ['one', 'two'] })
    expect(answer.OrderId).toMatch(/^\d{15}$/)
    expect(answer.TradePrice).toBeGreaterThan(0)
    expect((await instances()).map((one) => one.HostName).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['one', 'two'])
  })

  it('answers a repeated ClientToken with the same instances, and a dry run with a refusal that leaves nothing', async () => {
    const { launch, refusal, basics, instances } = await cloudWithNetwork()
    const first = await launch({ ClientToken: 'once' })
    expect(await launch({ ClientToken: 'once' })).toEqual(first)
    expect(await refusal('RunInstances', { ...basics, DryRun: true })).toMatchObject({ code: 'DryRunOperation', status: 400 })
    expect(await instances()).toHaveLength(1)
  })
})

describe('a RAM role for an instance', () => {
  it('has to trust ECS', async () => {
    const { call, refusal, launch, basics } = await cloudWithNetwork()
    await call('CreateRole', { RoleName: 'good', AssumeRolePolicyDocument: trust('ecs.aliyuncs.com') }, ram)
    await call('CreateRole', { RoleName: 'other', AssumeRolePolicyDocument: trust('fc.aliyuncs.com') }, ram)
    expect(await refusal('RunInstances', { ...basics, RamRoleName: 'other' })).toMatchObject({
      code: 'InvalidRamRole.NotEcsRole',
      status: 404,
    })
    expect(await launch({ RamRoleName: 'good' })).toHaveLength(1)
  })

  it('has to be one the caller may pass on', async () => {
    const { call, refusal, basics } = await cloudWithNetwork()
    await call('CreateRole', { RoleName: 'good', AssumeRolePolicyDocument: trust('ecs.aliyuncs.com') }, ram)
    await call('CreateUser', { UserName: 'ops' }, ram)
    await call('AttachPolicyToUser', { UserName: 'ops', PolicyType: 'System', PolicyName: 'AliyunECSFullAccess' }, ram)
    const { AccessKey } = await call('CreateAccessKey', { UserName: 'ops' }, ram)
    const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
    await call('RunInstances', basics, { as })
    const refused = await refusal('RunInstances', { ...basics, RamRoleName: 'good' }, { as })
    expect(refused).toMatchObject({
      code: 'InvalidUser.PassRoleForbidden',
      status: 403,
      body: { AccessDeniedDetail: { AuthAction: 'ram:PassRole' } },
    })
  })
})
