import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

/** A vSwitch with IPv6, an instance in it and an interface that is free. */
async function withIpv6() {
  const cloud = await cloudWithNetwork()
  const { call, running, VpcId, VSwitchId, SecurityGroupId } = cloud
  await call('ModifyVpcAttribute', { VpcId, EnableIPv6: true }, { product: 'vpc' })
  await call('ModifyVSwitchAttribute', { VSwitchId, EnableIPv6: true }, { product: 'vpc' })
  const { Ipv6CidrBlock } = await call('DescribeVSwitchAttributes', { VSwitchId }, { product: 'vpc' })
  const at = (end: string): string => Ipv6CidrBlock.replace('::/64', end)
  const InstanceId = await running()
  const [{ NetworkInterfaceId: primary }] = (await call('DescribeNetworkInterfaces', { InstanceId })).NetworkInterfaceSets
    .NetworkInterfaceSet
  const { NetworkInterfaceId: free } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
  const shown = async (NetworkInterfaceId: string): Promise<string[]> =>
    (await call('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId })).Ipv6Sets.Ipv6Set.map((set: TestAnswer) => set.Ipv6Address)
  return { ...cloud, at, InstanceId, primary, free, shown, prefix: Ipv6CidrBlock.replace('/64', '') as string }
}

describe('IPv6 addresses', () => {
  it.each(['primary', 'free'] as const)('are assigned to the %s interface by name and by number, and taken back', async (which) => {
    const { call, shown, at, prefix, ...cloud } = await withIpv6()
    const NetworkInterfaceId = cloud[which]
    const answer = await call('AssignIpv6Addresses', { NetworkInterfaceId, Ipv6Address: [at('::00AA')] })
    expect(answer).toMatchObject({ NetworkInterfaceId, Ipv6Sets: { Ipv6Address: [at('::aa')] }, Ipv6PrefixSets: { Ipv6Prefix: [] } })
    const { Ipv6Sets } = await call('AssignIpv6Addresses', { NetworkInterfaceId, Ipv6AddressCount: 2 })
    expect(Ipv6Sets.Ipv6Address.every((address: string) => address.startsWith(prefix.replace('::', ':')))).toBe(true)
    expect(await shown(NetworkInterfaceId)).toEqual([at('::aa'), ...Ipv6Sets.Ipv6Address])
    const found = (await call('DescribeNetworkInterfaces', { Ipv6Address: [at('::aa')] })).NetworkInterfaceSets.NetworkInterfaceSet
    expect(found.map((eni: TestAnswer) => eni.NetworkInterfaceId)).toEqual([NetworkInterfaceId])
    await call('UnassignIpv6Addresses', { NetworkInterfaceId, Ipv6Address: [at('::aa')] })
    expect(await shown(NetworkInterfaceId)).toEqual(Ipv6Sets.Ipv6Address)
  })

  it('have a primary one where that is said, which stays', async () => {
    const { call, refusal, instances, at, primary, InstanceId } = await withIpv6()
    const both = { NetworkInterfaceId: primary, Ipv6Address: [at('::1'), at('::2')] }
    await call('AssignIpv6Addresses', both)
    await call('AssignIpv6Addresses', { NetworkInterfaceId: primary, Ipv6PrefixCount: 1 })
    const sets = async () => (await call('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId: primary })).Ipv6Sets.Ipv6Set
    const marked = [
      { Ipv6Address: at('::1'), Primary: true },
      { Ipv6Address: at('::2'), Primary: false },
    ]
    await call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: primary, EnablePrimaryIPv6: true })
    expect(await sets()).toEqual(marked)
    const [{ NetworkInterfaces }] = await instances({ InstanceIds: [InstanceId] })
    expect(NetworkInterfaces.NetworkInterface[0].Ipv6Sets.Ipv6Set).toEqual(marked)
    expect(NetworkInterfaces.NetworkInterface[0].Ipv6PrefixSets.Ipv6PrefixSet).toHaveLength(1)
    expect(await refusal('UnassignIpv6Addresses', both)).toMatchObject({ code: 'InvalidParameter' })
    await call('UnassignIpv6Addresses', { NetworkInterfaceId: primary, Ipv6Address: [at('::2')] })
    await call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: primary, EnablePrimaryIPv6: false })
    expect(await sets()).toEqual([{ Ipv6Address: at('::1'), Primary: false }])
  })

  it('have a primary one from the start', async () => {
    const { call, VSwitchId, SecurityGroupId, at } = await withIpv6()
    const asked = { VSwitchId, SecurityGroupId, Ipv6Address: [at('::9')], EnablePrimaryIPv6: true }
    const { Ipv6Sets, NetworkInterfaceId } = await call('CreateNetworkInterface', asked)
    expect(Ipv6Sets.Ipv6Set).toEqual([{ Ipv6Address: at('::9'), Primary: true }])
    const [listed] = (await call('DescribeNetworkInterfaces', { NetworkInterfaceId: [NetworkInterfaceId] })).NetworkInterfaceSets
      .NetworkInterfaceSet
    expect(listed.Ipv6Sets).toEqual(Ipv6Sets)
  })

  it('come in prefixes too, in which no other address is given', async () => {
    const { call, refusal, at, primary, free } = await withIpv6()
    const { Ipv6PrefixSets } = await call('AssignIpv6Addresses', { NetworkInterfaceId: primary, Ipv6PrefixCount: 1 })
    const [given] = Ipv6PrefixSets.Ipv6Prefix
    expect(given).toMatch(/\/80$/)
    await call('AssignIpv6Addresses', { NetworkInterfaceId: primary, Ipv6Prefix: [at(':aaaa::/80')] })
    const assigned = { code: 'InvalidIp.IpAssigned', status: 403 }
    const inside = { NetworkInterfaceId: free, Ipv6Address: [at(':aaaa::1')] }
    expect(await refusal('AssignIpv6Addresses', inside)).toMatchObject(assigned)
    await call('AssignIpv6Addresses', { NetworkInterfaceId: free, Ipv6Address: [at(':bbbb::1')] })
    const around = { NetworkInterfaceId: primary, Ipv6Prefix: [at(':bbbb::/80')] }
    expect(await refusal('AssignIpv6Addresses', around)).toMatchObject(assigned)
    await call('UnassignIpv6Addresses', { NetworkInterfaceId: primary, Ipv6Prefix: [at(':aaaa::/80')] })
    await call('AssignIpv6Addresses', inside)
  })

  it('are refused where they do not fit', async () => {
    const { call, refusal, at, primary, free, InstanceId, VSwitchId, SecurityGroupId } = await withIpv6()
    const refused = async (input: object, id = free) => (await refusal('AssignIpv6Addresses', { NetworkInterfaceId: id, ...input })).code
    expect(await refused({})).toBe('MissingParameter')
    expect(await refused({ Ipv6AddressCount: 11 })).toBe('InvalidParameter')
    expect(await refused({ Ipv6AddressCount: 1, Ipv6Address: [at('::1')] })).toBe('InvalidParameter')
    expect(await refused({ Ipv6Address: ['2001:db8::1'] })).toBe('InvalidIp.Address')
    expect(await refused({ Ipv6Prefix: [at('::/96')] })).toBe('InvalidIp.Address')
    expect(await refused({ Ipv6Address: [at('::1'), at('::0001')] })).toBe('InvalidIp.IpRepeated')
    expect(await refused({ Ipv6AddressCount: 1 }, 'eni-none')).toBe('InvalidEniId.NotFound')
    const unassign = { NetworkInterfaceId: free, Ipv6Address: [at('::1')] }
    expect(await refusal('UnassignIpv6Addresses', unassign)).toMatchObject({ code: 'InvalidIp.IpUnassigned' })
    expect(await refusal('UnassignIpv6Addresses', { NetworkInterfaceId: free })).toMatchObject({ code: 'MissingParameter', status: 403 })
    await call('AssignIpv6Addresses', { NetworkInterfaceId: free, Ipv6AddressCount: 10 })
    expect(await refused({ Ipv6AddressCount: 1 })).toBe('MaxEniIpv6IpsCountExceeded')
    expect(await refused({ Ipv6AddressCount: 10 }, primary)).toBe('InvalidOperation.Ipv6CountExceeded')
    const attach = { NetworkInterfaceId: free, InstanceId }
    expect(await refusal('AttachNetworkInterface', attach)).toMatchObject({ code: 'InvalidOperation.Ipv6CountExceeded' })
    await call('StopInstance', { InstanceId })
    expect(await refused({ Ipv6AddressCount: 1 }, primary)).toBe('InvalidOperation.InvalidEcsState')
    const { VpcId } = await call('CreateVpc', {}, { product: 'vpc' })
    expect(VpcId).toBeTruthy()
    const second = { VSwitchId, SecurityGroupId, Ipv6Address: [at('::5')], Ipv6Prefix: [at(':1::/80')] }
    expect(await call('CreateNetworkInterface', second)).toMatchObject({
      Ipv6Sets: { Ipv6Set: [{ Ipv6Address: at('::5') }] },
      Ipv6PrefixSets: { Ipv6PrefixSet: [{ Ipv6Prefix: at(':1::/80') }] },
    })
  })

  it('need a vSwitch with IPv6', async () => {
    const { refusal, basics, VSwitchId, SecurityGroupId } = await cloudWithNetwork()
    const off = { code: 'InvalidVSwitch.Ipv6NotTurnOn', status: 403 }
    expect(await refusal('CreateNetworkInterface', { VSwitchId, SecurityGroupId, Ipv6AddressCount: 1 })).toMatchObject(off)
    expect(await refusal('RunInstances', { ...basics, Ipv6AddressCount: 1 })).toMatchObject(off)
  })
})

describe('an instance with IPv6', () => {
  it('stays in its vSwitch, and tells its guest of it', async () => {
    const { call, refusal, cloud, clock, VpcId, InstanceId, primary, at } = await withIpv6()
    await call('AssignIpv6Addresses', { NetworkInterfaceId: primary, Ipv6Address: [at('::1')] })
    const [{ MacAddress }] = (await call('DescribeNetworkInterfaces', { InstanceId })).NetworkInterfaceSets.NetworkInterfaceSet
    const item = `http://100.100.100.200/latest/meta-data/network/interfaces/macs/${MacAddress}/ipv6s`
    expect(await (await cloud.metadata(InstanceId).fetch(item)).text()).toBe(`[${at('::1')}]`)
    const place = { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.9.0/24' }
    const { VSwitchId } = await call('CreateVSwitch', place, { product: 'vpc' })
    await call('StopInstance', { InstanceId })
    clock.advance(60_000)
    expect(await refusal('ModifyInstanceVpcAttribute', { InstanceId, VSwitchId })).toMatchObject({ code: 'OperationDenied' })
  })
})

describe('a launch with IPv6', () => {
  it('gives each instance as many addresses as are asked for, or a single one those that are named', async () => {
    const { launch, refusal, instances, basics, at, clock } = await withIpv6()
    const ids = await launch({ Amount: 2, Ipv6AddressCount: 1 })
    const [named] = await launch({ Ipv6Address: [at('::77')] })
    clock.advance(20_000)
    const shown = async (input: object) =>
      (await instances(input)).map((one) => one.NetworkInterfaces.NetworkInterface[0].Ipv6Sets.Ipv6Set.length)
    expect(await shown({ InstanceIds: ids })).toEqual([1, 1])
    expect((await instances({ Ipv6Address: [at('::77')] })).map((one) => one.InstanceId)).toEqual([named])
    const many = { ...basics, Amount: 2, Ipv6Address: [at('::78')] }
    expect(await refusal('RunInstances', many)).toMatchObject({ code: 'InvalidParameter' })
  })

  it('tells of them with an interface, the primary or a secondary one', async () => {
    const { call, refusal, basics, instances, at, clock } = await withIpv6()
    const { VSwitchId, SecurityGroupId, ...rest } = basics
    const NetworkInterface = [
      { InstanceType: 'Primary', VSwitchId, SecurityGroupId, Ipv6Address: [at('::1')] },
      { InstanceType: 'Secondary', Ipv6AddressCount: 2 },
    ]
    const { InstanceIdSets } = await call('RunInstances', { ...rest, NetworkInterface })
    clock.advance(20_000)
    const [instance] = await instances({ InstanceIds: InstanceIdSets.InstanceIdSet })
    const sets = instance.NetworkInterfaces.NetworkInterface.map((eni: TestAnswer) => eni.Ipv6Sets.Ipv6Set.length)
    expect(sets).toEqual([1, 2])
    const both = { ...rest, NetworkInterface, Ipv6AddressCount: 1 }
    expect(await refusal('RunInstances', both)).toMatchObject({ code: 'InvalidParam.NetworkInterface' })
  })
})
