import { describe, expect, it } from 'vitest'
import { cloudWithNatGateway } from './testing.ts'

describe('an elastic address of a NAT gateway', () => {
  it('is bound to it, shows that, and keeps it until it is unbound', async () => {
    const { vpc, code, clock, NatGatewayId, gateway, bound, eip } = await cloudWithNatGateway()
    const { AllocationId, EipAddress } = await bound()
    expect(await eip(AllocationId)).toMatchObject({
      Status: 'InUse',
      InstanceId: NatGatewayId,
      InstanceType: 'Nat',
      VpcId: '',
      Mode: 'MULTI_BINDED',
      PrivateIpAddress: '',
    })
    expect((await gateway()).IpLists.IpList).toEqual([
      { AllocationId, IpAddress: EipAddress, PrivateIpAddress: '', UsingStatus: 'idle', SnatEntryEnabled: true },
    ])
    expect(await code('DeleteNatGateway', { NatGatewayId })).toBe('DependencyViolation.EIPS')
    await vpc('UnassociateEipAddress', { AllocationId, InstanceId: NatGatewayId, InstanceType: 'Nat' })
    clock.advance(5_000)
    expect((await eip(AllocationId)).Status).toBe('Available')
    await vpc('DeleteNatGateway', { NatGatewayId })
  })

  it('is refused by one that is not there, not ready, or of a VPC', async () => {
    const { vpc, code, clock, VpcId, VSwitchId, NatGatewayId } = await cloudWithNatGateway()
    const { AllocationId } = await vpc('AllocateEipAddress')
    const associate = (InstanceId: string, more: object = {}) =>
      code('AssociateEipAddress', { AllocationId, InstanceId, InstanceType: 'Nat', ...more })
    expect(await associate('ngw-none')).toBe('InvalidInstanId.NotFound')
    expect(await associate(NatGatewayId, { PrivateIpAddress: '10.0.0.9' })).toBe('InvalidParams.NotFound')
    const inside = await vpc('CreateNatGateway', { VpcId, VSwitchId, NetworkType: 'intranet' })
    expect(await associate(inside.NatGatewayId)).toBe('IncorrectStatus.NatGateway')
    clock.advance(60_000)
    expect(await associate(inside.NatGatewayId)).toBe('OperationDenied')
  })

  it('in NAT mode takes a private address of the vSwitch, and gives it back', async () => {
    const { vpc, code, clock, VSwitchId, NatGatewayId, gateway, bound, eip } = await cloudWithNatGateway({ EipBindMode: 'NAT' })
    const free = async () => (await vpc('DescribeVSwitches', { VSwitchId })).VSwitches.VSwitch[0].AvailableIpAddressCount
    const before = await free()
    const { AllocationId } = await bound()
    const { PrivateIpAddress, Mode } = await eip(AllocationId)
    expect({ PrivateIpAddress, Mode }).toEqual({ PrivateIpAddress: expect.stringMatching(/^10\.0\.0\.\d+$/), Mode: 'NAT' })
    expect((await gateway()).IpLists.IpList[0].PrivateIpAddress).toBe(PrivateIpAddress)
    expect(await free()).toBe(before - 1)
    const named = await vpc('AllocateEipAddress')
    const onto = { AllocationId: named.AllocationId, InstanceId: NatGatewayId, InstanceType: 'Nat' }
    expect(await code('AssociateEipAddress', { ...onto, PrivateIpAddress })).toBe('InvalidParameter')
    await vpc('AssociateEipAddress', { ...onto, PrivateIpAddress: '10.0.0.200' })
    await vpc('UnassociateEipAddress', { AllocationId })
    clock.advance(5_000)
    expect((await eip(named.AllocationId)).PrivateIpAddress).toBe('10.0.0.200')
    expect(await free()).toBe(before - 1)
  })

  it('gets a private address when its gateway goes over to NAT mode, from which there is no way back', async () => {
    const { vpc, code, clock, NatGatewayId, gateway, bound, eip } = await cloudWithNatGateway()
    const { AllocationId } = await bound()
    await vpc('ModifyNatGatewayAttribute', { NatGatewayId, EipBindMode: 'NAT' })
    expect(await gateway()).toMatchObject({ Status: 'Modifying', EipBindMode: 'NAT' })
    clock.advance(5_000)
    expect((await gateway()).Status).toBe('Available')
    expect(await eip(AllocationId)).toMatchObject({ Mode: 'NAT', PrivateIpAddress: expect.stringMatching(/^10\.0\.0\.\d+$/) })
    expect(await code('ModifyNatGatewayAttribute', { NatGatewayId, EipBindMode: 'MULTI_BINDED' })).toBe('InvalidParameter')
  })

  it('that entries use is unbound by force alone, which takes it out of them', async () => {
    const { vpc, code, clock, ForwardTableId, SnatTableId, NatGatewayId, VSwitchId, bound } = await cloudWithNatGateway()
    const [first, second] = [await bound(), await bound()]
    await vpc('CreateSnatEntry', { SnatTableId, SourceVSwitchId: VSwitchId, SnatIp: `${first.EipAddress},${second.EipAddress}` })
    const port = { ForwardTableId, ExternalPort: '80', InternalIp: '10.0.0.5', InternalPort: '80', IpProtocol: 'TCP' }
    await vpc('CreateForwardEntry', { ...port, ExternalIp: second.EipAddress })
    clock.advance(5_000)
    const unbind = { AllocationId: first.AllocationId, InstanceId: NatGatewayId, InstanceType: 'Nat' }
    expect(await code('UnassociateEipAddress', unbind)).toBe('InvalidIpStatus.HasBeenUsedBySnatTable')
    await vpc('UnassociateEipAddress', { ...unbind, Force: true })
    const snat = async () => (await vpc('DescribeSnatTableEntries', { SnatTableId })).SnatTableEntries.SnatTableEntry
    expect((await snat())[0].SnatIp).toBe(second.EipAddress)
    const [{ SnatEntryId }] = await snat()
    await vpc('DeleteSnatEntry', { SnatTableId, SnatEntryId })
    clock.advance(5_000)
    expect(await code('UnassociateEipAddress', { AllocationId: second.AllocationId })).toBe('InvalidIpStatus.HasBeenUsedByForwardEntry')
    await vpc('UnassociateEipAddress', { AllocationId: second.AllocationId, Force: true })
    expect((await vpc('DescribeForwardTableEntries', { ForwardTableId })).TotalCount).toBe(0)
  })

  it('goes back to be free when its gateway is deleted by force, with all entries', async () => {
    const { vpc, code, clock, ForwardTableId, SnatTableId, NatGatewayId, VSwitchId, bound, eip } = await cloudWithNatGateway()
    const { AllocationId, EipAddress } = await bound()
    const port = { ForwardTableId, ExternalPort: '80', InternalIp: '10.0.0.5', InternalPort: '80', IpProtocol: 'TCP' }
    await vpc('CreateForwardEntry', { ...port, ExternalIp: EipAddress })
    await vpc('CreateSnatEntry', { SnatTableId, SourceVSwitchId: VSwitchId, SnatIp: EipAddress })
    clock.advance(5_000)
    expect(await code('DeleteVSwitch', { VSwitchId })).toBe('DependencyViolation.EnhancedNatgw')
    expect(await code('DeleteNatGateway', { NatGatewayId })).toBe('DependencyViolation.ForwardEntry')
    await vpc('DeleteNatGateway', { NatGatewayId, Force: true })
    clock.advance(10_000)
    expect(await eip(AllocationId)).toMatchObject({ Status: 'Available', InstanceId: '', InstanceType: '' })
    expect(await code('DescribeForwardTableEntries', { ForwardTableId })).toBe('InvalidForwardTableId.NotFound')
    expect(await code('DescribeSnatTableEntries', { SnatTableId })).toBe('InvalidSnatTableId.NotFound')
  })
})
