import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { scheduleNext } from './begin.ts'
import { finishRun, startRun } from './execute.ts'
import type { Run, RunStatus } from './records.ts'
import { endRun, forget } from './runs.ts'

/** The run, if it is there and stands so. */
const runIn = (status: RunStatus, subject: string, { state }: LifeContext): Run | undefined => {
  const run = state.invocationRuns.get(subject)
  return run?.status === status ? run : undefined
}

export const lifecycles: Lifecycles = {
  'invocation.started': (subject, context) => {
    const run = runIn('Pending', subject, context)
    if (run) startRun(run, context)
  },
  'invocation.ended': (subject, context) => {
    const run = runIn('Running', subject, context)
    if (run) finishRun(run, context)
  },
  'invocation.stopped': (subject, context) => {
    const run = runIn('Stopping', subject, context)
    if (run) endRun(run, { status: 'Terminated' }, context)
  },
  /** An instance where the last run still goes on is passed over (unconfirmed). */
  'invocation.due': (subject, context) => {
    const { state } = context
    const invocation = state.invocations.get(subject)
    if (invocation === undefined) return
    scheduleNext(invocation, context)
    for (const run of state.invocationRuns.by('invocation', subject)) if (run.status === 'Scheduled') startRun(run, context)
  },
  'invocation.forgotten': (subject, context) => forget(subject, context),
}
