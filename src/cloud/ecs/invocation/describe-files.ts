import { toSeconds } from '../../../api/time.ts'
import { ecs } from '../../operation.ts'
import type { State } from '../../state.ts'
import { assistantPage } from '../assistant/paging.ts'
import { shownTags, tagTest } from '../tags.ts'
import { equalities, named, passes } from '../values.ts'
import { askedIds } from './describe.ts'
import type { Invocation, Run, SentFile } from './records.ts'

const runView = (run: Run) => ({
  InstanceId: run.instanceId,
  InvocationStatus: run.status,
  CreationTime: toSeconds(run.createdAt),
  StartTime: run.startedAt === undefined ? '' : toSeconds(run.startedAt),
  FinishTime: run.finishedAt === undefined ? '' : toSeconds(run.finishedAt),
  UpdateTime: toSeconds(run.changedAt),
  ErrorCode: run.errorCode,
  ErrorInfo: run.errorInfo,
})

function view({ id, status, createdAt, tags, file }: Invocation & { readonly file: SentFile }, state: State) {
  const runs = state.invocationRuns.by('invocation', id)
  return {
    InvokeId: id,
    Name: file.name,
    Description: file.description,
    TargetDir: file.targetDir,
    Content: file.content,
    ContentType: file.contentType,
    FileOwner: file.owner,
    FileGroup: file.group,
    FileMode: file.mode,
    Overwrite: String(file.overwrite),
    InvocationStatus: status,
    CreationTime: toSeconds(createdAt),
    VmCount: runs.length,
    InvokeInstances: { InvokeInstance: runs.map(runView) },
    Tags: shownTags(tags),
  }
}

const isSent = (invocation: Invocation): invocation is Invocation & { readonly file: SentFile } => invocation.file !== undefined

export const DescribeSendFileResults = ecs(
  'DescribeSendFileResults',
  ['InstanceId', 'InvocationStatus', 'InvokeId', 'MaxResults', 'Name', 'NextToken', 'PageNumber', 'PageSize', 'ResourceGroupId', 'Tag'],
  (input, context) => {
    const { state, accountId, regionId } = context
    const where = passes<Invocation>([
      named(input.Name, ({ file }) => file?.name ?? ''),
      tagTest(input.Tag),
      ...equalities<Invocation, typeof input>(input, {
        InvocationStatus: (invocation) => invocation.status,
        ResourceGroupId: (invocation) => invocation.resourceGroupId,
      }),
    ])
    const by = { kind: 'file' }
    const { rows, fields } = assistantPage(state.invocations.list({ accountId, regionId, ids: askedIds(input, context), by, where }), input)
    return { ...fields, Invocations: { Invocation: rows.filter(isSent).map((one) => view(one, state)) } }
  },
)
