import type { Means, Pace } from './pace.ts'

/** A world of its own time: what is due is run in order, and promises settle between. */
export function createWorld() {
  const due: { at: number; order: number; run: (() => void) | undefined }[] = []
  let now = 0
  let order = 0
  const before = (a: number, b: number) => {
    const [x, y] = [due[a], due[b]]
    return x !== undefined && y !== undefined && (x.at < y.at || (x.at === y.at && x.order < y.order))
  }
  const swap = (a: number, b: number) => {
    const [x, y] = [due[a], due[b]]
    if (x && y) [due[a], due[b]] = [y, x]
  }
  const after = (ms: number, run: () => void) => {
    const event: (typeof due)[number] = { at: now + Math.max(0, ms), order: order++, run }
    due.push(event)
    for (let at = due.length - 1; at > 0 && before(at, (at - 1) >> 1); at = (at - 1) >> 1) swap(at, (at - 1) >> 1)
    return event
  }
  const next = () => {
    swap(0, due.length - 1)
    const first = due.pop()
    for (let at = 0; ; ) {
      const child = before(2 * at + 2, 2 * at + 1) ? 2 * at + 2 : 2 * at + 1
      if (!before(child, at)) return first
      swap(at, child)
      at = child
    }
  }
  /** Timers as a machine has them: whole milliseconds, a bit late. */
  const means: Means = {
    now: () => now,
    setTimer: (run, ms) => after(Math.max(1, Math.trunc(ms)) + 0.6, run),
    clearTimer: (timer) => {
      ;(timer as (typeof due)[number]).run = undefined
    },
  }
  return {
    means,
    after,
    now: () => now,
    async run(untilMs: number) {
      while ((due[0]?.at ?? Infinity) <= untilMs) {
        const event = next()
        if (!event?.run) continue
        now = event.at
        event.run()
        for (let hop = 0; hop < 4; hop++) await Promise.resolve()
      }
      now = untilMs
    },
  }
}

export type World = ReturnType<typeof createWorld>

/** A service that refuses: asked at a time, it says undefined (accepted), or how many ms to wait. */
export type Service = (now: number) => number | undefined

/** Accepts `rate(now)` calls per second with a reserve; a refused call takes nothing. */
export function tokenBucket(rate: (now: number) => number, burst: number): Service {
  let tokens = burst
  let at = 0
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - at) / 1000) * rate(now))
    at = now
    if (tokens >= 1 - 1e-9) {
      tokens--
      return undefined
    }
    return ((1 - tokens) / rate(now)) * 1000
  }
}

/** Accepts so many calls per window, and then none until the next. */
export function fixedWindow(quota: number, windowMs: number): Service {
  let window = -1
  let left = 0
  return (now) => {
    if (Math.floor(now / windowMs) > window) {
      window = Math.floor(now / windowMs)
      left = quota
    }
    return left-- > 0 ? undefined : (window + 1) * windowMs - now
  }
}

/** Counts of a second of a load. */
export interface Second {
  accepted: number
  refused: number
}

export interface Load {
  readonly pace: Pace
  readonly service: Service
  /** May differ with the time at which a call is sent. */
  readonly roundTripMs: number | ((now: number) => number)
  /** Loops of one caller that call again as soon as they have an answer. */
  readonly loops: number
  readonly tellsRetryAfter?: boolean
}

/** Puts a load on a service. @returns what came of each second */
export function saturate(world: World, { pace, service, roundTripMs, loops, tellsRetryAfter = true }: Load): Second[] {
  const seconds: Second[] = []
  const caller = {}
  const tripMs = typeof roundTripMs === 'number' ? () => roundTripMs : roundTripMs
  const call = () => {
    const halfMs = tripMs(world.now()) / 2
    world.after(halfMs, () => {
      const waitMs = service(world.now())
      world.after(halfMs, () => {
        const second = (seconds[Math.floor(world.now() / 1000)] ??= { accepted: 0, refused: 0 })
        if (waitMs === undefined) {
          second.accepted++
          pace.succeeded()
        } else {
          second.refused++
          pace.throttled(tellsRetryAfter ? Math.ceil(waitMs) : undefined)
        }
        again()
      })
    })
  }
  const again = () => {
    const turn = pace.turn(caller)
    if (turn) void turn.then(call)
    else call()
  }
  for (let loop = 0; loop < loops; loop++) again()
  return seconds
}

/** The sum of the seconds from one to another, the latter not included. */
export function sum(seconds: readonly (Second | undefined)[], from: number, to: number): Second {
  const total = { accepted: 0, refused: 0 }
  for (const second of seconds.slice(from, to)) {
    total.accepted += second?.accepted ?? 0
    total.refused += second?.refused ?? 0
  }
  return total
}
