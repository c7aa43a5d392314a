import { toSeconds } from '../../../api/time.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { pointsOf } from '../instance/monitor-range.ts'
import { demandOneOf } from '../values.ts'
import { sizeInBytes } from './describe.ts'
import type { Snapshot } from './records.ts'

/**
 * How large the snapshots of a region were together, in bytes, at the beginning of each period: of those that there still are (unconfirmed).
 * That an end before the start is malformed is unconfirmed.
 */
export const DescribeSnapshotMonitorData = ecs(
  'DescribeSnapshotMonitorData',
  ['StartTime', 'EndTime', 'Period', 'Category'],
  (input, { state, accountId, regionId, now }) => {
    demandOneOf(input.Category, ['Standard', 'Flash', 'Archive'], 'Category', 'InvalidParameter')
    const { at } = pointsOf(input, now, 'InvalidEndTime.Malformed')
    const category = input.Category || 'Standard'
    const where = (snapshot: Snapshot) => snapshot.status === 'accomplished' && snapshot.category === category
    const snapshots = state.snapshots.select({ accountId, regionId, where }).toSorted((a, b) => a.readyAt - b.readyAt)
    let [next, sum] = [0, 0]
    const points = at.map((moment) => {
      for (let snapshot = snapshots[next]; snapshot && snapshot.readyAt <= moment; snapshot = snapshots[++next])
        sum += sizeInBytes(snapshot)
      return { TimeStamp: toSeconds(moment), Size: sum }
    })
    return { MonitorData: { DataPoint: points } }
  },
)

/** Storage plans are bought from another product: there are none here. */
export const DescribeSnapshotPackage = ecs('DescribeSnapshotPackage', ['PageNumber', 'PageSize'], (input) => {
  const { fields } = page([], input, { maxSize: 100 })
  const { NextToken: _token, ...counts } = fields
  return { SnapshotPackages: { SnapshotPackage: [] }, ...counts }
})

/** The service is open to every account here. */
export const OpenSnapshotService = ecs('OpenSnapshotService', [], () => ({}))
