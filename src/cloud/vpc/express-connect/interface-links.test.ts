import { describe, expect, it } from 'vitest'
import { accounts, beijing, cloudWithRouters, inVpc, minute } from './testing.ts'

describe('a router interface', () => {
  it('is connected with one in another region, frozen and activated again', async () => {
    const { call, clock, one, pair, code, VpcId, far } = await cloudWithRouters()
    const [RouterInterfaceId, opposite] = await pair()
    await call('ConnectRouterInterface', { RouterInterfaceId })
    expect(await one(RouterInterfaceId)).toMatchObject({ Status: 'Connecting', OppositeInterfaceStatus: 'AcceptingConnecting' })
    expect(await code('ConnectRouterInterface', { RouterInterfaceId })).toBe('IncorrectStatus')
    clock.advance(4_000)
    expect((await one(RouterInterfaceId)).Status).toBe('Activating')
    clock.advance(minute)
    expect(await one(RouterInterfaceId)).toMatchObject({
      Status: 'Active',
      OppositeInterfaceStatus: 'Active',
      OppositeInterfaceSpec: 'Negative',
      OppositeVpcInstanceId: far.VpcId,
      ConnectedTime: expect.stringMatching(/Z$/) as string,
    })
    expect(await one(opposite, beijing)).toMatchObject({
      Status: 'Active',
      OppositeVpcInstanceId: VpcId,
      OppositeBandwidth: 10,
      Bandwidth: 0,
    })
    expect(await code('ActivateRouterInterface', { RouterInterfaceId })).toBe('IncorrectRIStatus')
    expect(await code('DeleteRouterInterface', { RouterInterfaceId })).toBe('IncorrectStatus')
    await call('DeactivateRouterInterface', { RouterInterfaceId })
    expect((await one(RouterInterfaceId)).Status).toBe('Deactivating')
    expect(await code('ModifyRouterInterfaceAttribute', { RouterInterfaceId, Name: 'south' })).toBe('IncorrectStatus')
    expect(await code('ModifyRouterInterfaceSpec', { RouterInterfaceId, Spec: 'Small.2' })).toBe('InvalidInstance.StatusError')
    clock.advance(minute)
    expect(await one(RouterInterfaceId)).toMatchObject({ Status: 'Inactive', OppositeInterfaceStatus: 'Active' })
    expect(await code('DeactivateRouterInterface', { RouterInterfaceId })).toBe('IncorrectStatus')
    await call('ActivateRouterInterface', { RouterInterfaceId }, inVpc)
    expect((await one(RouterInterfaceId)).Status).toBe('Activating')
    clock.advance(minute)
    expect((await one(RouterInterfaceId)).Status).toBe('Active')
  })

  it('is connected only when both ends say the same of each other', async () => {
    const { call, make, code, accepting, pair, VRouterId } = await cloudWithRouters()
    const lone = await make()
    expect(await code('ConnectRouterInterface', { RouterInterfaceId: lone })).toBe('IncorrectOppositeInterfaceInfo.NotSet')
    const back = { OppositeInterfaceId: lone, OppositeRouterId: VRouterId, OppositeInterfaceOwnerId: accounts[1].id }
    const wrong = await make({ ...accepting, ...back }, beijing)
    const told = { RouterInterfaceId: lone, OppositeInterfaceId: wrong, OppositeInterfaceOwnerId: Number(accounts[0].id) }
    await call('ModifyRouterInterfaceAttribute', told, inVpc)
    expect(await code('ConnectRouterInterface', { RouterInterfaceId: lone })).toBe('IncorrectOppositeInterfaceInfo')
    expect(await code('ConnectRouterInterface', { RouterInterfaceId: wrong }, beijing)).toBe('IncorrectRole.NotInitiatingSide')
    await call('ModifyRouterInterfaceAttribute', { RouterInterfaceId: lone, OppositeRouterId: VRouterId }, inVpc)
    expect(await code('ConnectRouterInterface', { RouterInterfaceId: lone })).toBe('IncorrectOppositeInterfaceInfo')
    const [first] = await pair()
    await call('ConnectRouterInterface', { RouterInterfaceId: first }, inVpc)
    const [second] = await pair()
    expect(await code('ConnectRouterInterface', { RouterInterfaceId: second })).toBe('Forbidden.OnlyOneConnection')
  })

  it('is connected with one of another account', async () => {
    const { call, clock, make, one, other, initiating, VRouterId } = await cloudWithRouters()
    const theirs = await call('CreateVpc', { CidrBlock: '192.168.0.0/16' }, other)
    clock.advance(minute)
    const first = await make({
      OppositeRegionId: 'cn-hangzhou',
      OppositeRouterId: theirs.VRouterId,
      OppositeInterfaceOwnerId: accounts[1].id,
    })
    const back = {
      OppositeRegionId: 'cn-hangzhou',
      OppositeInterfaceId: first,
      OppositeRouterId: VRouterId,
      OppositeInterfaceOwnerId: accounts[0].id,
    }
    const second = await make({ ...initiating, RouterId: theirs.VRouterId, Role: 'AcceptingSide', Spec: 'Negative', ...back }, other)
    await call('ModifyRouterInterfaceAttribute', { RouterInterfaceId: first, OppositeInterfaceId: second }, inVpc)
    await call('ConnectRouterInterface', { RouterInterfaceId: first }, inVpc)
    clock.advance(minute)
    expect(await one(first)).toMatchObject({ Status: 'Active', OppositeInterfaceOwnerId: accounts[1].id })
    expect(await one(second, other)).toMatchObject({ Status: 'Active', OppositeInterfaceStatus: 'Active' })
    expect(await one(second)).toBeUndefined()
  })

  it('of a fast link is made with its other end, and both become Active', async () => {
    const { call, clock, enabled, makeRouter, make, one, code, VRouterId, other } = await cloudWithRouters()
    const VbrId = await makeRouter(await enabled())
    const fast = {
      RouterType: 'VBR',
      RouterId: VbrId,
      OppositeRegionId: 'cn-hangzhou',
      OppositeRouterType: 'VRouter',
      OppositeRouterId: VRouterId,
      OppositeInterfaceOwnerId: accounts[0].id,
      FastLinkMode: true,
    }
    const id = await make(fast)
    clock.advance(minute)
    const { OppositeInterfaceId, ...first } = await one(id)
    expect(first).toMatchObject({ Status: 'Active', FastLinkMode: true, OppositeInterfaceStatus: 'Active' })
    expect(await one(OppositeInterfaceId)).toMatchObject({ Role: 'AcceptingSide', RouterId: VRouterId, Spec: 'Negative', Status: 'Active' })
    const base = { ...fast, Role: 'InitiatingSide', Spec: 'Mini.2' }
    expect(await code('CreateRouterInterface', base)).toBe('Forbidden.OnlyOneConnection')
    expect(await code('CreateRouterInterface', { ...base, OppositeInterfaceOwnerId: undefined })).toBe('MissingParameter')
    expect(await code('CreateRouterInterface', { ...base, OppositeInterfaceOwnerId: accounts[1].id })).toBe('OperationDenied')
    expect((await call('DescribeRouterInterfaces', {}, inVpc)).TotalCount).toBe(2)
    expect((await call('DescribeRouterInterfaces', {}, other)).TotalCount).toBe(0)
  })

  it('goes with its other end and the entries that lead to them, when the whole connection is deleted by force', async () => {
    const { call, clock, one, connected, code, VpcId } = await cloudWithRouters()
    const [RouterInterfaceId, opposite] = await connected()
    const [{ RouteTableId }] = (await call('DescribeRouteTableList', { VpcId }, inVpc)).RouterTableList.RouterTableListType
    const route = { RouteTableId, DestinationCidrBlock: '172.16.0.0/16', NextHopType: 'RouterInterface', NextHopId: RouterInterfaceId }
    await call('CreateRouteEntry', route, inVpc)
    clock.advance(minute)
    expect(await code('DeleteExpressConnect', { RouterInterfaceId })).toBe('DependencyViolation.RouterInterfaceReferedByRouteEntry')
    expect((await one(RouterInterfaceId)).Status).toBe('Active')
    await call('DeleteExpressConnect', { RouterInterfaceId, Force: true }, inVpc)
    expect((await one(opposite, beijing)).Status).toBe('Deleting')
    clock.advance(minute)
    expect([await one(RouterInterfaceId), await one(opposite, beijing)]).toEqual([undefined, undefined])
    const { RouteEntrys } = await call('DescribeRouteEntryList', { RouteTableId, RouteEntryType: 'Custom' }, inVpc)
    expect(RouteEntrys.RouteEntry).toEqual([])
  })
})
