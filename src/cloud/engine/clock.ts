import { systemNow } from '../../api/system.ts'

export type ClockMode = 'real' | 'manual' | { readonly scale: number }

/** The cloud's own time. Signatures are checked against the machine's time, everything the cloud does against this one. */
export interface Clock {
  readonly mode: ClockMode
  /** Milliseconds since 1970, UTC. */
  now(): number
  /** Jumps to a moment, forwards only; RangeError otherwise and past the year 9999. */
  set(ms: number): void
  /** Jumps ahead by so many milliseconds. */
  advance(ms: number): void
  /** Stops: from here on time moves by `set` and `advance` alone. */
  freeze(): void
}

/** The last moment that the API's times, with years of four digits, can tell. */
const lastMoment = Date.UTC(9999, 11, 31, 23, 59, 59)

/** A manual clock starts here, so that a seeded run prints the same times whenever it is run. */
export const manualStart = Date.UTC(2026, 0, 1)

export function createClock(mode: ClockMode = 'real'): Clock {
  let current = mode
  let base = mode === 'manual' ? manualStart : systemNow()
  let since = systemNow()
  const rate = () => (current === 'manual' ? 0 : current === 'real' ? 1 : current.scale)
  const now = () => base + (systemNow() - since) * rate()
  const set = (ms: number) => {
    if (ms < now()) throw new RangeError('a clock only moves forwards')
    if (ms > lastMoment) throw new RangeError('a clock goes no further than the year 9999')
    base = ms
    since = systemNow()
  }
  return {
    get mode() {
      return current
    },
    now,
    set,
    advance: (ms) => set(now() + ms),
    freeze() {
      set(now())
      current = 'manual'
    },
  }
}
