import { newId } from '../../ids.ts'
import type { LifeContext } from '../../lifecycle.ts'
import type { Disk } from '../records.ts'
import type { Snapshot } from './records.ts'

const dayMs = 86_400_000

/** Milliseconds of the cloud's time that a snapshot takes: some, and more with the size (unconfirmed). */
const durationOf = (sizeGiB: number) => 20_000 + sizeGiB * 100

/** What a caller says of a snapshot. */
export type Asked = Pick<Snapshot, 'snapshotName' | 'description' | 'snapshotType' | 'retentionDays' | 'resourceGroupId' | 'tags'> &
  Partial<Pick<Snapshot, 'category' | 'instantAccess' | 'instantAccessRetentionDays' | 'groupId' | 'policyId'>>

/** Begins a snapshot of what there is no disk of, or no disk any more. */
export function begin(
  fields: Omit<Snapshot, 'id' | 'status' | 'readyAt' | 'createdAt' | 'modifiedAt' | 'serialNumber'>,
  context: LifeContext,
): Snapshot {
  const { state, random, now, schedule } = context
  const durationMs = durationOf(fields.sourceDiskSize)
  const snapshot = state.snapshots.put({
    ...fields,
    id: newId('s', fields.regionId, random),
    status: 'progressing',
    readyAt: now + durationMs,
    createdAt: now,
    modifiedAt: now,
    serialNumber: `${10_000 + random.integer(90_000)}-${random.integer(1_000_000)}-${random.integer(1_000_000)}`,
  })
  schedule('snapshot.accomplished', snapshot.id, durationMs)
  keepFor(snapshot, context)
  return snapshot
}

/** Lets a snapshot expire when its days are over, counted from when it was made. */
export function keepFor(snapshot: Snapshot, { schedule, state, now }: Pick<LifeContext, 'schedule' | 'state' | 'now'>): void {
  if (snapshot.retentionDays === undefined) state.agenda.cancel(`snapshot.expired:${snapshot.id}`)
  else schedule('snapshot.expired', snapshot.id, Math.max(0, snapshot.createdAt + snapshot.retentionDays * dayMs - now))
}

/** Begins a snapshot of a disk as it is now. */
export const makeSnapshot = (disk: Disk, asked: Asked, context: LifeContext): Snapshot =>
  begin(
    {
      category: 'Standard',
      instantAccess: false,
      instantAccessRetentionDays: undefined,
      ...asked,
      accountId: disk.accountId,
      regionId: disk.regionId,
      sourceDiskId: disk.id,
      sourceDiskType: disk.type,
      sourceDiskSize: disk.size,
      sourceStorageType: 'disk',
      encrypted: disk.encrypted,
      kmsKeyId: disk.kmsKeyId,
      ...(disk.type === 'system' && { imageId: disk.imageId }),
      sourceSnapshotId: '',
      sourceRegionId: '',
    },
    context,
  )

/** Begins a copy of a snapshot in a region. */
export function copySnapshot(
  source: Snapshot,
  regionId: string,
  asked: Asked & Pick<Snapshot, 'encrypted' | 'kmsKeyId'>,
  context: LifeContext,
): Snapshot {
  const { groupId: _group, policyId: _policy, lock: _lock, ...kept } = source
  return begin(
    {
      ...kept,
      instantAccess: false,
      instantAccessRetentionDays: undefined,
      ...asked,
      regionId,
      sourceSnapshotId: source.id,
      sourceRegionId: source.regionId,
    },
    context,
  )
}
