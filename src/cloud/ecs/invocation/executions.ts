import type { Change } from '../../engine/journal.ts'
import type { Machine } from '../../gateway/exchange.ts'
import { contextFor } from '../../settle.ts'
import { executionFor, finishExecuted } from './execute.ts'
import { ending, type Executor } from './executor.ts'
import type { Instance } from '../records.ts'
import type { Run } from './records.ts'

/** The runs that an executor has in hand, in this process. */
export interface Executions {
  /** Whether the executor has a run, or will have it when others are done. */
  has(runId: string): boolean
  /** Looks at what became final: begins the runs that have started and ends those that were stopped. */
  committed(changes: readonly Change[]): void
  /** Drops all of them; nothing of them is told any more. */
  halt(): void
}

const mostAtOnce = 16

const isRunning = (run: Run | undefined) => run?.executor === true && run.status === 'Running'

/** `machine` is the one of now: a reset puts another in its place. `onDefect` is told when an ending could not be noted. */
export function createExecutions(
  executor: Executor,
  machine: () => Machine,
  onDefect: (error: unknown, action: string) => void,
): Executions {
  const active = new Map<string, AbortController>()
  const waiting: string[] = []
  let underWay = 0

  async function carryOut(runId: string, controller: AbortController): Promise<void> {
    const current = machine()
    await current.loading?.all()
    const asked = executionFor(runId, current.state)
    if (asked === undefined) return
    const ended = await ending(executor, asked, controller.signal)
    if (active.get(runId) !== controller || machine() !== current) return
    active.delete(runId)
    const { accountId, regionId } = asked.instance
    current.settle()
    finishExecuted(runId, ended, contextFor(current, { kind: 'root', accountId, accessKeyId: '' }, regionId))
    current.state.commit()
  }

  function next(): void {
    while (underWay < mostAtOnce && waiting.length > 0) {
      const runId = waiting.shift() ?? ''
      const controller = active.get(runId)
      if (controller === undefined) continue
      underWay++
      const done = () => {
        underWay--
        if (active.get(runId) === controller) active.delete(runId)
        next()
      }
      carryOut(runId, controller)
        .catch((error: unknown) => onDefect(error, 'the end of a script'))
        .finally(done)
    }
  }

  function begin(runId: string): void {
    active.set(runId, new AbortController())
    waiting.push(runId)
    // Not within the commit that is under way.
    queueMicrotask(next)
  }

  function drop(runId: string): void {
    const controller = active.get(runId)
    active.delete(runId)
    controller?.abort()
  }

  /** A row that comes in whole, with a snapshot or a file, is of a run that was lost: nothing that it says is run. */
  function noteRun(before: Run | undefined, after: Run | undefined, id: string): void {
    const anew = before !== undefined && isRunning(after) && (!isRunning(before) || before.startedAt !== after?.startedAt)
    if (anew) begin(id)
    else if (active.has(id) && !isRunning(after)) drop(id)
  }

  /** What runs on an instance that stops is interrupted; that is told as its end. */
  function noteInstance(before: Instance | undefined, after: Instance | undefined, id: string): void {
    if (before?.status !== 'Running' || after?.status === 'Running') return
    for (const [runId, controller] of active) if (runId.endsWith(`/${id}`)) controller.abort()
  }

  return {
    has: (runId) => active.has(runId),
    committed(changes) {
      for (const { table, id, before, after } of changes) {
        if (table === 'invocationRuns') noteRun(before as Run | undefined, after as Run | undefined, id)
        else if (table === 'instances' && active.size > 0) noteInstance(before as Instance | undefined, after as Instance | undefined, id)
      }
    },
    halt() {
      for (const runId of active.keys()) drop(runId)
      waiting.length = 0
    },
  }
}
