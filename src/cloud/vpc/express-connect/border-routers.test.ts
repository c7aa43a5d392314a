import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { accounts, cloudWithLines, ends, inVpc, minute } from './testing.ts'

const day = 24 * 60 * minute
const six = {
  EnableIpv6: true,
  LocalIpv6GatewayIp: '2001:db8:4:4::1',
  PeerIpv6GatewayIp: '2001:db8:4:4::2',
  PeeringIpv6SubnetMask: '2001:db8:4:4::/64',
}
const foreign = { LocalGatewayIp: undefined, PeerGatewayIp: undefined, PeeringSubnetMask: undefined, VbrOwnerId: Number(accounts[1].id) }

async function cloudWithRouter(input: object = {}) {
  const cloud = await cloudWithLines()
  const PhysicalConnectionId = await cloud.enabled()
  const VbrId = await cloud.makeRouter(PhysicalConnectionId, input)
  return { ...cloud, PhysicalConnectionId, VbrId }
}

describe('a virtual border router', () => {
  it('is active at once, shows what it was made with, and is found by it', async () => {
    const { call, router, makeRouter, PhysicalConnectionId, VbrId, filtered, code } = await cloudWithRouter({
      Name: 'edge',
      Description: 'of ours',
      CircuitCode: 'c1',
      ...six,
    })
    expect(VbrId).toMatch(/^vbr-bp1\w{18}$/)
    expect(await router(VbrId)).toMatchObject({
      Status: 'active',
      Name: 'edge',
      Description: 'of ours',
      CircuitCode: 'c1',
      VlanId: 1,
      Bandwidth: 1_000,
      PhysicalConnectionId,
      PhysicalConnectionStatus: 'Enabled',
      PhysicalConnectionOwnerUid: accounts[0].id,
      AccessPointId: 'ap-cn-hangzhou-yh-B',
      RouteTableId: expect.stringMatching(/^vtb-/) as string,
      ...ends,
      ...six,
      AssociatedPhysicalConnections: { AssociatedPhysicalConnection: [{ PhysicalConnectionId, VlanId: '1' }] },
    })
    const second = await makeRouter(PhysicalConnectionId, { VlanId: 2, Bandwidth: 200, Tags: [{ Key: 'team', Value: 'net' }] })
    for (const filter of [filtered('Name', 'edge'), { Filter: [{ Key: 'Status', Value: ['active'] }], PageSize: 1, PageNumber: 2 }]) {
      const answer = await call('DescribeVirtualBorderRouters', filter)
      expect(answer.VirtualBorderRouterSet.VirtualBorderRouterType.map((each: { VbrId: string }) => each.VbrId)).toEqual([VbrId])
    }
    const tagged = await call('DescribeVirtualBorderRouters', { Tags: [{ Key: 'team' }] }, inVpc)
    expect(tagged.VirtualBorderRouterSet.VirtualBorderRouterType).toMatchObject([{ VbrId: second, Bandwidth: 200 }])
    expect((await call('DescribeVirtualBorderRouters', filtered('AccessPointId', 'ap-none'), inVpc)).TotalCount).toBe(0)
    expect(await code('DescribeVirtualBorderRouters', filtered('Colour', 'red'))).toBe('InvalidParameter')
    const answer = await call('DescribeVirtualBorderRouters', {}, inVpc)
    expect(strays(answer, catalogue('vpc').get('DescribeVirtualBorderRouters')?.output, 'routers')).toEqual([])
    const onLine = await call(
      'DescribeVirtualBorderRoutersForPhysicalConnection',
      { PhysicalConnectionId, ...filtered('VbrId', VbrId) },
      inVpc,
    )
    const set = onLine.VirtualBorderRouterForPhysicalConnectionSet
    expect(set.VirtualBorderRouterForPhysicalConnectionType).toMatchObject([
      { VbrId, VbrName: 'edge', VlanId: 1, VbrOwnerUid: Number(accounts[0].id) },
    ])
    expect(strays(onLine, catalogue('vpc').get('DescribeVirtualBorderRoutersForPhysicalConnection')?.output, 'routers')).toEqual([])
  })

  it('is terminated and recovered by the owner of its connection, and keeps its VLAN for seven days', async () => {
    const { call, clock, router, code, makeRouter, PhysicalConnectionId, VbrId, other } = await cloudWithRouter()
    expect(await code('RecoverVirtualBorderRouter', { VbrId })).toBe('InvalidOperation.OperationNotAllowedInState')
    await call('TerminateVirtualBorderRouter', { VbrId })
    expect((await router(VbrId)).Status).toBe('terminating')
    expect(await code('TerminateVirtualBorderRouter', { VbrId })).toBe('InvalidOperation.OperationNotAllowedInState')
    expect(await code('DeleteVirtualBorderRouter', { VbrId })).toBe('InvalidOperation.OperationNotAllowedInState')
    clock.advance(minute)
    expect(await router(VbrId)).toMatchObject({
      Status: 'terminated',
      TerminationTime: expect.stringMatching(/Z$/) as string,
      RecoveryTime: '',
    })
    expect(await code('ModifyVirtualBorderRouterAttribute', { VbrId, Name: 'again' })).toBe('InvalidOperation.OperationNotAllowedInState')
    expect(await code('CreateVirtualBorderRouter', { PhysicalConnectionId, VlanId: 1, ...ends })).toBe('InvalidVlanId.Used')
    await call('RecoverVirtualBorderRouter', { VbrId }, inVpc)
    expect((await router(VbrId)).Status).toBe('recovering')
    clock.advance(minute)
    expect(await router(VbrId)).toMatchObject({ Status: 'active', RecoveryTime: expect.stringMatching(/Z$/) as string })
    await call('TerminateVirtualBorderRouter', { VbrId }, inVpc)
    clock.advance(7 * day + minute)
    await makeRouter(PhysicalConnectionId, { VlanId: 1 })
    expect(await code('RecoverVirtualBorderRouter', { VbrId })).toBe('InvalidVlanId.Used')
    expect(await code('TerminateVirtualBorderRouter', { VbrId }, other)).toBe('InvalidVbrId.NotFound')
  })

  it('is deleting, then gone, and keeps its connection until then', async () => {
    const { call, clock, router, code, PhysicalConnectionId, VbrId } = await cloudWithRouter()
    expect(await code('TerminatePhysicalConnection', { PhysicalConnectionId })).toBe('Forbidden.VBRExists')
    await call('DeleteVirtualBorderRouter', { VbrId })
    expect((await router(VbrId)).Status).toBe('deleting')
    clock.advance(minute)
    expect(await router(VbrId)).toBeUndefined()
    expect(await code('DeleteVirtualBorderRouter', { VbrId })).toBe('InvalidVbrId.NotFound')
    await call('TerminatePhysicalConnection', { PhysicalConnectionId })
  })

  it('is not recovered on a connection that is not Enabled', async () => {
    const { code, apply, clock } = await cloudWithRouter()
    const PhysicalConnectionId = await apply()
    clock.advance(minute)
    expect(await code('CreateVirtualBorderRouter', { PhysicalConnectionId, VlanId: 9, ...ends })).toBe(
      'InvalidPhysicalConnectionId.NotEnabled',
    )
  })

  it('of another account is unconfirmed until that gives it its addresses, which nobody else does', async () => {
    const { call, router, code, makeRouter, PhysicalConnectionId, other } = await cloudWithRouter()
    const VbrId = await makeRouter(PhysicalConnectionId, { VlanId: 2, ...foreign })
    expect(await router(VbrId)).toBeUndefined()
    expect(await router(VbrId, other)).toMatchObject({
      Status: 'unconfirmed',
      PhysicalConnectionOwnerUid: accounts[0].id,
      ActivationTime: '',
    })
    const all = await call('DescribeVirtualBorderRouters', { IncludeCrossAccountVbr: true }, inVpc)
    expect(all.TotalCount).toBe(2)
    const onLine = await call('DescribeVirtualBorderRoutersForPhysicalConnection', { PhysicalConnectionId }, inVpc)
    expect(onLine.TotalCount).toBe(2)
    expect(await code('ModifyVirtualBorderRouterAttribute', { VbrId, ...ends })).toBe('OperationDenied')
    expect(await code('ModifyVirtualBorderRouterAttribute', { VbrId, VlanId: 5 }, other)).toBe('OperationDenied')
    expect(await code('TerminateVirtualBorderRouter', { VbrId }, other)).toBe('Forbidden.OperationTerminateNotAllowed')
    await call('ModifyVirtualBorderRouterAttribute', { VbrId, ...ends }, other)
    expect(await router(VbrId, other)).toMatchObject({ Status: 'active', ...ends })
    expect(await code('DeleteVirtualBorderRouter', { VbrId })).toBe('OperationDenied')
    await call('TerminateVirtualBorderRouter', { VbrId }, inVpc)
    const unconfirmed = await makeRouter(PhysicalConnectionId, { VlanId: 3, ...foreign })
    await call('DeleteVirtualBorderRouter', { VbrId: unconfirmed }, inVpc)
    expect(await code('CreateVirtualBorderRouter', { PhysicalConnectionId, VlanId: 4, ...foreign, ...ends })).toBe('OperationDenied')
    expect(await code('CreateVirtualBorderRouter', { PhysicalConnectionId, VlanId: 4, ...foreign, VbrOwnerId: 77 })).toBe('InvalidAliuid')
  })

  it('is changed, by the list of its lines as well', async () => {
    const { call, router, code, VbrId, PhysicalConnectionId } = await cloudWithRouter()
    const change = (input: object) => call('ModifyVirtualBorderRouterAttribute', { VbrId, ...input }, inVpc)
    await change({
      Name: 'edge',
      Description: 'mine',
      Bandwidth: 500,
      MinTxInterval: 300,
      MinRxInterval: 400,
      DetectMultiplier: 3,
      Mtu: 1500,
      SitelinkEnable: true,
    })
    expect(await router(VbrId)).toMatchObject({
      Name: 'edge',
      Bandwidth: 500,
      MinTxInterval: 300,
      MinRxInterval: 400,
      DetectMultiplier: 3,
      SitelinkEnable: true,
    })
    const line = {
      PhysicalConnectionId,
      VlanId: '7',
      CircuitCode: 'c2',
      LocalGatewayIp: '192.168.1.1',
      PeerGatewayIp: '192.168.1.2',
      PeeringSubnetMask: '255.255.255.0',
    }
    await change({ AssociatedPhysicalConnections: JSON.stringify([line]) })
    expect(await router(VbrId)).toMatchObject({ VlanId: 7, CircuitCode: 'c2', LocalGatewayIp: '192.168.1.1', Name: 'edge' })
    await call('ModifyVirtualBorderRouterAttribute', { VbrId, PeerGatewayIp: '192.168.1.254' })
    expect((await router(VbrId)).PeerGatewayIp).toBe('192.168.1.254')
    for (const [AssociatedPhysicalConnections, expected] of [
      ['{', 'InvalidParameter'],
      ['{}', 'InvalidParameter'],
      ['[1]', 'InvalidParameter'],
      [JSON.stringify(Array.from({ length: 11 }, () => line)), 'InvalidParameter'],
      [JSON.stringify([{ ...line, PhysicalConnectionId: 'pc-none' }]), 'InvalidPhysicalConnectionId.NotFound'],
      [JSON.stringify([{ ...line, VlanId: 'x' }]), 'InvalidVlanId.Malformed'],
    ])
      expect(await code('ModifyVirtualBorderRouterAttribute', { VbrId, AssociatedPhysicalConnections })).toBe(expected)
  })

  it.each([
    [{ MinTxInterval: 100 }, 'InvalidParameter'],
    [{ DetectMultiplier: 11 }, 'InvalidParameter'],
    [{ Mtu: 8500 }, 'InvalidParameter'],
    [{ Bandwidth: 3 }, 'InvalidParameter'],
    [{ VlanId: 3000 }, 'InvalidVlanId.Malformed'],
    [{ EnableIpv6: true }, 'InvalidPeeringSubnetMask.Malformed'],
  ])('is not changed by %j', async (input, expected) => {
    const { code, VbrId, router } = await cloudWithRouter()
    const before = await router(VbrId)
    expect(await code('ModifyVirtualBorderRouterAttribute', { VbrId, ...input })).toBe(expected)
    expect(await router(VbrId)).toEqual(before)
  })

  it.each([
    [{ PhysicalConnectionId: 'pc-none' }, 'InvalidPhysicalConnectionId.NotFound'],
    [{ VlanId: 1 }, 'InvalidVlanId.Used'],
    [{ VlanId: -1 }, 'InvalidVlanId.Malformed'],
    [{ CircuitCode: 'x'.repeat(65) }, 'InvalidCircuitCode.Malformed'],
    [{ LocalGatewayIp: undefined }, 'MissingParameter'],
    [{ LocalGatewayIp: '192.168.0.0' }, 'InvalidIp.Malformed'],
    [{ LocalGatewayIp: 'home' }, 'InvalidIp.Malformed'],
    [{ PeerGatewayIp: '192.168.0.1' }, 'InvalidIp.Malformed'],
    [{ PeerGatewayIp: '192.168.0.5' }, 'InvalidIp.Malformed'],
    [{ PeeringSubnetMask: '255.255.255.254' }, 'InvalidPeeringSubnetMask.Malformed'],
    [{ PeeringSubnetMask: '255.255.0.0' }, 'InvalidPeeringSubnetMask.Malformed'],
    [{ ...six, PeerIpv6GatewayIp: '2001:db8:5::2' }, 'InvalidIp.Malformed'],
    [{ ...six, PeeringIpv6SubnetMask: '2001:db8:4:4::1/64' }, 'InvalidPeeringSubnetMask.Malformed'],
    [{ Bandwidth: 51 }, 'InvalidParameter'],
    [{ Name: '1' }, 'InvalidName.Malformed'],
  ])('is not made with %j', async (input, expected) => {
    const { call, code, PhysicalConnectionId } = await cloudWithRouter()
    expect(await code('CreateVirtualBorderRouter', { PhysicalConnectionId, VlanId: 2, ...ends, ...input })).toBe(expected)
    expect((await call('DescribeVirtualBorderRouters', {}, inVpc)).TotalCount).toBe(1)
  })
})
