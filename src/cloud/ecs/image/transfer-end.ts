import type { LifeContext } from '../../lifecycle.ts'
import type { Task } from '../task/records.ts'
import type { Image } from './records.ts'
import { removeImage } from './remove.ts'

/** What is left of an import or export that is cancelled: an imported image goes with its snapshots, an exported one is free again. */
export function abandonTransfer(task: Task, context: LifeContext): void {
  const { state } = context
  const image = state.images.get(task.resourceId)
  if (image === undefined) return
  if (image.importTaskId === task.id) {
    for (const { snapshotId } of image.disks) if (snapshotId) state.snapshots.delete(snapshotId)
    removeImage(image, context)
    return
  }
  const { exportTaskId, ...free } = image
  if (exportTaskId !== task.id) return
  state.agenda.cancel(`image.exported:${image.id}`)
  state.images.put(free satisfies Image)
}
