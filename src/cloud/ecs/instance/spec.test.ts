import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const prePaid = { InstanceChargeType: 'PrePaid', Period: 1 }

/** One that is Stopped. */
async function stoppedCloud(launched: object = {}) {
  const cloud = await cloudWithNetwork()
  const InstanceId = await cloud.running(launched)
  await cloud.call('StopInstance', { InstanceId })
  cloud.clock.advance(10_000)
  return { ...cloud, InstanceId }
}

describe('ModifyInstanceSpec', () => {
  test('gives a stopped instance another type, once in five minutes', async () => {
    const { InstanceId, call, refusal, instances, clock } = await stoppedCloud()
    await call('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.xlarge' })
    expect((await instances())[0]).toMatchObject({ InstanceType: 'ecs.g7.xlarge', Cpu: 4, Memory: 16_384 })
    const back = { InstanceId, InstanceType: 'ecs.g7.large' }
    expect(await refusal('ModifyInstanceSpec', back)).toMatchObject({ code: 'Throttling', status: 400 })
    clock.advance(300_000)
    await call('ModifyInstanceSpec', back)
    await call('StartInstance', { InstanceId })
    clock.advance(10_000)
    expect((await instances())[0]).toMatchObject({ InstanceType: 'ecs.g7.large', Status: 'Running' })
  })

  test('gives a burstable type its credits, and takes them away with it', async () => {
    const { InstanceId, call, instances, clock } = await stoppedCloud()
    await call('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.t6-c2m1.large' })
    expect((await instances())[0].CreditSpecification).toBe('Standard')
    clock.advance(300_000)
    await call('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.large', AllowMigrateAcrossZone: false, Async: false })
    expect((await instances())[0].CreditSpecification).toBe('')
  })

  test('lets a spot instance go by the market of its new type', async () => {
    const { InstanceId, call, instances, cloud, clock } = await stoppedCloud({ SpotStrategy: 'SpotAsPriceGo', SpotDuration: 0 })
    cloud.market.add([{ at: '2026-01-02T00:00:00Z', instanceType: 'ecs.g7.xlarge', stock: 'none' }])
    await call('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.xlarge' })
    clock.set(Date.UTC(2026, 0, 1, 23))
    expect(await instances()).toHaveLength(1)
    clock.set(Date.UTC(2026, 0, 3))
    expect(await instances()).toEqual([])
  })

  test('changes the bandwidth of a running one', async () => {
    const { running, call, instances } = await cloudWithNetwork()
    const InstanceId = await running()
    await call('ModifyInstanceSpec', { InstanceId, InternetMaxBandwidthOut: 30 })
    expect((await instances())[0]).toMatchObject({
      InternetMaxBandwidthOut: 30,
      InternetMaxBandwidthIn: 30,
      PublicIpAddress: { IpAddress: [] },
    })
  })

  test.each([
    ['a running one', { InstanceType: 'ecs.g7.xlarge' }, 'InvalidInstanceStatus.NotStopped', 400],
    ['nothing', {}, 'InvalidParameter', 400],
    ['two changes at once', { InstanceType: 'ecs.g7.xlarge', InternetMaxBandwidthOut: 5 }, 'InvalidParameter.Conflict', 400],
    ['too much bandwidth', { InternetMaxBandwidthOut: 101 }, 'InvalidParameter.Bandwidth', 400],
  ])('refuses %s', async (_, input, code, status) => {
    const { running, refusal } = await cloudWithNetwork()
    expect(await refusal('ModifyInstanceSpec', { InstanceId: await running(), ...input })).toMatchObject({ code, status })
  })

  test.each([
    ['a type there is not', 'ecs.none', 'InvalidInstanceType.ValueNotSupported', 400],
    ['a type of another architecture than the image', 'ecs.g8y.large', 'ImageNotSupportInstanceType', 403],
  ])('refuses %s', async (_, InstanceType, code, status) => {
    const { InstanceId, refusal } = await stoppedCloud()
    expect(await refusal('ModifyInstanceSpec', { InstanceId, InstanceType })).toMatchObject({ code, status })
  })

  test('needs stock of the new type, and room for the interfaces there are', async () => {
    const { InstanceId, refusal, call, cloud, VSwitchId, SecurityGroupId, clock } = await stoppedCloud()
    cloud.market.add([{ instanceType: 'ecs.g7.xlarge', stock: 'none' }])
    const soldOut = await refusal('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.xlarge' })
    expect(soldOut).toMatchObject({ code: 'OperationDenied.NoStock', status: 403 })
    for (let at = 0; at < 2; at++) {
      const { NetworkInterfaceId } = await call('CreateNetworkInterface', { VSwitchId, SecurityGroupId })
      clock.advance(10_000)
      await call('AttachNetworkInterface', { NetworkInterfaceId, InstanceId })
      clock.advance(10_000)
    }
    const tooSmall = await refusal('ModifyInstanceSpec', { InstanceId, InstanceType: 'ecs.t6-c2m1.large' })
    expect(tooSmall).toMatchObject({ code: 'DependencyViolation.InstanceType', status: 400 })
  })

  test('is for instances paid by use that are not locked', async () => {
    const { InstanceId, refusal, cloud } = await stoppedCloud(prePaid)
    const input = { InstanceId, InstanceType: 'ecs.g7.xlarge' }
    expect(await refusal('ModifyInstanceSpec', input)).toMatchObject({ code: 'ChargeTypeViolation', status: 403 })
    cloud.locks.add({ instanceId: InstanceId, reason: 'security' })
    expect(await refusal('ModifyInstanceSpec', input)).toMatchObject({ code: 'InstanceLockedForSecurity', status: 403 })
  })
})

describe('Temporary bandwidth', () => {
  const StartTime = '2026-01-01T06:00Z'
  const EndTime = '2026-01-01T09:00Z'

  test('holds from its start to its end', async () => {
    const { running, call, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running({ InternetMaxBandwidthOut: 5 })
    await call('ModifyInstanceSpec', { InstanceId, Temporary: { InternetMaxBandwidthOut: 80, StartTime, EndTime } })
    const seen: number[] = []
    for (const hour of [5, 6, 8, 9]) {
      clock.set(Date.UTC(2026, 0, 1, hour))
      seen.push((await instances())[0].InternetMaxBandwidthOut)
    }
    expect(seen).toEqual([5, 80, 80, 5])
  })

  test.each([
    ['without a start', { EndTime }, 'MissingTemporary.StartTime', 404],
    ['without an end', { StartTime }, 'MissingTemporary.EndTime', 404],
    ['that began before', { StartTime: '2025-01-01T00:00Z', EndTime }, 'InvalidTemporary.StartTime', 400],
    ['that ends before it begins', { StartTime, EndTime: '2026-01-01T05:00Z' }, 'InvalidTemporary.EndTime', 400],
    ['of more than there is', { StartTime, EndTime, InternetMaxBandwidthOut: 101 }, 'InvalidParameter.Bandwidth', 400],
  ])('%s is refused', async (_, times, code, status) => {
    const { running, refusal } = await cloudWithNetwork()
    const Temporary = { InternetMaxBandwidthOut: 80, ...times }
    expect(await refusal('ModifyInstanceSpec', { InstanceId: await running(), Temporary })).toMatchObject({ code, status })
  })
})

describe('ModifyPrepayInstanceSpec', () => {
  test('tells a smaller type by its price, and gives it to a stopped instance alone, at no cost', async () => {
    const { running, call, refusal, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running({ ...prePaid, InstanceType: 'ecs.g7.xlarge' })
    const smaller = { InstanceId, InstanceType: 'ecs.g7.large', AutoPay: false }
    expect(await refusal('ModifyPrepayInstanceSpec', smaller)).toMatchObject({ code: 'InvalidStatus.NotStopped', status: 400 })
    await call('StopInstance', { InstanceId })
    clock.advance(10_000)
    await call('ModifyPrepayInstanceSpec', smaller)
    clock.advance(10_000)
    expect((await instances())[0].InstanceType).toBe('ecs.g7.large')
  })

  test('takes some seconds, and a running instance has its type when it has restarted', async () => {
    const { running, call, refusal, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running(prePaid)
    const larger = { InstanceId, InstanceType: 'ecs.g7.xlarge' }
    expect((await call('ModifyPrepayInstanceSpec', larger)).OrderId).toMatch(/^\d{15}$/)
    expect(await refusal('ModifyPrepayInstanceSpec', larger)).toMatchObject({ code: 'LastOrderProcessing', status: 400 })
    clock.advance(10_000)
    expect((await instances())[0].InstanceType).toBe('ecs.g7.large')
    await call('RebootInstance', { InstanceId })
    clock.advance(20_000)
    expect((await instances())[0]).toMatchObject({ InstanceType: 'ecs.g7.xlarge', Status: 'Running' })
  })

  test('lasts until an EndTime, and the former type comes back with the next restart', async () => {
    const { running, call, refusal, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running(prePaid)
    const end = (ms: number) => new Date(clock.now() + ms).toISOString().replace(/:\d{2}\.\d{3}Z$/, 'Z')
    const larger = { InstanceId, InstanceType: 'ecs.g7.xlarge', RebootWhenFinished: true }
    const refused = async (EndTime: string, more: object = {}) =>
      (await refusal('ModifyPrepayInstanceSpec', { ...larger, ...more, EndTime })).code
    expect(await refused('soon')).toBe('InvalidEndTime.Malformed')
    expect(await refused(end(-3_600_000))).toBe('InvalidEndTime.ValueNotSupported')
    await call('ModifyPrepayInstanceSpec', { ...larger, EndTime: end(3_600_000) })
    clock.advance(60_000)
    expect((await instances())[0].InstanceType).toBe('ecs.g7.xlarge')
    clock.advance(3_600_000)
    expect((await instances())[0].InstanceType).toBe('ecs.g7.xlarge')
    await call('RebootInstance', { InstanceId })
    clock.advance(20_000)
    expect((await instances())[0].InstanceType).toBe('ecs.g7.large')
    await call('StopInstance', { InstanceId })
    clock.advance(20_000)
    expect(await refused(end(3_600_000), { InstanceType: 'ecs.t6-c1m1.large' })).toBe('InvalidEndTime.ValueNotSupported')
    await call('ModifyPrepayInstanceSpec', { ...larger, EndTime: end(3_600_000) })
    clock.advance(3_700_000)
    expect((await instances())[0].InstanceType).toBe('ecs.g7.large')
  })

  test('is effective at once for a stopped one', async () => {
    const { InstanceId, call, instances, clock } = await stoppedCloud(prePaid)
    await call('ModifyPrepayInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.xlarge', OperatorType: 'downgrade' })
    clock.advance(10_000)
    expect((await instances())[0].InstanceType).toBe('ecs.g7.xlarge')
  })

  test('restarts the instance by itself, at once or at a time', async () => {
    const { running, call, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running(prePaid)
    const change = { InstanceId, RebootWhenFinished: true, MigrateAcrossZone: false }
    await call('ModifyPrepayInstanceSpec', { ...change, InstanceType: 'ecs.g7.xlarge' })
    clock.advance(8000)
    expect((await instances())[0].Status).toBe('Starting')
    clock.advance(20_000)
    expect((await instances())[0]).toMatchObject({ InstanceType: 'ecs.g7.xlarge', Status: 'Running' })
    await call('ModifyPrepayInstanceSpec', { ...change, InstanceType: 'ecs.g7.2xlarge', RebootTime: '2026-01-03T00:00Z' })
    clock.set(Date.UTC(2026, 0, 2, 23, 59))
    expect((await instances())[0]).toMatchObject({ InstanceType: 'ecs.g7.xlarge', Status: 'Running' })
    clock.advance(120_000)
    expect((await instances())[0].InstanceType).toBe('ecs.g7.2xlarge')
  })

  test('changes nothing by an order that is still to be paid', async () => {
    const { InstanceId, call, instances, clock } = await stoppedCloud(prePaid)
    await call('ModifyPrepayInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.xlarge', AutoPay: false })
    clock.advance(60_000)
    expect((await instances())[0].InstanceType).toBe('ecs.g7.large')
  })

  test.each([
    ['one paid by use', {}, {}, 'InvalidInstanceChargeType.ValueNotSupported', 400],
    ['a smaller type for a running one', prePaid, { OperatorType: 'downgrade' }, 'InvalidStatus.NotStopped', 400],
    ['another kind of change', prePaid, { OperatorType: 'sidegrade' }, 'InvalidParameter', 400],
    ['a restart at no time', prePaid, { RebootWhenFinished: true, RebootTime: 'soon' }, 'InvalidRebootTime.MalFormed', 400],
    [
      'a restart in the past',
      prePaid,
      { RebootWhenFinished: true, RebootTime: '2025-01-01T00:00Z' },
      'InvalidRebootTime.ValueNotSupported',
      400,
    ],
  ])('refuses %s', async (_, launched, input, code, status) => {
    const { running, refusal } = await cloudWithNetwork()
    const InstanceId = await running(launched)
    const change = { InstanceId, InstanceType: 'ecs.g7.xlarge', ...input }
    expect(await refusal('ModifyPrepayInstanceSpec', change)).toMatchObject({ code, status })
  })

  test('refuses one that is over, and one that is not settled', async () => {
    const { launch, running, refusal, clock } = await cloudWithNetwork()
    const refused = (InstanceId = '') => refusal('ModifyPrepayInstanceSpec', { InstanceId, InstanceType: 'ecs.g7.xlarge' })
    expect(await refused((await launch(prePaid))[0])).toMatchObject({ code: 'InvalidInstanceStatus', status: 403 })
    const over = await running(prePaid)
    clock.set(Date.UTC(2026, 1, 2))
    expect(await refused(over)).toMatchObject({ code: 'InvalidInstance.PreInstanceExpired', status: 403 })
  })
})
