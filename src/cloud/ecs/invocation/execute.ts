import type { LifeContext } from '../../lifecycle.ts'
import type { State } from '../../state.ts'
import { filled } from '../command/content.ts'
import type { Ending, ScriptRun } from './executor.ts'
import type { Execution, Invocation, Run, RunResult } from './records.ts'
import { endRun, nothingYet, putRun } from './runs.ts'
import { keptOutput, type Outcome, simulate } from './simulate.ts'
import { type Target, targetOf } from './targets.ts'

const fileMs = 1_000

/** The script with its parameters and what the service fills in itself. */
function scriptFor(execution: Execution, run: Run, target: Target): string {
  if (!execution.enableParameter) return execution.content
  return filled(execution.content, {
    ...execution.parameters,
    'ACS::RegionId': run.regionId,
    'ACS::AccountId': run.accountId,
    'ACS::InstanceId': target.id,
    'ACS::InstanceName': target.name,
    'ACS::InvokeId': run.invokeId,
    'ACS::CommandId': execution.commandId,
  })
}

/** What a simulated run will come to, the same whenever it is worked out. */
const outcomeOf = ({ execution }: Invocation, run: Run, target: Target): Outcome =>
  execution ? simulate({ content: scriptFor(execution, run, target) }) : { tookMs: fileMs, exitCode: 0, output: '' }

const timeoutOf = ({ execution, file }: Invocation): number => (execution?.timeout ?? file?.timeout ?? 0) * 1_000

/** Begins a run on an instance that is fit for it. An executor has it once this is final; `invocation.ended` is for when it is lost. */
export function startRun(run: Run, context: LifeContext): void {
  const { state, now, schedule } = context
  const invocation = state.invocations.get(run.invokeId)
  const target = targetOf(run.instanceId, state)
  if (invocation === undefined) return
  if (target === undefined)
    return endRun(run, { status: 'Aborted', errorCode: 'InstanceReleased', errorInfo: 'The instance has been released.' }, context)
  if (!target.ready)
    return endRun(run, { status: 'Aborted', errorCode: 'InstanceNotRunning', errorInfo: 'The instance is not running.' }, context)
  const { exitCode: _, finishedAt: __, executor: ___, ...before } = run
  const executed = invocation.execution !== undefined && state.executions !== undefined
  const begun = { ...before, ...nothingYet, status: 'Running', startedAt: now, repeats: run.repeats + 1 } as const
  putRun({ ...begun, ...(executed && { executor: true }) }, context)
  const takes = executed ? timeoutOf(invocation) : Math.min(outcomeOf(invocation, run, target).tookMs, timeoutOf(invocation))
  schedule('invocation.ended', run.id, takes)
}

/** Whether a file lies where another is to go: one that was sent there before. */
function isThere({ file }: Invocation, run: Run, { state }: LifeContext): boolean {
  return state.invocationRuns.by('instance', run.instanceId).some((other) => {
    const sent = state.invocations.get(other.invokeId)?.file
    return other.status === 'Success' && sent !== undefined && sent.targetDir === file?.targetDir && sent.name === file.name
  })
}

/** What became of a run whose instance did not stay as it was; undefined where it did. */
function interruption(run: Run, target: Target | undefined): Pick<RunResult, 'status' | 'errorCode' | 'errorInfo'> | undefined {
  if (target === undefined) return { status: 'Failed', errorCode: 'InstanceReleased', errorInfo: 'The instance has been released.' }
  if (target.ready && target.startedAt <= (run.startedAt ?? 0)) return undefined
  return { status: 'Failed', errorCode: 'ExecutionInterrupted', errorInfo: 'The run was interrupted.' }
}

const late = { status: 'Timeout', errorCode: 'ExecutionTimeout', errorInfo: 'The run took too long.' } as const

/** The result of a script that came to its end. */
function resultOf(exitCode: number, output: string) {
  const kept = { exitCode, ...keptOutput(output) }
  if (exitCode === 0) return { status: 'Success', ...kept } as const
  return { status: 'Failed', errorCode: 'ExitCodeNonzero', errorInfo: `The exit code is ${exitCode}.`, ...kept } as const
}

/** Ends a run that has taken its time, with what came of it. One that an executor had and that was lost with its process is interrupted. */
export function finishRun(run: Run, context: LifeContext): void {
  const { state } = context
  const invocation = state.invocations.get(run.invokeId)
  const target = targetOf(run.instanceId, state)
  if (invocation === undefined || state.executions?.has(run.id)) return
  const interrupted = interruption(run, target)
  if (interrupted) return endRun(run, interrupted, context)
  if (run.executor || target === undefined)
    return endRun(run, { status: 'Failed', errorCode: 'ExecutionInterrupted', errorInfo: 'The run was lost.' }, context)
  const { tookMs, exitCode, output } = outcomeOf(invocation, run, target)
  if (tookMs > timeoutOf(invocation)) return endRun(run, { ...late, ...keptOutput(output) }, context)
  if (invocation.file && !invocation.file.overwrite && isThere(invocation, run, context))
    return endRun(run, { status: 'Failed', errorCode: 'FileAlreadyExists', errorInfo: 'A file of that name is there.' }, context)
  endRun(run, resultOf(exitCode, output), context)
}

/** What an executor is asked for a run; undefined when it does not run any more. */
export function executionFor(runId: string, state: State): Omit<ScriptRun, 'signal'> | undefined {
  const run = state.invocationRuns.get(runId)
  const execution = run && state.invocations.get(run.invokeId)?.execution
  const target = run && targetOf(run.instanceId, state)
  if (run?.status !== 'Running' || execution === undefined || target === undefined) return undefined
  const { id: instanceId, name: instanceName, regionId, accountId, os, privateIpAddress, publicIpAddress } = target
  return {
    instance: { instanceId, instanceName, regionId, accountId, os, privateIpAddress, publicIpAddress },
    invokeId: run.invokeId,
    type: execution.type,
    script: scriptFor(execution, run, target),
    user: execution.username,
    workingDir: execution.workingDir,
    timeoutMs: execution.timeout * 1_000,
  }
}

/** Ends a run as its executor says, unless it was ended before. */
export function finishExecuted(runId: string, ended: Ending, context: LifeContext): void {
  const { state, now } = context
  const run = state.invocationRuns.get(runId)
  if (run?.status !== 'Running') return
  state.agenda.cancel(`invocation.ended:${runId}`)
  const interrupted = interruption(run, targetOf(run.instanceId, state))
  if (interrupted) return endRun(run, interrupted, context)
  if (ended.how === 'late') return endRun(run, late, context)
  if (ended.how === 'interrupted')
    return endRun(run, { status: 'Failed', errorCode: 'ExecutionInterrupted', errorInfo: 'The run was interrupted.' }, context)
  if (ended.how === 'failed') return endRun(run, { status: 'Failed', errorCode: 'ExecutionException', errorInfo: ended.reason }, context)
  const startedAt = Math.min(Math.max(ended.startedAt ?? run.startedAt ?? now, run.createdAt), now)
  endRun(run, { ...resultOf(ended.exitCode, ended.output), startedAt }, context)
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
