import { describe, expect, test } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'
import { renewsAt } from './renewal-schedule.ts'

const dayMs = 86_400_000
const monthly = { InstanceChargeType: 'PrePaid', Period: 1 }
const renewing = { ...monthly, AutoRenew: true }

describe('a subscription', () => {
  test('ends at its time: the instance stops and is locked, and is released fifteen days later', async () => {
    const { running, instances, disks, refusal, clock } = await cloudWithNetwork()
    const InstanceId = await running({ ...monthly, DataDisk: [{ Size: 20, DeleteWithInstance: false, DiskName: 'kept' }] })
    expect((await instances())[0].ExpiredTime).toBe('2026-02-01T00:02Z')
    clock.set(Date.UTC(2026, 1, 1, 0, 1, 59))
    expect((await instances())[0]).toMatchObject({ Status: 'Running', OperationLocks: { LockReason: [] } })
    clock.set(Date.UTC(2026, 1, 1, 0, 2))
    expect((await instances())[0]).toMatchObject({ Status: 'Stopped', OperationLocks: { LockReason: [{ LockReason: 'financial' }] } })
    expect(await refusal('StartInstance', { InstanceId })).toMatchObject({ code: 'InstanceExpiredOrInArrears', status: 403 })
    clock.advance(15 * dayMs - 1000)
    expect(await instances()).toHaveLength(1)
    clock.advance(1000)
    expect(await instances()).toEqual([])
    expect(await disks()).toMatchObject([
      { DiskName: 'kept', Status: 'Available', DiskChargeType: 'PostPaid', ExpiredTime: '2999-09-08T16:00Z' },
    ])
  })

  test('that is renewed after its end begins anew, unlocked and stopped', async () => {
    const { running, instances, call, clock } = await cloudWithNetwork()
    const InstanceId = await running(monthly)
    clock.set(Date.UTC(2026, 1, 10))
    const { OrderId } = await call('RenewInstance', { InstanceId, Period: 2 })
    expect(OrderId).toMatch(/^\d{15}$/)
    const [after] = await instances()
    expect(after).toMatchObject({ Status: 'Stopped', ExpiredTime: '2026-04-10T00:00Z', OperationLocks: { LockReason: [] } })
    await call('StartInstance', { InstanceId })
    clock.set(Date.UTC(2026, 3, 9, 23))
    expect((await instances())[0].Status).toBe('Running')
  })

  test('that is renewed before its end goes on from that, its disks with it', async () => {
    const { running, instances, disks, call, clock } = await cloudWithNetwork()
    const InstanceId = await running(monthly)
    await call('RenewInstance', { InstanceId, Period: 1, PeriodUnit: 'Week' })
    expect((await instances())[0].ExpiredTime).toBe('2026-02-08T00:02Z')
    expect((await disks())[0].ExpiredTime).toBe('2026-02-08T00:02:00Z')
    await call('RenewInstance', { InstanceId, ExpectedRenewDay: 8 })
    expect((await instances())[0].ExpiredTime).toBe('2026-03-08T00:02Z')
    await call('RenewInstance', { InstanceId, ExpectedRenewDay: 20 })
    expect((await instances())[0].ExpiredTime).toBe('2026-03-20T00:02Z')
    clock.set(Date.UTC(2026, 2, 20))
    expect((await instances())[0].Status).toBe('Running')
  })

  test('is renewed by itself at eight in the morning of the ninth day before its end', async () => {
    const { running, instances, disks, clock } = await cloudWithNetwork()
    await running(renewing)
    clock.set(Date.UTC(2026, 0, 22, 23, 59))
    expect((await instances())[0].ExpiredTime).toBe('2026-02-01T00:02Z')
    clock.set(Date.UTC(2026, 0, 23))
    expect((await instances())[0].ExpiredTime).toBe('2026-03-01T00:02Z')
    expect((await disks())[0].ExpiredTime).toBe('2026-03-01T00:02:00Z')
    clock.set(Date.UTC(2027, 0, 1))
    expect((await instances())[0]).toMatchObject({ Status: 'Running', ExpiredTime: '2027-02-01T00:02Z' })
  })

  test('of a week is renewed on the day after it began', async () => {
    const { running, instances, clock } = await cloudWithNetwork()
    await running({ ...renewing, PeriodUnit: 'Week', AutoRenewPeriod: 2 })
    expect((await instances())[0].ExpiredTime).toBe('2026-01-08T00:02Z')
    clock.set(Date.UTC(2026, 0, 2))
    expect((await instances())[0].ExpiredTime).toBe('2026-01-22T00:02Z')
  })

  test('that is not to be renewed by itself any more ends', async () => {
    const { running, instances, call, clock } = await cloudWithNetwork()
    const InstanceId = await running(renewing)
    await call('ModifyInstanceAutoRenewAttribute', { InstanceId, RenewalStatus: 'NotRenewal' })
    clock.set(Date.UTC(2026, 1, 2))
    expect((await instances())[0].Status).toBe('Stopped')
  })

  test('that ends while it is still starting does not go on to run', async () => {
    const { running, instances, call, clock } = await cloudWithNetwork()
    const InstanceId = await running(monthly)
    clock.set(Date.UTC(2026, 1, 1, 0, 1, 55))
    await call('RebootInstance', { InstanceId })
    clock.advance(3_600_000)
    expect((await instances())[0].Status).toBe('Stopped')
  })
})

test('a renewal that comes too late for the ninth day waits for the next morning, and comes never after the end', () => {
  const end = Date.UTC(2026, 1, 1, 12)
  expect(renewsAt(end, Date.UTC(2026, 0, 1))).toBe(Date.UTC(2026, 0, 23))
  expect(renewsAt(end, Date.UTC(2026, 0, 23))).toBe(Date.UTC(2026, 0, 23))
  expect(renewsAt(end, Date.UTC(2026, 0, 30, 5))).toBe(Date.UTC(2026, 0, 31))
  expect(renewsAt(end, Date.UTC(2026, 1, 1, 5))).toBeUndefined()
})

describe('RenewInstance', () => {
  test.each([
    ['one paid by use', {}, { Period: 1 }, 'ChargeTypeViolation', 403],
    ['no period', monthly, {}, 'InvalidPeriod', 400],
    ['a period that is not sold', monthly, { Period: 11 }, 'InvalidPeriod', 400],
    ['an unknown unit', monthly, { Period: 1, PeriodUnit: 'Day' }, 'InvalidPeriodUnit.ValueNotSupported', 400],
    ['a period and a day', monthly, { Period: 1, ExpectedRenewDay: 3 }, 'InvalidParameter', 400],
    ['a day that not every month has', monthly, { ExpectedRenewDay: 29 }, 'InvalidParameter', 400],
  ])('refuses %s', async (_, launched, input, code, status) => {
    const { running, refusal } = await cloudWithNetwork()
    expect(await refusal('RenewInstance', { InstanceId: await running(launched), ...input })).toMatchObject({ code, status })
  })

  test('goes ten years ahead and no further', async () => {
    const { running, call, refusal } = await cloudWithNetwork()
    const InstanceId = await running(monthly)
    await call('RenewInstance', { InstanceId, Period: 60 })
    const further = await refusal('RenewInstance', { InstanceId, Period: 60 })
    expect(further).toMatchObject({ code: 'InvalidPeriod.ExceededMaximumExpirationDate', status: 400 })
  })

  test('refuses one that is locked for security', async () => {
    const { running, refusal, cloud } = await cloudWithNetwork()
    const InstanceId = await running(monthly)
    cloud.locks.add({ instanceId: InstanceId, reason: 'security' })
    expect(await refusal('RenewInstance', { InstanceId, Period: 1 })).toMatchObject({ code: 'InstanceLockedForSecurity' })
  })
})

describe('the auto-renewal attribute', () => {
  const read = async (call: (action: string, input: object) => Promise<TestAnswer>, input: object) =>
    (await call('DescribeInstanceAutoRenewAttribute', input)).InstanceRenewAttributes.InstanceRenewAttribute

  test('is shown by ids or by status', async () => {
    const { running, call } = await cloudWithNetwork()
    const byHand = await running(monthly)
    const byItself = await running({ ...renewing, AutoRenewPeriod: 3 })
    await running()
    const rows = await read(call, { InstanceId: `${byHand},${byItself}` })
    expect(rows).toHaveLength(2)
    expect(rows).toContainEqual({
      InstanceId: byItself,
      RenewalStatus: 'AutoRenewal',
      AutoRenewEnabled: true,
      Duration: 3,
      PeriodUnit: 'Month',
      EnableExpectedRenewDay: false,
    })
    expect(await read(call, { RenewalStatus: 'Normal' })).toMatchObject([{ InstanceId: byHand, AutoRenewEnabled: false, Duration: 0 }])
    const paged = await call('DescribeInstanceAutoRenewAttribute', { InstanceId: `${byHand},${byItself}`, PageNumber: '2', PageSize: '1' })
    expect(paged).toMatchObject({ TotalCount: 2, PageNumber: 2, PageSize: 1 })
    for (const PageNumber of ['1e0', '0x1', ' 1', '1.5', '1e20'])
      await expect(call('DescribeInstanceAutoRenewAttribute', { InstanceId: byHand, PageNumber })).rejects.toMatchObject({
        code: 'InvalidParameter',
      })
  })

  test('is set for many at once, RenewalStatus before AutoRenew', async () => {
    const { running, call } = await cloudWithNetwork()
    const [first, second] = [await running(monthly), await running(monthly)]
    const InstanceId = `${first},${second}`
    await call('ModifyInstanceAutoRenewAttribute', { InstanceId, AutoRenew: true, Duration: 1, PeriodUnit: 'Year' })
    const yearly = { RenewalStatus: 'AutoRenewal', Duration: 1, PeriodUnit: 'Year' }
    expect(await read(call, { InstanceId })).toMatchObject([yearly, yearly])
    await call('ModifyInstanceAutoRenewAttribute', { InstanceId, AutoRenew: true, RenewalStatus: 'NotRenewal' })
    expect(await read(call, { RenewalStatus: 'NotRenewal' })).toHaveLength(2)
    await call('ModifyInstanceAutoRenewAttribute', { InstanceId: first })
    expect(await read(call, { InstanceId: first })).toMatchObject([{ RenewalStatus: 'Normal' }])
  })

  test.each([
    ['an unknown id', { InstanceId: 'i-none' }, 'InvalidParameter.InvalidInstanceId'],
    ['too many ids', { InstanceId: Array.from({ length: 101 }, (_, at) => `i-${at}`).join() }, 'InvalidParameter.ToManyInstanceIds'],
    ['an unknown status', { RenewalStatus: 'Often' }, 'InvalidParameter.RenewalStatus'],
    ['an unknown unit', { AutoRenew: true, PeriodUnit: 'Day' }, 'InvalidPeriodUnit.ValueNotSupported'],
    ['a duration that is not sold', { AutoRenew: true, Duration: 5 }, 'InvalidParameter.Duration'],
    ['years beyond five', { AutoRenew: true, Duration: 6, PeriodUnit: 'Year' }, 'InvalidParameter.Duration'],
  ])('is not set with %s', async (_, input, code) => {
    const { running, refusal } = await cloudWithNetwork()
    const InstanceId = await running(monthly)
    expect(await refusal('ModifyInstanceAutoRenewAttribute', { InstanceId, ...input })).toMatchObject({ code, status: 403 })
  })

  test('is for subscriptions that are not over, and changes none when one of them is not', async () => {
    const { running, refusal, call, clock } = await cloudWithNetwork()
    const [subscribed, byUse] = [await running(monthly), await running()]
    const both = { InstanceId: `${subscribed},${byUse}`, AutoRenew: true }
    expect(await refusal('ModifyInstanceAutoRenewAttribute', both)).toMatchObject({ code: 'ChargeTypeViolation', status: 403 })
    expect(await refusal('DescribeInstanceAutoRenewAttribute', both)).toMatchObject({ code: 'ChargeTypeViolation', status: 403 })
    expect(await refusal('DescribeInstanceAutoRenewAttribute', {})).toMatchObject({ code: 'MissingParameter.InstanceId' })
    expect(await read(call, { InstanceId: subscribed })).toMatchObject([{ RenewalStatus: 'Normal' }])
    clock.set(Date.UTC(2026, 1, 2))
    const late = await refusal('ModifyInstanceAutoRenewAttribute', { InstanceId: subscribed, AutoRenew: true })
    expect(late).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
  })
})

test('a launch refuses a renewal period that is not sold', async () => {
  const { basics, refusal, instances } = await cloudWithNetwork()
  const wrong = await refusal('RunInstances', { ...basics, ...renewing, AutoRenewPeriod: 5 })
  expect(wrong).toMatchObject({ code: 'InvalidAutoRenewPeriod.ValueNotSupported', status: 400 })
  expect(await instances()).toEqual([])
})

/** Measured by the time that the processor worked, so that a busy machine does not fail it. */
test('a year with a thousand instances that are renewed every month passes in less than two seconds', async () => {
  const { launch, instances, cloud, clock } = await cloudWithNetwork({}, '10.0.0.0/20')
  for (let at = 0; at < 10; at++) await launch({ ...renewing, Amount: 100 })
  clock.advance(60_000)
  cloud.settle()
  const began = process.cpuUsage()
  clock.set(Date.UTC(2027, 0, 1))
  cloud.settle()
  const { user, system } = process.cpuUsage(began)
  expect((user + system) / 1000).toBeLessThan(2000)
  expect(await instances({ Status: 'Running', PageSize: 1 })).toMatchObject([{ ExpiredTime: '2027-02-01T00:02Z' }])
  expect(cloud.counts().instances).toBe(1000)
})
