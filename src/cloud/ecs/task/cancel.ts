import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { abandonTransfer } from '../image/transfer-end.ts'
import { endTask } from './begin.ts'
import { isCancellable, taskOf } from './describe.ts'

/** Ends an import, whose image goes then, or an export. Other tasks go on to their end. */
export const CancelTask = ecs('CancelTask', ['TaskId'], ({ TaskId }, context) => {
  const task = taskOf(TaskId, context)
  demand(isCancellable(task), 'InvalidTaskId.TaskActionNotSupport', 'The task cannot be cancelled.')
  demand(
    task.status === 'Processing',
    'InvalidTaskId.IncorrectTaskStatus',
    'The current status of the task does not support this operation.',
  )
  abandonTransfer(task, context)
  endTask(task.id, 'Deleted', context)
  return {}
})
