import { parseTime, toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { demandOneOf, equalities, passes, type Test } from '../values.ts'
import type { Task } from './records.ts'

const actions = [
  'ImportImage',
  'ExportImage',
  'RedeployInstance',
  'ModifyDiskSpec',
  'ModifyDiskDeployment',
  'ArchiveSnapshot',
  'ModifyInstanceNetworkOptions',
  'ModifyInstanceClockOptions',
  'ExportSnapshot',
  'CloneDisks',
]
const statuses = ['Waiting', 'Processing', 'Finished', 'Failed', 'Deleted', 'Paused']
const mostIds = 100

/** The tasks that CancelTask ends. */
export const isCancellable = ({ action }: Task): boolean => action === 'ImportImage' || action === 'ExportImage'

/** @throws Fault InvalidTaskId.NotFound */
export function taskOf(id: string, context: Context): Task {
  const task = owned(context.state.tasks.get(id), context)
  demand(task, 'InvalidTaskId.NotFound', 'The specified TaskId does not exist.')
  return task
}

const view = (task: Task) => ({
  TaskId: task.id,
  TaskAction: task.action,
  TaskStatus: task.status,
  SupportCancel: isCancellable(task) ? 'true' : 'false',
  CreationTime: toSeconds(task.createdAt),
  FinishedTime: task.finishedAt === undefined ? '' : toSeconds(task.finishedAt),
})

/** Under way it never says 100 %. */
function progressOf({ status, createdAt, readyAt }: Task, now: number): string {
  if (status === 'Finished') return '100%'
  const percent = Math.floor((100 * (now - createdAt)) / Math.max(1, readyAt - createdAt))
  return `${Math.min(99, percent)}%`
}

/** What a resource of a task is called, by what the task does. */
const nouns = {
  ImportImage: 'ImageId',
  ExportImage: 'ImageId',
  RedeployInstance: 'InstanceId',
  ModifyDiskSpec: 'DiskId',
  ModifyDiskDeployment: 'DiskId',
  ArchiveSnapshot: 'SnapshotId',
  ModifyInstanceNetworkOptions: 'InstanceId',
  ModifyInstanceClockOptions: 'InstanceId',
  ExportSnapshot: 'SnapshotId',
  CloneDisks: 'DiskId',
} as const

export const DescribeTaskAttribute = ecs('DescribeTaskAttribute', ['TaskId'], ({ TaskId }, context) => {
  const task = taskOf(TaskId, context)
  const [failed, succeeded] = [task.status === 'Failed', task.status === 'Finished']
  return {
    ...view(task),
    RegionId: task.regionId,
    TaskProcess: progressOf(task, context.now),
    TotalCount: 1,
    SuccessCount: succeeded ? 1 : 0,
    FailedCount: failed ? 1 : 0,
    OperationProgressSet: {
      OperationProgress: [
        {
          OperationStatus: failed ? 'Failed' : succeeded ? 'Success' : '',
          ErrorCode: task.errorCode,
          ErrorMsg: task.errorMessage,
          RelatedItemSet: { RelatedItem: [{ Name: nouns[task.action], Value: task.resourceId }] },
        },
      ],
    },
  }
})

function timeOf(text: string | undefined, parameter: string): number | undefined {
  if (!text) return undefined
  const at = parseTime(text)
  demand(at !== undefined, 'InvalidParameter', `The specified ${parameter} is not valid.`)
  return at
}

export const DescribeTasks = ecs(
  'DescribeTasks',
  ['TaskIds', 'TaskAction', 'TaskStatus', 'TaskGroupId', 'ResourceIds', 'StartTime', 'EndTime', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.TaskAction, actions, 'TaskAction', 'InvalidParameter')
    demandOneOf(input.TaskStatus, statuses, 'TaskStatus', 'InvalidParameter')
    const ids = input.TaskIds ? input.TaskIds.split(',', mostIds + 1).map((id) => id.trim()) : undefined
    const resources = input.ResourceIds?.length ? new Set(input.ResourceIds) : undefined
    const few = Math.max(ids?.length ?? 0, resources?.size ?? 0) <= mostIds
    demand(few, 'InvalidParameter', `At most ${mostIds} TaskIds and ResourceIds can be given.`)
    const [since, until] = [timeOf(input.StartTime, 'StartTime'), timeOf(input.EndTime, 'EndTime')]
    const tests: Test<Task>[] = [
      resources && ((task) => resources.has(task.resourceId)),
      since === undefined ? undefined : (task) => task.createdAt >= since,
      until === undefined ? undefined : (task) => task.createdAt <= until,
      ...equalities<Task, typeof input>(input, {
        TaskAction: (task) => task.action,
        TaskStatus: (task) => task.status,
        TaskGroupId: (task) => task.groupId,
      }),
    ]
    const found = state.tasks.list({ accountId, regionId, ids, where: passes(tests) })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const { NextToken: _token, ...counts } = fields
    return { TaskSet: { Task: rows.map((task) => ({ ...view(task), ResourceId: task.resourceId })) }, RegionId: regionId, ...counts }
  },
)
