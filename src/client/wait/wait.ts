import { monotonicNow } from '../../api/system.ts'
import type { Call } from '../call.ts'
import type { Sleep } from '../sleep.ts'
import { begin, take, tally } from './course.ts'
import { waitFailed, waitTimeout } from './failures.ts'
import { nextPoll } from './interval.ts'
import { checkWaitOptions, type WaitOptions } from './options.ts'
import { pollOnce } from './poll.ts'
import { checkGoal, distinctIds, waitableOf } from './resource.ts'
import type { Goal, Waitable, WaitResource } from './waitables.ts'

/** What a wait needs from its client. */
export interface Means {
  readonly call: Call
  readonly sleep: Sleep
  /** Milliseconds on a clock that never jumps; the machine's by default. */
  readonly now?: (() => number) | undefined
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
  const course = begin(waitable, goal, every)
  // A call that hangs must not hold up the timeout, but the first poll gets its chance.
  const deadline = AbortSignal.timeout(Math.max(timeoutMs, 1_000))
  const callOptions = { signal: signal ? AbortSignal.any([signal, deadline]) : deadline, regionId }
  const startedAt = now()
  let sleptMs = 0
  for (;;) {
    signal?.throwIfAborted()
    const poll = await pollOnce(call, waitable, course.waiting, callOptions).catch((error: unknown) => {
      if (signal?.aborted || !deadline.aborted) throw error
    })
    // Where sleeping is made to take no time, what it should have taken counts.
    const elapsedMs = Math.max(now() - startedAt, sleptMs)
    const lost = poll ? take(poll, course, elapsedMs, unknownForMs) : []
    const { waiting, done, states, seen, arrivedAtMs, throttled } = course
    onProgress?.({ done: done.size, total: every.length, states: Object.fromEntries(tally(every, states)), elapsedMs })
    if (lost.length > 0) throw waitFailed(waitable, goal, lost)
    if (waiting.length === 0) return
    if (poll === undefined || elapsedMs >= timeoutMs)
      throw waitTimeout({ goal, timeoutMs, total: every.length, waiting, states: tally(waiting, states), seen })
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
