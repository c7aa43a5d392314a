import type * as Ecs from '../../api/generated/ecs.ts'
import { inParts } from '../networks/in-parts.ts'
import type { Noun } from '../select/select.ts'

/** A run of a command, on one instance or many, as DescribeInvocations answers it. */
export type Run = Ecs.Items['DescribeInvocations']

/** InvocationStatus says Success where the older InvokeStatus says Finished. */
export const statusOf = ({ InvocationStatus, InvokeStatus }: Run): string => InvocationStatus || InvokeStatus

/** An invocation may go on in these states. Scheduled is one that waits for its time, again and again. */
export const openStates: readonly string[] = ['Pending', 'Scheduled', 'Running', 'Stopping']

/** The instances that a run is on. */
export const instancesIn = ({ InvokeInstances }: Run) => InvokeInstances?.InvokeInstance ?? []

/** Runs of commands on the command line. */
export const invocations: Noun<Run> = {
  one: { en: 'run', zh: '执行任务' },
  many: { en: 'runs', zh: '个执行任务' },
  prefix: 't-',
  id: ({ InvokeId }) => InvokeId,
  name: ({ CommandName }) => CommandName,
  columns: [
    { head: { en: 'ID', zh: '执行 ID' }, cell: ({ InvokeId }) => InvokeId },
    { head: { en: 'STATUS', zh: '状态' }, cell: statusOf },
    { head: { en: 'INSTANCES', zh: '实例数' }, cell: (run) => instancesIn(run).length },
    { head: { en: 'COMMAND', zh: '命令' }, cell: ({ CommandName, CommandId }) => CommandName || CommandId },
    { head: { en: 'REPEAT', zh: '执行方式' }, cell: ({ RepeatMode, Frequency }) => Frequency || RepeatMode },
    { head: { en: 'BEGAN', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime },
    { head: { en: 'USER', zh: '执行用户' }, cell: ({ Username }) => Username, extra: true },
    { head: { en: 'TIMEOUT', zh: '超时（秒）' }, cell: ({ Timeout }) => Timeout, extra: true },
  ],
  filters: {
    status: {
      parameter: 'InvokeStatus',
      choices: ['Running', 'Finished', 'Success', 'Failed', 'PartialFailed', 'Stopped', 'Stopping', 'Pending', 'Scheduled'],
    },
    instance: { parameter: 'InstanceId', names: 'instance' },
    command: { parameter: 'CommandId', names: 'command' },
    name: { parameter: 'CommandName' },
    repeat: { parameter: 'RepeatMode', choices: ['Once', 'Period', 'NextRebootOnly', 'EveryReboot'] },
  },
  // A call takes one id.
  read: ({ ecs }, input, signal) => inParts(input, 'InvokeId', 1, (part) => ecs.paginate('DescribeInvocations', part, { signal })),
  withIds: (ids) => ({ InvokeId: ids.join(',') }),
  withName: (CommandName) => ({ CommandName }),
}
