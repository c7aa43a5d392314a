import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

/** Two instances, one with a secondary interface, and one interface that is free. */
async function estate() {
  const cloud = await cloudWithNetwork()
  const { call, running, clock, VSwitchId, SecurityGroupId } = cloud
  const InstanceId = await running({ Tag: [{ Key: 'app', Value: 'web' }], PrivateIpAddress: '10.0.0.50' })
  const other = await running({ NetworkInterface: [{ NetworkInterfaceName: 'data', SecondaryPrivateIpAddressCount: 2 }] })
  const free = (await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId, NetworkInterfaceName: 'free' })).NetworkInterfaceId
  clock.advance(20_000)
  const list = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeNetworkInterfaces', input)).NetworkInterfaceSets.NetworkInterfaceSet
  const [primary] = await list({ InstanceId, Type: 'Primary' })
  const [secondary] = await list({ InstanceId: other, Type: 'Secondary' })
  return { ...cloud, InstanceId, other, free, list, primary, secondary }
}

describe('a list of network interfaces', () => {
  it('holds primary and secondary ones, page by page, each once', async () => {
    const { call, free, secondary, list } = await estate()
    expect((await list()).map((eni) => [eni.Type, eni.Status])).toEqual([
      ['Secondary', 'Available'],
      ['Secondary', 'InUse'],
      ['Primary', 'InUse'],
      ['Primary', 'InUse'],
    ])
    const all = (await list()).map((eni) => eni.NetworkInterfaceId)
    const paged = await Promise.all([1, 2, 3, 4].map((PageNumber) => list({ PageNumber, PageSize: 1 })))
    expect(paged.flat().map((eni) => eni.NetworkInterfaceId)).toEqual(all)
    expect(all.slice(0, 2)).toEqual([free, secondary.NetworkInterfaceId])
    const answer = await call('DescribeNetworkInterfaces', { MaxResults: 500 })
    expect(answer).toMatchObject({ TotalCount: 4, NextToken: '' })
  })

  it('is narrowed by each of its filters', async () => {
    const { list, free, primary, secondary, InstanceId, other, VpcId, VSwitchId, SecurityGroupId } = await estate()
    const found = async (input: object) => (await list(input)).map((eni) => eni.NetworkInterfaceId)
    const [p, s] = [primary.NetworkInterfaceId, secondary.NetworkInterfaceId]
    const [p2] = await found({ InstanceId: other, Type: 'Primary' })
    expect(await found({ InstanceId })).toEqual([p])
    expect(await found({ NetworkInterfaceId: [p, s, 'eni-none'] })).toEqual([s, p])
    expect(await found({ NetworkInterfaceId: [s], InstanceId })).toEqual([])
    expect(await found({ Type: 'Primary' })).toEqual([p2, p])
    expect(await found({ Status: 'Available' })).toEqual([free])
    expect(await found({ Status: 'InUse' })).toEqual([s, p2, p])
    expect(await found({ NetworkInterfaceName: 'd*' })).toEqual([s])
    expect(await found({ PrimaryIpAddress: '10.0.0.50' })).toEqual([p])
    const [, address] = secondary.PrivateIpSets.PrivateIpSet.map((set: TestAnswer) => set.PrivateIpAddress)
    expect(await found({ PrivateIpAddress: [address] })).toEqual([s])
    expect(await found({ Tag: [{ Key: 'app', Value: 'web' }] })).toEqual([p])
    expect(await found({ VSwitchId, VpcId })).toHaveLength(4)
    expect(await found({ VSwitchId: 'vsw-none' })).toEqual([])
    expect(await found({ SecurityGroupId })).toEqual([free, s])
    expect(await found({ ServiceManaged: true })).toEqual([])
    expect(await found({ ResourceGroupId: 'rg-a' })).toEqual([])
    expect(await found({ Ipv6Address: ['::1'] })).toEqual([])
  })

  it.each([
    ['a type that is none', { Type: 'Third' }],
    ['a status that is none', { Status: 'Lost' }],
    ['too many ids', { NetworkInterfaceId: Array.from({ length: 101 }, (_, at) => `eni-${at}`) }],
    ['too long a page', { PageSize: 1001 }],
  ])('with %s is refused', async (_title, input) => {
    const { refusal } = await cloudWithNetwork()
    expect(await refusal('DescribeNetworkInterfaces', input)).toMatchObject({ code: 'InvalidParameter', status: 400 })
  })

  it('shows nothing of another account’s or region’s', async () => {
    const { call, refusal, primary } = await estate()
    const elsewhere = { regionId: 'cn-beijing' }
    const ids = { NetworkInterfaceId: [primary.NetworkInterfaceId] }
    expect((await call('DescribeNetworkInterfaces', ids, elsewhere)).NetworkInterfaceSets.NetworkInterfaceSet).toEqual([])
    const one = { NetworkInterfaceId: primary.NetworkInterfaceId }
    expect(await refusal('DescribeNetworkInterfaceAttribute', one, elsewhere)).toMatchObject({ code: 'InvalidEniId.NotFound', status: 404 })
  })
})

describe('RunInstances with network interfaces', () => {
  it('gives the primary one a name and more addresses, and each instance secondary ones of its own', async () => {
    const { call, basics, list, VSwitchId, SecurityGroupId, clock } = await estate()
    const { ImageId, InstanceType } = basics
    const NetworkInterface = [
      { InstanceType: 'Primary', VSwitchId, SecurityGroupId, NetworkInterfaceName: 'front', SecondaryPrivateIpAddressCount: 2 },
      { InstanceType: 'Secondary', Description: 'back', DeleteOnRelease: false },
    ]
    const { InstanceIdSets } = await call('RunInstances', { ImageId, InstanceType, Amount: 2, NetworkInterface })
    clock.advance(20_000)
    for (const InstanceId of InstanceIdSets.InstanceIdSet) {
      const [second, first] = await list({ InstanceId })
      expect(first).toMatchObject({ NetworkInterfaceName: 'front', Type: 'Primary' })
      expect(first.PrivateIpSets.PrivateIpSet).toHaveLength(3)
      expect(second).toMatchObject({ Description: 'back', DeleteOnRelease: false, Status: 'InUse', VSwitchId })
      expect(second.SecurityGroupIds.SecurityGroupId).toEqual([SecurityGroupId])
    }
  })

  it('takes an interface that there is', async () => {
    const { running, list, free } = await estate()
    const InstanceId = await running({ NetworkInterface: [{ NetworkInterfaceId: free }] })
    expect(await list({ NetworkInterfaceId: [free] })).toMatchObject([{ InstanceId, Status: 'InUse' }])
  })

  it.each([
    [
      'more than the type holds',
      { NetworkInterface: ['a1', 'a2', 'a3'].map((Description) => ({ Description })) },
      'EniPerInstanceLimitExceeded',
    ],
    ['two primary ones', { NetworkInterface: [{ InstanceType: 'Primary' }, { InstanceType: 'Primary' }] }, 'InvalidParam.NetworkInterface'],
    ['one of a kind that is none', { NetworkInterface: [{ InstanceType: 'Third' }] }, 'InvalidParameter'],
    ['one that is not there', { NetworkInterface: [{ NetworkInterfaceId: 'eni-none' }] }, 'InvalidEniId.NotFound'],
    ['one for two', { Amount: 2, NetworkInterface: [{ NetworkInterfaceId: 'eni-none' }] }, 'InvalidParam.NetworkInterface'],
    ['one in a vSwitch that is not there', { NetworkInterface: [{ VSwitchId: 'vsw-none' }] }, 'InvalidVSwitchId.NotFound'],
    ['too many addresses on one', { NetworkInterface: [{ SecondaryPrivateIpAddressCount: 40 }] }, 'InvalidOperation.Ipv4CountExceeded'],
    ['a card that is not there', { NetworkInterface: [{ NetworkCardIndex: 1 }] }, 'InvalidParam.NetworkInterface'],
  ])('refuses %s, and leaves nothing', async (_title, input, code) => {
    const { refusal, basics, instances } = await cloudWithNetwork()
    expect(await refusal('RunInstances', { ...basics, ...input })).toMatchObject({ code })
    expect(await instances()).toEqual([])
  })
})
