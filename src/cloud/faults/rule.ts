import { actionsOf } from '../../api/operation.ts'
import { type Product, productNames } from '../../api/products.ts'
import { regionFacts } from '../../api/regions.ts'
import { digits, type Fields, line, readFields, readNumber, readOneOf, readText, type TextForm } from './read.ts'

/** The codes that a gateway throttles with: too many calls, too many of this caller's, too many of the operation's. */
export const throttleCodes = ['Throttling', 'Throttling.User', 'Throttling.Api'] as const

/** What a rule does to a call. Exactly one of these. */
export type FaultEffect =
  /** Refused before it is carried out. The status is the code's own unless one is given. */
  | { readonly error: string; readonly status?: number | undefined; readonly message?: string | undefined }
  /** Refused as too many calls, with `x-acs-retry-after`; milliseconds. The code is Throttling.User unless it is given. */
  | { readonly throttle: number; readonly code?: (typeof throttleCodes)[number] | undefined }
  /** Answered so many milliseconds later, on the machine's clock. Those of several rules add up. */
  | { readonly delay: number }
  /** The connection is cut: `before` anything is carried out, or `after` everything is and is committed. */
  | { readonly drop: 'before' | 'after' }
  /** Carried out and committed; of the answer's body at most so many bytes arrive, and never the last, then the connection is cut. */
  | { readonly truncate: number }
  /** Delivered twice, as by a middlebox that repeats; the caller gets the second delivery's answer. */
  | { readonly duplicate: true }
  /** What the call sets under way takes so many times as long. */
  | { readonly slow: number }
  /** What the call sets under way never ends. */
  | { readonly stuck: true }

/** Which calls a rule is for: those that all given fields fit. */
export interface FaultMatch {
  readonly product?: Product | undefined
  readonly action?: string | undefined
  /** The one a call names in its parameters, or else in its host; a call that does neither matches no region. */
  readonly region?: string | undefined
  /** The id of the account the call works in. */
  readonly account?: string | undefined
  /** An id that is among the values of the call's input, at any depth. */
  readonly resource?: string | undefined
}

/** When and how a call goes wrong. */
export interface FaultRule {
  /** Every call when left out. */
  readonly match?: FaultMatch | undefined
  /** Of the calls that match, only the nth, from 1. At most one of `nth`, `every` and `odds` can be given. */
  readonly nth?: number | undefined
  /** Each nth of them: with 3, the third, sixth and so on. */
  readonly every?: number | undefined
  /** With this probability, 0 to 1, drawn from the cloud's seed but from no stream that ids are drawn from. */
  readonly odds?: number | undefined
  /** At most so often. */
  readonly times?: number | undefined
  readonly effect: FaultEffect
}

const mostCount = 1_000_000_000
/** Ten minutes: more than any client waits. */
const mostDelayMs = 600_000
const mostRetryAfterMs = 3_600_000
const mostSlow = 1_000_000
const codeForm: TextForm = { pattern: /^[A-Za-z][\w.-]*$/, words: 'a code such as OperationDenied.NoStock' }

/** An effect by the field that makes it this one: which others it may have, and how it is read. */
const effects: { readonly [kind: string]: { readonly more: readonly string[]; readonly read: (given: Fields) => FaultEffect } } = {
  error: {
    more: ['status', 'message'],
    read: ({ error, status, message }) => ({
      error: readText(error, 'error', 128, codeForm),
      ...(status !== undefined && { status: readNumber(status, 'status', 400, 599) }),
      ...(message !== undefined && { message: readText(message, 'message', 1024, line) }),
    }),
  },
  throttle: {
    more: ['code'],
    read: ({ throttle, code }) => ({
      throttle: readNumber(throttle, 'throttle', 1, mostRetryAfterMs),
      ...(code !== undefined && { code: readOneOf(code, 'code', throttleCodes) }),
    }),
  },
  delay: { more: [], read: ({ delay }) => ({ delay: readNumber(delay, 'delay', 0, mostDelayMs) }) },
  drop: { more: [], read: ({ drop }) => ({ drop: readOneOf(drop, 'drop', ['before', 'after'] as const) }) },
  truncate: { more: [], read: ({ truncate }) => ({ truncate: readNumber(truncate, 'truncate', 0, mostCount) }) },
  duplicate: { more: [], read: ({ duplicate }) => ({ duplicate: readOneOf(duplicate, 'duplicate', [true] as const) }) },
  slow: { more: [], read: ({ slow }) => ({ slow: readNumber(slow, 'slow', 1, mostSlow, true) }) },
  stuck: { more: [], read: ({ stuck }) => ({ stuck: readOneOf(stuck, 'stuck', [true] as const) }) },
}

function readEffect(value: unknown): FaultEffect {
  const kinds = Object.keys(effects)
  const all = readFields(value, 'effect', [...kinds, ...Object.values(effects).flatMap(({ more }) => more)])
  const [kind, ...others] = kinds.filter((name) => name in all)
  const effect = kind === undefined || others.length > 0 ? undefined : effects[kind]
  if (kind === undefined || effect === undefined) throw new RangeError(`effect must have exactly one of ${kinds.join(', ')}`)
  return Object.freeze(effect.read(readFields(all, `the effect ${kind}`, [kind, ...effect.more])))
}

const hasAction = (product: Product, name: string): boolean => actionsOf(product).includes(name)

/** True when some product has an operation of this name. */
export const isAction = (name: string): boolean => productNames.some((product) => hasAction(product, name))

const known = <T extends string>(value: unknown, what: string, is: (text: T) => boolean): T => {
  if (typeof value === 'string' && is(value as T)) return value as T
  throw new RangeError(`there is no ${what} ${JSON.stringify(value)?.slice(0, 128)}`)
}

function readMatch(value: unknown): FaultMatch {
  const { product, action, region, account, resource } = readFields(value, 'match', ['product', 'action', 'region', 'account', 'resource'])
  const match: FaultMatch = {
    ...(product !== undefined && { product: readOneOf(product, 'product', productNames) }),
    ...(action !== undefined && { action: known<string>(action, 'action', isAction) }),
    ...(region !== undefined && { region: known<string>(region, 'region', (id) => regionFacts(id) !== undefined) }),
    ...(account !== undefined && { account: readText(account, 'account', 64, digits) }),
    ...(resource !== undefined && { resource: readText(resource, 'resource', 256, line) }),
  }
  const { product: of, action: name } = match
  if (of !== undefined && name !== undefined && !hasAction(of, name)) throw new RangeError(`${of} has no action ${name}`)
  return Object.freeze(match)
}

const ruleFields = ['match', 'nth', 'every', 'odds', 'times', 'effect'] as const

/** Checks a rule and copies it. RangeError with the reason for anything that is unknown, missing or out of bounds. */
export function readRule(value: unknown): FaultRule {
  const { match, nth, every, odds, times, effect } = readFields(value, 'a fault rule', ruleFields)
  if ([nth, every, odds].filter((given) => given !== undefined).length > 1)
    throw new RangeError('a fault rule can have only one of nth, every, odds')
  return Object.freeze({
    ...(match !== undefined && { match: readMatch(match) }),
    ...(nth !== undefined && { nth: readNumber(nth, 'nth', 1, mostCount) }),
    ...(every !== undefined && { every: readNumber(every, 'every', 1, mostCount) }),
    ...(odds !== undefined && { odds: readNumber(odds, 'odds', 0, 1, true) }),
    ...(times !== undefined && { times: readNumber(times, 'times', 1, mostCount) }),
    effect: readEffect(effect),
  })
}
