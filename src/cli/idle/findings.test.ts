import { describe, expect, it } from 'vitest'
import type * as Vpc from '../../api/generated/vpc.ts'
import type { Disk } from '../disks/disk.ts'
import type { Instance } from '../instances/instance.ts'
import type { Snapshot } from '../snapshots/snapshot.ts'
import { old, quiet, stopped, unattached, unbound } from './findings.ts'
import { loadOf } from './load.ts'

const thresholds = { days: 7, cpu: 5, network: 1_000, snapshotDays: 180 }
const instance = (fields: Partial<Instance>) =>
  ({ InstanceId: 'i-1', InstanceName: 'a', InstanceChargeType: 'PostPaid', ...fields }) as Instance

describe('idle', () => {
  it('is an instance with little CPU and little traffic, measured for a day at least', () => {
    const load = { hours: 168, cpu: 2, cpuMost: 4.5, network: 120 }
    expect(quiet(instance({}), load, thresholds)?.why.en).toBe('CPU 2.0% (busiest hour 4.5%), network 120 kbit/s in 7 d')
    for (const used of [{ cpu: 5 }, { network: 1_000 }, { hours: 23 }])
      expect(quiet(instance({}), { ...load, ...used }, thresholds)).toBeUndefined()
  })

  it('is told from all points of the window', () => {
    const point = (CPU: number, IntranetBandwidth: number, InternetBandwidth: number) => ({ CPU, IntranetBandwidth, InternetBandwidth })
    expect(loadOf([point(1, 10, 0), point(3, 20, 30)])).toEqual({ hours: 2, cpu: 2, cpuMost: 3, network: 30 })
    expect(loadOf([])).toBeUndefined()
  })

  it('is a stopped instance that is paid for all the same', () => {
    const found = stopped([
      instance({ InstanceId: 'i-kept', Status: 'Stopped', StoppedMode: 'KeepCharging' }),
      instance({ InstanceId: 'i-saving', Status: 'Stopped', StoppedMode: 'StopCharging' }),
      instance({ InstanceId: 'i-runs', Status: 'Running', StoppedMode: 'Not-applicable' }),
      instance({ InstanceId: 'i-subscribed', Status: 'Stopped', InstanceChargeType: 'PrePaid', ExpiredTime: '2026-12-04T16:00Z' }),
    ])
    expect(found.map(({ Id, why }) => `${Id}: ${why.en}`)).toEqual([
      'i-kept: stopped, and charged as if it ran',
      'i-subscribed: stopped; subscribed until 2026-12-04',
    ])
  })

  it('is a disk, an address and a snapshot that nobody uses', () => {
    const disk = (DiskId: string, Status: string, DetachedTime: string) =>
      ({ DiskId, DiskName: '', Status, DetachedTime, CreationTime: '2026-01-01T00:00:00Z', Size: 100 }) as Disk
    expect(unattached([disk('d-1', 'Available', '2026-05-06T00:00:00Z'), disk('d-2', 'In_use', '')]).map(({ why }) => why.en)).toEqual([
      '100 GiB, attached to nothing since 2026-05-06',
    ])
    const eip = (AllocationId: string, Status: string) =>
      ({ AllocationId, Name: '', Status, InstanceId: '', IpAddress: '198.18.0.1' }) as Vpc.Items['DescribeEipAddresses']
    expect(unbound([eip('eip-1', 'Available'), eip('eip-2', 'InUse')]).map(({ Id }) => Id)).toEqual(['eip-1'])
    const snapshot = (SnapshotId: string, CreationTime: string) => ({ SnapshotId, CreationTime, SourceDiskSize: '40' }) as Snapshot
    const now = Date.UTC(2026, 10, 24)
    const found = old(
      [snapshot('s-old', '2026-05-28T00:00:00Z'), snapshot('s-new', '2026-05-29T00:00:00Z'), snapshot('s-odd', '')],
      now,
      thresholds,
    )
    expect(found.map(({ Id, why }) => `${Id} ${why.en}`)).toEqual(['s-old taken 180 d ago of 40 GiB'])
  })
})
