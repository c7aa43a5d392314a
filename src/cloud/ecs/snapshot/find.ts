import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { State } from '../../state.ts'
import type { Snapshot } from './records.ts'

type Place = Pick<Context, 'state' | 'accountId' | 'regionId'>

/**
 * The caller's snapshot: in the region asked for, or in any for a call that takes no RegionId.
 * @throws Fault InvalidSnapshotId.NotFound, with `status` where the operation answers another one
 */
export function snapshotOf(id: string, context: Place, status?: number): Snapshot {
  const snapshot = owned(context.state.snapshots.get(id), context)
  demand(snapshot, 'InvalidSnapshotId.NotFound', 'The specified SnapshotId does not exist.', status)
  return snapshot
}

/**
 * The same, when it is accomplished.
 * @throws Fault InvalidSnapshotId.NotFound, InvalidSnapshotId.NotReady
 */
export function readySnapshotOf(id: string, context: Place, status?: number): Snapshot {
  const snapshot = snapshotOf(id, context, status)
  demand(snapshot.status === 'accomplished', 'InvalidSnapshotId.NotReady', 'The specified snapshot is not accomplished.', 403)
  return snapshot
}

/**
 * The same, when a data disk can be made of it.
 * @throws Fault InvalidSnapshotId.NotFound, InvalidSnapshotId.NotReady, InvalidSnapshotId.NotDataDiskSnapshot
 */
export function dataSnapshotOf(id: string, context: Place, status?: number): Snapshot {
  const snapshot = readySnapshotOf(id, context, status)
  const fits = snapshot.sourceDiskType === 'data'
  demand(fits, 'InvalidSnapshotId.NotDataDiskSnapshot', 'The specified snapshot is not of a data disk.', 403)
  return snapshot
}

/** Disks made from a snapshot, and images. */
export function usersOf(snapshot: Snapshot, state: State): { readonly disk: boolean; readonly image: boolean } {
  return { disk: state.disks.count('snapshot', snapshot.id) > 0, image: imageUses(snapshot, state) }
}

/** Any account's image counts: a copy of a shared one begins with the snapshots of its owner. */
const imageUses = (snapshot: Snapshot, state: State): boolean => state.images.count('snapshot', snapshot.id) > 0
