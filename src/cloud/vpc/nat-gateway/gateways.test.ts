import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNetwork, type TestAnswer, testCloud } from '../../testing.ts'
import { cloudWithNatGateway, inVpc } from './testing.ts'

const tableOf = async ({ call, VpcId }: { call: TestAnswer; VpcId: string }): Promise<string> =>
  (await call('DescribeRouteTableList', { VpcId }, inVpc)).RouterTableList.RouterTableListType[0].RouteTableId

describe('a NAT gateway', () => {
  it('is Creating for a minute, takes an address of its vSwitch, and leads the VPC out when it is there', async () => {
    const cloud = await cloudWithNetwork()
    const { call, clock, VpcId, VSwitchId, refusal } = cloud
    const free = async () => (await call('DescribeVSwitches', { VSwitchId }, inVpc)).VSwitches.VSwitch[0].AvailableIpAddressCount
    const before = await free()
    const made = await call('CreateNatGateway', { VpcId, VSwitchId, NatType: 'Enhanced', NatIp: '10.0.0.77' }, inVpc)
    const { NatGatewayId } = made
    expect(NatGatewayId).toMatch(/^ngw-bp1\w{18}$/)
    expect(made.ForwardTableIds.ForwardTableId[0]).toMatch(/^ftb-bp1\w{18}$/)
    expect(made.SnatTableIds.SnatTableId[0]).toMatch(/^stb-bp1\w{18}$/)
    const one = async () => (await call('DescribeNatGateways', { VpcId }, inVpc)).NatGateways.NatGateway[0]
    expect(await one()).toMatchObject({
      Status: 'Creating',
      Name: NatGatewayId,
      NatType: 'Enhanced',
      NetworkType: 'internet',
      InternetChargeType: 'PayByLcu',
      NatGatewayPrivateInfo: { VswitchId: VSwitchId, PrivateIpAddress: '10.0.0.77', IzNo: 'cn-hangzhou-h' },
    })
    expect(await free()).toBe(before - 1)
    expect((await refusal('DeleteNatGateway', { NatGatewayId }, inVpc)).code).toBe('IncorrectStatus.NatGateway')
    const RouteTableId = await tableOf(cloud)
    const routes = async () =>
      (await call('DescribeRouteEntryList', { RouteTableId, NextHopId: NatGatewayId }, inVpc)).RouteEntrys.RouteEntry
    expect(await routes()).toEqual([])
    clock.advance(60_000)
    expect((await one()).Status).toBe('Available')
    expect(await routes()).toMatchObject([{ DestinationCidrBlock: '0.0.0.0/0', Type: 'Custom' }])
    const [listed] = (await call('DescribeVpcs', { VpcId }, inVpc)).Vpcs.Vpc
    expect(listed.NatGatewayIds.NatGatewayIds).toEqual([NatGatewayId])
    await call('DeleteNatGateway', { NatGatewayId }, inVpc)
    expect((await one()).Status).toBe('Deleting')
    clock.advance(10_000)
    expect(await one()).toBeUndefined()
    expect(await routes()).toEqual([])
    expect(await free()).toBe(before)
  })

  it('leaves a route of 0.0.0.0/0 that is there, and a private one adds none', async () => {
    const cloud = await cloudWithNatGateway({ NetworkType: 'intranet' })
    const { vpc, clock, VpcId, VSwitchId, NatGatewayId } = cloud
    const RouteTableId = await tableOf(cloud)
    const all = async () =>
      (await vpc('DescribeRouteEntryList', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0' })).RouteEntrys.RouteEntry
    expect(await all()).toEqual([])
    await vpc('CreateRouteEntry', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NextHopId: NatGatewayId, NextHopType: 'NatGateway' })
    clock.advance(5_000)
    await vpc('CreateNatGateway', { VpcId, VSwitchId })
    clock.advance(60_000)
    expect((await all()).map((entry: TestAnswer) => entry.NextHops.NextHop[0].NextHopId)).toEqual([NatGatewayId])
  })

  it.each([
    ['a VPC that does not exist', { VpcId: 'vpc-none' }, 'InvalidVpcId.NotFound'],
    ['no vSwitch', { VSwitchId: undefined }, 'MissingParameter'],
    ['a vSwitch that does not exist', { VSwitchId: 'vsw-none' }, 'InvalidVSwitchId.NotFound'],
    ['another type', { NatType: 'Normal' }, 'InvalidParameter'],
    ['another network', { NetworkType: 'space' }, 'InvalidParameter'],
    ['another way of binding', { EipBindMode: 'BINDED' }, 'InvalidParameter'],
    ['another mode of zones', { AvailabilityMode: 'NoAZ' }, 'InvalidParameter'],
    ['a reserved block, of which there is none', { Ipv4Prefix: '10.0.0.16/28' }, 'InvalidParameter'],
    ['the firewall that is no more', { SecurityProtectionEnabled: true }, 'InvalidParameter'],
    ['an address outside its vSwitch', { NatIp: '10.0.9.1' }, 'InvalidParameter'],
    ['an access without PrivateLink', { AccessMode: { ModeValue: 'route' } }, 'InvalidParameter'],
    ['a subscription by use', { InstanceChargeType: 'PrePaid' }, 'OperationUnsupported.PrePaidPyByLcu'],
    ['a subscription', { InstanceChargeType: 'PrePaid', InternetChargeType: 'PayBySpec' }, 'OperationDenied'],
    ['an unknown specification', { InternetChargeType: 'PayBySpec', Spec: 'Huge' }, 'InvalidParameter.Spec.ValueNotSupported'],
    ['a name that is too short', { Name: 'n' }, 'InvalidParameter.Name.Malformed'],
    ['a description that is a URL', { Description: 'http://x' }, 'InvalidParameter.Description.Malformed'],
  ])('is not made with %s', async (_, input, expected) => {
    const { refusal, VpcId, VSwitchId } = await cloudWithNetwork()
    const given = { VpcId, VSwitchId, ...input }
    expect((await refusal('CreateNatGateway', given, inVpc)).code).toBe(expected)
  })

  it('is not made in a VPC or vSwitch that is not ready, nor in another VPC’s', async () => {
    const { call, refusal, clock, VSwitchId } = await cloudWithNetwork()
    const { VpcId } = await call('CreateVpc', { CidrBlock: '10.0.0.0/16' }, inVpc)
    const code = async (input: object) => (await refusal('CreateNatGateway', { VpcId, ...input }, inVpc)).code
    expect(await code({ VSwitchId })).toBe('VpcStatusError')
    clock.advance(60_000)
    expect(await code({ VSwitchId })).toBe('OperationFailed.VswNotBelongToVpc')
    const young = await call('CreateVSwitch', { VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.1.0/24' }, inVpc)
    expect(await code({ VSwitchId: young.VSwitchId })).toBe('VswitchStatusError')
  })

  it('is made once for one ClientToken, and not at all on a dry run', async () => {
    const { call, refusal, clock, VpcId, VSwitchId } = await cloudWithNetwork()
    const asked = { VpcId, VSwitchId, ClientToken: 'once' }
    const { NatGatewayId } = await call('CreateNatGateway', asked, inVpc)
    expect((await call('CreateNatGateway', asked, inVpc)).NatGatewayId).toBe(NatGatewayId)
    clock.advance(60_000)
    const [{ SnatTableIds }] = (await call('DescribeNatGateways', { VpcId }, inVpc)).NatGateways.NatGateway
    const [SnatTableId] = SnatTableIds.SnatTableId
    const dry = { SnatTableId, SourceVSwitchId: VSwitchId, DryRun: true }
    expect((await refusal('CreateSnatEntry', { ...dry, SnatIp: '198.18.9.9' }, inVpc)).code).toBe('InvalidSnatIp.NotFound')
    const { AllocationId, EipAddress: SnatIp } = await call('AllocateEipAddress', {}, inVpc)
    await call('AssociateEipAddress', { AllocationId, InstanceId: NatGatewayId, InstanceType: 'Nat' }, inVpc)
    clock.advance(5_000)
    expect((await refusal('CreateSnatEntry', { ...dry, SnatIp }, inVpc)).code).toBe('DryRunOperation')
    expect((await call('DescribeSnatTableEntries', { SnatTableId }, inVpc)).TotalCount).toBe(0)
  })

  it('has five in a VPC at most', async () => {
    const { vpc, code, VpcId, VSwitchId } = await cloudWithNatGateway()
    for (let more = 0; more < 4; more++) await vpc('CreateNatGateway', { VpcId, VSwitchId })
    expect(await code('CreateNatGateway', { VpcId, VSwitchId })).toBe('OperationFailed.EnhancedQuotaExceed')
  })

  it('keeps its VPC and vSwitch, and an entry that leads to it keeps the gateway', async () => {
    const cloud = await cloudWithNatGateway()
    const { vpc, code, clock, VpcId, VSwitchId, NatGatewayId } = cloud
    expect(await code('DeleteVpc', { VpcId })).toBe('DependencyViolation.NatGateway')
    expect(await code('DeleteVSwitch', { VSwitchId })).toBe('DependencyViolation.EnhancedNatgw')
    const RouteTableId = await tableOf(cloud)
    const route = { RouteTableId, DestinationCidrBlock: '192.168.0.0/16', NextHopId: NatGatewayId, NextHopType: 'NatGateway' }
    const { RouteEntryId } = await vpc('CreateRouteEntry', route)
    clock.advance(5_000)
    expect(await code('DeleteNatGateway', { NatGatewayId })).toBe('DependencyViolation.RouterEntry')
    expect(await code('DeleteNatGateway', { NatGatewayId, Force: true })).toBe('DependencyViolation.RouterEntry')
    await vpc('DeleteRouteEntry', { RouteEntryId })
    clock.advance(5_000)
    await vpc('DeleteNatGateway', { NatGatewayId })
    expect(await code('CreateRouteEntry', route)).toBe('IncorrectStatus.NatGateway')
    clock.advance(10_000)
    expect(await code('CreateRouteEntry', route)).toBe('InvalidNextHopId.NotFound')
    expect(await code('DeleteNatGateway', { NatGatewayId })).toBe('InvalidNatGatewayId.NotFound')
  })

  it('can be protected from deletion, as an elastic address and a shared bandwidth can', async () => {
    const { vpc, code, NatGatewayId, gateway, eip } = await cloudWithNatGateway()
    const protect = (InstanceId: string, Type: string, ProtectionEnable = true) =>
      vpc('DeletionProtection', { InstanceId, Type, ProtectionEnable })
    await protect(NatGatewayId, 'NATGW')
    expect((await gateway()).DeletionProtection).toBe(true)
    expect(await code('DeleteNatGateway', { NatGatewayId })).toBe('InvalidOperation.DeletionProtection')
    await protect(NatGatewayId, 'NATGW', false)
    await vpc('DeleteNatGateway', { NatGatewayId })
    const { AllocationId } = await vpc('AllocateEipAddress')
    await protect(AllocationId, 'EIP')
    expect((await eip(AllocationId)).DeletionProtection).toBe(true)
    expect(await code('ReleaseEipAddress', { AllocationId })).toBe('InvalidOperation.DeletionProtection')
    const { BandwidthPackageId } = await vpc('CreateCommonBandwidthPackage', { Bandwidth: 10 })
    await protect(BandwidthPackageId, 'CBWP')
    expect(await code('DeleteCommonBandwidthPackage', { BandwidthPackageId })).toBe('InvalidOperation.DeletionProtection')
    expect(await code('DeletionProtection', { InstanceId: 'x', Type: 'SLB', ProtectionEnable: true })).toBe('InvalidParameter')
    expect(await code('DeletionProtection', { InstanceId: 'ngw-none', Type: 'NATGW', ProtectionEnable: true })).toBe(
      'InvalidNatGatewayId.NotFound',
    )
  })

  it('is changed: its texts, its answers to ICMP, and where its sessions are written', async () => {
    const { vpc, code, NatGatewayId, gateway } = await cloudWithNatGateway()
    const modify = (input: object) => vpc('ModifyNatGatewayAttribute', { NatGatewayId, ...input })
    await modify({ Name: 'n', Description: 'd', IcmpReplyEnabled: false })
    expect(await gateway()).toMatchObject({ Name: 'n', Description: 'd', IcmpReplyEnabled: false, EnableSessionLog: 'false' })
    const LogDestination = 'acs:log:cn-hangzhou:1:project/p/logstore/s'
    await modify({ EnableSessionLog: true, LogDelivery: { LogDeliveryType: 'sls', LogDestination } })
    const { LogDelivery, Name } = await vpc('GetNatGatewayAttribute', { NatGatewayId })
    expect({ LogDelivery, Name }).toMatchObject({ Name: 'n', LogDelivery: { LogDestination, DeliveryStatus: 'Failure' } })
    await modify({ EnableSessionLog: false })
    expect((await gateway()).EnableSessionLog).toBe('false')
    const refused = (input: object) => code('ModifyNatGatewayAttribute', { NatGatewayId, ...input })
    expect(await refused({ EnableSessionLog: true })).toBe('InvalidParameter')
    expect(await refused({ Name: 'https://x' })).toBe('InvalidParameter.Name.Malformed')
    expect(await refused({ Description: 'x'.repeat(257) })).toBe('InvalidParameter.Description.Malformed')
    expect(await refused({ NatGatewayId: 'ngw-none' })).toBe('InvalidNatGatewayId.NotFound')
  })

  it('that is paid for by specification is made larger, for a moment Modifying', async () => {
    const { vpc, code, clock, NatGatewayId, gateway } = await cloudWithNatGateway({ InternetChargeType: 'PayBySpec' })
    expect((await gateway()).Spec).toBe('Small')
    expect(await code('ModifyNatGatewaySpec', { NatGatewayId, Spec: 'Small' })).toBe('NATGW_MODIFY_SPEC_SAME')
    expect(await code('ModifyNatGatewaySpec', { NatGatewayId, Spec: 'Tiny' })).toBe('InvalidParameter.Spec.ValueNotSupported')
    await vpc('ModifyNatGatewaySpec', { NatGatewayId, Spec: 'Large' })
    expect((await gateway()).Status).toBe('Modifying')
    expect(await code('ModifyNatGatewaySpec', { NatGatewayId, Spec: 'Middle' })).toBe('IncorrectStatus.NatGateway')
    expect(await code('ModifyNatGatewayAttribute', { NatGatewayId, Name: 'n' })).toBe('IncorrectStatus.NATGW')
    clock.advance(5_000)
    expect(await gateway()).toMatchObject({ Status: 'Available', Spec: 'Large' })
    const other = await cloudWithNatGateway()
    expect(await other.code('ModifyNatGatewaySpec', { NatGatewayId: other.NatGatewayId, Spec: 'Large' })).toBe('OperationDenied')
  })

  it('is found by what it is, is tagged, and its answers stray from no catalogue', async () => {
    const { vpc, NatGatewayId, VpcId, bound } = await cloudWithNatGateway({ Tag: [{ Key: 'team', Value: 'net' }] })
    await bound()
    const count = async (input: object) => (await vpc('DescribeNatGateways', input)).TotalCount
    for (const input of [
      { VpcId },
      { Name: 'out' },
      { Status: 'Available' },
      { NatType: 'Enhanced' },
      { NetworkType: 'internet' },
      { InstanceChargeType: 'PostPaid' },
      { AvailabilityMode: 'CrossAZ' },
      { ZoneId: 'cn-hangzhou-h' },
      { Tag: [{ Key: 'team' }] },
    ])
      expect([input, await count(input)]).toEqual([input, 1])
    for (const input of [{ VpcId: 'vpc-none' }, { Spec: 'Large' }, { ResourceGroupId: 'rg-none' }, { ZoneId: 'cn-hangzhou-g' }])
      expect([input, await count(input)]).toEqual([input, 0])
    const tags = { ResourceType: 'NATGATEWAY', ResourceId: [NatGatewayId] }
    await vpc('TagResources', { ...tags, Tag: [{ Key: 'more', Value: '' }] })
    expect((await vpc('ListTagResources', tags)).TagResources.TagResource).toHaveLength(2)
    for (const [action, input] of [
      ['DescribeNatGateways', {}],
      ['GetNatGatewayAttribute', { NatGatewayId }],
      ['ListEnhanhcedNatGatewayAvailableZones', { Filter: [{ Key: 'PrivateLinkEnabled', Value: 'true' }] }],
    ] as const) {
      const answer = await vpc(action, input)
      expect(strays(answer, catalogue('vpc').get(action)?.output, action)).toEqual([])
    }
  })

  it('can lie in every zone of a region, whose names are told in two languages', async () => {
    const { call, refusal } = await testCloud()
    const zones = async (input: object) => (await call('ListEnhanhcedNatGatewayAvailableZones', input, inVpc)).Zones
    expect((await zones({ AcceptLanguage: 'en-US' })).find((zone: TestAnswer) => zone.ZoneId === 'cn-hangzhou-h').LocalName).toBe(
      'Hangzhou Zone H',
    )
    expect((await zones({}))[0].LocalName).toContain('可用区')
    const { code } = await refusal('ListEnhanhcedNatGatewayAvailableZones', { Filter: [{ Key: 'Colour', Value: 'red' }] }, inVpc)
    expect(code).toBe('InvalidParameter')
  })
})
