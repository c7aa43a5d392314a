import { describe, expect, it } from 'vitest'
import type { Disk } from '../disks/disk.ts'
import type { Instance } from '../instances/instance.ts'
import { endsOf, spanOf } from './ends.ts'

const now = Date.UTC(2026, 10, 24)
const instance = (fields: Partial<Instance>) =>
  ({
    InstanceId: 'i-1',
    InstanceName: 'a',
    RegionId: 'cn-hangzhou',
    InstanceChargeType: 'PostPaid',
    ExpiredTime: '2099-12-31T15:59Z',
    AutoReleaseTime: '',
    ...fields,
  }) as Instance

describe('what ends by itself', () => {
  it('is a subscription that runs out and a release that was ordered, the first first', () => {
    const ends = endsOf(
      [
        instance({ InstanceId: 'i-far', InstanceChargeType: 'PrePaid', ExpiredTime: '2027-11-24T16:00Z' }),
        instance({ InstanceId: 'i-soon', InstanceChargeType: 'PrePaid', ExpiredTime: '2026-12-04T16:00Z' }),
        instance({ InstanceId: 'i-over', InstanceChargeType: 'PrePaid', ExpiredTime: '2026-11-22T16:00Z' }),
        instance({ InstanceId: 'i-auto', AutoReleaseTime: '2026-11-25T00:00:00Z' }),
        instance({ InstanceId: 'i-stays' }),
      ],
      [],
      now,
      30 * 86_400_000,
    )
    expect(ends.map(({ Id, Why, Days }) => [Id, Why, Days])).toEqual([
      ['i-over', 'subscription', -2],
      ['i-auto', 'auto-release', 1],
      ['i-soon', 'subscription', 10],
    ])
  })

  it('is a disk that ends before its instance, or has none', () => {
    const disk = (DiskId: string, InstanceId: string, ExpiredTime: string, DiskChargeType = 'PrePaid') =>
      ({ DiskId, DiskName: '', InstanceId, ExpiredTime, DiskChargeType }) as Disk
    const ends = endsOf(
      [instance({ InstanceId: 'i-1', InstanceChargeType: 'PrePaid', ExpiredTime: '2026-12-04T16:00Z' }), instance({ InstanceId: 'i-2' })],
      [
        disk('d-with', 'i-1', '2026-12-04T16:00Z'),
        disk('d-before', 'i-1', '2026-12-01T16:00Z'),
        disk('d-alone', '', '2026-12-03T16:00Z'),
        disk('d-far', '', '2028-12-03T16:00Z'),
        disk('d-host-stays', 'i-2', '2026-12-02T16:00Z'),
        disk('d-by-use', '', '2026-12-02T16:00Z', 'PostPaid'),
      ],
      now,
      30 * 86_400_000,
    )
    expect(ends.map(({ Id, Kind }) => [Id, Kind])).toEqual([
      ['d-before', 'disk'],
      ['d-host-stays', 'disk'],
      ['d-alone', 'disk'],
      ['i-1', 'instance'],
    ])
  })

  it('is looked for within hours, days and weeks', () => {
    expect([spanOf('12h'), spanOf('30d'), spanOf('30'), spanOf('2w')]).toEqual([43_200_000, 2_592_000_000, 2_592_000_000, 1_209_600_000])
    expect([spanOf(''), spanOf('soon'), spanOf('-1d'), spanOf('99999d')]).toEqual([undefined, undefined, undefined, undefined])
  })
})
