import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { bucketForm, transferMs } from '../image/transfer.ts'
import { beginTask } from '../task/begin.ts'
import { readySnapshotOf } from './find.ts'

/** Exports to a bucket, into which nothing is written here: the task alone tells of it. RoleName is taken as a role that may write there. */
export const ExportSnapshot = ecs('ExportSnapshot', ['SnapshotId', 'OssBucket', 'RoleName'], (input, context) => {
  const snapshot = readySnapshotOf(input.SnapshotId, context)
  demand(bucketForm.test(input.OssBucket), 'InvalidOSSBucket.NotFound', 'The specified OssBucket does not exist.')
  // As it is with images (unconfirmed).
  demand(!snapshot.encrypted, 'ImageNotSupported', 'An encrypted snapshot cannot be exported.')
  const { id, accountId, regionId, sourceDiskSize } = snapshot
  const task = beginTask({ accountId, regionId, action: 'ExportSnapshot', resourceId: id }, transferMs(sourceDiskSize), context)
  return { TaskId: task.id }
})
