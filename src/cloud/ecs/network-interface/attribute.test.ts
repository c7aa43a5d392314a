import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

/** An instance's primary interface, and one that is free. */
async function two() {
  const cloud = await cloudWithNetwork()
  const { call, running, VSwitchId, SecurityGroupId } = cloud
  const InstanceId = await running({ Tag: [{ Key: 'app', Value: 'web' }] })
  const [{ NetworkInterfaceId: primary }] = (await call('DescribeNetworkInterfaces', { InstanceId })).NetworkInterfaceSets
    .NetworkInterfaceSet
  const { NetworkInterfaceId: free } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
  const attribute = (NetworkInterfaceId: string): Promise<TestAnswer> => call('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId })
  const addresses = async (id: string) => (await attribute(id)).PrivateIpSets.PrivateIpSet.map((set: TestAnswer) => set.PrivateIpAddress)
  const freeCount = async () =>
    (await call('DescribeVSwitches', { VSwitchId }, { product: 'vpc' })).VSwitches.VSwitch[0].AvailableIpAddressCount
  return { ...cloud, InstanceId, primary, free, attribute, addresses, freeCount }
}

describe('an attribute of a network interface', () => {
  it.each(['primary', 'free'] as const)('of the %s one is changed, and the rest is left', async (which) => {
    const { call, attribute, instances, VpcId, ...cloud } = await two()
    const NetworkInterfaceId = cloud[which]
    const { SecurityGroupId } = await call('CreateSecurityGroup', { VpcId })
    const before = await attribute(NetworkInterfaceId)
    const changes = {
      NetworkInterfaceName: 'named',
      Description: 'said',
      SourceDestCheck: true,
      SecurityGroupId: [SecurityGroupId],
      QueueNumber: 2,
      ConnectionTrackingConfiguration: { TcpEstablishedTimeout: 500 },
    }
    await call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, ...changes })
    await call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, Description: '' })
    const after = await attribute(NetworkInterfaceId)
    expect(after).toMatchObject({
      NetworkInterfaceName: 'named',
      Description: '',
      SourceDestCheck: true,
      QueueNumber: 2,
      ConnectionTrackingConfiguration: { TcpEstablishedTimeout: 500, TcpClosedAndTimeWaitTimeout: 3, UdpTimeout: 30 },
    })
    expect(after.SecurityGroupIds.SecurityGroupId).toEqual([SecurityGroupId])
    expect([after.MacAddress, after.Tags]).toEqual([before.MacAddress, before.Tags])
    const groups = (await instances())[0].SecurityGroupIds.SecurityGroupId
    expect(groups.includes(SecurityGroupId)).toBe(which === 'primary')
  })

  it('that a primary interface cannot have is refused', async () => {
    const { refusal, primary: NetworkInterfaceId, free, InstanceId, SecurityGroupId } = await two()
    const type = { code: 'InvalidOperation.InvalidEniType', status: 403 }
    expect(await refusal('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, DeleteOnRelease: false })).toMatchObject(type)
    expect(await refusal('DeleteNetworkInterface', { NetworkInterfaceId })).toMatchObject(type)
    expect(await refusal('AttachNetworkInterface', { NetworkInterfaceId, InstanceId })).toMatchObject(type)
    expect(await refusal('JoinSecurityGroup', { NetworkInterfaceId, SecurityGroupId })).toMatchObject(type)
    const detach = await refusal('DetachNetworkInterface', { NetworkInterfaceId, InstanceId })
    expect(detach).toMatchObject({ code: 'InvalidOperation.DetachPrimaryEniNotAllowed', status: 400 })
    const unknown = { NetworkInterfaceId: 'eni-none', Description: '' }
    expect(await refusal('ModifyNetworkInterfaceAttribute', unknown)).toMatchObject({ code: 'InvalidEniId.NotFound', status: 404 })
    const tagged = { NetworkInterfaceId: free, Tag: [{ Key: 'none' }] }
    expect(await refusal('DescribeNetworkInterfaceAttribute', tagged)).toMatchObject({ code: 'InvalidEniId.NotFound' })
  })

  it('is its tags: those of a primary interface are its instance’s at first, and its own from then on', async () => {
    const { call, primary, free, InstanceId } = await two()
    const ResourceId = [primary, free]
    const pairs = async (more: object) =>
      (await call('ListTagResources', { ResourceType: 'eni', ...more })).TagResources.TagResource.map((pair: TestAnswer) => [
        pair.ResourceId,
        `${pair.TagKey}=${pair.TagValue}`,
      ])
    expect(await pairs({ ResourceId })).toEqual([[primary, 'app=web']])
    await call('TagResources', { ResourceType: 'instance', ResourceId: [InstanceId], Tag: [{ Key: 'app', Value: 'db' }] })
    await call('TagResources', { ResourceType: 'eni', ResourceId, Tag: [{ Key: 'net', Value: 'a' }] })
    expect(await pairs({ Tag: [{ Key: 'net', Value: 'a' }] })).toEqual([
      [free, 'net=a'],
      [primary, 'app=web'],
      [primary, 'net=a'],
    ])
    await call('UntagResources', { ResourceType: 'eni', ResourceId, All: true })
    expect(await pairs({ ResourceId })).toEqual([])
  })
})

describe('private addresses', () => {
  it.each(['primary', 'free'] as const)('are assigned to the %s interface by number and by name, and taken back', async (which) => {
    const { call, addresses, freeCount, ...cloud } = await two()
    const NetworkInterfaceId = cloud[which]
    const before = await freeCount()
    const answer = await call('AssignPrivateIpAddresses', { NetworkInterfaceId, SecondaryPrivateIpAddressCount: 2 })
    const added = answer.AssignedPrivateIpAddressesSet.PrivateIpSet.PrivateIpAddress
    await call('AssignPrivateIpAddresses', { NetworkInterfaceId, PrivateIpAddress: ['10.0.0.100'] })
    expect((await addresses(NetworkInterfaceId)).slice(1)).toEqual([...added, '10.0.0.100'])
    expect(await freeCount()).toBe(before - 3)
    await call('UnassignPrivateIpAddresses', { NetworkInterfaceId, PrivateIpAddress: [added[0], '10.0.0.100'] })
    expect((await addresses(NetworkInterfaceId)).slice(1)).toEqual([added[1]])
    expect(await freeCount()).toBe(before - 1)
  })

  it('that something has are not given again', async () => {
    const { call, refusal, basics, primary, free, addresses } = await two()
    await call('AssignPrivateIpAddresses', { NetworkInterfaceId: primary, PrivateIpAddress: ['10.0.0.100'] })
    const again = { NetworkInterfaceId: free, PrivateIpAddress: ['10.0.0.100'] }
    expect(await refusal('AssignPrivateIpAddresses', again)).toMatchObject({ code: 'InvalidIp.IpAssigned', status: 403 })
    const launch = { ...basics, PrivateIpAddress: '10.0.0.100' }
    expect(await refusal('RunInstances', launch)).toMatchObject({ code: 'InvalidPrivateIpAddress.Duplicated', status: 400 })
    const [own] = await addresses(free)
    const launchOwn = { ...basics, PrivateIpAddress: own }
    expect(await refusal('RunInstances', launchOwn)).toMatchObject({ code: 'InvalidPrivateIpAddress.Duplicated' })
  })

  it('are no more than the type allows, or 50 on an interface that is free', async () => {
    const { call, refusal, primary, free } = await two()
    const many = { NetworkInterfaceId: primary, SecondaryPrivateIpAddressCount: 30 }
    expect(await refusal('AssignPrivateIpAddresses', many)).toMatchObject({ code: 'InvalidOperation.Ipv4CountExceeded', status: 403 })
    await call('AssignPrivateIpAddresses', { NetworkInterfaceId: free, SecondaryPrivateIpAddressCount: 49 })
    const more = { NetworkInterfaceId: free, SecondaryPrivateIpAddressCount: 1 }
    expect(await refusal('AssignPrivateIpAddresses', more)).toMatchObject({ code: 'MaxEniPrivateIpsCountExceeded', status: 403 })
  })

  it('are refused where a call names none, too few or those that are not there', async () => {
    const { refusal, free: NetworkInterfaceId, addresses } = await two()
    expect(await refusal('AssignPrivateIpAddresses', { NetworkInterfaceId })).toMatchObject({ code: 'MissingParameter' })
    expect(await refusal('UnassignPrivateIpAddresses', { NetworkInterfaceId })).toMatchObject({ code: 'MissingParameter' })
    const own = { NetworkInterfaceId, PrivateIpAddress: [(await addresses(NetworkInterfaceId))[0]] }
    expect(await refusal('UnassignPrivateIpAddresses', own)).toMatchObject({ code: 'InvalidIp.IpUnassigned', status: 403 })
  })
})
