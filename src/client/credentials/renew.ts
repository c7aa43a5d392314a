import type { Credentials } from '../../api/wire.ts'
import { within } from '../abort.ts'
import { ApiError } from '../api-error.ts'
import { NetworkError } from '../errors.ts'
import type { Temporary } from './source.ts'

/** Renewed when so much is left, or a fifth of the life when that is less. */
const marginMs = 180_000
const marginShare = 0.2
/** After a failed renewal the next one waits so long while the old credentials last. */
const retryMs = 10_000

interface Kept extends Temporary {
  readonly renewAt: number
}

const keep = (temporary: Temporary, now: number): Kept => ({
  ...temporary,
  renewAt: temporary.endsAt - Math.min(marginMs, (temporary.endsAt - now) * marginShare),
})

/** Worth another try at once: fetching credentials changes nothing. */
const passes = (error: unknown) =>
  error instanceof NetworkError || (error instanceof ApiError && (error.class === 'transient' || error.class === 'throttled'))

/**
 * Keeps what `fetch` gave until 3 minutes (or a fifth of its life) are left, then fetches again: once, however many ask.
 * A failure of the network or of the service's own is tried again once, at once.
 * When that fails the old credentials serve until they end, and another try is made every 10 s; after their end the failure is thrown.
 */
export function renewing(fetch: () => Promise<Temporary>, now: () => number, held?: Temporary) {
  let kept = held && keep(held, now())
  let retryAt = Number.NEGATIVE_INFINITY
  let renewal: Promise<Credentials> | undefined

  async function renew(): Promise<Credentials> {
    try {
      const fetched = await fetch().catch((error: unknown) => {
        if (passes(error)) return fetch()
        throw error
      })
      kept = keep(fetched, now())
    } catch (error) {
      if (kept === undefined || now() >= kept.endsAt) throw error
      retryAt = now() + retryMs
    }
    return kept.credentials
  }

  return (signal?: AbortSignal): Credentials | Promise<Credentials> => {
    const at = now()
    if (kept !== undefined && at < kept.endsAt && (at < kept.renewAt || at < retryAt)) return kept.credentials
    renewal ??= renew().finally(() => {
      renewal = undefined
    })
    return within(renewal, signal)
  }
}
