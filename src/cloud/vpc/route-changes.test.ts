import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { strays } from '../strays.ts'
import { cloudWithNetwork, type TestAnswer } from '../testing.ts'

const inVpc = { product: 'vpc' } as const
const block = '172.16.0.0/16'

/** A VPC with an instance that route entries can lead to. */
async function cloudWithRoutes() {
  const cloud = await cloudWithNetwork()
  const { call, refusal, clock, running, VpcId } = cloud
  const NextHopId = await running()
  const [{ RouteTableId }] = (await call('DescribeRouteTableList', { VpcId }, inVpc)).RouterTableList.RouterTableListType
  const route = { RouteTableId, DestinationCidrBlock: block, NextHopId, NextHopType: 'Instance' }
  const create = (input: object = {}): Promise<TestAnswer> => call('CreateRouteEntry', { ...route, ...input }, inVpc)
  /** Makes one that is Available. */
  const created = async (input: object = {}): Promise<string> => {
    const { RouteEntryId } = await create(input)
    clock.advance(5_000)
    return RouteEntryId
  }
  const entries = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeRouteEntryList', { RouteTableId, RouteEntryType: 'Custom', ...input }, inVpc)).RouteEntrys.RouteEntry
  const refused = (action: string, input: object) => refusal(action, input, inVpc)
  return { ...cloud, NextHopId, RouteTableId, route, create, created, entries, refused }
}

describe('a route entry', () => {
  it('is Pending, then Available, and stands in its table among the system’s', async () => {
    const { create, entries, call, clock, NextHopId, RouteTableId } = await cloudWithRoutes()
    const { RouteEntryId } = await create({ RouteEntryName: 'home', Description: 'to the office' })
    expect(RouteEntryId).toMatch(/^rte-bp1\w{18}$/)
    const next = { NextHop: [{ NextHopId, NextHopType: 'Instance', Enabled: 1, Weight: 0 }] }
    const told = { RouteEntryId, RouteEntryName: 'home', Description: 'to the office', DestinationCidrBlock: block, NextHops: next }
    expect(await entries()).toMatchObject([{ ...told, Status: 'Pending', Type: 'Custom' }])
    clock.advance(3_000)
    expect(await entries({ NextHopId, NextHopType: 'Instance', RouteEntryName: 'home' })).toMatchObject([{ Status: 'Available' }])
    const [table] = (await call('DescribeRouteTables', { RouteTableId }, inVpc)).RouteTables.RouteTable
    expect(table.RouteEntrys.RouteEntry).toHaveLength(3)
    expect(table.RouteEntrys.RouteEntry[0]).toMatchObject({ DestinationCidrBlock: block, InstanceId: NextHopId, Type: 'Custom' })
    const answer = await call('DescribeRouteEntryList', { RouteTableId }, inVpc)
    expect(strays(answer, catalogue('vpc').get('DescribeRouteEntryList')?.output, 'entries')).toEqual([])
  })

  it('is made, shown and deleted through the operations that ECS still carries, in the same table', async () => {
    const { call, refusal, entries, clock, route } = await cloudWithRoutes()
    await call('CreateRouteEntry', route)
    clock.advance(5_000)
    expect(await entries()).toHaveLength(1)
    const tables = await call('DescribeRouteTables', { RouteTableId: route.RouteTableId })
    expect(tables.RouteTables.RouteTable[0].RouteEntrys.RouteEntry[0]).toMatchObject({ DestinationCidrBlock: block })
    const named = { RouteTableId: route.RouteTableId, DestinationCidrBlock: block, NextHopId: route.NextHopId }
    expect((await refusal('DeleteRouteEntry', { ...named, DestinationCidrBlock: '1.2.3.4' })).code).toBe('InvalidRouteEntry.NotFound')
    await call('DeleteRouteEntry', named)
    clock.advance(5_000)
    expect(await entries()).toEqual([])
  })

  it('is Deleting, and gone a little later', async () => {
    const { created, entries, call, clock } = await cloudWithRoutes()
    const RouteEntryId = await created()
    await call('DeleteRouteEntry', { RouteEntryId }, inVpc)
    expect(await entries()).toMatchObject([{ Status: 'Deleting' }])
    clock.advance(3_000)
    expect(await entries()).toEqual([])
  })

  it('leads to an interface as well, to the internet, or to a single address', async () => {
    const { created, entries, call, VSwitchId, SecurityGroupId } = await cloudWithRoutes()
    const { NetworkInterfaceId } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
    await created({ DestinationCidrBlock: '0.0.0.0/0', NextHopType: 'NetworkInterface', NextHopId: NetworkInterfaceId })
    await created({ DestinationCidrBlock: '8.8.8.8' })
    expect(new Set((await entries()).map((entry) => entry.DestinationCidrBlock))).toEqual(new Set(['0.0.0.0/0', '8.8.8.8/32']))
  })

  it('is given another next hop and another name', async () => {
    const { created, entries, call, clock, running, refused } = await cloudWithRoutes()
    const RouteEntryId = await created({ RouteEntryName: 'first' })
    await call('ModifyRouteEntry', { RouteEntryId, RouteEntryName: 'second' }, inVpc)
    expect(await entries()).toMatchObject([{ RouteEntryName: 'second', Status: 'Available' }])
    const NewNextHopId = await running()
    await call('ModifyRouteEntry', { RouteEntryId, NewNextHopId, NewNextHopType: 'Instance' }, inVpc)
    expect(await entries()).toMatchObject([{ Status: 'Modifying', RouteEntryName: 'second' }])
    expect((await refused('DeleteRouteEntry', { RouteEntryId })).code).toBe('IncorrectRouteEntryStatus')
    clock.advance(3_000)
    expect(await entries({ NextHopId: NewNextHopId })).toMatchObject([{ Status: 'Available' }])
    expect((await refused('ModifyRouteEntry', { RouteEntryId, NewNextHopId: 'i-none' })).code).toBe('InvalidNextHopId.NotFound')
  })

  it('keeps its instance and its VPC from being deleted', async () => {
    const { created, call, refusal, refused, clock, NextHopId, VpcId, VSwitchId, SecurityGroupId } = await cloudWithRoutes()
    const RouteEntryId = await created()
    const held = await refusal('DeleteInstance', { InstanceId: NextHopId, Force: true })
    expect(held).toMatchObject({ code: 'DependencyViolation.RouteEntry', status: 400 })
    await call('DeleteRouteEntry', { RouteEntryId }, inVpc)
    clock.advance(5_000)
    await call('DeleteInstance', { InstanceId: NextHopId, Force: true })
    clock.advance(60_000)
    const { NetworkInterfaceId } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
    await created({ NextHopType: 'NetworkInterface', NextHopId: NetworkInterfaceId })
    await call('DeleteNetworkInterface', { NetworkInterfaceId })
    clock.advance(60_000)
    await call('DeleteSecurityGroup', { SecurityGroupId })
    await call('DeleteVSwitch', { VSwitchId }, inVpc)
    clock.advance(60_000)
    expect(await refused('DeleteVpc', { VpcId })).toMatchObject({ code: 'DependencyViolation.RouteEntry', status: 400 })
  })

  it.each([
    [{ DestinationCidrBlock: 'home' }, 'InvalidCidrBlock.Malformed', 400],
    [{ DestinationCidrBlock: '172.16.0.1/16' }, 'InvalidCidrBlock.Malformed', 400],
    [{ DestinationCidrBlock: '10.0.0.0/24' }, 'InvalidCidrBlock', 400],
    [{ DestinationCidrBlock: '10.0.0.16/28' }, 'InvalidCidrBlock', 400],
    [{ DestinationCidrBlock: '100.64.0.0/10' }, 'InvalidCidrBlock', 400],
    [{ NextHopType: 'Road' }, 'InvalidNextHopType', 400],
    [{ NextHopType: 'VpnGateway', NextHopId: 'vpn-none' }, 'InvalidNextHop.NotFound', 400],
    [{ NextHopId: 'i-none' }, 'InvalidNextHopId.NotFound', 404],
    [{ NextHopType: 'NetworkInterface', NextHopId: 'eni-none' }, 'InvalidNextHopId.NotFound', 404],
    [{ NextHopType: undefined, NextHopId: undefined }, 'InvalidNexthopTypeAndList.BothNull', 400],
    [{ NextHopList: [{ NextHopId: 'ri-1' }, { NextHopId: 'ri-2' }] }, 'InvalidNexthopTypeAndList.BothNotNull', 400],
    [{ NextHopType: undefined, NextHopId: undefined, NextHopList: [{ NextHopId: 'ri-1' }] }, 'InvalidNexthopListSize', 400],
    [
      { NextHopType: undefined, NextHopId: undefined, NextHopList: [{ NextHopId: 'ri-1' }, { NextHopId: 'ri-2' }] },
      'InvalidRouterInterface',
      400,
    ],
    [{ RouteTableId: 'vtb-none' }, 'InvalidRouteTableId.NotFound', 404],
    [{ RouteEntryName: 'http://x' }, 'InvalidParameter', 400],
  ])('is not made with %j', async (input, code, status) => {
    const { refused, route, entries } = await cloudWithRoutes()
    expect(await refused('CreateRouteEntry', { ...route, ...input })).toMatchObject({ code, status })
    expect(await entries()).toEqual([])
  })

  it('is made one at a time, once for a block, and not for an instance of another VPC', async () => {
    const { create, call, clock, refused, route } = await cloudWithRoutes()
    await create()
    const second = { ...route, DestinationCidrBlock: '172.17.0.0/16' }
    expect(await refused('CreateRouteEntry', second)).toMatchObject({ code: 'IncorrectRouteEntryStatus', status: 400 })
    clock.advance(5_000)
    expect(await refused('CreateRouteEntry', route)).toMatchObject({ code: 'InvalidCIDRBlock.Duplicate', status: 400 })
    const { RouteTableId } = await call('CreateVpc', { CidrBlock: '192.168.0.0/16' }, inVpc)
    expect((await refused('CreateRouteEntry', { ...second, RouteTableId })).code).toBe('IncorrectVpcStatus')
    clock.advance(10_000)
    expect((await refused('CreateRouteEntry', { ...second, RouteTableId })).code).toBe('InvalidNextHopId.NotFound')
  })

  it('of the system is not deleted, nor one that is not there', async () => {
    const { refused, RouteTableId, created, NextHopId } = await cloudWithRoutes()
    await created()
    const code = async (input: object) => (await refused('DeleteRouteEntry', input)).code
    expect(await code({ RouteTableId, DestinationCidrBlock: '10.0.0.0/24' })).toBe('OperationDenied')
    expect(await code({ RouteTableId, DestinationCidrBlock: '9.9.9.9' })).toBe('InvalidRouteEntry.NotFound')
    expect(await code({ RouteTableId, DestinationCidrBlock: block, NextHopId: 'i-other' })).toBe('InvalidRouteEntry.NotFound')
    const list = [{ NextHopId }, { NextHopId: 'ri-2' }]
    expect(await code({ RouteTableId, DestinationCidrBlock: block, NextHopList: list })).toBe('InvalidRouteEntry.NotFound')
    expect(await code({ RouteEntryId: 'rte-none' })).toBe('InvalidRouteEntryId.NotFound')
    expect(await code({ RouteTableId })).toBe('MissingParameter')
  })

  it('is one of at most 200 of its users in a table', async () => {
    const { call, refused, clock, route, RouteTableId, NextHopId } = await cloudWithRoutes()
    const many = (from: number) =>
      Array.from({ length: 50 }, (_, at) => ({
        RouteTableId,
        DstCidrBlock: `172.16.${from + at}.0/24`,
        NextHop: NextHopId,
        NextHopType: 'Instance',
      }))
    for (let from = 0; from < 200; from += 50) {
      expect(await call('CreateRouteEntries', { RouteEntries: many(from) }, inVpc)).toMatchObject({ SuccessCount: 50, FailedCount: 0 })
      clock.advance(5_000)
    }
    expect(await refused('CreateRouteEntry', { ...route, DestinationCidrBlock: '1.0.0.0/8' })).toMatchObject({ code: 'QuotaExceeded' })
  })
})

describe('many route entries at once', () => {
  it('are made and deleted as far as that goes, and told of one by one', async () => {
    const { call, clock, entries, RouteTableId, NextHopId } = await cloudWithRoutes()
    const one = (DstCidrBlock: string) => ({ RouteTableId, DstCidrBlock, NextHop: NextHopId, NextHopType: 'Instance' })
    const RouteEntries = [one('1.0.0.0/8'), one('2.0.0.0/8'), one('1.0.0.0/8'), { ...one('3.0.0.0/8'), IpVersion: 6 }]
    const made = await call('CreateRouteEntries', { RouteEntries }, inVpc)
    expect(made).toMatchObject({ SuccessCount: 2, FailedCount: 2 })
    expect(made.FailedRouteEntries[0]).toMatchObject({
      DstCidrBlock: '1.0.0.0/8',
      NextHop: NextHopId,
      FailedCode: 'InvalidCIDRBlock.Duplicate',
    })
    expect(strays(made, catalogue('vpc').get('CreateRouteEntries')?.output, 'made')).toEqual([])
    clock.advance(5_000)
    expect(new Set((await entries()).map((entry) => entry.RouteEntryId))).toEqual(new Set(made.RouteEntryIds))
    const gone = ['1.0.0.0/8', '9.0.0.0/8'].map((DstCidrBlock) => ({ RouteTableId, DstCidrBlock, NextHop: NextHopId }))
    const deleted = await call(
      'DeleteRouteEntries',
      { RouteEntries: [...gone, { RouteTableId, RouteEntryId: made.RouteEntryIds[1] }] },
      inVpc,
    )
    expect(deleted).toMatchObject({ SuccessCount: 2, FailedCount: 1, FailedRouteEntries: [{ FailedCode: 'InvalidRouteEntry.NotFound' }] })
    clock.advance(5_000)
    expect(await entries()).toEqual([])
  })
})

describe('a router', () => {
  it('is given a name and a description, which ECS and VPC both show', async () => {
    const { call, refusal, VpcId } = await cloudWithRoutes()
    const { VRouterId } = (await call('DescribeVpcs', { VpcId }, inVpc)).Vpcs.Vpc[0]
    await call('ModifyVRouterAttribute', { VRouterId, VRouterName: 'main' })
    await call('ModifyVRouterAttribute', { VRouterId, Description: 'of the web' }, inVpc)
    for (const settings of [{}, inVpc]) {
      const [router] = (await call('DescribeVRouters', { VRouterId }, settings)).VRouters.VRouter
      expect(router).toMatchObject({ VRouterName: 'main', Description: 'of the web', VpcId })
    }
    const code = async (input: object) => (await refusal('ModifyVRouterAttribute', { VRouterId, ...input })).code
    expect(await code({ VRouterName: 'http://x' })).toBe('InvalidVRouterName.Malformed')
    expect(await code({ Description: 'http://x' })).toBe('InvalidVRouterDiscription.Malformed')
    expect(await code({ VRouterId: 'vrt-none' })).toBe('InvalidVRouterId.NotFound')
  })
})
