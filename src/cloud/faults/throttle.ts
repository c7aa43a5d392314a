import { monotonicNow } from '../../api/system.ts'
import { readFields, readNumber, readOneOf } from './read.ts'
import { isAction } from './rule.ts'

/** How often each operation may be called by an account in a region. At least one of `perSecond` and `perAction` is given. */
export interface ThrottleLimits {
  /** Calls per second of any one operation, 0.001 to 1,000,000. Without it, only those in `perAction` are limited. */
  readonly perSecond?: number | undefined
  /** How many of them may come at once; `perSecond` rounded up by default. */
  readonly burst?: number | undefined
  /** Calls per second of single operations; as many may come at once, and at least one. */
  readonly perAction?: { readonly [action: string]: number } | undefined
  /** `false` leaves out the header `x-acs-retry-after`: whether real gateways always send it is unconfirmed. */
  readonly retryAfter?: boolean | undefined
}

export interface ThrottleOptions extends ThrottleLimits {
  /** Milliseconds of a clock that never jumps; the machine's by default, whatever the cloud's clock says. */
  readonly now?: (() => number) | undefined
}

/** Throttling of a cloud, off unless limits are set. */
export interface Throttle {
  /** The limits there are, or undefined when there are none. */
  limits(): ThrottleLimits | undefined
  /** Sets other limits, or none; every account starts with its full burst. RangeError for limits that are not understood. */
  set(limits: ThrottleLimits | undefined): void
}

/** Who calls what, and where: each has a bucket of its own. */
export interface Metered {
  readonly accountId: string
  readonly regionId: string
  readonly product: string
  readonly action: string
}

/** The throttle as the gateway sees it. */
export interface ThrottleBook extends Throttle {
  readonly on: boolean
  /** Takes a token: 0 when there was one, otherwise the milliseconds until there will be, and none is taken. */
  take(call: Metered): number
}

interface Bucket {
  tokens: number
  at: number
}

const mostRate = 1_000_000
const mostActions = 1000
/** Above this many buckets the full ones are forgotten: a new one is full as well. */
const mostBuckets = 10_000
/** Parts of a token do not add up to one exactly: a caller who waits as long as told must find it. */
const rounding = 1e-6

const readRate = (value: unknown, what: string) => readNumber(value, what, 0.001, mostRate, true)

function readPerAction(value: unknown): Record<string, number> {
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : []
  if (names.length > mostActions) throw new RangeError(`perAction can name ${mostActions} actions at most`)
  const unknown = names.find((name) => !isAction(name))
  if (unknown !== undefined) throw new RangeError(`there is no action ${JSON.stringify(unknown.slice(0, 128))}`)
  const rates = Object.entries(readFields(value, 'perAction', names))
  return Object.freeze(Object.fromEntries(rates.map(([name, rate]) => [name, readRate(rate, `perAction.${name}`)])))
}

/** Checks limits and copies them. RangeError with the reason. */
export function readLimits(value: unknown): ThrottleLimits {
  const { perSecond, burst, perAction, retryAfter } = readFields(value, 'throttle', ['perSecond', 'burst', 'perAction', 'retryAfter'])
  if (perSecond === undefined && perAction === undefined) throw new RangeError('throttle needs perSecond or perAction')
  if (burst !== undefined && perSecond === undefined) throw new RangeError('burst belongs to perSecond')
  return Object.freeze({
    ...(perSecond !== undefined && { perSecond: readRate(perSecond, 'perSecond') }),
    ...(burst !== undefined && { burst: readNumber(burst, 'burst', 1, mostRate) }),
    ...(perAction !== undefined && { perAction: readPerAction(perAction) }),
    ...(retryAfter !== undefined && { retryAfter: readOneOf(retryAfter, 'retryAfter', [true, false]) }),
  })
}

/** Token buckets, one for each account, region and operation. RangeError for options that are not understood. */
export function createThrottle({ now = monotonicNow, ...initial }: ThrottleOptions = {}): ThrottleBook {
  let limits: ThrottleLimits | undefined
  let buckets = new Map<string, Bucket>()
  let sweepAt = mostBuckets

  /** The action's rate per millisecond and the size of its bucket. */
  function sizeOf(action: string, { perSecond, burst, perAction = {} }: ThrottleLimits) {
    const own = Object.hasOwn(perAction, action) ? perAction[action] : undefined
    const rate = own ?? perSecond
    if (rate === undefined) return undefined
    return { perMs: rate / 1000, most: (own === undefined ? burst : undefined) ?? Math.ceil(rate) }
  }

  function sweep(at: number, current: ThrottleLimits): void {
    for (const [key, bucket] of buckets) {
      const size = sizeOf(key.slice(key.lastIndexOf('/') + 1), current)
      if (size === undefined || bucket.tokens + (at - bucket.at) * size.perMs >= size.most) buckets.delete(key)
    }
    sweepAt = Math.max(mostBuckets, 2 * buckets.size)
  }

  const throttle: ThrottleBook = {
    get on() {
      return limits !== undefined
    },
    limits: () => limits,
    set(given) {
      limits = given === undefined ? undefined : readLimits(given)
      buckets = new Map()
      sweepAt = mostBuckets
    },
    take({ accountId, regionId, product, action }) {
      const size = limits && sizeOf(action, limits)
      if (limits === undefined || size === undefined) return 0
      const at = now()
      const key = `${accountId}/${regionId}/${product}/${action}`
      const bucket = buckets.get(key) ?? { tokens: size.most, at }
      bucket.tokens = Math.min(size.most, bucket.tokens + (at - bucket.at) * size.perMs)
      bucket.at = at
      buckets.set(key, bucket)
      if (buckets.size > sweepAt) sweep(at, limits)
      if (bucket.tokens < 1 - rounding) return Math.max(1, Math.ceil((1 - bucket.tokens) / size.perMs))
      bucket.tokens = Math.max(0, bucket.tokens - 1)
      return 0
    },
  }
  if (Object.keys(initial).length > 0) throttle.set(initial)
  return throttle
}
