import { describe, expect, it, test } from 'vitest'
import { parseTime, toSeconds } from '../../../api/time.ts'
import { cloudWithInstance, hourMs } from './testing.ts'
import { nextWithin, offsetOf } from './window-time.ts'

const at = (text: string) => parseTime(text) ?? 0

describe('a time in a window', () => {
  const nights = { unit: 'Daily', ranges: [{ start: '22:00', end: '02:00' }] } as const
  const weekends = {
    unit: 'Weekly',
    ranges: [
      { start: 'Saturday,00:00', end: 'Monday,00:00' },
      { start: 'Wednesday,03:00', end: 'Wednesday,05:00' },
    ],
  } as const
  it.each([
    [nights, '2026-01-05T12:30:00Z', '2026-01-05T22:00:00Z'],
    [nights, '2026-01-05T23:30:00Z', '2026-01-05T23:30:00Z'],
    [nights, '2026-01-06T01:59:59Z', '2026-01-06T01:59:59Z'],
    [nights, '2026-01-06T02:00:00Z', '2026-01-06T22:00:00Z'],
    // A Monday.
    [weekends, '2026-01-05T00:00:00Z', '2026-01-07T03:00:00Z'],
    [weekends, '2026-01-07T05:00:00Z', '2026-01-10T00:00:00Z'],
    [weekends, '2026-01-11T23:00:00Z', '2026-01-11T23:00:00Z'],
  ])('of %j from %s on is %s', (period, from, first) => {
    expect(toSeconds(nextWithin(period, at(from)))).toBe(first)
  })

  it('is a whole hour, with a day in a week and without one in a day', () => {
    expect([offsetOf('01:00', 'Daily'), offsetOf('Tuesday,01:00', 'Weekly')]).toEqual([hourMs, 25 * hourMs])
    for (const text of ['24:00', '01:30', '1:00', 'Monday,01:00', '']) expect(offsetOf(text, 'Daily')).toBeUndefined()
    for (const text of ['01:00', 'Montag,01:00']) expect(offsetOf(text, 'Weekly')).toBeUndefined()
  })
})

const daily = {
  PlanWindowName: 'nights',
  Enable: true,
  SupportMaintenanceAction: 'Reboot',
  TargetResource: { Scope: 'Tag', Tags: [{ Key: 'env', Value: 'prod' }] },
  TimePeriod: { PeriodUnit: 'Daily', RangeList: [{ StartTime: '03:00', EndTime: '05:00' }] },
}

describe('a window of planned maintenance', () => {
  test('is made, listed, changed and deleted', async () => {
    const { call, refusal } = await cloudWithInstance()
    const { PlanWindowId } = await call('CreatePlanMaintenanceWindow', { ...daily, MinMaintenanceInterval: 2 })
    expect(PlanWindowId).toMatch(/^pw-bp1/)
    const list = (input: object = {}) => call('DescribePlanMaintenanceWindows', input)
    expect(await list()).toMatchObject({
      TotalCount: 1,
      MaxResults: 10,
      PlanMaintenanceWindowList: [{ ...daily, PlanWindowId, MinMaintenanceInterval: 2 }],
    })
    const TargetResource = { Scope: 'ResourceGroup', ResourceGroupId: 'rg-prod' }
    await call('ModifyPlanMaintenanceWindow', { PlanWindowId, Enable: false, TargetResource })
    const [changed] = (await list({ TargetResourceGroupId: 'rg-prod' })).PlanMaintenanceWindowList
    expect(changed).toMatchObject({ PlanWindowName: 'nights', Enable: false, TargetResource, TimePeriod: daily.TimePeriod })
    const counts = async (...filters: object[]) => Promise.all(filters.map(async (filter) => (await list(filter)).TotalCount))
    const filters = [
      { PlanWindowId },
      { PlanWindowName: 'nights' },
      { Enable: false },
      { Enable: true },
      { TargetResourceTags: { Key: 'env' } },
    ]
    expect(await counts(...filters)).toEqual([1, 1, 1, 0, 0])
    await call('DeletePlanMaintenanceWindow', { PlanWindowId })
    expect((await list()).PlanMaintenanceWindowList).toEqual([])
    expect(await refusal('DeletePlanMaintenanceWindow', { PlanWindowId })).toMatchObject({ code: 'InvalidParameter' })
  })

  test('is refused where it says too little or what there is not', async () => {
    const { refusal } = await cloudWithInstance()
    const refused = async (wrong: object) => (await refusal('CreatePlanMaintenanceWindow', { ...daily, ...wrong })).code
    const range = (StartTime: string, EndTime: string, PeriodUnit = 'Daily') => ({
      TimePeriod: { PeriodUnit, RangeList: [{ StartTime, EndTime }] },
    })
    for (const wrong of [
      { PlanWindowName: 'x'.repeat(201) },
      { SupportMaintenanceAction: 'Stop' },
      { MinMaintenanceInterval: -1 },
      { TargetResource: { Scope: 'Region' } },
      range('03:00', '03:00'),
      range('03:30', '05:00'),
      range('Monday,03:00', '05:00', 'Weekly'),
      range('03:00', '05:00', 'Monthly'),
    ])
      expect(await refused(wrong)).toBe('InvalidParameter')
    expect(await refused({ TargetResource: { Scope: 'Tag', Tags: [] } })).toBe('MissingParameter')
    expect(await refused({ TargetResource: { Scope: 'ResourceGroup' } })).toBe('MissingParameter')
  })

  test('holds planned maintenance of its instances back until it opens', async () => {
    const { call, cloud, clock, InstanceId, history, status } = await cloudWithInstance()
    const { PlanWindowId } = await call('CreatePlanMaintenanceWindow', daily)
    const noon = Math.ceil(clock.now() / (24 * hourMs)) * 24 * hourMs + 12 * hourMs
    const plannedFor = async (type: string) => {
      const id = cloud.events.publish({ instanceId: InstanceId, type, notBefore: noon })
      const [event] = await history({ EventId: [id], InstanceEventCycleStatus: ['Scheduled'] })
      return (at(event.NotBefore) - noon) / hourMs
    }
    expect(await plannedFor('SystemMaintenance.Reboot')).toBe(0)
    await call('TagResources', { ResourceType: 'instance', ResourceId: [InstanceId], Tag: [{ Key: 'env', Value: 'prod' }] })
    expect(await plannedFor('SystemMaintenance.Reboot')).toBe(15)
    // Another kind of maintenance, and a window that is off.
    expect(await plannedFor('SystemMaintenance.Redeploy')).toBe(0)
    await call('ModifyPlanMaintenanceWindow', { PlanWindowId, Enable: false })
    expect(await plannedFor('SystemMaintenance.Reboot')).toBe(0)
    expect(await status()).toBe('Running')
  })
})

describe('ModifySystemEventAttribute', () => {
  test('brings a scheduled event forward, and back to when it was first told for', async () => {
    const { cloud, call, refusal, clock, InstanceId, status, simulate } = await cloudWithInstance()
    const first = clock.now() + 10 * hourMs
    const EventId = cloud.events.publish({ instanceId: InstanceId, type: 'SystemMaintenance.Reboot', notBefore: first })
    const move = (to: number) => ({ EventId, InstanceId, NotBefore: toSeconds(to) })
    await call('ModifySystemEventAttribute', move(clock.now() + hourMs))
    const [told] = (await call('DescribeInstanceHistoryEvents', { InstanceEventCycleStatus: ['Scheduled'] })).InstanceSystemEventSet
      .InstanceSystemEventType
    expect(told).toMatchObject({
      NotBefore: toSeconds(clock.now() + hourMs),
      ExtendedAttribute: { InitialNotBefore: toSeconds(first) },
    })
    await call('ModifySystemEventAttribute', move(first))
    const later = { code: 'InvalidParameter', status: 403 }
    expect(await refusal('ModifySystemEventAttribute', move(first + hourMs))).toMatchObject(later)
    expect(await refusal('ModifySystemEventAttribute', move(clock.now() - hourMs))).toMatchObject({ code: 'InvalidNotBefore.Passed' })
    expect(await refusal('ModifySystemEventAttribute', { ...move(first), NotBefore: 'soon' })).toMatchObject(later)
    expect(await refusal('ModifySystemEventAttribute', { ...move(first), InstanceId: 'i-none' })).toMatchObject(later)
    await call('ModifySystemEventAttribute', move(clock.now() + hourMs))
    clock.advance(hourMs)
    expect(await status()).toBe('Starting')
    clock.advance(hourMs)
    expect(await refusal('ModifySystemEventAttribute', move(clock.now() + hourMs))).toMatchObject(later)
    const simulated = await simulate()
    await call('CancelSimulatedSystemEvents', { EventId: [simulated] })
    const ended = { ...move(clock.now()), EventId: simulated }
    expect(await refusal('ModifySystemEventAttribute', ended)).toMatchObject(later)
  })
})
