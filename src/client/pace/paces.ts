import { monotonicNow } from '../../api/system.ts'
import { createRecent } from '../recent.ts'
import { createPace, type Means, type Pace, type PaceKey, type PaceState } from './pace.ts'

/** The paces of all keys. */
export interface Paces {
  /** The pace of a key. Ask for it at every call: one that is long unused is dropped, and made anew when it is asked for again. */
  of(key: PaceKey): Pace
  /** What all of them are doing. */
  list(): PaceState[]
}

/** As many keys as are kept for sure: all regions times the actions of a busy account. Up to twice as many are kept in passing. */
const kept = 5_000

export function createPaces(means: Means): Paces {
  const recent = createRecent<Pace>(kept)
  return {
    of: (key) => recent.of(`${key.host}\n${key.account}\n${key.regionId}\n${key.action}`, () => createPace(key, means)),
    list: () => recent.values().map((pace) => pace.state()),
  }
}

let own: Paces | undefined

/**
 * The paces that all clients of the process share.
 * @example for (const { action, ratePerSecond, waiting } of paces().list()) console.log(action, ratePerSecond, waiting)
 */
export function paces(): Paces {
  own ??= createPaces({
    now: monotonicNow,
    setTimer: (run, ms) => setTimeout(run, ms),
    clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
  })
  return own
}
