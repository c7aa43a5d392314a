/** For the tests of waiting: a service whose answers are scripted, and time that passes by sleeping alone. */
import { errorTable } from '../../api/error-table.ts'
import { factsOf } from '../../api/errors.ts'
import { ApiError } from '../api-error.ts'
import type { CallOptions } from '../call.ts'
import type { Means, WaitOptions } from './wait.ts'
import { waitFor } from './wait.ts'
import type { Waitable } from './waitables.ts'

/** By id, its state; an id that is not in it is not listed. */
export type States = Readonly<Record<string, string>>

export interface Asked {
  readonly action: string
  readonly input: Readonly<Record<string, unknown>>
  readonly ids: readonly string[]
}

export const refusal = (code: string): ApiError =>
  new ApiError(
    { action: 'A', regionId: 'r', code, status: 404, requestId: 'R', attempts: 1, message: 'refused' },
    factsOf(code, 404, errorTable),
  )

/** The ids of a call, in whichever form they travel. */
function idsOf(input: Readonly<Record<string, unknown>>, { ids }: Waitable): readonly string[] {
  const value = input[ids]
  return typeof value === 'string' ? value.split(',') : (value as string[])
}

/** An answer that lists ids with their states as an operation would. */
export function answerOf({ list, id: idField, state: [stateField = ''] }: Waitable, ids: readonly string[], states: States): object {
  const rows = ids.filter((id) => id in states).map((id) => ({ [idField]: id, [stateField]: states[id] }))
  const [outer = '', inner = ''] = list.split('.')
  return { [outer]: { [inner]: rows }, TotalCount: rows.length }
}

/** Means whose time passes by sleeping alone. `answer` is handed each call. */
export function scripted(waitable: Waitable, answer: (asked: Asked, options: CallOptions) => unknown) {
  const calls: Asked[] = []
  const slept: number[] = []
  let time = 0
  const means: Means = {
    call: async (action, input, options) => {
      const given = input as Readonly<Record<string, unknown>>
      const asked = { action, input: given, ids: idsOf(given, waitable) }
      calls.push(asked)
      return answer(asked, options)
    },
    sleep: async (ms) => {
      slept.push(ms)
      time += ms
    },
    now: () => time,
  }
  return { means, calls, slept, time: () => time }
}

/** Waits against polls whose states come from a list, the last one over and over. A poll may fail, too. */
export async function waitThrough(
  waitable: Waitable,
  polls: readonly (States | Error)[],
  goal: string,
  ids: readonly string[],
  options?: WaitOptions,
): Promise<{ readonly calls: readonly Asked[]; readonly slept: readonly number[] }> {
  const { means, calls, slept } = scripted(waitable, ({ ids: asked }) => {
    const poll = polls[Math.min(slept.length, polls.length - 1)]
    if (poll instanceof Error) throw poll
    return answerOf(waitable, asked, poll ?? {})
  })
  await waitFor(means, waitable, goal, ids, options)
  return { calls, slept }
}
