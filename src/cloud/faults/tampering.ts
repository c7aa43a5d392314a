import { Fault, fault } from '../fault.ts'
import type { Delivery } from './delivery.ts'
import type { FaultEffect, throttleCodes } from './rule.ts'

/** All that the rules do to one call. */
export interface Tampering {
  /** The rules that have a part in it. */
  readonly ruleIds: readonly string[]
  readonly refusal: Fault | undefined
  /** Told with the refusal, as `x-acs-retry-after`. */
  readonly retryAfterMs: number | undefined
  readonly duplicate: boolean
  /** How many times as long what the call sets under way takes; Infinity when it never ends. */
  readonly pace: number
  readonly delivery: Delivery | undefined
}

/** A code for the log alone: whoever called gets no answer. */
const logged = 'ConnectionDropped'
const unanswered = new Fault(logged, 'The connection was cut by a fault rule.', 503)

export const untouched: Tampering = {
  ruleIds: [],
  refusal: undefined,
  retryAfterMs: undefined,
  duplicate: false,
  pace: 1,
  delivery: undefined,
}

const delayed = ({ delivery }: Tampering, ms: number): Delivery => ({ delayMs: (delivery?.delayMs ?? 0) + ms, cut: delivery?.cut })
const cutOff = ({ delivery }: Tampering, cut: 'drop' | number): Delivery => ({ delayMs: delivery?.delayMs ?? 0, cut })

/**
 * Whether an effect still has a meaning after what the rules before it have done: a call is refused once and cut once,
 * and nothing can be done to how a refused one is carried out.
 */
export function stillCounts(effect: FaultEffect, { refusal, delivery }: Tampering): boolean {
  if ('delay' in effect) return true
  if ('truncate' in effect || ('drop' in effect && effect.drop === 'after')) return delivery?.cut === undefined
  if ('drop' in effect) return refusal === undefined && delivery?.cut === undefined
  return refusal === undefined
}

/** What the rules do once this effect is added to what they did before. */
export function add(before: Tampering, effect: FaultEffect): Tampering {
  if ('error' in effect)
    return {
      ...before,
      refusal: fault(effect.error, effect.message ?? 'The request was refused by a fault rule of the local cloud.', effect.status),
    }
  if ('throttle' in effect) return { ...before, refusal: throttled(effect.code ?? 'Throttling.User'), retryAfterMs: effect.throttle }
  if ('delay' in effect) return { ...before, delivery: delayed(before, effect.delay) }
  if ('drop' in effect)
    return {
      ...before,
      delivery: cutOff(before, 'drop'),
      // Nobody gets this answer: it ends the call and stands in the log.
      refusal: effect.drop === 'after' ? before.refusal : unanswered,
    }
  if ('truncate' in effect) return { ...before, delivery: cutOff(before, effect.truncate) }
  if ('duplicate' in effect) return { ...before, duplicate: true }
  return { ...before, pace: 'slow' in effect ? before.pace * effect.slow : Number.POSITIVE_INFINITY }
}

const throttleTexts: { readonly [code in (typeof throttleCodes)[number]]: string } = {
  Throttling: 'Request was denied due to request throttling.',
  'Throttling.User': 'Request was denied due to user flow control.',
  'Throttling.Api': 'Request was denied due to api flow control.',
}

/** The gateway's refusal of one call too many. */
export const throttled = (code: keyof typeof throttleTexts): Fault => fault(code, throttleTexts[code])
