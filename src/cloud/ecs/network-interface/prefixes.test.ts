import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

async function two() {
  const cloud = await cloudWithNetwork({}, '10.0.0.0/26')
  const { call, running, VSwitchId, SecurityGroupId } = cloud
  const InstanceId = await running()
  const place = { VSwitchId, SecurityGroupId }
  const [{ NetworkInterfaceId: primary }] = (await call('DescribeNetworkInterfaces', { InstanceId })).NetworkInterfaceSets
    .NetworkInterfaceSet
  const { NetworkInterfaceId: free } = await call('CreateNetworkInterface', place)
  const prefixes = async (NetworkInterfaceId: string) =>
    (await call('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId })).Ipv4PrefixSets.Ipv4PrefixSet.map(
      (set: TestAnswer) => set.Ipv4Prefix,
    )
  const freeCount = async () =>
    (await call('DescribeVSwitches', { VSwitchId }, { product: 'vpc' })).VSwitches.VSwitch[0].AvailableIpAddressCount
  return { ...cloud, place, primary, free, prefixes, freeCount }
}

describe('an IPv4 prefix', () => {
  it.each(['primary', 'free'] as const)('of the %s interface is 16 addresses that nobody else gets', async (which) => {
    const { call, refusal, prefixes, freeCount, instances, basics, ...cloud } = await two()
    const NetworkInterfaceId = cloud[which]
    const before = await freeCount()
    const answer = await call('AssignPrivateIpAddresses', { NetworkInterfaceId, Ipv4PrefixCount: 1 })
    expect(answer.AssignedPrivateIpAddressesSet.Ipv4PrefixSet.Ipv4Prefixes).toEqual(['10.0.0.16/28'])
    await call('AssignPrivateIpAddresses', { NetworkInterfaceId, Ipv4Prefix: ['10.0.0.32/28'] })
    expect(await prefixes(NetworkInterfaceId)).toEqual(['10.0.0.16/28', '10.0.0.32/28'])
    const [listed] = (await call('DescribeNetworkInterfaces', { NetworkInterfaceId: [NetworkInterfaceId] })).NetworkInterfaceSets
      .NetworkInterfaceSet
    expect(listed.Ipv4PrefixSets.Ipv4PrefixSet).toEqual([{ Ipv4Prefix: '10.0.0.16/28' }, { Ipv4Prefix: '10.0.0.32/28' }])
    expect(await freeCount()).toBe(before - 32)
    const launch = { ...basics, PrivateIpAddress: '10.0.0.20' }
    expect(await refusal('RunInstances', launch)).toMatchObject({ code: 'InvalidPrivateIpAddress.Duplicated' })
    const shown = (await instances())[0].NetworkInterfaces.NetworkInterface[0].Ipv4PrefixSets.Ipv4PrefixSet
    expect(shown).toHaveLength(which === 'primary' ? 2 : 0)
    await call('UnassignPrivateIpAddresses', { NetworkInterfaceId, Ipv4Prefix: ['10.0.0.16/28'] })
    expect(await prefixes(NetworkInterfaceId)).toEqual(['10.0.0.32/28'])
    const gone = { NetworkInterfaceId, Ipv4Prefix: ['10.0.0.16/28'] }
    expect(await refusal('UnassignPrivateIpAddresses', gone)).toMatchObject({ code: 'InvalidIp.IpUnassigned', status: 403 })
    expect(await freeCount()).toBe(before - 16)
  })

  it('is had from the start, and shown by the instance it is attached to', async () => {
    const { call, place, running, instances, clock } = await two()
    const InstanceId = await running()
    const made = await call('CreateNetworkInterface', { ...place, Ipv4PrefixCount: 1 })
    const prefix = [{ Ipv4Prefix: '10.0.0.16/28' }]
    expect(made.Ipv4PrefixSets.Ipv4PrefixSet).toEqual(prefix)
    await call('AttachNetworkInterface', { InstanceId, NetworkInterfaceId: made.NetworkInterfaceId })
    clock.advance(5_000)
    const [shown] = await instances({ InstanceIds: [InstanceId] })
    expect(shown.NetworkInterfaces.NetworkInterface[1].Ipv4PrefixSets.Ipv4PrefixSet).toEqual(prefix)
  })

  it.each([
    ['given both ways', { Ipv4Prefix: ['10.0.0.16/28'], Ipv4PrefixCount: 1 }, 'InvalidParameter.Conflict'],
    ['of another size', { Ipv4Prefix: ['10.0.0.16/29'] }, 'InvalidParameter'],
    ['that does not begin where it should', { Ipv4Prefix: ['10.0.0.17/28'] }, 'InvalidParameter'],
    ['given twice', { Ipv4Prefix: ['10.0.0.16/28', '10.0.0.16/28'] }, 'InvalidIp.IpRepeated'],
    ['that is none', { Ipv4PrefixCount: 0 }, 'InvalidParameter'],
    ['with a reserved address', { Ipv4Prefix: ['10.0.0.48/28'] }, 'InvalidVSwitchId.IpInvalid'],
    ['of another vSwitch', { Ipv4Prefix: ['10.0.1.16/28'] }, 'InvalidVSwitchId.IpInvalid'],
    [
      'with an address that is given in the same call',
      { Ipv4Prefix: ['10.0.0.16/28'], PrivateIpAddress: ['10.0.0.17'] },
      'InvalidIp.IpAssigned',
    ],
    ['beyond what the vSwitch has', { Ipv4PrefixCount: 3 }, 'InvalidVSwitchId.IpNotEnough'],
  ])('%s is refused', async (_title, input, code) => {
    const { refusal, place, free, freeCount } = await two()
    const before = await freeCount()
    expect(await refusal('CreateNetworkInterface', { ...place, ...input })).toMatchObject({ code })
    expect(await refusal('AssignPrivateIpAddresses', { NetworkInterfaceId: free, ...input })).toMatchObject({ code })
    expect(await freeCount()).toBe(before)
  })
})
