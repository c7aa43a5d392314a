import type { LifeContext } from '../../lifecycle.ts'
import type { Run, RunResult, RunStatus } from './records.ts'
import { hasEnded, overall } from './status.ts'

/**
 * Milliseconds of the cloud's time from the call to the start of a run, and from a stop to its end (both unconfirmed), and how long
 * an invocation is kept after its end: 30 days.
 */
export const invocationTimes = { start: 1_000, stop: 1_000, kept: 30 * 86_400_000 } as const

/** Runs on one instance whose results are kept beside the one that counts (how many is unconfirmed). */
const mostHistory = 10

export const nothingYet = { output: '', dropped: 0, errorCode: '', errorInfo: '' } as const

type Life = Pick<LifeContext, 'state' | 'now' | 'schedule'>

/** Puts a run and makes its invocation's status from all of them; one that has ended is forgotten in its time. */
export function putRun(run: Run, context: Life): void {
  const { state, now, schedule } = context
  state.invocationRuns.put({ ...run, changedAt: now })
  const invocation = state.invocations.get(run.invokeId)
  if (invocation === undefined) return
  const all = state.invocationRuns.by('invocation', run.invokeId).map((one) => one.status)
  const status = overall(all)
  if (status !== invocation.status) state.invocations.put({ ...invocation, status })
  if (!all.every(hasEnded)) return
  state.agenda.cancel(`invocation.due:${invocation.id}`)
  schedule('invocation.forgotten', invocation.id, invocationTimes.kept)
}

/** Whether it will be run again by itself. */
function comesAgain({ invokeId, atBoot }: Run, { state }: Life): boolean {
  return atBoot === true || state.agenda.has(`invocation.due:${invokeId}`)
}

/** Ends a run: for good, or until it comes again. A released instance's ends for good. */
export function endRun(run: Run, result: Partial<RunResult> & { readonly status: RunStatus }, context: Life): void {
  const { output, dropped, exitCode, errorCode, errorInfo, startedAt, stoppedAt } = { ...run, ...result }
  const ended: RunResult = {
    status: result.status,
    output,
    dropped,
    errorCode,
    errorInfo,
    finishedAt: context.now,
    ...(startedAt !== undefined && { startedAt }),
    ...(stoppedAt !== undefined && { stoppedAt }),
    ...(exitCode !== undefined && { exitCode }),
  }
  const again = errorCode !== 'InstanceReleased' && result.status !== 'Terminated' && comesAgain(run, context)
  if (!again) return putRun({ ...run, ...ended }, context)
  const history = [ended, ...run.history].slice(0, mostHistory)
  putRun({ ...run, ...ended, status: 'Scheduled', history }, context)
}

/** Removes an invocation and all its runs. */
export function forget(invokeId: string, { state }: Pick<LifeContext, 'state'>): void {
  for (const run of state.invocationRuns.by('invocation', invokeId)) state.invocationRuns.delete(run.id)
  state.agenda.cancel(`invocation.forgotten:${invokeId}`)
  state.invocations.delete(invokeId)
}
