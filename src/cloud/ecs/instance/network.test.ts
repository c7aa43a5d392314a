import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const prePaid = { InstanceChargeType: 'PrePaid', Period: 1 }

describe('ModifyInstanceNetworkSpec', () => {
  test('gives a subscription a public address when its bandwidth rises from 0', async () => {
    const { running, call, instances } = await cloudWithNetwork()
    const InstanceId = await running(prePaid)
    const { OrderId } = await call('ModifyInstanceNetworkSpec', {
      InstanceId,
      InternetMaxBandwidthOut: 200,
      NetworkChargeType: 'PayByBandwidth',
    })
    expect(OrderId).toMatch(/^\d{15}$/)
    const [instance] = await instances()
    expect(instance).toMatchObject({ InternetMaxBandwidthOut: 200, InternetMaxBandwidthIn: 200, InternetChargeType: 'PayByBandwidth' })
    expect(instance.PublicIpAddress.IpAddress).toHaveLength(1)
  })

  test('gives another instance one only when asked to', async () => {
    const { running, call, instances } = await cloudWithNetwork()
    const InstanceId = await running()
    expect(await call('ModifyInstanceNetworkSpec', { InstanceId, InternetMaxBandwidthOut: 10 })).toEqual({ RequestId: expect.any(String) })
    expect((await instances())[0]).toMatchObject({ InternetMaxBandwidthOut: 10, PublicIpAddress: { IpAddress: [] } })
    await call('ModifyInstanceNetworkSpec', { InstanceId, InternetMaxBandwidthIn: 50, AllocatePublicIp: true })
    const [instance] = await instances()
    expect(instance).toMatchObject({ InternetMaxBandwidthOut: 10, InternetMaxBandwidthIn: 50 })
    expect(instance.PublicIpAddress.IpAddress).toHaveLength(1)
  })

  test('changes nothing by an order that is still to be paid', async () => {
    const { running, call, instances } = await cloudWithNetwork()
    const InstanceId = await running(prePaid)
    expect(await call('ModifyInstanceNetworkSpec', { InstanceId, InternetMaxBandwidthOut: 9, AutoPay: false })).toHaveProperty('OrderId')
    expect((await instances())[0].InternetMaxBandwidthOut).toBe(0)
  })

  test.each([
    ['too much out', { InternetMaxBandwidthOut: 101 }, 'InvalidInternetMaxBandwidthOut.ValueNotSupported', 400],
    ['too much in', { InternetMaxBandwidthIn: 201 }, 'InvalidInternetMaxBandwidthIn.ValueNotSupported', 400],
    ['another way to pay', { NetworkChargeType: 'PayByMood' }, 'InvalidInternetChargeType.ValueNotSupported', 400],
    ['an address without bandwidth', { AllocatePublicIp: true }, 'InvalidParam.AllocatePublicIp', 400],
  ])('refuses %s', async (_, input, code, status) => {
    const { running, refusal, instances } = await cloudWithNetwork()
    const InstanceId = await running()
    const before = await instances()
    expect(await refusal('ModifyInstanceNetworkSpec', { InstanceId, ...input })).toMatchObject({ code, status })
    expect(await instances()).toEqual(before)
  })

  test('refuses an instance that is not settled, over, locked, or has an elastic address', async () => {
    const { launch, running, call, refusal, cloud, clock } = await cloudWithNetwork()
    const refused = (InstanceId = '') => refusal('ModifyInstanceNetworkSpec', { InstanceId, InternetMaxBandwidthOut: 5 })
    expect(await refused((await launch())[0])).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
    const elastic = await running({ InternetMaxBandwidthOut: 5 })
    await call('ConvertNatPublicIpToEip', { InstanceId: elastic })
    expect(await refused(elastic)).toMatchObject({ code: 'BandwidthUpgradeDenied.EipBoundInstance', status: 400 })
    const over = await running(prePaid)
    clock.set(Date.UTC(2026, 1, 2))
    expect(await refused(over)).toMatchObject({ code: 'InstanceExpiredOrInArrears', status: 403 })
    cloud.locks.add({ instanceId: over, reason: 'security' })
    expect(await refused(over)).toMatchObject({ code: 'InstanceLockedForSecurity', status: 403 })
  })

  test('gives more bandwidth for a while, and what there was afterwards', async () => {
    const { running, call, refusal, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running({ ...prePaid, InternetMaxBandwidthOut: 5 })
    const out = async () => (await instances())[0].InternetMaxBandwidthOut
    const evening = { StartTime: '2026-01-01T18:00Z', EndTime: '2026-01-02T00Z' }
    await call('ModifyInstanceNetworkSpec', { InstanceId, InternetMaxBandwidthOut: 150, ...evening })
    expect(await out()).toBe(5)
    const waiting = await refusal('ModifyInstanceChargeType', { InstanceIds: [InstanceId], InstanceChargeType: 'PostPaid' })
    expect(waiting).toMatchObject({ code: 'InvalidInstance.TempBandwidthUpgrade', status: 403 })
    clock.set(Date.UTC(2026, 0, 1, 18))
    expect(await out()).toBe(150)
    await call('ModifyInstanceNetworkSpec', { InstanceId, InternetMaxBandwidthOut: 180, EndTime: '2026-01-02T00:00Z' })
    expect(await out()).toBe(180)
    clock.set(Date.UTC(2026, 0, 2))
    expect(await out()).toBe(5)
    for (const wrong of [
      { StartTime: '2025-01-01T00:00Z', EndTime: '2026-02-01T00:00Z' },
      { StartTime: '2026-01-09T00:00Z' },
      { EndTime: 'late' },
    ])
      expect(await refusal('ModifyInstanceNetworkSpec', { InstanceId, InternetMaxBandwidthOut: 9, ...wrong })).toMatchObject({
        code: 'InvalidStartTime.ValueNotSupported',
        status: 400,
      })
  })

  test('lets bandwidth that is set to stay take the place of what there was for a while', async () => {
    const { running, call, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running()
    await call('ModifyInstanceNetworkSpec', { InstanceId, InternetMaxBandwidthOut: 50, EndTime: '2026-01-02T00:00Z' })
    expect((await instances())[0].InternetMaxBandwidthOut).toBe(50)
    await call('ModifyInstanceNetworkSpec', { InstanceId, InternetMaxBandwidthOut: 20 })
    clock.set(Date.UTC(2026, 0, 3))
    expect((await instances())[0].InternetMaxBandwidthOut).toBe(20)
  })
})
