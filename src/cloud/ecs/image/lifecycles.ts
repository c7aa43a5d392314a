import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { nextCopies } from './copy.ts'
import type { Image } from './records.ts'

/** Whether what an image is made of is still there: the instance, and every snapshot. */
function isWhole({ instanceId, disks }: Image, { state }: Pick<LifeContext, 'state'>): boolean {
  const there = instanceId === undefined || state.instances.get(instanceId) !== undefined
  return there && disks.every(({ snapshotId }) => snapshotId === '' || state.snapshots.get(snapshotId)?.status === 'accomplished')
}

export const lifecycles: Lifecycles = {
  'image.created': (subject, context) => {
    const image = context.state.images.get(subject)
    if (image?.status !== 'Creating') return
    const whole = isWhole(image, context)
    const { instanceId: _instance, importTaskId: _task, ...done } = image
    context.state.images.put({ ...done, status: whole ? 'Available' : 'CreateFailed' })
    if (image.source) nextCopies(image, context)
  },
  'image.exported': (subject, { state }) => {
    const image = state.images.get(subject)
    if (image === undefined) return
    const { exportTaskId: _task, ...free } = image
    state.images.put(free)
  },
}
