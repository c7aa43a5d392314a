import { ApiError, NetworkError, TimeoutError } from '../errors.ts'

/** The first delay's bound; it doubles with every attempt. */
const firstMs = 200
const longestMs = 20_000

/** Answers to a repeated ClientToken whose first call is still being worked on. */
const stillWorking = new Set(['IdempotentProcessing', 'LastTokenProcessing'])

/**
 * Whether a failed attempt may be followed by another.
 * Any call may when it cannot have been carried out: it was throttled, or no connection stood.
 * After any other failure only a call that is `safe` to repeat may.
 */
export function mayRetry(error: unknown, safe: boolean): boolean {
  if (error instanceof ApiError)
    return error.class === 'throttled' || (safe && (error.class === 'transient' || stillWorking.has(error.code)))
  if (error instanceof NetworkError) return safe || error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND'
  if (error instanceof TimeoutError) return error.code === 'ConnectTimeout' || (safe && error.code === 'ReadTimeout')
  return false
}

/** How long to wait after `attempt` failed, in milliseconds: what the service asks for, else exponential with full jitter (`fraction` from 0 to 1). */
export function retryDelay(attempt: number, error: unknown, fraction: number): number {
  const asked = error instanceof ApiError ? error.retryAfterMs : undefined
  if (asked !== undefined) return Math.min(asked, 60_000)
  return Math.min(firstMs * 2 ** (attempt - 1), longestMs) * fraction
}
