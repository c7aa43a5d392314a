import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithLines, inVpc, minute } from './testing.ts'

async function cloudWithTable() {
  const cloud = await cloudWithLines()
  const { call, clock, VRouterId, VpcId } = cloud
  const [{ RouteTableId }] = (await call('DescribeRouteTableList', { VpcId }, inVpc)).RouterTableList.RouterTableListType
  const interfaceOn = async (RouterId = VRouterId, RouterType = 'VRouter'): Promise<string> =>
    (
      await call(
        'CreateRouterInterface',
        { RouterType, RouterId, Role: 'InitiatingSide', Spec: 'Mini.2', OppositeRegionId: 'cn-beijing' },
        inVpc,
      )
    ).RouterInterfaceId
  const create = async (input: object): Promise<string> => {
    const { RouteEntryId } = await call('CreateRouteEntry', { RouteTableId, DestinationCidrBlock: '172.16.0.0/16', ...input }, inVpc)
    clock.advance(minute)
    return RouteEntryId
  }
  const entries = async (input: object = {}) =>
    (await call('DescribeRouteEntryList', { RouteTableId, RouteEntryType: 'Custom', ...input }, inVpc)).RouteEntrys.RouteEntry
  return { ...cloud, RouteTableId, interfaceOn, create, entries }
}

describe('a route entry', () => {
  it('leads to a router interface of the same router that is not changing', async () => {
    const { call, create, entries, interfaceOn, code, RouteTableId, clock } = await cloudWithTable()
    const NextHopId = await interfaceOn()
    await create({ NextHopType: 'RouterInterface', NextHopId })
    expect(await entries({ NextHopId })).toMatchObject([{ NextHops: { NextHop: [{ NextHopId, NextHopType: 'RouterInterface' }] } }])
    const far = await call('CreateVpc', { CidrBlock: '172.16.0.0/16' }, inVpc)
    clock.advance(minute)
    const route = { RouteTableId, DestinationCidrBlock: '172.17.0.0/16', NextHopType: 'RouterInterface' }
    expect(await code('CreateRouteEntry', { ...route, NextHopId: await interfaceOn(far.VRouterId) })).toBe('InvalidNextHopId.NotFound')
    const going = await interfaceOn()
    await call('DeleteRouterInterface', { RouterInterfaceId: going }, inVpc)
    expect(await code('CreateRouteEntry', { ...route, NextHopId: going })).toBe('IncorrectStatus.RouterInterface')
  })

  it('leads to several router interfaces by weight, is deleted by all of them, and keeps each', async () => {
    const { call, create, entries, interfaceOn, code, RouteTableId, clock } = await cloudWithTable()
    const [first, second] = [await interfaceOn(), await interfaceOn()]
    const NextHopList = [
      { NextHopId: first, Weight: 30 },
      { NextHopId: second, NextHopType: 'RouterInterface' },
    ]
    await create({ NextHopList })
    const NextHop = [
      { NextHopId: first, NextHopType: 'RouterInterface', Enabled: 1, Weight: 30 },
      { NextHopId: second, NextHopType: 'RouterInterface', Enabled: 1, Weight: 100 },
    ]
    expect(await entries({ NextHopId: second })).toMatchObject([{ NextHops: { NextHop } }])
    expect(await entries({ NextHopId: 'ri-none' })).toEqual([])
    const [table] = (await call('DescribeRouteTables', { RouteTableId })).RouteTables.RouteTable
    expect(table.RouteEntrys.RouteEntry[0]).toMatchObject({ InstanceId: '', NextHops: { NextHop } })
    for (const RouterInterfaceId of [first, second])
      expect(await code('DeleteRouterInterface', { RouterInterfaceId })).toBe('DependencyViolation.RouterInterfaceReferedByRouteEntry')
    const named = { RouteTableId, DestinationCidrBlock: '172.16.0.0/16' }
    expect(await code('DeleteRouteEntry', { ...named, NextHopList: [NextHopList[0]] })).toBe('InvalidRouteEntry.NotFound')
    await call('DeleteRouteEntry', { ...named, NextHopList })
    clock.advance(minute)
    expect(await entries()).toEqual([])
  })

  it('of several next hops is made to lead to one', async () => {
    const { call, clock, create, entries, interfaceOn } = await cloudWithTable()
    const [first, second] = [await interfaceOn(), await interfaceOn()]
    const RouteEntryId = await create({ NextHopList: [{ NextHopId: first }, { NextHopId: second }] })
    await call('ModifyRouteEntry', { RouteEntryId, NewNextHopId: first, NewNextHopType: 'RouterInterface' }, inVpc)
    clock.advance(minute)
    expect(await entries()).toMatchObject([{ NextHops: { NextHop: [{ NextHopId: first }] } }])
    await call('DeleteRouterInterface', { RouterInterfaceId: second }, inVpc)
  })

  it.each([
    [[{ NextHopType: 'Instance' }, {}], 'InvalidNextHopType'],
    [[{ Weight: 101 }, {}], 'InvalidParameter'],
    [[{ NextHopId: 'ri-none' }, {}], 'InvalidRouterInterface'],
    [[{}, {}], 'InvalidRouterInterface'],
  ])('is not made with the equal paths %j', async (list, expected) => {
    const { interfaceOn, code, RouteTableId } = await cloudWithTable()
    const NextHopId = await interfaceOn()
    const NextHopList = list.map((hop) => ({ NextHopId, ...hop }))
    expect(await code('CreateRouteEntry', { RouteTableId, DestinationCidrBlock: '172.16.0.0/16', NextHopList })).toBe(expected)
  })
})

describe('the table of a virtual border router', () => {
  it('holds entries to its interfaces and to its line, is listed among those of its kind, and keeps it', async () => {
    const { call, clock, create, entries, interfaceOn, enabled, makeRouter, router, code } = await cloudWithTable()
    const VbrId = await makeRouter(await enabled())
    const { RouteTableId, VlanInterfaceId } = await router(VbrId)
    const RouterInterfaceId = await interfaceOn(VbrId, 'VBR')
    const inward = await create({
      RouteTableId,
      DestinationCidrBlock: '10.0.0.0/16',
      NextHopType: 'RouterInterface',
      NextHopId: RouterInterfaceId,
    })
    const outward = await create({
      RouteTableId,
      DestinationCidrBlock: '172.30.0.0/16',
      NextHopType: 'RouterInterface',
      NextHopId: VlanInterfaceId,
    })
    expect(await entries({ RouteTableId })).toHaveLength(2)
    expect(await entries({ RouteTableId, RouteEntryType: 'System' })).toEqual([])
    const vbrTables = async (input: object) => (await call('DescribeRouteTableList', input, inVpc)).RouterTableList.RouterTableListType
    expect(await vbrTables({ RouterType: 'VBR' })).toMatchObject([{ RouterId: VbrId, RouteTableId, RouterType: 'VBR', VpcId: '' }])
    expect(await vbrTables({ RouterId: VbrId })).toHaveLength(1)
    expect(await vbrTables({})).toMatchObject([{ RouterType: 'VRouter' }])
    const answer = await call('DescribeRouteTables', { RouterType: 'VBR', RouterId: VbrId }, inVpc)
    expect(answer.RouteTables.RouteTable).toMatchObject([{ RouteTableId, VRouterId: VbrId }])
    expect(strays(answer, catalogue('vpc').get('DescribeRouteTables')?.output, 'tables')).toEqual([])
    const instance = { RouteTableId, DestinationCidrBlock: '172.31.0.0/16', NextHopType: 'Instance', NextHopId: 'i-none' }
    expect(await code('CreateRouteEntry', instance)).toBe('InvalidNextHopId.NotFound')
    await call('DeleteRouteEntry', { RouteEntryId: inward }, inVpc)
    clock.advance(minute)
    await call('DeleteRouterInterface', { RouterInterfaceId }, inVpc)
    clock.advance(minute)
    expect(await code('DeleteVirtualBorderRouter', { VbrId })).toBe('DependencyViolation.RouterInterfaceReferedByRouteEntry')
    await call('DeleteRouteEntry', { RouteEntryId: outward }, inVpc)
    clock.advance(minute)
    await call('DeleteVirtualBorderRouter', { VbrId }, inVpc)
  })
})
