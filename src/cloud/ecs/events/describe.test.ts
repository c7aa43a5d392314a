import { describe, expect, test } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { manualStart } from '../../engine/clock.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'
import { cloudWithInstance, hourMs } from './testing.ts'

describe('the lists of events', () => {
  test('show the full status of every instance, with its open events', async () => {
    const { full, simulate, launch, InstanceId, inAnHour, clock } = await cloudWithInstance()
    const NotBefore = inAnHour()
    const [young] = await launch()
    const id = await simulate({ NotBefore })
    expect(await full()).toEqual([
      {
        InstanceId: young,
        Status: { Code: 4, Name: 'Pending' },
        HealthStatus: { Code: 16, Name: 'Initializing' },
        ScheduledSystemEventSet: { ScheduledSystemEventType: [] },
      },
      {
        InstanceId,
        Status: { Code: 1, Name: 'Running' },
        HealthStatus: { Code: 64, Name: 'Warning' },
        ScheduledSystemEventSet: {
          ScheduledSystemEventType: [
            {
              EventId: id,
              EventType: { Code: 1, Name: 'SystemMaintenance.Reboot' },
              EventCycleStatus: { Code: 24, Name: 'Scheduled' },
              EventPublishTime: toSeconds(clock.now()),
              NotBefore,
              Reason: 'A simulated event.',
              ImpactLevel: '100',
              ExtendedAttribute: {},
            },
          ],
        },
      },
    ])
  })

  test('narrow the full status by instance, state, health and event', async () => {
    const { full, simulate, running, InstanceId, clock } = await cloudWithInstance()
    const other = await running()
    const [first, second] = [await simulate(), await simulate({ EventType: 'SystemMaintenance.Stop' })]
    const ids = async (input: object) => (await full(input)).map((one) => one.InstanceId as string)
    expect(await ids({ InstanceId: [other] })).toEqual([other])
    expect(await ids({ Status: 'Running' })).toEqual([other, InstanceId])
    expect(await ids({ Status: 'Stopped' })).toEqual([])
    expect(await ids({ HealthStatus: 'Warning' })).toEqual([InstanceId])
    expect(await ids({ EventId: [first], InstanceId: [other] })).toEqual([])
    expect(await ids({ NotBefore: { Start: toSeconds(clock.now() + 2 * hourMs) } })).toEqual([])
    const [only] = await full({ InstanceEventType: ['SystemMaintenance.Stop'], EventType: 'SystemMaintenance.Reboot' })
    expect(only.ScheduledSystemEventSet.ScheduledSystemEventType.map((event: TestAnswer) => event.EventId)).toEqual([second])
  })

  test('narrow the history by instance, type, state, time, tag and kind of resource', async () => {
    const { history, simulate, InstanceId, clock, call } = await cloudWithInstance()
    const id = await simulate()
    clock.advance(hourMs)
    await call('TagResources', { ResourceType: 'instance', ResourceId: [InstanceId], Tag: [{ Key: 'env', Value: 'dev' }] })
    const matches: object[] = [
      { InstanceId },
      { ResourceId: [InstanceId], ResourceType: 'instance' },
      { EventType: 'SystemMaintenance.Reboot' },
      { EventCycleStatus: 'Executed' },
      { EventPublishTime: { Start: toSeconds(manualStart), End: toSeconds(clock.now()) } },
      { Tag: [{ Key: 'env', Value: 'dev' }] },
      { ImpactLevel: '100' },
      { MaxResults: 10 },
    ]
    for (const input of matches) expect(await history(input)).toMatchObject([{ EventId: id }])
    const misses: object[] = [
      { InstanceId: 'i-none' },
      { ResourceType: 'ddh' },
      { InstanceEventType: ['SystemFailure.Reboot'] },
      { EventCycleStatus: 'Scheduled' },
      { NotBefore: { End: toSeconds(manualStart) } },
      { Tag: [{ Key: 'env', Value: 'prod' }] },
      { ResourceGroupId: 'rg-other' },
    ]
    for (const input of misses) expect(await history(input)).toEqual([])
  })

  test.each([
    ['DescribeInstancesFullStatus', { Status: 'Sleeping' }, 'InvalidParameter'],
    ['DescribeInstancesFullStatus', { HealthStatus: 'Fine' }, 'InvalidParameter'],
    ['DescribeInstancesFullStatus', { InstanceId: Array.from({ length: 101 }, (_, at) => `i-${at}`) }, 'InstanceIdLimitExceeded'],
    ['DescribeInstanceHistoryEvents', { EventId: Array.from({ length: 101 }, (_, at) => `e-${at}`) }, 'EventIdLimitExceeded'],
    ['DescribeInstanceHistoryEvents', { EventCycleStatus: 'Maybe' }, 'InvalidParameter'],
    ['DescribeInstanceHistoryEvents', { ResourceType: 'moon' }, 'InvalidParameter'],
    ['DescribeInstanceHistoryEvents', { NotBefore: { Start: 'soon' } }, 'InvalidParameter'],
    [
      'DescribeInstanceHistoryEvents',
      { NotBefore: { Start: '2026-01-02T00:00:00Z', End: '2026-01-01T00:00:00Z' } },
      'InvalidParameter.TimeEndBeforeStart',
    ],
  ])('%s refuses %j by %s', async (action, input, code) => {
    const { refusal } = await cloudWithNetwork()
    expect(await refusal(action, input)).toMatchObject({ code, status: 403 })
  })
})
