import { monotonicNow } from '../../api/system.ts'
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
  // Two generations instead of an order of use, which would have to be rewritten at every call.
  let recent = new Map<string, Pace>()
  let older = new Map<string, Pace>()
  return {
    of(key) {
      const name = `${key.host}\n${key.account}\n${key.regionId}\n${key.action}`
      const known = recent.get(name)
      if (known) return known
      const pace = older.get(name) ?? createPace(key, means)
      older.delete(name)
      recent.set(name, pace)
      if (recent.size >= kept) {
        older = recent
        recent = new Map()
      }
      return pace
    },
    list: () => [...older.values(), ...recent.values()].map((pace) => pace.state()),
  }
}

let own: Paces | undefined

/** The paces that all clients of the process share. */
export function paces(): Paces {
  own ??= createPaces({
    now: monotonicNow,
    setTimer: (run, ms) => setTimeout(run, ms),
    clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
  })
  return own
}
