import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'
import { inVpc } from './testing.ts'

const BandwidthPackage = [{ Bandwidth: 10, IpCount: 2 }]

/** A cloud with a gateway as ECS's old operation makes it. */
async function cloudWithStandard() {
  const cloud = await cloudWithNetwork()
  const { call, refusal, clock, VpcId } = cloud
  const made = await call('CreateNatGateway', { VpcId, Name: 'old', BandwidthPackage })
  clock.advance(60_000)
  const { NatGatewayId } = made
  const [BandwidthPackageId] = made.BandwidthPackageIds.BandwidthPackageId
  const [ForwardTableId] = made.ForwardTableIds.ForwardTableId
  const one = async (): Promise<TestAnswer> =>
    (await call('DescribeBandwidthPackages', { BandwidthPackageId })).BandwidthPackages.BandwidthPackage[0]
  const addresses = async (): Promise<string[]> =>
    (await one()).PublicIpAddresses.PublicIpAddresse.map(({ IpAddress }: { IpAddress: string }) => IpAddress)
  const code = async (action: string, input: object) => (await refusal(action, input)).code
  return { ...cloud, NatGatewayId, BandwidthPackageId, ForwardTableId, one, addresses, code }
}

describe('a standard NAT gateway, as ECS makes it', () => {
  it('lies in no vSwitch, comes with public addresses, and shows under both products', async () => {
    const { call, NatGatewayId, BandwidthPackageId, ForwardTableId, VpcId, one } = await cloudWithStandard()
    const [old] = (await call('DescribeNatGateways', { VpcId })).NatGateways.NatGateway
    expect(old).toMatchObject({ NatGatewayId, Name: 'old', Status: 'Available', Spec: 'Small', VpcId })
    expect(old.BandwidthPackageIds.BandwidthPackageId).toEqual([BandwidthPackageId])
    expect(old.ForwardTableIds.ForwardTableId).toEqual([ForwardTableId])
    const [today] = (await call('DescribeNatGateways', { NatGatewayId }, inVpc)).NatGateways.NatGateway
    expect(today).toMatchObject({ NatType: 'Normal', InternetChargeType: 'PayBySpec', NatGatewayPrivateInfo: { VswitchId: '' } })
    expect(BandwidthPackageId).toMatch(/^bwp-bp1\w{17}/)
    expect(await one()).toMatchObject({ NatGatewayId, Bandwidth: '10', IpCount: '2', ZoneId: expect.stringMatching(/^cn-hangzhou-/) })
    for (const action of ['DescribeNatGateways', 'DescribeBandwidthPackages']) {
      const answer = await call(action, {})
      expect(strays(answer, catalogue('ecs').get(action)?.output, action)).toEqual([])
    }
    expect((await call('DescribeBandwidthPackages', { NatGatewayId: 'ngw-none' })).TotalCount).toBe(0)
    expect((await call('DescribeNatGateways', { NatGatewayId: 'ngw-none' })).TotalCount).toBe(0)
  })

  it('adds a route that is the system’s, so that there can be no other of 0.0.0.0/0', async () => {
    const { call, refusal, VpcId, NatGatewayId } = await cloudWithStandard()
    const [{ RouteTableId }] = (await call('DescribeRouteTableList', { VpcId }, inVpc)).RouterTableList.RouterTableListType
    const [route] = (await call('DescribeRouteEntryList', { RouteTableId, NextHopId: NatGatewayId }, inVpc)).RouteEntrys.RouteEntry
    expect(route).toMatchObject({ DestinationCidrBlock: '0.0.0.0/0', Type: 'System' })
    for (const input of [{ RouteEntryId: route.RouteEntryId }, { RouteTableId, DestinationCidrBlock: '0.0.0.0/0' }])
      expect((await refusal('DeleteRouteEntry', input, inVpc)).code).toBe('OperationDenied')
  })

  it.each([
    ['a VPC that does not exist', { VpcId: 'vpc-none' }, 'InvalidVpcId.NotFound'],
    ['two packages', { BandwidthPackage: [...BandwidthPackage, ...BandwidthPackage] }, 'MissingParameter.BandwidthPackage'],
    ['no address', { BandwidthPackage: [{ Bandwidth: 10, IpCount: 0 }] }, 'InvalidIpCount.ValueNotSupported'],
    ['too many addresses', { BandwidthPackage: [{ Bandwidth: 10, IpCount: 51 }] }, 'QuotaExceeded.BandwidthPackageIps'],
    ['too little bandwidth', { BandwidthPackage: [{ Bandwidth: 4, IpCount: 1 }] }, 'InvalidBandwidth.ValueNotSupported'],
    ['an unknown zone', { BandwidthPackage: [{ Bandwidth: 10, IpCount: 1, Zone: 'moon-a' }] }, 'InvalidZoneId.NotFound'],
    ['a name that is too short', { Name: 'n' }, 'InvalidNatGatewayName.MalFormed'],
    ['a description that is a URL', { Description: 'http://x' }, 'InvalidNatGatewayDescription.MalFormed'],
  ])('is not made with %s', async (_, input, expected) => {
    const { refusal, VpcId } = await cloudWithNetwork()
    expect((await refusal('CreateNatGateway', { VpcId, BandwidthPackage, ...input })).code).toBe(expected)
  })

  it('is not made in a VPC that is young, or led out already, nor twice', async () => {
    const { call, clock, code, VpcId, VSwitchId } = await cloudWithStandard()
    expect(await code('CreateNatGateway', { VpcId, BandwidthPackage })).toBe('RouterEntryConflict.Duplicated')
    const other = await call('CreateVpc', {}, inVpc)
    const second = { VpcId: other.VpcId, BandwidthPackage }
    expect(await code('CreateNatGateway', second)).toBe('InvalidVPCStatus')
    clock.advance(60_000)
    await call('CreateNatGateway', second)
    expect(await code('CreateNatGateway', second)).toBe('QuotaExceeded')
    await call('CreateNatGateway', { VpcId, VSwitchId }, inVpc)
  })

  it('gets more public addresses and gives them back, all but one', async () => {
    const { call, code, BandwidthPackageId, addresses, one } = await cloudWithStandard()
    await call('AddBandwidthPackageIps', { BandwidthPackageId, IpCount: '3' })
    const held = await addresses()
    expect(new Set(held).size).toBe(5)
    expect(await code('AddBandwidthPackageIps', { BandwidthPackageId, IpCount: 'x' })).toBe('InvalidIpCount.ValueNotSupported')
    expect(await code('AddBandwidthPackageIps', { BandwidthPackageId, IpCount: '46' })).toBe('QuotaExceeded.BandwidthPackageIps')
    const remove = (RemovedIpAddresses: string[]) => ({ BandwidthPackageId, RemovedIpAddresses })
    expect(await code('RemoveBandwidthPackageIps', remove(['198.18.9.9']))).toBe('invalidRemovedIpAddresses.NotFound')
    expect(await code('RemoveBandwidthPackageIps', remove(held))).toBe('InvalidIpCount.ValueNotSupported')
    await call('RemoveBandwidthPackageIps', remove(held.slice(1)))
    expect(await addresses()).toEqual(held.slice(0, 1))
    await call('ModifyBandwidthPackageSpec', { BandwidthPackageId, Bandwidth: '100' })
    expect((await one()).Bandwidth).toBe('100')
    expect(await code('ModifyBandwidthPackageSpec', { BandwidthPackageId, Bandwidth: '5001' })).toBe('InvalidBandwidth.ValueNotSupported')
    expect(await code('ModifyBandwidthPackageSpec', { BandwidthPackageId: 'bwp-none', Bandwidth: '10' })).toBe(
      'InvalidBandwidthPackageId.NotFound',
    )
  })

  it('leads to instances by its public addresses, which its tables keep', async () => {
    const { call, clock, code, NatGatewayId, BandwidthPackageId, ForwardTableId, addresses, VSwitchId } = await cloudWithStandard()
    const [ExternalIp = '', other = ''] = await addresses()
    const entry = { ForwardTableId, ExternalIp, ExternalPort: '80', InternalIp: '10.0.0.5', InternalPort: '80', IpProtocol: 'TCP' }
    const { ForwardEntryId } = await call('CreateForwardEntry', entry)
    clock.advance(5_000)
    const [shown] = (await call('DescribeForwardTableEntries', { ForwardTableId })).ForwardTableEntries.ForwardTableEntry
    expect(shown).toMatchObject({ ForwardEntryId, ExternalIp, Status: 'Available' })
    await call('ModifyForwardEntry', { ForwardTableId, ForwardEntryId, ExternalPort: '81' })
    const remove = { BandwidthPackageId, RemovedIpAddresses: [ExternalIp] }
    expect(await code('RemoveBandwidthPackageIps', remove)).toBe('DependencyViolation.ForwardEntry')
    expect(await code('DeleteBandwidthPackage', { BandwidthPackageId })).toBe('DependencyViolation.ForwardEntry')
    clock.advance(5_000)
    await call('DeleteForwardEntry', { ForwardTableId, ForwardEntryId })
    clock.advance(5_000)
    const [today] = (await call('DescribeNatGateways', { NatGatewayId }, inVpc)).NatGateways.NatGateway
    const [SnatTableId] = today.SnatTableIds.SnatTableId
    await call('CreateSnatEntry', { SnatTableId, SourceVSwitchId: VSwitchId, SnatIp: other }, inVpc)
    expect(await code('DeleteBandwidthPackage', { BandwidthPackageId })).toBe('DependencyViolation.SnatEntry')
  })

  it('is deleted when its packages are', async () => {
    const { call, code, clock, NatGatewayId, BandwidthPackageId, VpcId } = await cloudWithStandard()
    expect(await code('DeleteNatGateway', { NatGatewayId })).toBe('DependencyViolation.BandwidthPackages')
    await call('DeleteBandwidthPackage', { BandwidthPackageId })
    await call('DeleteNatGateway', { NatGatewayId })
    clock.advance(10_000)
    expect((await call('DescribeNatGateways', { VpcId })).TotalCount).toBe(0)
  })

  it('becomes an enhanced one when nothing of it changes and it has no package', async () => {
    const { call, refusal, clock, NatGatewayId, BandwidthPackageId, VSwitchId, ForwardTableId, addresses } = await cloudWithStandard()
    const convert = { NatGatewayId, NatType: 'Enhanced', VSwitchId }
    const refused = async (input: object = {}) => (await refusal('UpdateNatGatewayNatType', { ...convert, ...input }, inVpc)).code
    expect(await refused({ NatType: 'Normal' })).toBe('OperationFailed.NatTypeNotEnhanced')
    expect(await refused({ VSwitchId: 'vsw-none' })).toBe('OperationFailed.VswNotExist')
    expect(await refused()).toBe('OperationFailed.NatGwBindWithBandwidthPackage')
    const [ExternalIp] = await addresses()
    await call('DeleteBandwidthPackage', { BandwidthPackageId })
    const { AllocationId, EipAddress } = await call('AllocateEipAddress', {}, inVpc)
    await call('AssociateEipAddress', { AllocationId, InstanceId: NatGatewayId, InstanceType: 'Nat' }, inVpc)
    expect(await refused()).toBe('OperationFailed.EipInMiddleStatus')
    clock.advance(5_000)
    const entry = {
      ForwardTableId,
      ExternalIp: EipAddress,
      ExternalPort: '80',
      InternalIp: '10.0.0.5',
      InternalPort: '80',
      IpProtocol: 'TCP',
    }
    expect((await refusal('CreateForwardEntry', { ...entry, ExternalIp }, inVpc)).code).toBe('InvalidExternalIp.NotFound')
    await call('CreateForwardEntry', entry, inVpc)
    expect(await refused()).toBe('OperationFailed.DnatInMiddleStatus')
    clock.advance(5_000)
    const one = async () => (await call('DescribeNatGateways', { NatGatewayId }, inVpc)).NatGateways.NatGateway[0]
    const source = { SnatTableId: (await one()).SnatTableIds.SnatTableId[0], SourceVSwitchId: VSwitchId, SnatIp: EipAddress }
    await call('CreateSnatEntry', source, inVpc)
    expect(await refused()).toBe('OperationFailed.SnatInMiddleStatus')
    clock.advance(5_000)
    await call('UpdateNatGatewayNatType', convert, inVpc)
    expect((await one()).Status).toBe('Converting')
    clock.advance(60_000)
    expect(await one()).toMatchObject({ Status: 'Available', NatType: 'Enhanced', NatGatewayPrivateInfo: { VswitchId: VSwitchId } })
    expect(await refused()).toBe('OperationUnsupported.NatConvert')
  })
})
