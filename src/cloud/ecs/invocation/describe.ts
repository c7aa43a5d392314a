import { toSeconds } from '../../../api/time.ts'
import { type Context, ecs } from '../../operation.ts'
import type { State } from '../../state.ts'
import { assistantPage } from '../assistant/paging.ts'
import { shownText } from '../command/content.ts'
import { shownTags, tagTest } from '../tags.ts'
import { demandOneOf, equalities, named, passes } from '../values.ts'
import type { Execution, Invocation, Run, RunResult } from './records.ts'
import { olderRunStatus, olderStatus } from './status.ts'

const shownTime = (ms: number | undefined): string => (ms === undefined ? '' : toSeconds(ms))

/** There is no delivery to OSS here. */
const noDelivery = { OssOutputErrorCode: '', OssOutputErrorInfo: '', OssOutputStatus: '', OssOutputUri: '' } as const

interface Shown {
  readonly ContentEncoding?: string | undefined
  readonly IncludeOutput?: boolean | undefined
}

const runView = (run: Run, timed: boolean, { ContentEncoding, IncludeOutput }: Shown) => ({
  InstanceId: run.instanceId,
  InvocationStatus: run.status,
  InstanceInvokeStatus: olderRunStatus(run.status),
  CreationTime: toSeconds(run.createdAt),
  StartTime: shownTime(run.startedAt),
  FinishTime: shownTime(run.finishedAt),
  StopTime: shownTime(run.stoppedAt),
  UpdateTime: toSeconds(run.changedAt),
  Repeats: run.repeats,
  Timed: timed,
  Output: IncludeOutput ? shownText(run.output, ContentEncoding) : '',
  Dropped: run.dropped,
  ...(run.exitCode !== undefined && { ExitCode: run.exitCode }),
  ErrorCode: run.errorCode,
  ErrorInfo: run.errorInfo,
  ...noDelivery,
})

function view({ id, status, execution, createdAt, tags }: Invocation & { readonly execution: Execution }, state: State, shown: Shown) {
  const timed = execution.repeatMode === 'Period'
  return {
    InvokeId: id,
    CommandId: execution.commandId,
    CommandName: execution.name,
    CommandType: execution.type,
    CommandDescription: execution.description,
    CommandContent: shownText(execution.content, shown.ContentEncoding),
    InvokeStatus: olderStatus(status),
    InvocationStatus: status,
    RepeatMode: execution.repeatMode,
    Timed: timed,
    Frequency: execution.frequency,
    Parameters: JSON.stringify(execution.parameters),
    Timeout: execution.timeout,
    WorkingDir: execution.workingDir,
    Username: execution.username,
    Launcher: execution.launcher,
    TerminationMode: execution.terminationMode,
    ContainerId: execution.containerId,
    ContainerName: execution.containerName,
    OssOutputDelivery: '',
    CreationTime: toSeconds(createdAt),
    InvokeInstances: { InvokeInstance: state.invocationRuns.by('invocation', id).map((run) => runView(run, timed, shown)) },
    Tags: shownTags(tags),
  }
}

/** The ids of the invocations that are asked for, by their own and by an instance they run on. */
export function askedIds(
  { InvokeId, InstanceId }: { readonly InvokeId?: string | undefined; readonly InstanceId?: string | undefined },
  { state }: Pick<Context, 'state'>,
): readonly string[] | undefined {
  if (!InstanceId) return InvokeId ? [InvokeId] : undefined
  const ids = state.invocationRuns.by('instance', InstanceId).map((run) => run.invokeId)
  return InvokeId ? ids.filter((id) => id === InvokeId) : ids
}

const isExecuted = (invocation: Invocation): invocation is Invocation & { readonly execution: Execution } =>
  invocation.execution !== undefined
const demandEncoding = (encoding: string | undefined) =>
  demandOneOf(encoding, ['PlainText', 'Base64'], 'ContentEncoding', 'InvalidParameter')

export const DescribeInvocations = ecs(
  'DescribeInvocations',
  [
    'CommandId',
    'CommandName',
    'CommandType',
    'ContentEncoding',
    'IncludeOutput',
    'InstanceId',
    'InvokeId',
    'InvokeStatus',
    'MaxResults',
    'NextToken',
    'PageNumber',
    'PageSize',
    'RepeatMode',
    'ResourceGroupId',
    'Tag',
    'Timed',
  ],
  (input, context) => {
    const { state, accountId, regionId } = context
    demandEncoding(input.ContentEncoding)
    const { InvokeStatus: asked = '' } = input
    const where = passes<Invocation>([
      named(input.CommandName, ({ execution }) => execution?.name ?? ''),
      tagTest(input.Tag),
      asked === '' ? undefined : ({ status }) => status === asked || olderStatus(status) === asked,
      ...equalities<Invocation, typeof input>(input, {
        CommandType: ({ execution }) => execution?.type,
        RepeatMode: ({ execution }) => execution?.repeatMode,
        Timed: ({ execution }) => execution?.repeatMode === 'Period',
        ResourceGroupId: (invocation) => invocation.resourceGroupId,
      }),
    ])
    const by = { kind: 'command', command: input.CommandId || undefined }
    const { rows, fields } = assistantPage(state.invocations.list({ accountId, regionId, ids: askedIds(input, context), by, where }), input)
    return { ...fields, Invocations: { Invocation: rows.filter(isExecuted).map((one) => view(one, state, input)) } }
  },
)

const resultView = (run: Run, result: RunResult, invocation: Invocation | undefined, encoding: string | undefined) => ({
  InvokeId: run.invokeId,
  InstanceId: run.instanceId,
  CommandId: invocation?.execution?.commandId ?? '',
  InvocationStatus: result.status,
  InvokeRecordStatus: olderRunStatus(result.status),
  StartTime: shownTime(result.startedAt),
  FinishedTime: shownTime(result.finishedAt),
  StopTime: shownTime(result.stoppedAt),
  Repeats: run.repeats,
  Output: shownText(result.output, encoding),
  Dropped: result.dropped,
  ...(result.exitCode !== undefined && { ExitCode: result.exitCode }),
  ErrorCode: result.errorCode,
  ErrorInfo: result.errorInfo,
  Username: invocation?.execution?.username ?? '',
  Launcher: invocation?.execution?.launcher ?? '',
  TerminationMode: invocation?.execution?.terminationMode ?? '',
  ContainerId: invocation?.execution?.containerId ?? '',
  ContainerName: invocation?.execution?.containerName ?? '',
  OssOutputDelivery: '',
  ...noDelivery,
  Tags: shownTags(invocation?.tags ?? []),
})

interface Result {
  readonly run: Run
  readonly result: RunResult
}

/** With IncludeHistory the runs before the last one are listed after it. */
export const DescribeInvocationResults = ecs(
  'DescribeInvocationResults',
  [
    'CommandId',
    'ContentEncoding',
    'IncludeHistory',
    'InstanceId',
    'InvokeId',
    'InvokeRecordStatus',
    'MaxResults',
    'NextToken',
    'PageNumber',
    'PageSize',
    'ResourceGroupId',
    'Tag',
  ],
  (input, { state, accountId, regionId }) => {
    demandEncoding(input.ContentEncoding)
    const of = (run: Run) => state.invocations.get(run.invokeId)
    const tags = tagTest(input.Tag)
    const where = passes<Run>([
      tags && ((run) => tags({ tags: of(run)?.tags ?? [] })),
      ...equalities<Run, typeof input>(input, {
        CommandId: (run) => of(run)?.execution?.commandId,
        ResourceGroupId: (run) => of(run)?.resourceGroupId,
        InvokeRecordStatus: (run) => olderRunStatus(run.status),
      }),
    ])
    const by = { kind: 'command', invocation: input.InvokeId || undefined, instance: input.InstanceId || undefined }
    const runs = state.invocationRuns.list({ accountId, regionId, by, where })
    const results = (run: Run): Result[] => [
      { run, result: run },
      ...(input.IncludeHistory ? run.history.map((result) => ({ run, result })) : []),
    ]
    const all = input.IncludeHistory ? runs.slice(0, runs.length).flatMap(results) : undefined
    const plain = { length: runs.length, slice: (start: number, end: number) => runs.slice(start, end).flatMap(results) }
    const { rows, fields } = assistantPage(all ?? plain, input)
    const shown = rows.map(({ run, result }) => resultView(run, result, of(run), input.ContentEncoding))
    return { Invocation: { ...fields, InvocationResults: { InvocationResult: shown } } }
  },
)
