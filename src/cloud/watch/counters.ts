import type { LoggedRequest } from '../gateway/log.ts'
import { notRefused } from './search.ts'

/** How many requests of a kind there were. */
export interface RequestCount {
  readonly product: string
  /** `unknown` for requests that named no operation. */
  readonly action: string
  /** `OK` when they were not refused. */
  readonly code: string
  count: number
}

/** How long the requests of a product took. */
export interface Durations {
  /** How many took no longer than the bound of the same place in `durationBounds`, and longer than the one before. */
  readonly buckets: number[]
  count: number
  seconds: number
}

/** What is counted since the cloud was made; a reset of the cloud leaves it as it is. */
export interface Counters {
  readonly requests: ReadonlyMap<string, RequestCount>
  /** By product. */
  readonly durations: ReadonlyMap<string, Durations>
  /** How often a fault rule had a part in how a request went. */
  readonly injected: number
  /** How many requests were refused with a code of throttling. */
  readonly throttled: number
  count(entry: Pick<LoggedRequest, 'product' | 'action' | 'code' | 'injected' | 'durationMs'>): void
}

/** Upper bounds of the buckets, in seconds. A request in memory takes a tenth of a millisecond; one that waits for a disk, a few. */
export const durationBounds: readonly number[] = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5]

/** Codes are free words in fault rules: past so many kinds of requests, further ones are counted as the code `other`. */
const mostKinds = 5000

/** Counts of zero. */
export function createCounters(): Counters {
  const requests = new Map<string, RequestCount>()
  const durations = new Map<string, Durations>()
  let injected = 0
  let throttled = 0

  function kindOf(product: string, action: string, code: string): RequestCount {
    const key = `${product}/${action}/${code}`
    const known = requests.get(key)
    if (known !== undefined) return known
    if (requests.size >= mostKinds && code !== 'other') return kindOf(product, 'other', 'other')
    const made = { product, action, code, count: 0 }
    requests.set(key, made)
    return made
  }

  function time(product: string, seconds: number): void {
    let taken = durations.get(product)
    if (taken === undefined) durations.set(product, (taken = { buckets: durationBounds.map(() => 0), count: 0, seconds: 0 }))
    taken.count++
    taken.seconds += seconds
    const at = durationBounds.findIndex((bound) => seconds <= bound)
    if (at >= 0) taken.buckets[at] = (taken.buckets[at] ?? 0) + 1
  }

  return {
    requests,
    durations,
    get injected() {
      return injected
    },
    get throttled() {
      return throttled
    },
    count({ product, action, code, injected: rules, durationMs }) {
      kindOf(product, action || 'unknown', code || notRefused).count++
      time(product, durationMs / 1000)
      injected += rules.length
      if (code.startsWith('Throttling')) throttled++
    },
  }
}
