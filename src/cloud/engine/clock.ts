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
  /** How it stands, to go on from later: in step with the machine's time unless it is manual. */
  state(): ClockState
  /** Stands as it stood, earlier times included. */
  restore(state: ClockState): void
}

/** The clock showed `at` when the machine's time was `machineAt`, both in milliseconds since 1970. */
export interface ClockState {
  readonly mode: ClockMode
  readonly at: number
  readonly machineAt: number
}

/** The last moment that the API's times, with years of four digits, can tell. */
const lastMoment = Date.UTC(9999, 11, 31, 23, 59, 59)

/** A manual clock starts here, so that a seeded run prints the same times whenever it is run. */
export const manualStart = Date.UTC(2026, 0, 1)

const rateOf = (mode: ClockMode) => (mode === 'manual' ? 0 : mode === 'real' ? 1 : mode.scale)

const shown = ({ mode, at, machineAt }: ClockState, machineNow: number) =>
  Math.min(at + Math.max(0, machineNow - machineAt) * rateOf(mode), lastMoment)

/** A clock in `mode`; one that goes on from `from` never shows an earlier time than that, and runs on while nobody looked unless it is manual. */
export function createClock(mode?: ClockMode, from?: ClockState): Clock {
  let current = mode ?? from?.mode ?? 'real'
  let since = systemNow()
  let base = from === undefined ? (current === 'manual' ? manualStart : since) : shown(from, since)
  const at = (machineNow: number) => base + (machineNow - since) * rateOf(current)
  // One look at the machine's time: it goes on between two.
  const move = (target: (now: number) => number) => {
    const machineNow = systemNow()
    const now = at(machineNow)
    const ms = target(now)
    if (ms < now) throw new RangeError('a clock only moves forwards')
    if (ms > lastMoment) throw new RangeError('a clock goes no further than the year 9999')
    base = ms
    since = machineNow
  }
  return {
    get mode() {
      return current
    },
    now: () => at(systemNow()),
    set: (ms) => move(() => ms),
    advance: (ms) => move((now) => now + ms),
    freeze() {
      move((now) => now)
      current = 'manual'
    },
    state() {
      // A clock that stands still tells nothing of the machine's time: two equal runs are stored alike.
      if (current === 'manual') return { mode: current, at: base, machineAt: base }
      const machineAt = systemNow()
      return { mode: current, at: at(machineAt), machineAt }
    },
    restore(state) {
      current = state.mode
      since = systemNow()
      base = shown(state, since)
    },
  }
}
