import { offAbort, onAbort } from '../abort.ts'
import { createQueue } from './queue.ts'
import { accept, idle, ignore, newRate, perSecond, refuse } from './rate.ts'

/** What shares one rate at the service. */
export interface PaceKey {
  /** The endpoint's host, with the port unless it is the scheme's own. */
  readonly host: string
  /** The account's id, or the AccessKeyId where it is not known. */
  readonly account: string
  /** Where the calls go. */
  readonly regionId: string
  /** With its product, e.g. `ecs.DescribeInstances`. */
  readonly action: string
}

/** What a pace is doing. */
export interface PaceState extends PaceKey {
  /** Calls per second at this moment; undefined when there is no limit. */
  readonly ratePerSecond: number | undefined
  /** The calls that wait for their turn. */
  readonly waiting: number
  /** The calls that have had their turn and not ended. */
  readonly underWay: number
  /** How long nothing is sent because the service asked for it, in ms. */
  readonly pausedForMs: number
  /** All calls that have had their turn. */
  readonly sent: number
  /** Those of them that were refused for their number. */
  readonly throttled: number
}

/** When calls with one key may be sent. Each turn ends with one of `succeeded`, `throttled` and `failed`. */
export interface Pace {
  /**
   * Asks for a turn for a caller, which is any object: turns go round between callers, and to the first that came within a caller.
   * @returns undefined when the call may go at once, else a promise of its turn, which rejects with the signal's reason
   */
  turn(caller: object, signal?: AbortSignal): Promise<void> | undefined
  /** The call was answered, be it with an error of another kind: the service has counted it. */
  succeeded(): void
  /** The call was refused for the number of calls; the service may have said for how long. */
  throttled(retryAfterMs: number | undefined): void
  /** The call had no answer: nothing is learned. */
  failed(): void
  state(): PaceState
}

/** Time, for tests to hand in: `now` and `ms` are milliseconds. */
export interface Means {
  readonly now: () => number
  readonly setTimer: (run: () => void, ms: number) => unknown
  readonly clearTimer: (timer: unknown) => void
}

/**
 * How far behind its time a call may be sent, so that late timers and callers that are away for a moment lose no turn.
 * It is the burst that follows after idle time: 100 ms of calls, at least one.
 */
const catchUpMs = 100
/** A limit that made nobody wait for this long is forgotten. */
const forgetMs = 60_000
/** A pause is never longer, whatever the service asks. */
const longestPauseMs = 60_000

/** The pace of one key, not limited yet. */
export function createPace(key: PaceKey, { now, setTimer, clearTimer }: Means): Pace {
  const queue = createQueue<() => void>()
  let rate = newRate()
  let timer: unknown
  /** When the next call may be sent, if it is limited. */
  let nextAt = 0
  let pausedUntil = 0
  /** When the limit last made a call wait or was refused. */
  let neededAt = 0
  let underWay = 0
  let sent = 0
  let throttled = 0

  /** Takes a turn at a time, if there is one. */
  const take = (at: number, limit: number): boolean => {
    const dueAt = Math.max(nextAt, pausedUntil)
    if (at < dueAt) return false
    const gap = 1000 / limit
    const late = at - dueAt - Math.max(catchUpMs, gap)
    if (late > 0) idle(rate, late)
    nextAt = Math.max(dueAt, at - Math.max(catchUpMs, gap)) + gap
    return true
  }

  const forget = (at: number) => {
    if (rate.measured !== undefined && queue.size === 0 && at - neededAt > forgetMs) rate = newRate()
  }

  const go = () => {
    underWay++
    sent++
  }

  const disarm = () => {
    if (timer !== undefined) clearTimer(timer)
    timer = undefined
  }

  /** Gives the waiters all turns there are, and comes back for the next. */
  const serve = () => {
    disarm()
    const at = now()
    neededAt = at
    while (queue.size > 0) {
      const limit = perSecond(rate, at)
      if (limit !== undefined && !take(at, limit)) break
      go()
      queue.take()?.()
    }
    if (queue.size === 0) return
    timer = setTimer(serve, Math.ceil(Math.max(nextAt, pausedUntil) - at))
  }

  const wait = (caller: object, signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error)
      const leave = queue.add(caller, () => {
        offAbort(signal, abort)
        resolve()
      })
      const abort = () => {
        leave()
        // A timer for nobody would keep the process running.
        if (queue.size === 0) disarm()
        reject(signal?.reason as Error)
      }
      onAbort(signal, abort)
      if (timer === undefined) serve()
    })

  return {
    turn(caller, signal) {
      if (rate.measured !== undefined) {
        const at = now()
        forget(at)
        if (queue.size > 0 || !take(at, perSecond(rate, at) ?? Infinity)) return wait(caller, signal)
      }
      go()
      return undefined
    },
    succeeded() {
      underWay--
      accept(rate, now())
    },
    throttled(retryAfterMs = Number.NaN) {
      underWay--
      throttled++
      const at = now()
      neededAt = at
      const askedMs = retryAfterMs >= 0 ? Math.min(retryAfterMs, longestPauseMs) : undefined
      const pauseMs = refuse(rate, at, underWay, askedMs)
      // The last word counts: a later refusal may shorten the pause.
      if (pauseMs !== undefined) pausedUntil = at + pauseMs
      // The service has nothing left. When it does not say until when, one call's worth of time should bring it the next.
      nextAt = Math.max(nextAt, askedMs === undefined ? at + 1000 / (perSecond(rate, at) ?? Infinity) : at)
      if (queue.size > 0) serve()
    },
    failed() {
      underWay--
      ignore(rate)
    },
    state() {
      const at = now()
      forget(at)
      return {
        ...key,
        ratePerSecond: perSecond(rate, at),
        waiting: queue.size,
        underWay,
        pausedForMs: Math.max(0, pausedUntil - at),
        sent,
        throttled,
      }
    },
  }
}
