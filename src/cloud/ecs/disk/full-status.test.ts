import { expect, it } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

it('the full status of disks tells their state and health, and that nothing happened to them', async () => {
  const { call, refusal, running, clock } = await cloudWithNetwork()
  const InstanceId = await running()
  const { DiskId } = await call('CreateDisk', { ZoneId: 'cn-hangzhou-h', Size: 20, Tag: [{ Key: 'a', Value: 'b' }] })
  const list = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeDisksFullStatus', input)).DiskFullStatusSet.DiskFullStatusType
  const health = async () => (await list({ DiskId: [DiskId] }))[0].HealthStatus.Name
  expect(await health()).toBe('Initializing')
  clock.advance(20_000)
  expect(await health()).toBe('Ok')
  const [system] = await list({ Status: 'In_use' })
  expect(system).toMatchObject({ InstanceId, Status: { Name: 'In_use' }, DiskEventSet: { DiskEventType: [] } })
  expect((await list({ Tag: [{ Key: 'a' }] })).map((disk) => disk.DiskId)).toEqual([DiskId])
  expect(await list({ EventType: 'Stalled' })).toEqual([])
  expect(await list({ HealthStatus: 'Impaired' })).toEqual([])
  expect(await list({ ResourceGroupId: 'rg-x' })).toEqual([])
  expect(await call('DescribeDisksFullStatus', { PageSize: 1 })).toMatchObject({ TotalCount: 2, PageSize: 1, PageNumber: 1 })
  const refused = async (input: object) => (await refusal('DescribeDisksFullStatus', input)).code
  expect(await refused({ DiskId: Array.from({ length: 101 }, () => 'd-1') })).toBe('DiskIdLimitExceeded')
  expect(await refused({ EventId: Array.from({ length: 101 }, () => 'e-1') })).toBe('EventIdLimitExceeded')
  expect(await refused({ EventType: 'x' })).toBe('InvalidParameter')
  const [now, before] = [toSeconds(clock.now()), toSeconds(clock.now() - 3_600_000)]
  expect(await refused({ EventTime: { Start: now, End: before } })).toBe('InvalidParameter.TimeEndBeforeStart')
  expect(await refused({ EventTime: { Start: toSeconds(clock.now() - 8 * 86_400_000) } })).toBe('InvalidParameter')
})
