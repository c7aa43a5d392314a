import { ApiError } from '../api-error.ts'
import { NetworkError, TimeoutError } from '../errors.ts'

/** The first delay's bound; it doubles with every attempt. */
const firstMs = 200
const longestMs = 20_000

/** Answers to a call that came a second time while the first is still being worked on, or by its own nonce. */
const alreadyUnderWay = new Set(['IdempotentProcessing', 'LastTokenProcessing', 'SignatureNonceUsed'])

/** Refusals because of another change that is over in a moment; other conflicts last until somebody does something. */
const momentary = new Set([
  'InvalidOperation.Conflict',
  'LastOrderProcessing',
  'LastRequestProcessing',
  'Operation.Conflict',
  'OperationConflict',
  'SystemBusy',
  'TaskConflict',
])

/** No connection stood, so nothing was sent. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ProxyRefused', 'ConnectTimeout'])

/** No repetition helps: the certificate is not trusted, the answer is not what the API answers. */
const hopeless = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS|^AnswerTooLarge$/

/**
 * What a failed attempt means for the next one:
 * `again`: the call was not carried out, so that any call may be repeated;
 * `unknown`: it may have been, so that only one which is safe to repeat may be;
 * `stop`: repeating it would not help.
 */
export type Verdict = 'again' | 'unknown' | 'stop'

/** What an attempt's failure means. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof ApiError) {
    if (error.class === 'throttled' || momentary.has(error.code)) return 'again'
    return error.class === 'transient' || alreadyUnderWay.has(error.code) ? 'unknown' : 'stop'
  }
  if (error instanceof NetworkError) return notSent.has(error.code) ? 'again' : hopeless.test(error.code) ? 'stop' : 'unknown'
  if (error instanceof TimeoutError) return notSent.has(error.code) ? 'again' : error.code === 'ReadTimeout' ? 'unknown' : 'stop'
  return 'stop'
}

/** How long to wait after `attempt` failed, in milliseconds: what the service asks for, else exponential with full jitter (`fraction` from 0 to 1). */
export function retryDelay(attempt: number, error: unknown, fraction: number): number {
  const asked = error instanceof ApiError ? error.retryAfterMs : undefined
  if (asked !== undefined) return Math.min(asked, 60_000)
  return Math.min(firstMs * 2 ** (attempt - 1), longestMs) * fraction
}
