import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const inVpc = { product: 'vpc' } as const

async function cloudWithEips() {
  const cloud = await cloudWithNetwork()
  const call = (action: string, input: object = {}): Promise<TestAnswer> => cloud.call(action, input, inVpc)
  const refusal = (action: string, input: object = {}) => cloud.refusal(action, input, inVpc)
  const allocate = async (input: object = {}): Promise<string> => (await call('AllocateEipAddress', input)).AllocationId
  const list = async (input: object = {}): Promise<TestAnswer[]> => (await call('DescribeEipAddresses', input)).EipAddresses.EipAddress
  const one = async (AllocationId: string): Promise<TestAnswer> => (await list({ AllocationId }))[0]
  const bind = (AllocationId: string, InstanceId: string, input: object = {}) =>
    call('AssociateEipAddress', { AllocationId, InstanceId, ...input })
  /** An instance with an elastic address. */
  const bound = async () => {
    const [AllocationId, InstanceId] = [await allocate(), await cloud.running()]
    await bind(AllocationId, InstanceId)
    cloud.clock.advance(5_000)
    return { AllocationId, InstanceId }
  }
  const newInterface = async (input: object = {}): Promise<string> => {
    const { VSwitchId, SecurityGroupId } = cloud
    return (await cloud.call('CreateNetworkInterface', { VSwitchId, SecurityGroupId, ...input })).NetworkInterfaceId
  }
  return { ...cloud, ecs: cloud.call, call, refusal, allocate, list, one, bind, bound, newInterface }
}

describe('an elastic address', () => {
  it('is allocated with 5 Mbit/s by bandwidth where nothing else is said, and shown with figures as texts', async () => {
    const { call, one } = await cloudWithEips()
    const { AllocationId, EipAddress } = await call('AllocateEipAddress', { Name: 'door', Description: 'of tests' })
    expect(AllocationId).toMatch(/^eip-bp1[0-9a-z]{18}$/)
    expect(await one(AllocationId)).toMatchObject({
      IpAddress: EipAddress,
      Name: 'door',
      Description: 'of tests',
      Descritpion: 'of tests',
      AvailableRegions: { AvailableRegion: ['cn-hangzhou'] },
      Status: 'Available',
      Bandwidth: '5',
      InternetChargeType: 'PayByBandwidth',
      ChargeType: 'PostPaid',
      ExpiredTime: '',
      InstanceId: '',
      InstanceType: '',
    })
  })

  it('lies where no stranger is reached, and can be asked for by itself', async () => {
    const { call, refusal } = await cloudWithEips()
    const { EipAddress } = await call('AllocateEipAddress')
    expect(EipAddress).toMatch(/^198\.1[89]\./)
    const taken = { code: 'ReserveIpFail', status: 400 }
    for (const IpAddress of [EipAddress, '8.8.8.8', 'ten']) expect(await refusal('AllocateEipAddress', { IpAddress })).toMatchObject(taken)
    expect((await call('AllocateEipAddress', { IpAddress: '198.19.7.7' })).EipAddress).toBe('198.19.7.7')
  })

  it('can be paid for in advance, and is then kept until that has ended', async () => {
    const { call, refusal, one, clock } = await cloudWithEips()
    const { AllocationId, OrderId } = await call('AllocateEipAddress', { InstanceChargeType: 'PrePaid', Period: 1, AutoPay: true })
    expect(OrderId).toBeGreaterThan(0)
    expect(await one(AllocationId)).toMatchObject({ ChargeType: 'PrePaid', ExpiredTime: '2026-02-01T00:02:00Z' })
    expect(await refusal('ReleaseEipAddress', { AllocationId })).toMatchObject({ code: 'Forbidden.ChargeTypeIsPrepaid', status: 400 })
    clock.advance(32 * 86_400_000)
    await call('ReleaseEipAddress', { AllocationId })
  })

  it.each([
    [{ Bandwidth: '0' }],
    [{ Bandwidth: '501' }],
    [{ Bandwidth: '1.5' }],
    [{ Bandwidth: '201', InternetChargeType: 'PayByTraffic' }],
    [{ InternetChargeType: 'ByHeart' }],
    [{ InstanceChargeType: 'Paid' }],
    [{ InstanceChargeType: 'PrePaid' }],
    [{ InstanceChargeType: 'PrePaid', Period: 6, PricingCycle: 'Year' }],
    [{ InstanceChargeType: 'PrePaid', Period: 1, InternetChargeType: 'PayByTraffic' }],
    [{ ISP: 'Mine' }],
    [{ Netmode: 'private' }],
    [{ Name: 'http://x' }],
    [{ Name: 'x'.repeat(129) }],
  ])('is not allocated with %j', async (input) => {
    const { refusal, list } = await cloudWithEips()
    expect(await refusal('AllocateEipAddress', input)).toMatchObject({ code: 'InvalidParameter', status: 400 })
    expect(await list()).toEqual([])
  })

  it('is the 20th of a region at most', async () => {
    const { refusal, allocate, call } = await cloudWithEips()
    for (let at = 0; at < 20; at++) await allocate()
    expect(await refusal('AllocateEipAddress')).toMatchObject({ code: 'QuotaExceeded.Eip', status: 400 })
    expect(await call('DescribeEipAddresses', { PageSize: 15, PageNumber: 2 })).toMatchObject({ TotalCount: 20, PageNumber: 2 })
  })

  it('is bound to an instance, which shows it, freed, and released', async () => {
    const { call, ecs, allocate, one, bind, running, instances, clock } = await cloudWithEips()
    const [AllocationId, InstanceId] = [await allocate(), await running()]
    await bind(AllocationId, InstanceId)
    const status = async () => (await one(AllocationId))?.Status
    expect([await status(), (await instances())[0].EipAddress.IpAddress]).toEqual(['Associating', ''])
    clock.advance(5_000)
    const { IpAddress, Status } = await one(AllocationId)
    expect(Status).toBe('InUse')
    const shown = { AllocationId, IpAddress, InternetChargeType: 'PayByBandwidth', Bandwidth: 5 }
    expect(await instances({ EipAddresses: [IpAddress] })).toMatchObject([{ InstanceId, EipAddress: shown }])
    const sets = (await ecs('DescribeNetworkInterfaces', { InstanceId })).NetworkInterfaceSets.NetworkInterfaceSet
    expect(sets[0].AssociatedPublicIp).toEqual({ AllocationId, PublicIpAddress: IpAddress })
    await call('ModifyEipAddressAttribute', { AllocationId, Bandwidth: '50', Name: 'wide' })
    expect((await instances())[0].EipAddress.Bandwidth).toBe(50)
    await call('UnassociateEipAddress', { AllocationId, InstanceId })
    expect(await status()).toBe('Unassociating')
    clock.advance(5_000)
    expect(await one(AllocationId)).toMatchObject({ Status: 'Available', InstanceId: '', Bandwidth: '50', Name: 'wide' })
    expect((await instances())[0].EipAddress).toEqual({ AllocationId: '', IpAddress: '', InternetChargeType: '' })
    await call('ReleaseEipAddress', { AllocationId })
    expect(await status()).toBe('Releasing')
    clock.advance(5_000)
    expect(await status()).toBeUndefined()
  })

  it('is not bound twice, nor to what has a public address or is not there', async () => {
    const { refusal, allocate, bind, bound, launch, running } = await cloudWithEips()
    const used = await bound()
    const AllocationId = await allocate()
    const asked = (InstanceId: string, input: object = {}) => refusal('AssociateEipAddress', { AllocationId, InstanceId, ...input })
    const duplicated = { code: 'InvalidAssociation.Duplicated', status: 400 }
    expect(await asked(used.InstanceId)).toMatchObject(duplicated)
    expect(await asked(await running({ InternetMaxBandwidthOut: 5 }))).toMatchObject(duplicated)
    expect(await asked('i-none')).toMatchObject({ code: 'InvalidInstanId.NotFound', status: 404 })
    expect(await asked('lb-none', { InstanceType: 'SlbInstance' })).toMatchObject({ code: 'InvalidInstanId.NotFound', status: 404 })
    expect(await asked('i-none', { InstanceType: 'Robot' })).toMatchObject({ code: 'InvalidInstanceType.ValueNotSupported', status: 400 })
    const [pending = ''] = await launch()
    expect(await asked(pending)).toMatchObject({ code: 'IncorrectInstanceStatus', status: 400 })
    const free = await running()
    expect(await asked(free, { PrivateIpAddress: '10.0.0.200' })).toMatchObject({ code: 'InvalidParams.NotFound', status: 400 })
    expect(await asked(free, { InstanceRegionId: 'cn-beijing' })).toMatchObject({ code: 'InvalidParameter.Mismatch', status: 400 })
    const again = { AllocationId: used.AllocationId, InstanceId: free }
    expect(await refusal('AssociateEipAddress', again)).toMatchObject({ code: 'IncorrectEipStatus', status: 400 })
    await bind(AllocationId, free)
    expect(await asked(free)).toMatchObject({ code: 'InvalidBindingStatus', status: 400 })
    const unknown = { code: 'InvalidAllocationId.NotFound', status: 404 }
    expect(await refusal('AssociateEipAddress', { ...again, AllocationId: 'eip-none' })).toMatchObject(unknown)
  })

  it('that is bound is not released, nor freed from another', async () => {
    const { refusal, bound, allocate } = await cloudWithEips()
    const { AllocationId } = await bound()
    expect(await refusal('ReleaseEipAddress', { AllocationId })).toMatchObject({ code: 'IncorrectEipStatus', status: 400 })
    const other = { AllocationId, InstanceId: 'i-none' }
    expect(await refusal('UnassociateEipAddress', other)).toMatchObject({ code: 'InvalidInstanceId.NotFound', status: 400 })
    const free = { AllocationId: await allocate() }
    expect(await refusal('UnassociateEipAddress', free)).toMatchObject({ code: 'IncorrectEipStatus', status: 400 })
  })

  it('is freed from an instance between two states by force alone', async () => {
    const { call, ecs, refusal, bound } = await cloudWithEips()
    const { AllocationId, InstanceId } = await bound()
    await ecs('StopInstance', { InstanceId })
    const status = { code: 'IncorrectInstanceStatus', status: 400 }
    expect(await refusal('UnassociateEipAddress', { AllocationId, InstanceId })).toMatchObject(status)
    await call('UnassociateEipAddress', { AllocationId, InstanceId, Force: true })
  })

  it('outlives its instance, and is not bound to one that goes', async () => {
    const { ecs, refusal, bound, one, clock } = await cloudWithEips()
    const { AllocationId, InstanceId } = await bound()
    await ecs('DeleteInstance', { InstanceId, Force: true })
    clock.advance(60_000)
    expect(await one(AllocationId)).toMatchObject({ Status: 'Available', InstanceId: '' })
    const second = await bound()
    await ecs('DeleteInstance', { InstanceId: second.InstanceId, Force: true })
    const going = { AllocationId, InstanceId: second.InstanceId }
    expect(await refusal('AssociateEipAddress', going)).toMatchObject({ code: 'IncorrectInstanceStatus' })
  })

  it('is bound to private addresses of a secondary interface, and goes free with it', async () => {
    const { call, ecs, refusal, allocate, bind, one, newInterface, clock } = await cloudWithEips()
    const eni = await newInterface({ PrivateIpAddress: ['10.0.0.90'] })
    const [first, second, third] = [await allocate(), await allocate(), await allocate()]
    const toInterface = { InstanceType: 'NetworkInterface' }
    await bind(first, eni, toInterface)
    await bind(second, eni, { ...toInterface, PrivateIpAddress: '10.0.0.90' })
    clock.advance(5_000)
    const [shown] = (await ecs('DescribeNetworkInterfaces', { NetworkInterfaceId: [eni] })).NetworkInterfaceSets.NetworkInterfaceSet
    expect(shown.AssociatedPublicIp.AllocationId).toBe(first)
    expect(shown.PrivateIpSets.PrivateIpSet[1].AssociatedPublicIp.AllocationId).toBe(second)
    expect(await one(first)).toMatchObject({ InstanceType: 'NetworkInterface', InstanceId: eni, PrivateIpAddress: '', VpcId: '' })
    expect(await one(second)).toMatchObject({ InstanceType: 'NetworkInterface', InstanceId: eni, PrivateIpAddress: '10.0.0.90' })
    const asked = (input: object) => refusal('AssociateEipAddress', { AllocationId: third, InstanceId: eni, ...toInterface, ...input })
    expect(await asked({})).toMatchObject({ code: 'InvalidAssociation.Duplicated' })
    expect(await asked({ Mode: 'BINDED' })).toMatchObject({ code: 'InvalidAssociation.Duplicated' })
    expect(await asked({ Mode: 'LOOSE' })).toMatchObject({ code: 'InvalidParameter' })
    expect(await asked({ PrivateIpAddress: '10.0.0.91' })).toMatchObject({ code: 'InvalidParams.NotFound' })
    const unassign = { NetworkInterfaceId: eni, PrivateIpAddress: ['10.0.0.90'] }
    await expect(ecs('UnassignPrivateIpAddresses', unassign)).rejects.toMatchObject({ code: 'Operation.Conflict', status: 403 })
    await call('UnassociateEipAddress', { AllocationId: second, ...toInterface, InstanceId: eni, PrivateIpAddress: '10.0.0.90' })
    clock.advance(5_000)
    await ecs('UnassignPrivateIpAddresses', unassign)
    await ecs('DeleteNetworkInterface', { NetworkInterfaceId: eni })
    clock.advance(5_000)
    expect(await one(first)).toMatchObject({ Status: 'Available', InstanceId: '', InstanceType: '' })
  })

  it('is bound through the instance where the interface is a primary one', async () => {
    const { ecs, refusal, allocate, running } = await cloudWithEips()
    const InstanceId = await running()
    const [{ NetworkInterfaceId }] = (await ecs('DescribeNetworkInterfaces', { InstanceId })).NetworkInterfaceSets.NetworkInterfaceSet
    const asked = { AllocationId: await allocate(), InstanceId: NetworkInterfaceId, InstanceType: 'NetworkInterface' }
    expect(await refusal('AssociateEipAddress', asked)).toMatchObject({ code: 'OperationDenied', status: 400 })
  })

  it('takes the place of the public address that an economical stop gave up', async () => {
    const { ecs, allocate, bind, running, instances, clock } = await cloudWithEips()
    const InstanceId = await running({ InternetMaxBandwidthOut: 5 })
    await ecs('StopInstance', { InstanceId, StoppedMode: 'StopCharging' })
    clock.advance(20_000)
    await bind(await allocate(), InstanceId)
    clock.advance(5_000)
    await ecs('StartInstance', { InstanceId })
    expect((await instances())[0]).toMatchObject({
      PublicIpAddress: { IpAddress: [] },
      EipAddress: { IpAddress: expect.stringMatching(/^198\./) },
    })
  })

  it('is listed by each of its filters', async () => {
    const { call, refusal, list, allocate, bound } = await cloudWithEips()
    const { AllocationId, InstanceId } = await bound()
    const other = await allocate({ Name: 'other', Tag: [{ Key: 'use', Value: 'door' }], ISP: 'BGP_PRO', ResourceGroupId: 'rg-acfm1' })
    const found = async (input: object) => (await list(input)).map((eip) => eip.AllocationId)
    const [{ IpAddress }] = await list({ AllocationId: other })
    expect(await found({})).toEqual([other, AllocationId])
    expect(await found({ AllocationId: `${AllocationId},${other},eip-none` })).toEqual([other, AllocationId])
    expect(await found({ EipAddress: IpAddress })).toEqual([other])
    expect(await found({ EipName: 'other' })).toEqual([other])
    expect(await found({ Status: 'InUse' })).toEqual([AllocationId])
    expect(await found({ AssociatedInstanceType: 'EcsInstance', AssociatedInstanceId: InstanceId })).toEqual([AllocationId])
    expect(await found({ Tag: [{ Key: 'use' }] })).toEqual([other])
    expect(await found({ ISP: 'BGP_PRO' })).toEqual([other])
    expect(await found({ ResourceGroupId: 'rg-acfm1' })).toEqual([other])
    expect(await found({ ChargeType: 'PrePaid' })).toEqual([])
    expect(await found({ LockReason: 'financial' })).toEqual([])
    const ids = Array.from({ length: 51 }, (_, at) => `eip-${at}`).join(',')
    expect(await refusal('DescribeEipAddresses', { AllocationId: ids })).toMatchObject({ code: 'InvalidParameter', status: 400 })
    const codes = [
      [{ ChargeType: 'Paid' }, 'InvalidChargeType.ValueNotSupported', 400],
      [{ AssociatedInstanceType: 'Robot' }, 'InvalidIAssociatedInstanceType.ValueNotSupported', 400],
      [{ LockReason: 'mood' }, 'InvalidLockReason.NotFound', 404],
      [{ Status: 'Lost' }, 'InvalidParameter', 400],
    ] as const
    for (const [input, code, status] of codes) expect(await refusal('DescribeEipAddresses', input)).toMatchObject({ code, status })
    const log = { InstanceId: AllocationId, InstanceType: 'EIP' }
    expect(await call('DescribeHighDefinitionMonitorLogAttribute', log)).toMatchObject({ ...log, Success: 'true' })
  })

  it('carries tags', async () => {
    const { call, allocate, one } = await cloudWithEips()
    const AllocationId = await allocate()
    const named = { ResourceType: 'EIP', ResourceId: [AllocationId] }
    await call('TagResources', { ...named, Tag: [{ Key: 'use', Value: 'door' }] })
    expect((await one(AllocationId)).Tags.Tag).toEqual([{ Key: 'use', Value: 'door' }])
    await call('UnTagResources', { ...named, TagKey: ['use'] })
    expect((await one(AllocationId)).Tags.Tag).toEqual([])
  })
})
