import { monotonicNow } from '../../api/system.ts'
import type { Call } from '../call.ts'
import type { Sleep } from '../sleep.ts'
import { type Lost, waitFailed, waitTimeout } from './failures.ts'
import { nextPoll } from './interval.ts'
import { checkWaitOptions, type WaitOptions } from './options.ts'
import { type Poll, pollOnce, type Row } from './poll.ts'
import { checkGoal, distinctIds, waitableOf } from './resource.ts'
import type { Goal, Waitable, WaitResource } from './waitables.ts'

/** What a wait needs from its client. */
export interface Means {
  readonly call: Call
  readonly sleep: Sleep
  /** Milliseconds on a clock that never jumps; the machine's by default. */
  readonly now?: (() => number) | undefined
}

/** How a wait stands. */
interface Course {
  readonly waitable: Waitable
  readonly goal: string
  readonly reached: ReadonlySet<string>
  /** By id, the state last seen: `NotFound` when it was not listed yet. Ids of which nothing is known are not in it. */
  readonly states: Map<string, string>
  readonly done: Set<string>
  /** Every state seen. */
  readonly seen: Set<string>
}

/** States of which a wait keeps the names: there are ten at most, unless something answers nonsense. */
const mostSeen = 50

function stateOf(row: Row, fields: readonly string[]): string {
  const value = fields.map((field) => row[field]).find((state) => (typeof state === 'string' && state !== '') || typeof state === 'number')
  return value === undefined ? 'Unread' : String(value).slice(0, 50)
}

/** Takes in what a poll tells; gives back the ids that cannot reach the goal any more. */
function take({ rows, absent }: Poll, course: Course, elapsedMs: number, unknownForMs: number): Lost[] {
  const { waitable, goal, reached, states, done, seen } = course
  const never = waitable.never[goal] ?? []
  const lost: Lost[] = []
  for (const [id, row] of rows) {
    const state = stateOf(row, waitable.state)
    states.set(id, state)
    if (seen.size < mostSeen) seen.add(state)
    if (reached.has(state)) done.add(id)
    else if (never.includes(state)) lost.push({ id, state, row })
  }
  for (const id of absent) {
    const before = states.get(id)
    if (goal === 'Deleted') {
      states.set(id, goal)
      done.add(id)
    } else if (before !== undefined && before !== 'NotFound') lost.push({ id, state: undefined })
    else if (elapsedMs >= unknownForMs) lost.push({ id, state: undefined, unknownMs: unknownForMs })
    else states.set(id, 'NotFound')
  }
  return lost
}

function tally(ids: readonly string[], states: ReadonlyMap<string, string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const id of ids) {
    const state = states.get(id) ?? 'Unread'
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  return counts
}

/**
 * Polls until every id has been seen at `goal`. An id that has been there counts, and is not asked for again.
 * @throws UsageError WaitFailed as soon as one of them cannot get there any more, UnknownGoal, InvalidIds, TooManyIds,
 * UnknownOption, InvalidOption; TimeoutError WaitTimeout, telling every state seen; and what the calls throw, but for throttling
 */
export async function waitFor(
  { call, sleep, now = monotonicNow }: Means,
  waitable: Waitable,
  goal: string,
  ids: readonly string[],
  options: WaitOptions = {},
): Promise<void> {
  checkWaitOptions(options)
  checkGoal(waitable, goal)
  const { signal, timeoutMs = 300_000, pollMs = waitable.pollMs, unknownForMs = 10_000, regionId, onProgress } = options
  const every = distinctIds(ids)
  if (every.length === 0) return
  const reached = new Set([goal, ...(waitable.alike?.[goal] ?? [])])
  const course: Course = { waitable, goal, reached, states: new Map(), done: new Set(), seen: new Set() }
  // A call that hangs must not hold up the timeout, but the first poll gets its chance.
  const deadline = AbortSignal.timeout(Math.max(timeoutMs, 1_000))
  const callOptions = { signal: signal ? AbortSignal.any([signal, deadline]) : deadline, regionId }
  const startedAt = now()
  let sleptMs = 0
  let arrivedAtMs: number | undefined
  let throttled = 0
  let waiting = every
  for (;;) {
    signal?.throwIfAborted()
    const poll = await pollOnce(call, waitable, waiting, callOptions).catch((error: unknown) => {
      if (signal?.aborted || !deadline.aborted) throw error
    })
    // Where sleeping is made to take no time, what it should have taken counts.
    const elapsedMs = Math.max(now() - startedAt, sleptMs)
    const before = course.done.size
    const lost = poll ? take(poll, course, elapsedMs, unknownForMs) : []
    if (course.done.size > before) arrivedAtMs = elapsedMs
    throttled = poll?.throttled ? throttled + 1 : 0
    // Those that a throttled poll did not get to come first in the next.
    const asked = (id: string) => poll?.rows.has(id) === true || poll?.absent.has(id) === true
    const open = waiting.filter((id) => !course.done.has(id))
    waiting = throttled > 0 ? [...open.filter((id) => !asked(id)), ...open.filter(asked)] : open
    onProgress?.({ done: course.done.size, total: every.length, states: Object.fromEntries(tally(every, course.states)), elapsedMs })
    if (lost.length > 0) throw waitFailed(waitable, goal, lost)
    if (waiting.length === 0) return
    if (poll === undefined || elapsedMs >= timeoutMs)
      throw waitTimeout({ goal, timeoutMs, total: every.length, waiting, states: tally(waiting, course.states), seen: course.seen })
    const usualMs = waitable.usualMs?.[goal]
    const restMs = Math.min(nextPoll({ pollMs, elapsedMs, usualMs, arrivedAtMs, throttled }), timeoutMs - elapsedMs)
    await sleep(restMs, signal)
    sleptMs += restMs
  }
}

/**
 * As `waitFor`; what the ids name is told by their prefix, or by `options.resource`.
 * @throws UsageError UnknownResource, MixedResources; and as `waitFor`
 */
export async function waitUntil<Resource extends WaitResource = WaitResource>(
  means: Means,
  goal: Goal<Resource>,
  ids: readonly string[],
  options: WaitOptions<Resource> = {},
): Promise<void> {
  checkWaitOptions(options)
  const every = distinctIds(ids)
  if (every.length > 0) await waitFor(means, waitableOf(every, options.resource), goal, every, options)
}

export type { WaitOptions, WaitProgress } from './options.ts'
export type { Goal, WaitResource } from './waitables.ts'
