import { describe, expect, test } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const hourMs = 3_600_000

/** A cloud whose instance has run for a day. */
async function afterADay(input: object = {}) {
  const cloud = await cloudWithNetwork()
  const InstanceId = await cloud.running(input)
  const { call, clock } = cloud
  await call('DescribeInstances')
  // To a whole hour, so that every period asked for is over.
  clock.set((Math.floor(clock.now() / hourMs) + 24) * hourMs)
  const range = (hours: number) => ({ StartTime: toSeconds(clock.now() - hours * hourMs), EndTime: toSeconds(clock.now()) })
  const points = async (asked: object = range(6)): Promise<TestAnswer[]> =>
    (await call('DescribeInstanceMonitorData', { InstanceId, ...asked })).MonitorData.InstanceMonitorData
  return { ...cloud, InstanceId, range, points }
}

const mean = (points: TestAnswer[], field: string) => points.reduce((sum, point) => sum + (point[field] as number), 0) / points.length

describe('the figures of an instance', () => {
  test('are one point a minute, a repeatable one', async () => {
    const { points } = await afterADay()
    const first = await points()
    expect(first).toHaveLength(360)
    expect(await points()).toEqual(first)
    for (const { CPU } of first) expect(CPU).toBeGreaterThanOrEqual(1)
    expect(Date.parse(first[1].TimeStamp) - Date.parse(first[0].TimeStamp)).toBe(60_000)
  })

  test('of a longer period are the means of its minutes', async () => {
    const { points, range } = await afterADay()
    const [hour] = await points({ ...range(1), Period: 3600 })
    const minutes = await points(range(1))
    expect(Math.abs(hour.CPU - mean(minutes, 'CPU'))).toBeLessThan(1)
    expect(Math.abs(hour.IntranetRX / minutes.reduce((sum, { IntranetRX }) => sum + IntranetRX, 0) - 1)).toBeLessThan(0.01)
  })

  test('are small with a tag that says idle and great with one that says busy', async () => {
    const { points, call, InstanceId } = await afterADay()
    const tag = (Value: string) =>
      call('TagResources', { ResourceType: 'instance', ResourceId: [InstanceId], Tag: [{ Key: 'load', Value }] })
    await tag('idle')
    const idle = await points()
    expect(Math.max(...idle.map(({ CPU }) => CPU as number))).toBeLessThanOrEqual(5)
    await tag('busy')
    const busy = await points()
    expect(Math.min(...busy.map(({ CPU }) => CPU as number))).toBeGreaterThanOrEqual(60)
    expect(mean(busy, 'BPSWrite')).toBeGreaterThan(10 * mean(idle, 'BPSWrite'))
  })

  test('tell of the internet only with a public address, and of credits only where they can burst', async () => {
    const plain = await afterADay()
    expect((await plain.points())[0]).toMatchObject({ InternetRX: 0, InternetBandwidth: 0 })
    expect((await plain.points())[0]).not.toHaveProperty('CPUCreditBalance')
    const open = await afterADay({ InternetMaxBandwidthOut: 5, InstanceType: 'ecs.t6-c1m1.large' })
    const [point] = await open.points()
    expect(point.InternetTX).toBeGreaterThan(0)
    expect(point.CPUCreditUsage).toBeGreaterThan(0)
  })

  test('have gaps where it did not run and none before it was made or after now', async () => {
    const { points, call, clock, InstanceId, range } = await afterADay()
    // It was made within the first ten minutes of that day.
    expect(await points({ ...range(48), Period: 600 })).toHaveLength(143)
    await call('StopInstance', { InstanceId })
    clock.advance(8_000)
    await call('DescribeInstances')
    clock.advance(2 * hourMs)
    expect((await points(range(1))).length).toBe(0)
    await call('StartInstance', { InstanceId })
    clock.advance(8_000)
    await call('DescribeInstances')
    clock.advance(hourMs)
    expect((await points(range(3))).length).toBeLessThan(70)
    const ahead = { StartTime: toSeconds(clock.now()), EndTime: toSeconds(clock.now() + hourMs) }
    expect(await points(ahead)).toEqual([])
  })

  test.each([
    [{ StartTime: 'x' }, 'InvalidStartTime.Malformed'],
    [{ EndTime: 'x' }, 'InvalidEndTime.Malformed'],
    [{ Period: 61 }, 'InvalidPeriod.ValueNotSupported'],
    [{ EndTime: '2026-01-01T00:00:00Z' }, 'InvalidStartTime.ValueNotSupported'],
    [{ StartTime: '2025-10-01T00:00:00Z' }, 'InvalidStartTime.TooEarly'],
    [{ EndTime: '2026-01-01T06:41:00Z' }, 'InvalidParameter.TooManyDataQueried'],
    [{ InstanceId: 'i-none' }, 'InvalidInstanceId.NotFound'],
  ])('are refused with %j by %s', async (wrong, code) => {
    const { refusal, InstanceId } = await afterADay()
    const asked = { InstanceId, StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T06:40:00Z', ...wrong }
    expect(await refusal('DescribeInstanceMonitorData', asked)).toMatchObject({ code })
  })
})

describe('the figures of its parts', () => {
  test('add up to those of the instance', async () => {
    const { points, call, disks, instances, InstanceId, range } = await afterADay({ DataDisk: [{ Size: 40, Category: 'cloud_essd' }] })
    const [whole] = await points()
    const found = await disks()
    const parts = await Promise.all(found.map(({ DiskId }) => call('DescribeDiskMonitorData', { DiskId, ...range(6) })))
    expect(parts.map(({ TotalCount }) => TotalCount)).toEqual([360, 360])
    const first = parts.map(({ MonitorData }) => MonitorData.DiskMonitorData[0])
    expect(first.reduce((sum, { BPSRead }) => sum + BPSRead, 0)).toBe(whole.BPSRead)
    expect(first[0].BPSTotal).toBe(first[0].BPSRead + first[0].BPSWrite)
    const EniId = (await instances())[0].NetworkInterfaces.NetworkInterface[0].NetworkInterfaceId
    const { MonitorData } = await call('DescribeEniMonitorData', { InstanceId, EniId, ...range(6) })
    expect(MonitorData.EniMonitorData[0]).toMatchObject({ EniId, IntranetRx: String(whole.IntranetRX), DropPacketRx: '0' })
  })

  test('are none for a disk that is not attached, and refused for one that is not there', async () => {
    const { call, refusal, InstanceId, range, disks } = await afterADay()
    const [{ DiskId }] = await disks()
    expect(await refusal('DescribeDiskMonitorData', { DiskId: 'd-none', ...range(1) })).toMatchObject({
      code: 'InvalidDiskId.NotFound',
      status: 404,
    })
    const backwards = { StartTime: '2026-01-01T10:00:00Z', EndTime: '2026-01-01T09:00:00Z' }
    expect(await refusal('DescribeDiskMonitorData', { DiskId, ...backwards })).toMatchObject({ code: 'InvalidParameter.EndTime' })
    expect(await refusal('DescribeEniMonitorData', { InstanceId, EniId: 'eni-x', ...range(1) })).toMatchObject({
      code: 'InvalidEniId.NotFound',
    })
    const { DiskId: free } = await call('CreateDisk', { ZoneId: 'cn-hangzhou-h', Size: 40, DiskCategory: 'cloud_essd' })
    expect(await call('DescribeDiskMonitorData', { DiskId: free, ...range(1) })).toMatchObject({ TotalCount: 0 })
  })
})
