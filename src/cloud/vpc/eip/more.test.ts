import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { type CallSettings, cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const inVpc: CallSettings = { product: 'vpc' }

async function cloudWithEip(input: object = {}) {
  const cloud = await cloudWithNetwork()
  const { call, refusal, clock } = cloud
  const vpc = (action: string, fields: object = {}): Promise<TestAnswer> => call(action, fields, inVpc)
  const code = async (action: string, fields: object = {}): Promise<string> => (await refusal(action, fields, inVpc)).code
  const { AllocationId, EipAddress } = await vpc('AllocateEipAddress', input)
  const one = async (): Promise<TestAnswer> => (await vpc('DescribeEipAddresses', { AllocationId })).EipAddresses.EipAddress[0]
  /** Binds it and waits until it is bound. */
  const bind = async (fields: object) => {
    await vpc('AssociateEipAddress', { AllocationId, ...fields })
    clock.advance(5_000)
  }
  return { ...cloud, vpc, code, AllocationId, EipAddress, one, bind }
}

describe('an elastic address', () => {
  it('is bound to a HaVip, once, which it keeps', async () => {
    const { vpc, code, clock, AllocationId, EipAddress, one, bind, VSwitchId, VpcId } = await cloudWithEip()
    const { HaVipId } = await vpc('CreateHaVip', { VSwitchId })
    const onto = { InstanceId: HaVipId, InstanceType: 'HaVip' }
    expect(await code('AssociateEipAddress', { AllocationId, ...onto })).toBe('IncorrectHaVipStatus')
    clock.advance(5_000)
    expect(await code('AssociateEipAddress', { AllocationId, ...onto, InstanceId: 'havip-none' })).toBe('InvalidInstanId.NotFound')
    await bind({ ...onto, VpcId })
    expect(await one()).toMatchObject({ Status: 'InUse', ...onto })
    const [listed] = (await vpc('DescribeHaVips')).HaVips.HaVip
    expect(listed.AssociatedEipAddresses.associatedEipAddresse).toEqual([EipAddress])
    const other = await vpc('AllocateEipAddress')
    expect(await code('AssociateEipAddress', { AllocationId: other.AllocationId, ...onto })).toBe('InvalidAssociation.Duplicated')
    expect(await code('DeleteHaVip', { HaVipId })).toBe('DependencyViolation')
    await vpc('UnassociateEipAddress', { AllocationId, ...onto })
    clock.advance(5_000)
    expect((await one()).Status).toBe('Available')
    await vpc('DeleteHaVip', { HaVipId })
  })

  it('stays with a HaVip that is changing', async () => {
    const { vpc, code, clock, AllocationId, bind, VSwitchId, running } = await cloudWithEip()
    const { HaVipId } = await vpc('CreateHaVip', { VSwitchId })
    clock.advance(5_000)
    await bind({ InstanceId: HaVipId, InstanceType: 'HaVip' })
    const InstanceId = await running()
    await vpc('AssociateHaVip', { HaVipId, InstanceId })
    expect(await code('UnassociateEipAddress', { AllocationId })).toBe('IncorrectHaVipStatus')
  })

  it('is bound to no load balancer, to no address alone, and to nothing in another VPC than the one named', async () => {
    const { code, AllocationId, VpcId, running } = await cloudWithEip()
    const refused = (input: object) => code('AssociateEipAddress', { AllocationId, InstanceId: '10.0.0.9', ...input })
    expect(await refused({ InstanceType: 'SlbInstance', InstanceId: 'lb-1' })).toBe('InvalidInstanId.NotFound')
    expect(await refused({ InstanceType: 'IpAddress' })).toBe('MissingParameter')
    expect(await refused({ InstanceType: 'IpAddress', VpcId: 'vpc-none' })).toBe('InvalidVpcId.NotFound')
    expect(await refused({ InstanceType: 'IpAddress', VpcId })).toBe('OperationDenied')
    const InstanceId = await running()
    expect(await refused({ InstanceId, VpcId: 'vpc-other' })).toBe('InvalidParameter.Mismatch')
  })

  it.each([
    ['an id that was released', { InstanceId: 'eip-1' }, 'ReserveIpFail'],
    ['an id and an address', { InstanceId: 'eip-1', IpAddress: '198.18.0.9' }, 'InvalidParameter'],
    ['a pool, of which there is none', { PublicIpAddressPoolId: 'pippool-1' }, 'InvalidParameter'],
    ['an unknown protection', { SecurityProtectionTypes: ['Shield'] }, 'InvalidParameter'],
  ])('is not allocated by %s', async (_, input, expected) => {
    const { code } = await cloudWithEip()
    expect(await code('AllocateEipAddress', input)).toBe(expected)
  })

  it('can be protected, which it is found by, as by when it was allocated', async () => {
    const { vpc, code, clock, one } = await cloudWithEip({ SecurityProtectionTypes: ['AntiDDoS_Enhanced'] })
    expect((await one()).SecurityProtectionTypes.SecurityProtectionType).toEqual(['AntiDDoS_Enhanced'])
    const count = async (input: object) => (await vpc('DescribeEipAddresses', input)).TotalCount
    const since = (ms: number) => ({ Filter: [{ Key: 'CreationStartTime', Value: `${new Date(ms).toISOString().slice(0, 16)}Z` }] })
    expect(await count({ SecurityProtectionEnabled: true })).toBe(1)
    expect(await count({ SecurityProtectionEnabled: false })).toBe(0)
    expect(await count(since(clock.now() - 60_000))).toBe(1)
    expect(await count(since(clock.now() + 120_000))).toBe(0)
    expect(await code('DescribeEipAddresses', { Filter: [{ Key: 'Colour', Value: 'red' }] })).toBe('InvalidParameter')
    expect(await code('DescribeEipAddresses', { Filter: [{ Key: 'CreationStartTime', Value: 'today' }] })).toBe('InvalidParameter')
  })

  it('of an interface is seen there in another way, and alone when it is to be', async () => {
    const { vpc, call, code, clock, AllocationId, one, bind, VSwitchId, SecurityGroupId } = await cloudWithEip()
    const onto = (Mode: string) => ({ InstanceId: AllocationId, Mode })
    expect(await code('ModifyEipForwardMode', onto('BINDED'))).toBe('IncorrectEipStatus')
    const { NetworkInterfaceId } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId, SecondaryPrivateIpAddressCount: 1 })
    clock.advance(10_000)
    await bind({ InstanceId: NetworkInterfaceId, InstanceType: 'NetworkInterface' })
    await vpc('ModifyEipForwardMode', onto('BINDED'))
    expect((await one()).Mode).toBe('BINDED')
    await vpc('ModifyEipForwardMode', onto('NAT'))
    expect(await code('ModifyEipForwardMode', onto('SIDEWAYS'))).toBe('InvalidParameter')
    const { NetworkInterfaceSets } = await call('DescribeNetworkInterfaces', { NetworkInterfaceId: [NetworkInterfaceId] })
    const [, second] = NetworkInterfaceSets.NetworkInterfaceSet[0].PrivateIpSets.PrivateIpSet
    const other = await vpc('AllocateEipAddress')
    const beside = { InstanceId: NetworkInterfaceId, InstanceType: 'NetworkInterface', PrivateIpAddress: second.PrivateIpAddress }
    await vpc('AssociateEipAddress', { AllocationId: other.AllocationId, ...beside })
    clock.advance(5_000)
    expect(await code('ModifyEipForwardMode', onto('BINDED'))).toBe('InvalidAssociation.Duplicated')
  })

  it('of an instance has no modes', async () => {
    const { code, AllocationId, bind, running } = await cloudWithEip()
    await bind({ InstanceId: await running() })
    expect(await code('ModifyEipForwardMode', { InstanceId: AllocationId, Mode: 'BINDED' })).toBe('OperationDenied')
  })

  it('is watched to the second from when that is turned on, until it is turned off', async () => {
    const { vpc, code, AllocationId, one } = await cloudWithEip()
    const log = { InstanceId: AllocationId, InstanceType: 'EIP', LogProject: 'project', LogStore: 'store' }
    await vpc('SetHighDefinitionMonitorLogStatus', { ...log, Status: 'ON' })
    expect((await one()).HDMonitorStatus).toBe('ON')
    expect(await vpc('DescribeHighDefinitionMonitorLogAttribute', { InstanceId: AllocationId })).toMatchObject(log)
    expect(await code('SetHighDefinitionMonitorLogStatus', { ...log, Status: 'ON', LogProject: '!' })).toBe('InvalidParameter')
    expect(await code('SetHighDefinitionMonitorLogStatus', { ...log, Status: 'DIM' })).toBe('InvalidParameter')
    await vpc('SetHighDefinitionMonitorLogStatus', { ...log, Status: 'OFF' })
    expect((await one()).HDMonitorStatus).toBe('OFF')
    const answer = await vpc('DescribeHighDefinitionMonitorLogAttribute', { InstanceId: AllocationId })
    expect(strays(answer, catalogue('vpc').get('DescribeHighDefinitionMonitorLogAttribute')?.output, 'log')).toEqual([])
    expect(answer.LogProject).toBe('')
  })
})
