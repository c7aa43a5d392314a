import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { accounts, beijing, cloudWithRouters, inVpc, minute } from './testing.ts'

describe('a router interface', () => {
  it('is Idle, shows what it was made with, and is found by it', async () => {
    const { call, make, one, code, far, VRouterId, VpcId, filtered } = await cloudWithRouters()
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
