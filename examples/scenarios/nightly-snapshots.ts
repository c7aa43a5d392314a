/**
 * A snapshot of every disk each night, kept for a week, over 90 days; one taken by hand before a change is kept for good.
 * Run it with `npx tsx examples/scenarios/nightly-snapshots.ts`.
 */
import assert from 'node:assert/strict'
import { dayMs, openScene, regionId } from './scene.ts'

const { cloud, ecs, launchIn } = await openScene('nightly')
const { InstanceIdSets } = await ecs.runInstances({ ...launchIn(), Amount: 3, DataDisk: [{ Size: 40, Category: 'cloud_essd' }] })
await ecs.waitUntil('Running', InstanceIdSets.InstanceIdSet, { timeoutMs: 300_000 })
const diskIds: string[] = []
for await (const { DiskId } of ecs.paginate('DescribeDisks')) diskIds.push(DiskId)

// Two o'clock at night, Beijing time, every day of the week.
const { AutoSnapshotPolicyId } = await ecs.createAutoSnapshotPolicy({
  regionId,
  autoSnapshotPolicyName: 'nightly',
  timePoints: ['2'],
  repeatWeekdays: ['1', '2', '3', '4', '5', '6', '7'],
  retentionDays: 7,
})
await ecs.applyAutoSnapshotPolicy({ regionId, autoSnapshotPolicyId: AutoSnapshotPolicyId, diskIds })

const counts = async () => {
  const kept = new Map<string, number>()
  for await (const { SourceDiskId } of ecs.paginate('DescribeSnapshots', { SnapshotType: 'auto' }))
    kept.set(SourceDiskId, (kept.get(SourceDiskId) ?? 0) + 1)
  return kept
}

const { SnapshotId } = await ecs.createSnapshot({ DiskId: diskIds[0] ?? '', SnapshotName: 'before-the-change' })
for (let day = 1; day <= 90; day++) {
  cloud.clock.advance(dayMs)
  const kept = await counts()
  for (const diskId of diskIds) {
    const [most, least] = [Math.min(day + 1, 8), Math.min(day - 1, 7)]
    const count = kept.get(diskId) ?? 0
    assert.ok(count >= least && count <= most, `day ${day}: ${diskId} has ${count} snapshots`)
  }
}
const byHand = await ecs.describeSnapshots({ SnapshotIds: [SnapshotId] })
assert.equal(byHand.TotalCount, 1)
console.log(`after 90 nights: ${[...(await counts()).values()].join(', ')} snapshots of ${diskIds.length} disks, and ${SnapshotId}`)
