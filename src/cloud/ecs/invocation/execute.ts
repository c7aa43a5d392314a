import type { LifeContext } from '../../lifecycle.ts'
import { filled } from '../command/content.ts'
import type { Instance } from '../records.ts'
import type { Execution, Invocation, Run } from './records.ts'
import { endRun, nothingYet, putRun } from './runs.ts'
import { keptOutput, type Outcome, simulate } from './simulate.ts'

const fileMs = 1_000

/** The script with its parameters and what the service fills in itself. */
function scriptFor(execution: Execution, run: Run, instance: Instance): string {
  if (!execution.enableParameter) return execution.content
  return filled(execution.content, {
    ...execution.parameters,
    'ACS::RegionId': run.regionId,
    'ACS::AccountId': run.accountId,
    'ACS::InstanceId': instance.id,
    'ACS::InstanceName': instance.instanceName,
    'ACS::InvokeId': run.invokeId,
    'ACS::CommandId': execution.commandId,
  })
}

/** What a run will come to, the same whenever it is worked out. */
const outcomeOf = ({ execution }: Invocation, run: Run, instance: Instance): Outcome =>
  execution ? simulate({ content: scriptFor(execution, run, instance) }) : { tookMs: fileMs, exitCode: 0, output: '' }

const timeoutOf = ({ execution, file }: Invocation): number => (execution?.timeout ?? file?.timeout ?? 0) * 1_000

/** Begins a run on an instance that is fit for it. */
export function startRun(run: Run, context: LifeContext): void {
  const { state, now, schedule } = context
  const invocation = state.invocations.get(run.invokeId)
  const instance = state.instances.get(run.instanceId)
  if (invocation === undefined) return
  if (instance === undefined)
    return endRun(run, { status: 'Aborted', errorCode: 'InstanceReleased', errorInfo: 'The instance has been released.' }, context)
  if (instance.status !== 'Running' || instance.releasing)
    return endRun(run, { status: 'Aborted', errorCode: 'InstanceNotRunning', errorInfo: 'The instance is not running.' }, context)
  const { exitCode: _, finishedAt: __, ...before } = run
  putRun({ ...before, ...nothingYet, status: 'Running', startedAt: now, repeats: run.repeats + 1 }, context)
  const { tookMs } = outcomeOf(invocation, run, instance)
  schedule('invocation.ended', run.id, Math.min(tookMs, timeoutOf(invocation)))
}

/** Whether a file lies where another is to go: one that was sent there before. */
function isThere({ file }: Invocation, run: Run, { state }: LifeContext): boolean {
  return state.invocationRuns.by('instance', run.instanceId).some((other) => {
    const sent = state.invocations.get(other.invokeId)?.file
    return other.status === 'Success' && sent !== undefined && sent.targetDir === file?.targetDir && sent.name === file.name
  })
}

/** Ends a run that has taken its time, with what came of it. */
export function finishRun(run: Run, context: LifeContext): void {
  const { state } = context
  const invocation = state.invocations.get(run.invokeId)
  const instance = state.instances.get(run.instanceId)
  if (invocation === undefined) return
  if (instance === undefined)
    return endRun(run, { status: 'Failed', errorCode: 'InstanceReleased', errorInfo: 'The instance has been released.' }, context)
  const interrupted = instance.status !== 'Running' || (instance.startedAt ?? 0) > (run.startedAt ?? 0)
  if (interrupted)
    return endRun(run, { status: 'Failed', errorCode: 'ExecutionInterrupted', errorInfo: 'The run was interrupted.' }, context)
  const { tookMs, exitCode, output } = outcomeOf(invocation, run, instance)
  const kept = keptOutput(output)
  if (tookMs > timeoutOf(invocation))
    return endRun(run, { status: 'Timeout', errorCode: 'ExecutionTimeout', errorInfo: 'The run took too long.', ...kept }, context)
  if (invocation.file && !invocation.file.overwrite && isThere(invocation, run, context))
    return endRun(run, { status: 'Failed', errorCode: 'FileAlreadyExists', errorInfo: 'A file of that name is there.' }, context)
  if (exitCode === 0) return endRun(run, { status: 'Success', exitCode, ...kept }, context)
  endRun(run, { status: 'Failed', errorCode: 'ExitCodeNonzero', errorInfo: `The exit code is ${exitCode}.`, exitCode, ...kept }, context)
}

/** Begins what waits for an instance to start. */
export function runAtBoot(instanceId: string, context: LifeContext): void {
  for (const run of context.state.invocationRuns.by('boot', instanceId)) {
    if (run.status !== 'Scheduled') continue
    const once = context.state.invocations.get(run.invokeId)?.execution?.repeatMode === 'NextRebootOnly'
    const { atBoot: _, ...last } = run
    startRun(once ? last : run, context)
  }
}
