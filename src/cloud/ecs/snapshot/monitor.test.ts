import { describe, expect, it } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

describe('the size of the snapshots of a region', () => {
  it('grows as they are made, told for each period', async () => {
    const { call, refusal, running, clock, disks } = await cloudWithNetwork()
    await running({ SystemDisk: { Size: '40' } })
    const [{ DiskId }] = await disks()
    const StartTime = toSeconds(clock.now() - 3_600_000)
    await call('CreateSnapshot', { DiskId })
    clock.advance(3 * 3_600_000)
    const span = { StartTime, EndTime: toSeconds(clock.now()), Period: 3600 }
    const sizes = async (input: object = {}): Promise<number[]> =>
      (await call('DescribeSnapshotMonitorData', { ...span, ...input })).MonitorData.DataPoint.map(
        (point: TestAnswer) => point.Size / 2 ** 30,
      )
    const told = await sizes()
    expect([told[0], told.at(-1)]).toEqual([0, 40])
    expect((await sizes({ Category: 'Archive' })).at(-1)).toBe(0)
    const refused = async (input: object) => (await refusal('DescribeSnapshotMonitorData', { ...span, ...input })).code
    expect(await refused({ StartTime: 'x' })).toBe('InvalidStartTime.Malformed')
    expect(await refused({ EndTime: StartTime })).toBe('InvalidEndTime.Malformed')
    expect(await refused({ Period: 7 })).toBe('InvalidPeriod.ValueNotSupported')
    expect(await refused({ StartTime: toSeconds(clock.now() - 31 * 86_400_000) })).toBe('InvalidStartTime.TooEarly')
    expect(await refused({ StartTime: toSeconds(clock.now() - 86_400_000), Period: 60 })).toBe('InvalidParameter.TooManyDataQueried')
    expect(await refused({ Category: 'x' })).toBe('InvalidParameter')
  })
})

describe('the snapshot service', () => {
  it('is open, and no storage plans are bought', async () => {
    const { call } = await cloudWithNetwork()
    await call('OpenSnapshotService')
    const packages = { SnapshotPackages: { SnapshotPackage: [] }, TotalCount: 0, PageNumber: 1, PageSize: 10 }
    expect(await call('DescribeSnapshotPackage')).toMatchObject(packages)
  })
})
