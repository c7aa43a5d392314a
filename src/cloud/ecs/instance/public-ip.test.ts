import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('AllocatePublicIpAddress', () => {
  test('gives an address to an instance that was made without one, and tells it again', async () => {
    const { basics, call, instances, clock } = await cloudWithNetwork()
    const { InstanceId } = await call('CreateInstance', { ...basics, InternetMaxBandwidthOut: 5 })
    clock.advance(20_000)
    expect((await instances())[0].PublicIpAddress.IpAddress).toEqual([])
    const { IpAddress } = await call('AllocatePublicIpAddress', { InstanceId })
    expect(IpAddress).toMatch(/^198\.1[89]\./)
    expect((await instances())[0].PublicIpAddress.IpAddress).toEqual([IpAddress])
    expect(await call('AllocatePublicIpAddress', { InstanceId })).toMatchObject({ IpAddress })
    expect(await instances({ PublicIpAddresses: [IpAddress], InstanceNetworkType: 'vpc' })).toHaveLength(1)
  })

  test('gives the address asked for when nobody has it', async () => {
    const { basics, call, refusal, clock } = await cloudWithNetwork()
    const ids: string[] = []
    for (let at = 0; at < 2; at++) ids.push((await call('CreateInstance', { ...basics, InternetMaxBandwidthOut: 5 })).InstanceId)
    clock.advance(20_000)
    const [InstanceId, other] = ids
    expect(await call('AllocatePublicIpAddress', { InstanceId, IpAddress: '198.18.7.7' })).toMatchObject({ IpAddress: '198.18.7.7' })
    const refused = (IpAddress: string) => refusal('AllocatePublicIpAddress', { InstanceId: other, IpAddress })
    expect(await refused('198.18.7.7')).toMatchObject({ code: 'IpInUse', status: 403 })
    expect(await refused('8.8.8.8')).toMatchObject({ code: 'InvalidIpAddress.NotFound', status: 404 })
    expect(await refused('8.8.8')).toMatchObject({ code: 'InvalidIpAddress.Malformed', status: 400 })
  })

  test.each([
    ['without bandwidth', {}, {}, 'AllocateIpInvalidInstanceBandwidth', 400],
    ['with a VLAN', { InternetMaxBandwidthOut: 5 }, { VlanId: '7' }, 'InvalidVlanId.NotFound', 404],
  ])('refuses an instance %s', async (_, launched, input, code, status) => {
    const { running, refusal } = await cloudWithNetwork()
    expect(await refusal('AllocatePublicIpAddress', { InstanceId: await running(launched), ...input })).toMatchObject({ code, status })
  })

  test('waits for an instance to be made, and refuses one that is locked', async () => {
    const { launch, refusal, cloud, clock } = await cloudWithNetwork()
    const [InstanceId = ''] = await launch({ InternetMaxBandwidthOut: 5 })
    expect(await refusal('AllocatePublicIpAddress', { InstanceId })).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
    clock.advance(20_000)
    cloud.locks.add({ instanceId: InstanceId, reason: 'financial' })
    expect(await refusal('AllocatePublicIpAddress', { InstanceId })).toMatchObject({ code: 'InstanceExpiredOrInArrears', status: 403 })
  })
})

describe('ConvertNatPublicIpToEip', () => {
  test('makes an elastic address of the one there is, bound to the instance', async () => {
    const { running, call, refusal, instances } = await cloudWithNetwork()
    const InstanceId = await running({ InternetMaxBandwidthOut: 20 })
    const [address] = (await instances())[0].PublicIpAddress.IpAddress
    await call('ConvertNatPublicIpToEip', { InstanceId })
    const [instance] = await instances()
    expect(instance).toMatchObject({ PublicIpAddress: { IpAddress: [] }, InternetMaxBandwidthOut: 0 })
    expect(instance.EipAddress).toMatchObject({ IpAddress: address, Bandwidth: 20, InternetChargeType: 'PayByTraffic' })
    const { EipAddresses } = await call('DescribeEipAddresses', {}, { product: 'vpc' })
    expect(EipAddresses.EipAddress).toMatchObject([
      { AllocationId: instance.EipAddress.AllocationId, IpAddress: address, Status: 'InUse', InstanceId, InstanceType: 'EcsInstance' },
    ])
    const again = await refusal('ConvertNatPublicIpToEip', { InstanceId })
    expect(again).toMatchObject({ code: 'InvalidInstance.IpAddressMissing', status: 404 })
    expect(await refusal('AllocatePublicIpAddress', { InstanceId })).toMatchObject({ code: 'OperationDenied', status: 400 })
  })

  test('refuses an instance without bandwidth, one that is over, and one on its way', async () => {
    const { launch, running, call, refusal, clock } = await cloudWithNetwork()
    const InstanceId = await running({ InternetMaxBandwidthOut: 20, InstanceChargeType: 'PrePaid', Period: 1 })
    await call('ModifyInstanceNetworkSpec', { InstanceId, InternetMaxBandwidthOut: 0 })
    expect(await refusal('ConvertNatPublicIpToEip', { InstanceId })).toMatchObject({ code: 'InvalidInstance.ZeroBandwidth', status: 404 })
    clock.set(Date.UTC(2026, 1, 2))
    expect(await refusal('ConvertNatPublicIpToEip', { InstanceId })).toMatchObject({ code: 'InvalidInstance.OverduePayment', status: 403 })
    const [pending] = await launch({ InternetMaxBandwidthOut: 20 })
    const early = await refusal('ConvertNatPublicIpToEip', { InstanceId: pending })
    expect(early).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
  })
})
