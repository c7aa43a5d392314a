import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import type { CallSettings, TestAnswer } from '../../testing.ts'
import { accounts, cloudWithLines, inVpc, minute } from './testing.ts'

const day = 24 * 60 * minute
const beijing = { ...inVpc, regionId: 'cn-beijing' }

/** A cloud with two VPCs, in two regions, and what makes interfaces on their routers. */
async function cloudWithRouters() {
  const cloud = await cloudWithLines()
  const { call, clock, VRouterId } = cloud
  const far = await call('CreateVpc', { CidrBlock: '172.16.0.0/16' }, beijing)
  clock.advance(minute)
  const near = { RouterType: 'VRouter', RouterId: VRouterId, OppositeRegionId: 'cn-beijing' }
  const initiating = { ...near, Role: 'InitiatingSide', Spec: 'Small.1', OppositeRouterId: far.VRouterId }
  const accepting = {
    RouterType: 'VRouter',
    RouterId: far.VRouterId,
    Role: 'AcceptingSide',
    Spec: 'Negative',
    OppositeRegionId: 'cn-hangzhou',
  }
  const make = async (input: object = {}, settings: CallSettings = inVpc): Promise<string> =>
    (await call('CreateRouterInterface', { ...initiating, ...input }, settings)).RouterInterfaceId
  const one = async (id: string, settings: CallSettings = inVpc): Promise<TestAnswer> =>
    (await call('DescribeRouterInterfaces', { Filter: [{ Key: 'RouterInterfaceId', Value: [id] }] }, settings)).RouterInterfaceSet
      .RouterInterfaceType[0]
  /** Two ends that are told of each other, Idle. */
  const pair = async () => {
    const first = await make()
    const opposite = { OppositeInterfaceId: first, OppositeRouterId: VRouterId, OppositeInterfaceOwnerId: accounts[0].id }
    const second = await make({ ...accepting, ...opposite }, beijing)
    const told = { RouterInterfaceId: first, OppositeInterfaceId: second, OppositeInterfaceOwnerId: Number(accounts[0].id) }
    await call('ModifyRouterInterfaceAttribute', told, inVpc)
    return [first, second] as const
  }
  /** Two ends that are connected. */
  const connected = async () => {
    const ends = await pair()
    await call('ConnectRouterInterface', { RouterInterfaceId: ends[0] }, inVpc)
    clock.advance(minute)
    return ends
  }
  return { ...cloud, far, initiating, accepting, make, one, pair, connected }
}

describe('a router interface', () => {
  it('is Idle, shows what it was made with, and is found by it', async () => {
    const { call, make, one, code, initiating, far, VRouterId, VpcId, filtered } = await cloudWithRouters()
    const id = await make({
      Name: 'north',
      Description: 'to Beijing',
      HealthCheckSourceIp: '10.0.0.9',
      HealthCheckTargetIp: '172.16.0.9',
      Tags: [{ Key: 'team', Value: 'net' }],
    })
    expect(id).toMatch(/^ri-bp1\w{18}$/)
    expect(await one(id)).toMatchObject({
      Status: 'Idle',
      BusinessStatus: 'Normal',
      Name: 'north',
      Description: 'to Beijing',
      RouterId: VRouterId,
      VpcInstanceId: VpcId,
      Role: 'InitiatingSide',
      Spec: 'Small.1',
      Bandwidth: 10,
      ChargeType: 'AfterPay',
      OppositeRegionId: 'cn-beijing',
      OppositeRouterId: far.VRouterId,
      OppositeInterfaceStatus: '',
      CrossBorder: false,
      HealthCheckSourceIp: '10.0.0.9',
      HcRate: 2_000,
      HcThreshold: 8,
      ConnectedTime: '',
      EndTime: '',
      Tags: { Tags: [{ Key: 'team', Value: 'net' }] },
    })
    await make({ OppositeRegionId: 'us-west-1', OppositeRouterId: undefined })
    const found = async (input: object) => (await call('DescribeRouterInterfaces', input, inVpc)).TotalCount
    expect(await found({})).toBe(2)
    expect(await found(filtered('Name', 'north'))).toBe(1)
    expect(await found(filtered('RouterId', VRouterId))).toBe(2)
    expect(await found({ Filter: [{ Key: 'Status', Value: ['Idle', 'Active'] }], Tags: [{ Key: 'team' }] })).toBe(1)
    expect(await found(filtered('RouterInterfaceOwnerId', accounts[1].id))).toBe(0)
    expect(await code('DescribeRouterInterfaces', filtered('Colour', 'red'))).toBe('InvalidParameter')
    const page = await call('DescribeRouterInterfaces', { PageSize: 1, PageNumber: 2 })
    expect(page).toMatchObject({ TotalCount: 2, RouterInterfaceSet: { RouterInterfaceType: [{ RouterInterfaceId: id }] } })
    const answer = await call('DescribeRouterInterfaces', { IncludeReservationData: true }, inVpc)
    expect(answer.RouterInterfaceSet.RouterInterfaceType[0].CrossBorder).toBe(true)
    expect(strays(answer, catalogue('vpc').get('DescribeRouterInterfaces')?.output, 'interfaces')).toEqual([])
    const alone = await call('DescribeRouterInterfaceAttribute', { InstanceId: id }, inVpc)
    expect(alone).toMatchObject({ RouterInterfaceId: id, HealthCheckStatus: 'Normal', Success: true, FastLinkMode: 'false' })
    expect(strays(alone, catalogue('vpc').get('DescribeRouterInterfaceAttribute')?.output, 'interface')).toEqual([])
    expect(initiating.Spec).toBe('Small.1')
  })

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
    const { call, make, code, accepting, pair, VRouterId, far } = await cloudWithRouters()
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
    expect(far.VRouterId).not.toBe(VRouterId)
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

  it('is changed, but not what it is connected with', async () => {
    const { call, one, code, connected } = await cloudWithRouters()
    const [RouterInterfaceId, opposite] = await connected()
    const change = (input: object) => call('ModifyRouterInterfaceAttribute', { RouterInterfaceId, ...input }, inVpc)
    await change({
      Name: 'south',
      Description: 'of ours',
      HealthCheckSourceIp: '10.0.0.9',
      HealthCheckTargetIp: '172.16.0.9',
      HcRate: 1_000,
      HcThreshold: 4,
    })
    expect(await one(RouterInterfaceId)).toMatchObject({ Name: 'south', HealthCheckTargetIp: '172.16.0.9', HcRate: 1_000, HcThreshold: 4 })
    await change({ DeleteHealthCheckIp: true, OppositeInterfaceId: opposite })
    expect(await one(RouterInterfaceId)).toMatchObject({ Name: 'south', HealthCheckSourceIp: '', HealthCheckTargetIp: '' })
    for (const [input, expected] of [
      [{ OppositeInterfaceId: 'ri-other' }, 'IncorrectStatus'],
      [{ OppositeRouterType: 'Cloud' }, 'InvalidOppositeRouterType.ValueNotSupported'],
      [{ HealthCheckSourceIp: '10.0.0.9' }, 'MissingParameter'],
      [{ HealthCheckSourceIp: 'home', HealthCheckTargetIp: '172.16.0.9' }, 'InvalidIp.Malformed'],
      [{ HcRate: 0 }, 'InvalidParameter'],
      [{ Name: '1' }, 'InvalidName.Malformd'],
    ] as const)
      expect(await code('ModifyRouterInterfaceAttribute', { RouterInterfaceId, ...input })).toBe(expected)
  })

  it('is given another spec, for which it is Activating a moment', async () => {
    const { call, clock, one, code, connected } = await cloudWithRouters()
    const [RouterInterfaceId, opposite] = await connected()
    expect((await call('ModifyRouterInterfaceSpec', { RouterInterfaceId, Spec: 'Large.1' })).Spec).toBe('Large.1')
    expect(await one(RouterInterfaceId)).toMatchObject({ Status: 'Activating', Bandwidth: 1_000 })
    clock.advance(minute)
    expect((await one(RouterInterfaceId)).Status).toBe('Active')
    expect(await code('ModifyRouterInterfaceSpec', { RouterInterfaceId, Spec: 'Negative' })).toBe('InvalidSpec.ValudNotSupported')
    expect(await code('ModifyRouterInterfaceSpec', { RouterInterfaceId: opposite, Spec: 'Mini.2' }, beijing)).toBe(
      'InvalidSpec.ValudNotSupported',
    )
  })

  it('is deleted when nothing leads to it, and leaves the other end Idle', async () => {
    const { call, clock, one, connected, code, VpcId, VSwitchId, SecurityGroupId } = await cloudWithRouters()
    const [RouterInterfaceId, opposite] = await connected()
    const [{ RouteTableId }] = (await call('DescribeRouteTableList', { VpcId }, inVpc)).RouterTableList.RouterTableListType
    const route = { RouteTableId, DestinationCidrBlock: '172.16.0.0/16', NextHopType: 'RouterInterface', NextHopId: RouterInterfaceId }
    const { RouteEntryId } = await call('CreateRouteEntry', route, inVpc)
    clock.advance(minute)
    await call('DeactivateRouterInterface', { RouterInterfaceId }, inVpc)
    clock.advance(minute)
    expect(await code('DeleteRouterInterface', { RouterInterfaceId })).toBe('DependencyViolation.RouterInterfaceReferedByRouteEntry')
    await call('DeleteRouteEntry', { RouteEntryId }, inVpc)
    await call('DeleteSecurityGroup', { SecurityGroupId })
    await call('DeleteVSwitch', { VSwitchId }, inVpc)
    clock.advance(minute)
    expect(await code('DeleteVpc', { VpcId })).toBe('DependencyViolation.RouterInterface')
    await call('DeleteRouterInterface', { RouterInterfaceId })
    expect((await one(RouterInterfaceId)).Status).toBe('Deleting')
    clock.advance(minute)
    expect(await one(RouterInterfaceId)).toBeUndefined()
    expect(await code('DeleteRouterInterface', { RouterInterfaceId })).toBe('InvalidInstanceId.NotFound')
    expect(await one(opposite, beijing)).toMatchObject({ Status: 'Idle', OppositeInterfaceStatus: '', ConnectedTime: '' })
    await call('DeleteVpc', { VpcId }, inVpc)
  })

  it('of a virtual border router asks from where that is, and keeps it', async () => {
    const { call, clock, enabled, makeRouter, make, one, code } = await cloudWithRouters()
    const VbrId = await makeRouter(await enabled())
    const onRouter = { RouterType: 'VBR', RouterId: VbrId, OppositeRegionId: 'cn-hangzhou' }
    const RouterInterfaceId = await make({ ...onRouter, AccessPointId: 'ap-cn-hangzhou-yh-B' })
    expect(await one(RouterInterfaceId)).toMatchObject({ RouterType: 'VBR', AccessPointId: 'ap-cn-hangzhou-yh-B', VpcInstanceId: '' })
    const base = { Role: 'InitiatingSide', Spec: 'Mini.2', ...onRouter }
    expect(await code('CreateRouterInterface', { ...base, Role: 'AcceptingSide', Spec: 'Negative' })).toBe('InvalidRole.ValueNotSupported')
    expect(await code('CreateRouterInterface', { ...base, AccessPointId: 'ap-cn-hangzhou-yh-C' })).toBe('InvalidAccessPointId.NotFound')
    expect(await code('DeleteVirtualBorderRouter', { VbrId })).toBe('InvalidOperation.RouterInterfaceNotDeleted')
    await call('TerminateVirtualBorderRouter', { VbrId })
    expect(await code('CreateRouterInterface', base)).toBe('InvalidStatus.NotAllowed')
    await call('DeleteRouterInterface', { RouterInterfaceId })
    clock.advance(minute)
    await call('DeleteVirtualBorderRouter', { VbrId })
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

  it('that is paid for in advance is kept until its end, then locked, and bars others until it is deleted', async () => {
    const { call, clock, make, one, code, initiating, pair } = await cloudWithRouters()
    const [, second] = await pair()
    const advance = { InstanceChargeType: 'PrePaid', PricingCycle: 'Month', Period: 1 }
    const unpaid = await call('CreateRouterInterface', { ...initiating, ...advance }, inVpc)
    expect(unpaid).toMatchObject({ OrderId: expect.any(Number) as number })
    expect(unpaid.RouterInterfaceId).toBeUndefined()
    const RouterInterfaceId = await make({ ...advance, AutoPay: true })
    const renewed = await make({ ...advance, AutoPay: true, AutoRenew: true })
    const { EndTime } = await one(renewed)
    expect(await one(RouterInterfaceId)).toMatchObject({
      ChargeType: 'Prepaid',
      BusinessStatus: 'Normal',
      EndTime: expect.stringMatching(/Z$/) as string,
    })
    expect(await code('DeleteRouterInterface', { RouterInterfaceId })).toBe('InvalidRouterInterfaceChargeType.Malformed')
    clock.advance(32 * day)
    expect(await one(RouterInterfaceId)).toMatchObject({ BusinessStatus: 'FinancialLocked', Status: 'Idle' })
    const later = await one(renewed)
    expect([later.BusinessStatus, later.EndTime > EndTime]).toEqual(['Normal', true])
    expect(await code('CreateRouterInterface', initiating)).toBe('Forbidden.BillsOutstanding')
    expect(await code('ConnectRouterInterface', { RouterInterfaceId })).toBe('Forbidden.BillsOutstanding')
    expect(await code('ModifyRouterInterfaceSpec', { RouterInterfaceId, Spec: 'Mini.5' })).toBe('Forbidden.FinancialLocked')
    expect(await code('ModifyRouterInterfaceAttribute', { RouterInterfaceId, Name: 'south' })).toBe('Forbidden.FinancialLocked')
    await call('DeleteRouterInterface', { RouterInterfaceId }, inVpc)
    clock.advance(minute)
    await make()
    expect((await one(second, beijing)).Status).toBe('Idle')
  })

  it('that was connected is Inactive when its subscription is over, and stays so', async () => {
    const { call, clock, make, one, code, accepting, VRouterId } = await cloudWithRouters()
    const RouterInterfaceId = await make({ InstanceChargeType: 'PrePaid', PricingCycle: 'Year', Period: 1, AutoPay: true })
    const back = { OppositeInterfaceId: RouterInterfaceId, OppositeRouterId: VRouterId, OppositeInterfaceOwnerId: accounts[0].id }
    const opposite = await make({ ...accepting, ...back }, beijing)
    const told = { RouterInterfaceId, OppositeInterfaceId: opposite, OppositeInterfaceOwnerId: Number(accounts[0].id) }
    await call('ModifyRouterInterfaceAttribute', told, inVpc)
    await call('ConnectRouterInterface', { RouterInterfaceId }, inVpc)
    clock.advance(364 * day)
    expect((await one(RouterInterfaceId)).Status).toBe('Active')
    clock.advance(2 * day)
    expect(await one(RouterInterfaceId)).toMatchObject({ Status: 'Inactive', BusinessStatus: 'FinancialLocked' })
    expect(await code('ActivateRouterInterface', { RouterInterfaceId })).toBe('Forbidden.FinancialLocked')
  })

  it.each([
    [{ RouterType: 'Cloud' }, 'InvalidRouterType.ValueNotSupported'],
    [{ RouterId: 'vrt-none' }, 'InvalidRouterId.NotFound'],
    [{ RouterType: 'VBR', RouterId: 'vbr-none' }, 'InvalidRouterId.NotFound'],
    [{ Role: 'Watcher' }, 'InvalidRole.ValueNotSupported'],
    [{ Spec: 'Huge.9' }, 'InvalidSpec.ValudNotSupported'],
    [{ Role: 'AcceptingSide' }, 'InvalidSpec.ValudNotSupported'],
    [{ Name: '1' }, 'InvalidName.Malformd'],
    [{ Description: 'http://x' }, 'InvalidDescription.Malformed'],
    [{ OppositeRegionId: 'cn-none' }, 'InvalidOppositeRegionId.NotFound'],
    [{ OppositeRouterType: 'Cloud' }, 'InvalidOppositeRouterType.ValueNotSupported'],
    [{ OppositeRouterType: 'VBR' }, 'MissingParameter'],
    [{ OppositeInterfaceOwnerId: 'me' }, 'InvalidAliuid'],
    [{ OppositeInterfaceId: 'i-none' }, 'InvalidParameter'],
    [{ HealthCheckTargetIp: '172.16.0.9' }, 'MissingParameter'],
    [{ HealthCheckSourceIp: '10.0.0.9', HealthCheckTargetIp: '10.0.0.9' }, 'InvalidIp.Malformed'],
    [{ InstanceChargeType: 'Free' }, 'InvalidInstanceChargeType.ValueNotSupported'],
    [{ InstanceChargeType: 'PrePaid', Period: 10 }, 'InvalidPeriod'],
    [{ InstanceChargeType: 'PrePaid', Period: 4, PricingCycle: 'Year' }, 'InvalidPeriod'],
    [{ PricingCycle: 'Week' }, 'InvalidParameter'],
  ])('is not made with %j', async (input, expected) => {
    const { call, code, initiating } = await cloudWithRouters()
    expect(await code('CreateRouterInterface', { ...initiating, ...input })).toBe(expected)
    expect((await call('DescribeRouterInterfaces', {}, inVpc)).TotalCount).toBe(0)
  })

  it('moves into another resource group, as its router and its line do', async () => {
    const { call, enabled, makeRouter, make, code, other } = await cloudWithRouters()
    const PhysicalConnectionId = await enabled()
    const VbrId = await makeRouter(PhysicalConnectionId)
    const RouterInterfaceId = await make({ RouterType: 'VBR', RouterId: VbrId })
    const moved = { NewResourceGroupId: 'rg-new' }
    for (const [ResourceType, ResourceId, action] of [
      ['PHYSICALCONNECTION', PhysicalConnectionId, 'DescribePhysicalConnections'],
      ['VIRTUALBORDERROUTER', VbrId, 'DescribeVirtualBorderRouters'],
      ['ROUTERINTERFACE', RouterInterfaceId, 'DescribeRouterInterfaces'],
    ] as const) {
      expect((await call(action, { ResourceGroupId: 'rg-new' }, inVpc)).TotalCount).toBe(0)
      await call('MoveResourceGroup', { ResourceType, ResourceId, ...moved }, inVpc)
      expect((await call(action, { ResourceGroupId: 'rg-new' }, inVpc)).TotalCount).toBe(1)
    }
    const VbrOwnerId = Number(accounts[1].id)
    const bare = { LocalGatewayIp: undefined, PeerGatewayIp: undefined, PeeringSubnetMask: undefined }
    const theirs = await makeRouter(PhysicalConnectionId, { VlanId: 7, VbrOwnerId, ...bare })
    const named = { ResourceType: 'VIRTUALBORDERROUTER', ResourceId: theirs, ...moved }
    expect(await code('MoveResourceGroup', named)).toBe('InvalidVbrId.NotFound')
    await call('MoveResourceGroup', named, other)
  })

  it('is one of five at most on a router, once for a token, and tagged by operations of its own', async () => {
    const { call, make, code, initiating, one } = await cloudWithRouters()
    const token = { ...initiating, ClientToken: 'one' }
    const { RouterInterfaceId } = await call('CreateRouterInterface', token, inVpc)
    expect((await call('CreateRouterInterface', token, inVpc)).RouterInterfaceId).toBe(RouterInterfaceId)
    for (let number = 0; number < 4; number++) await make()
    expect(await code('CreateRouterInterface', initiating)).toBe('QuotaExceeded')
    const named = { ResourceType: 'ROUTERINTERFACE', ResourceId: [RouterInterfaceId] }
    await call('TagResourcesForExpressConnect', { ...named, Tag: [{ Key: 'team', Value: 'net' }] }, inVpc)
    expect((await one(RouterInterfaceId)).Tags).toEqual({ Tags: [{ Key: 'team', Value: 'net' }] })
    const listed = await call('ListTagResourcesForExpressConnect', { ResourceType: 'ROUTERINTERFACE', Tag: [{ Key: 'team' }] }, inVpc)
    expect(listed.TagResources.TagResource).toEqual([
      { ResourceId: RouterInterfaceId, ResourceType: 'ROUTERINTERFACE', TagKey: 'team', TagValue: 'net' },
    ])
    await call('UntagResourcesForExpressConnect', { ...named, TagKey: ['team'] }, inVpc)
    expect((await one(RouterInterfaceId)).Tags).toEqual({ Tags: [] })
    const wrong = { ResourceType: 'ROAD', ResourceId: ['x'], Tag: [{ Key: 'a', Value: 'b' }] }
    expect(await code('TagResourcesForExpressConnect', wrong)).toBe('InvalidResourceType.NotFound')
  })
})
