import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { beginTask } from '../task/begin.ts'
import { demandDescription } from '../values.ts'
import { demandRetentionDays, demandSnapshotName } from './create.ts'
import { snapshotOf, usersOf } from './find.ts'
import { isLocked } from './locks.ts'
import { keepFor } from './make.ts'
import type { Snapshot } from './records.ts'

const dayMs = 86_400_000

/**
 * Deletes a snapshot: one still being made as well, which ends that.
 * @throws Fault SnapshotCreatedImage, SnapshotCreatedDisk, OperationDenied (locked; the code is unconfirmed)
 */
export function removeSnapshot(snapshot: Snapshot, force: boolean, { state, now }: Pick<Context, 'state' | 'now'>): void {
  const { disk, image } = usersOf(snapshot, state)
  demand(!image, 'SnapshotCreatedImage', 'The snapshot has been used to create an image.')
  demand(!disk || force, 'SnapshotCreatedDisk', 'The snapshot has been used to create disks.')
  demand(!isLocked(snapshot, now), 'OperationDenied', 'The snapshot is locked.')
  state.agenda.cancel(`snapshot.expired:${snapshot.id}`)
  state.snapshots.delete(snapshot.id)
}

/** A snapshot that is not there is deleted already: no refusal (unconfirmed, the older table of codes has one). */
export const DeleteSnapshot = ecs('DeleteSnapshot', ['SnapshotId', 'Force'], ({ SnapshotId, Force }, context) => {
  const snapshot = owned(context.state.snapshots.get(SnapshotId), context)
  if (snapshot) removeSnapshot(snapshot, Force === true, context)
  return {}
})

export const ModifySnapshotAttribute = ecs(
  'ModifySnapshotAttribute',
  ['SnapshotId', 'SnapshotName', 'Description', 'RetentionDays', 'DisableInstantAccess'],
  ({ SnapshotId, SnapshotName, Description, RetentionDays, DisableInstantAccess }, context) => {
    const snapshot = snapshotOf(SnapshotId, context)
    const given = [SnapshotName, Description, RetentionDays, DisableInstantAccess].some((value) => value !== undefined)
    demand(given, 'NoAttributeToModify', 'No attribute to be modified in this request.', 400)
    demandSnapshotName(SnapshotName, 'SnapshotName')
    demandDescription(Description, 'Description', 'InvalidDescription.Malformed', 404)
    demandRetentionDays(RetentionDays)
    const changed = context.state.snapshots.put({
      ...snapshot,
      snapshotName: SnapshotName || snapshot.snapshotName,
      description: Description ?? snapshot.description,
      retentionDays: RetentionDays ?? snapshot.retentionDays,
      instantAccess: snapshot.instantAccess && DisableInstantAccess !== true,
      instantAccessRetentionDays: DisableInstantAccess ? undefined : snapshot.instantAccessRetentionDays,
      modifiedAt: context.now,
    })
    if (RetentionDays !== undefined) keepFor(changed, context)
    return {}
  },
)

/** A standard snapshot can be archived once it is so old. */
const archivedAfterDays = 14
const archiveMs = 60_000

export const ModifySnapshotCategory = ecs(
  'ModifySnapshotCategory',
  ['SnapshotId', 'Category', 'RetentionDays'],
  ({ SnapshotId, Category, RetentionDays }, context) => {
    const snapshot = snapshotOf(SnapshotId, context)
    demand(
      Category === 'Archive' || Category === 'Standard',
      'InvalidSnapshotCategory.Malformed',
      'The specified Category is not valid.',
      403,
    )
    demandRetentionDays(RetentionDays)
    demand(snapshot.status === 'accomplished', 'InvalidSnapshotId.NotReady', 'The specified snapshot is not accomplished.', 403)
    const old = context.now - snapshot.createdAt >= archivedAfterDays * dayMs
    demand(Category === 'Standard' || old, 'OperationDenied', `A snapshot can be archived once it is ${archivedAfterDays} days old.`)
    const retentionDays = RetentionDays ?? snapshot.retentionDays
    keepFor(context.state.snapshots.put({ ...snapshot, category: Category, retentionDays, modifiedAt: context.now }), context)
    // The answer's category changes at once; the task goes on for a while (unconfirmed).
    const { id: resourceId, accountId, regionId } = snapshot
    return { TaskId: beginTask({ accountId, regionId, action: 'ArchiveSnapshot', resourceId }, archiveMs, context).id }
  },
)
