import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

async function cloudWithInterfaces() {
  const cloud = await cloudWithNetwork()
  const { call, VSwitchId, SecurityGroupId, clock } = cloud
  const place = { VSwitchId, SecurityGroupId }
  const create = (input: object = {}): Promise<TestAnswer> => call('CreateNetworkInterface', { ...place, ...input })
  const list = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeNetworkInterfaces', input)).NetworkInterfaceSets.NetworkInterfaceSet
  const statusOf = async (id: string) => (await list({ NetworkInterfaceId: [id] }))[0]?.Status
  /** One that is attached to an instance of its own. */
  const attached = async (input: object = {}) => {
    const InstanceId = await cloud.running()
    const { NetworkInterfaceId } = await create(input)
    await call('AttachNetworkInterface', { InstanceId, NetworkInterfaceId })
    clock.advance(5_000)
    return { InstanceId, NetworkInterfaceId: NetworkInterfaceId as string }
  }
  const ids = (rows: readonly TestAnswer[]) => rows.map((row) => row.NetworkInterfaceId)
  const freeIn = async (vSwitchId = VSwitchId): Promise<number> =>
    (await call('DescribeVSwitchAttributes', { VSwitchId: vSwitchId }, { product: 'vpc' })).AvailableIpAddressCount
  return { ...cloud, create, list, statusOf, attached, ids, freeIn }
}

describe('a network interface', () => {
  it('is made Available, with addresses, groups and tags, and takes its addresses from the vSwitch', async () => {
    const { create, list, freeIn, SecurityGroupId, VpcId } = await cloudWithInterfaces()
    const before = await freeIn()
    const made = await create({
      NetworkInterfaceName: 'second',
      PrimaryIpAddress: '10.0.0.77',
      PrivateIpAddress: ['10.0.0.80', '10.0.0.81'],
      Tag: [{ Key: 'use', Value: 'data' }],
      ConnectionTrackingConfiguration: { UdpTimeout: 60 },
      QueueNumber: 2,
    })
    expect(made).toMatchObject({ Status: 'Available', Type: 'Secondary', PrivateIpAddress: '10.0.0.77', VpcId, ServiceManaged: false })
    expect(made.PrivateIpSets.PrivateIpSet).toEqual([
      { PrivateIpAddress: '10.0.0.77', Primary: true },
      { PrivateIpAddress: '10.0.0.80', Primary: false },
      { PrivateIpAddress: '10.0.0.81', Primary: false },
    ])
    expect(made.SecurityGroupIds.SecurityGroupId).toEqual([SecurityGroupId])
    expect(await list({ Tag: [{ Key: 'use', Value: 'data' }] })).toMatchObject([
      { NetworkInterfaceName: 'second', MacAddress: expect.stringMatching(/^00:16:3e(:[0-9a-f]{2}){3}$/), InstanceId: '' },
    ])
    expect(await freeIn()).toBe(before - 3)
  })

  it.each([
    ['no group', { SecurityGroupId: '' }, 'MissingParameter', 400],
    ['two ways to name groups', { SecurityGroupIds: ['sg-a'] }, 'InvalidParameter.Conflict', 400],
    ['an unknown group', { SecurityGroupId: 'sg-a' }, 'InvalidSecurityGroupId.NotFound', 404],
    ['an unknown vSwitch', { VSwitchId: 'vsw-a' }, 'InvalidVSwitchId.NotFound', 404],
    ['two ways to get addresses', { PrivateIpAddress: ['10.0.0.9'], SecondaryPrivateIpAddressCount: 1 }, 'InvalidParameter.Conflict', 400],
    ['an address twice', { PrivateIpAddress: ['10.0.0.9', '10.0.0.9'] }, 'InvalidIp.IpRepeated', 403],
    ['an address from elsewhere', { PrimaryIpAddress: '10.0.9.9' }, 'InvalidVSwitchId.IpInvalid', 403],
    ['a reserved address', { PrivateIpAddress: ['10.0.0.0'] }, 'InvalidVSwitchId.IpInvalid', 403],
    ['no address at all', { PrivateIpAddress: ['ten'] }, 'InvalidPrivateIpAddress.Malformed', 400],
    [
      'the primary address again',
      { PrimaryIpAddress: '10.0.0.9', PrivateIpAddress: ['10.0.0.9'] },
      'InvalidPrivateIpAddress.Duplicated',
      400,
    ],
    ['fifty addresses', { SecondaryPrivateIpAddressCount: 50 }, 'InvalidParameter', 400],
    ['no queue', { QueueNumber: 0 }, 'InvalidParameter.InvalidEniQueueNumber', 403],
    ['too many queues', { QueueNumber: 2049 }, 'InvalidParameter.InvalidEniQueueNumber', 403],
    ['half a queue', { QueueNumber: 1.5 }, 'InvalidParameter', 400],
    ['a trunk', { InstanceType: 'Trunk' }, 'UnsupportedParameter', 400],
    ['an unknown kind', { InstanceType: 'Member' }, 'InvalidParameter', 400],
    ['a mode that there is not', { NetworkInterfaceTrafficMode: 'Fast' }, 'InvalidParameter', 400],
    ['a name like a URL', { NetworkInterfaceName: 'http://a' }, 'InvalidParameter', 400],
    ['a resource group that cannot be', { ResourceGroupId: 'a group' }, 'InvalidResourceGroup.NotFound', 404],
    ['connections tracked for a year', { ConnectionTrackingConfiguration: { UdpTimeout: 31_536_000 } }, 'InvalidParameter', 400],
  ])('with %s is refused, and nothing is left', async (_title, input, code, status) => {
    const { refusal, list, VSwitchId, SecurityGroupId } = await cloudWithInterfaces()
    expect(await refusal('CreateNetworkInterface', { VSwitchId, SecurityGroupId, ...input })).toMatchObject({ code, status })
    expect(await list()).toEqual([])
  })

  it('that wants more than the vSwitch has is refused', async () => {
    const { call, refusal, create, clock, VpcId, SecurityGroupId } = await cloudWithInterfaces()
    const small = { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.9.0/29' }
    const { VSwitchId } = await call('CreateVSwitch', small, { product: 'vpc' })
    clock.advance(60_000)
    const place = { VSwitchId, SecurityGroupId }
    expect(await refusal('CreateNetworkInterface', { ...place, SecondaryPrivateIpAddressCount: 4 })).toMatchObject({
      code: 'InvalidVSwitchId.IpNotEnough',
      status: 403,
    })
    await create({ ...place, SecondaryPrivateIpAddressCount: 3 })
    expect(await refusal('CreateNetworkInterface', place)).toMatchObject({ code: 'InvalidVSwitchId.IpNotEnough' })
  })

  it('is Attaching, then InUse, and its instance shows it; then Detaching, Available, Deleting and gone', async () => {
    const { call, create, statusOf, running, instances, clock } = await cloudWithInterfaces()
    const InstanceId = await running()
    const { NetworkInterfaceId } = await create({ SecondaryPrivateIpAddressCount: 1 })
    const shown = async () => (await instances())[0].NetworkInterfaces.NetworkInterface
    await call('AttachNetworkInterface', { InstanceId, NetworkInterfaceId })
    expect([await statusOf(NetworkInterfaceId), (await shown()).length]).toEqual(['Attaching', 1])
    clock.advance(5_000)
    expect(await statusOf(NetworkInterfaceId)).toBe('InUse')
    expect(await shown()).toMatchObject([{ Type: 'Primary' }, { Type: 'Secondary', NetworkInterfaceId }])
    expect((await shown())[1].PrivateIpSets.PrivateIpSet).toHaveLength(2)
    await call('DetachNetworkInterface', { InstanceId, NetworkInterfaceId })
    expect(await statusOf(NetworkInterfaceId)).toBe('Detaching')
    clock.advance(5_000)
    expect([await statusOf(NetworkInterfaceId), (await shown()).length]).toEqual(['Available', 1])
    await call('DeleteNetworkInterface', { NetworkInterfaceId })
    expect(await statusOf(NetworkInterfaceId)).toBe('Deleting')
    clock.advance(5_000)
    expect(await statusOf(NetworkInterfaceId)).toBeUndefined()
  })

  it('is attached once, to an instance in its zone and VPC that is settled and has room', async () => {
    const { call, refusal, create, attached, launch, running, clock, VpcId } = await cloudWithInterfaces()
    const { NetworkInterfaceId } = await create()
    const attach = (InstanceId: string, id = NetworkInterfaceId) =>
      refusal('AttachNetworkInterface', { InstanceId, NetworkInterfaceId: id })
    expect(await attach('i-none')).toMatchObject({ code: 'InvalidEcsId.NotFound', status: 404 })
    const [pending = ''] = await launch()
    expect(await attach(pending)).toMatchObject({ code: 'InvalidOperation.InvalidEcsState', status: 400 })
    const used = await attached()
    expect(await attach(used.InstanceId, 'eni-none')).toMatchObject({ code: 'InvalidEniId.NotFound', status: 404 })
    expect(await attach(used.InstanceId, used.NetworkInterfaceId)).toMatchObject({ code: 'InvalidOperation.InvalidEniState', status: 400 })
    const far = { VpcId, ZoneId: 'cn-hangzhou-i', CidrBlock: '10.0.5.0/24' }
    const { VSwitchId } = await call('CreateVSwitch', far, { product: 'vpc' })
    clock.advance(60_000)
    const { NetworkInterfaceId: farId } = await create({ VSwitchId })
    expect(await attach(used.InstanceId, farId)).toMatchObject({ code: 'InvalidOperation.AvailabilityZoneMismatch', status: 403 })
    // ecs.g7.large holds three, the primary one included.
    const third = await create()
    await call('AttachNetworkInterface', { InstanceId: used.InstanceId, NetworkInterfaceId: third.NetworkInterfaceId })
    expect(await attach(used.InstanceId)).toMatchObject({ code: 'EniPerInstanceLimitExceeded', status: 403 })
    const crowded = await create({ SecondaryPrivateIpAddressCount: 30 })
    const free = await running()
    expect(await attach(free, crowded.NetworkInterfaceId)).toMatchObject({ code: 'InvalidOperation.Ipv4CountExceeded', status: 403 })
    const queued = await create({ QueueNumber: 99 })
    expect(await attach(free, queued.NetworkInterfaceId)).toMatchObject({ code: 'InvalidOperation.ExceedInstanceTypeQueueNumber' })
  })

  it('in another VPC is not attached', async () => {
    const { call, refusal, create, running, clock } = await cloudWithInterfaces()
    const { VpcId } = await call('CreateVpc', { CidrBlock: '172.16.0.0/16' }, { product: 'vpc' })
    clock.advance(60_000)
    const block = { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '172.16.0.0/24' }
    const { VSwitchId } = await call('CreateVSwitch', block, { product: 'vpc' })
    clock.advance(60_000)
    const { SecurityGroupId } = await call('CreateSecurityGroup', { VpcId })
    const { NetworkInterfaceId } = await create({ VSwitchId, SecurityGroupId })
    const asked = { InstanceId: await running(), NetworkInterfaceId }
    expect(await refusal('AttachNetworkInterface', asked)).toMatchObject({ code: 'InvalidOperation.VpcMismatch', status: 403 })
  })

  it('that is in use is not deleted, nor detached from another instance', async () => {
    const { refusal, attached, running } = await cloudWithInterfaces()
    const { NetworkInterfaceId } = await attached()
    const InstanceId = await running()
    const state = { code: 'InvalidOperation.InvalidEniState', status: 400 }
    expect(await refusal('DeleteNetworkInterface', { NetworkInterfaceId })).toMatchObject(state)
    expect(await refusal('DetachNetworkInterface', { InstanceId, NetworkInterfaceId })).toMatchObject(state)
  })

  it('goes with its instance, unless it is to stay', async () => {
    const { call, attached, create, statusOf, list, clock } = await cloudWithInterfaces()
    const { InstanceId, NetworkInterfaceId } = await attached()
    const kept = await create({ DeleteOnRelease: false })
    await call('AttachNetworkInterface', { InstanceId, NetworkInterfaceId: kept.NetworkInterfaceId })
    clock.advance(5_000)
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(60_000)
    expect([await statusOf(NetworkInterfaceId), await statusOf(kept.NetworkInterfaceId)]).toEqual([undefined, 'Available'])
    expect(await list()).toMatchObject([{ InstanceId: '' }])
  })

  it('keeps its vSwitch and its group from being deleted', async () => {
    const { call, refusal, create, clock, VSwitchId, SecurityGroupId } = await cloudWithInterfaces()
    const { NetworkInterfaceId } = await create()
    const inVpc = { product: 'vpc' } as const
    expect(await refusal('DeleteVSwitch', { VSwitchId }, inVpc)).toMatchObject({ code: 'DependencyViolation', status: 400 })
    expect(await refusal('DeleteSecurityGroup', { SecurityGroupId })).toMatchObject({ code: 'DependencyViolation', status: 403 })
    await call('DeleteNetworkInterface', { NetworkInterfaceId })
    clock.advance(5_000)
    await call('DeleteSecurityGroup', { SecurityGroupId })
    await call('DeleteVSwitch', { VSwitchId }, inVpc)
  })

  it('is in groups of its own, joins and leaves them', async () => {
    const { call, refusal, create, list, ids, VpcId, SecurityGroupId } = await cloudWithInterfaces()
    const { NetworkInterfaceId } = await create()
    const { SecurityGroupId: other } = await call('CreateSecurityGroup', { VpcId })
    await call('JoinSecurityGroup', { NetworkInterfaceId, SecurityGroupId: other })
    expect(ids(await list({ SecurityGroupId: other }))).toEqual([NetworkInterfaceId])
    await call('LeaveSecurityGroup', { NetworkInterfaceId, SecurityGroupId })
    const last = { NetworkInterfaceId, SecurityGroupId: other }
    expect(await refusal('LeaveSecurityGroup', last)).toMatchObject({ code: 'InstanceLastSecurityGroup', status: 403 })
    const both = { ...last, InstanceId: 'i-a' }
    expect(await refusal('JoinSecurityGroup', both)).toMatchObject({ code: 'InvalidParam.EniIdAndInstanceId.Conflict', status: 403 })
  })
})
