import { demand } from '../../fault.ts'
import { quotaOf } from '../../market/quotas.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { assistantId } from '../assistant/ids.ts'
import { storeCommand } from '../command/commands.ts'
import { contentLimits, encoded, encodingOf, filled, parameterNames, readValues, textOf } from '../command/content.ts'
import { addRuns, scheduleNext } from './begin.ts'
import { isFrequency } from './frequency.ts'
import type { Execution, Invocation } from './records.ts'
import { putRun } from './runs.ts'
import { hasEnded } from './status.ts'
import { demandReady, fits, namedTargets } from './targets.ts'

const mostTargets = 100

/** The caller's invocation that goes on by itself. @throws Fault InvalidInvokeId.NotFound, InvalidOperation.… */
function ongoing(id: string, context: Context): Invocation & { readonly execution: Execution } {
  const invocation = owned(context.state.invocations.get(id), context)
  demand(invocation?.execution, 'InvalidInvokeId.NotFound', 'The specified InvokeId does not exist.', 404)
  const { execution } = invocation
  const repeats = execution.repeatMode !== 'Once'
  demand(repeats, 'InvalidOperation.RepeatModeUnsupported', 'The repeat mode of the invocation does not allow this operation.')
  const ended = context.state.invocationRuns.by('invocation', id).every((run) => hasEnded(run.status))
  demand(!ended, 'InvalidOperation.InvokeAlreadyFinished', 'The invocation has finished.')
  return { ...invocation, execution }
}

interface Script {
  readonly CommandContent?: string | undefined
  readonly ContentEncoding?: string | undefined
  readonly EnableParameter?: boolean | undefined
  readonly Parameters?: Readonly<Record<string, unknown>> | undefined
}

const codes = {
  count: 'InvalidParameters.CountLimitExceeded',
  keyLength: 'InvalidParameters.KeyLengthLimitExceeded',
  match: 'InvalidParameters.KeyNotMatch',
}

/** The script after a change; Parameters count only with EnableParameter. */
function changedScript(before: Execution, { CommandContent, ContentEncoding, EnableParameter, Parameters }: Script, most: number) {
  const content = CommandContent ? textOf(CommandContent, encodingOf(ContentEncoding, 'PlainText')) : before.content
  demand(content, 'InvalidCommandContent.DecodeError', 'The specified CommandContent cannot be decoded.')
  const enableParameter = EnableParameter || before.enableParameter
  const given = EnableParameter ? (Parameters ?? before.parameters) : before.parameters
  const names = enableParameter ? parameterNames(content) : []
  const kept = Object.fromEntries(Object.entries(given).filter(([name]) => EnableParameter === true || names.includes(name)))
  demand(!Object.hasOwn(kept, ''), 'InvalidParameters.KeyEmpty', 'The key of a parameter is empty.')
  const parameters = enableParameter ? readValues(kept, names, codes) : {}
  const bytes = encoded(filled(content, parameters)).length
  demand(bytes <= most, 'InvalidCommandContent.LengthLimitExceeded', 'The length of the specified CommandContent exceeds the limit.')
  return { content, enableParameter, parameters }
}

/** A changed content is another command: a stored one where the former was, an id that names nothing otherwise. */
function commandFor(changed: Execution, before: Execution, invocation: Invocation, context: Context): string {
  const { state, accountId, regionId, random } = context
  if (changed.content === before.content) return before.commandId
  if (owned(state.commands.get(before.commandId), context) === undefined) return assistantId('c', regionId, random)
  const held = state.commands.list({ accountId, regionId }).length
  demand(held < quotaOf('max-axt-command-count', context), 'CommandLimitExceeded', 'The number of commands exceeds the limit.')
  const { name, type, content, description, workingDir, timeout, enableParameter, launcher } = changed
  const script = { name, type, content, description, workingDir, timeout, enableParameter, launcher }
  return storeCommand(script, { ResourceGroupId: invocation.resourceGroupId }, context).id
}

/** Adds instances; those that are there already stay as they are. */
function addTargets(invocation: Invocation & { readonly execution: Execution }, ids: readonly string[], context: Context): void {
  const runs = context.state.invocationRuns.by('invocation', invocation.id)
  const added = [...new Set(ids)].filter((id) => !runs.some((run) => run.instanceId === id))
  const count = runs.length + added.length
  demand(count <= mostTargets, 'InvalidInstanceId.CountLimitExceeded', `At most ${mostTargets} instances are possible.`)
  const targets = namedTargets(added, context, 'InvalidInstanceId.NotFound', 404)
  const fitting = fits(invocation.execution.type, targets)
  demand(fitting, 'InvalidInstanceId.OSTypeUnsupported', 'The operating system of an instance does not support the type of the command.')
  demandReady(targets)
  addRuns(invocation, targets, context)
  const [first] = context.state.invocationRuns.by('invocation', invocation.id)
  // The status of the whole is made anew from all of them.
  if (first) putRun(first, context)
}

/** A run that goes on comes to its end with the script that it began with only where an executor has it (unconfirmed). */
export const ModifyInvocationAttribute = ecs(
  'ModifyInvocationAttribute',
  ['CommandContent', 'ContentEncoding', 'EnableParameter', 'Frequency', 'InstanceId', 'InvokeId', 'Parameters'],
  (input, context) => {
    const { state, now } = context
    const invocation = ongoing(input.InvokeId, context)
    const before = invocation.execution
    const stored = owned(state.commands.get(before.commandId), context) !== undefined
    const script = changedScript(before, input, stored ? contentLimits.stored : contentLimits.passing)
    const frequency = before.repeatMode === 'Period' && input.Frequency ? input.Frequency : before.frequency
    const due = frequency === before.frequency || isFrequency(frequency, now, before.timeout * 1_000)
    demand(due, 'InvalidParameter.Frequency', 'The specified Frequency is not valid.')
    const changed = { ...before, ...script, frequency }
    const execution = { ...changed, commandId: commandFor(changed, before, invocation, context) }
    const after = { ...invocation, execution }
    state.invocations.put(after)
    if (frequency !== before.frequency) scheduleNext(after, context)
    if (input.InstanceId?.length) addTargets(after, input.InstanceId, context)
    return { CommandId: execution.commandId }
  },
)
