import { newId } from '../../ids.ts'
import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import type { Task } from './records.ts'

/** How long a task that has ended can be asked for. The real span is not published (unconfirmed). */
const keptMs = 30 * 86_400_000

/** Begins a task; after `durationMs` of the cloud's time it is Finished, unless it was ended before. */
export function beginTask(
  asked: Pick<Task, 'accountId' | 'regionId' | 'action' | 'resourceId' | 'groupId'>,
  durationMs: number,
  { state, random, now, schedule }: LifeContext,
): Task {
  const task = state.tasks.put({
    ...asked,
    id: newId('t', asked.regionId, random),
    status: 'Processing',
    createdAt: now,
    readyAt: now + durationMs,
    finishedAt: undefined,
    errorCode: '',
    errorMessage: '',
  })
  schedule('task.finished', task.id, durationMs)
  return task
}

export interface Failure {
  readonly code: string
  readonly message: string
}

/** Ends a task that is under way. Does nothing when it has ended already. */
export function endTask(
  id: string,
  status: 'Finished' | 'Failed' | 'Deleted',
  { state, now, schedule }: Pick<LifeContext, 'state' | 'now' | 'schedule'>,
  failure: Failure = { code: '', message: '' },
): void {
  const task = state.tasks.get(id)
  if (task?.status !== 'Processing') return
  state.agenda.cancel(`task.finished:${id}`)
  state.tasks.put({ ...task, status, finishedAt: now, errorCode: failure.code, errorMessage: failure.message })
  schedule('task.forgotten', id, keptMs)
}

export const lifecycles: Lifecycles = {
  'task.finished': (subject, context) => endTask(subject, 'Finished', context),
  'task.forgotten': (subject, { state }) => state.tasks.delete(subject),
}
