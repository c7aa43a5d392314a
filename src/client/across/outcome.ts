import { asError } from '../errors.ts'
import { checkOptions, type Known, wholeNumber } from '../known-options.ts'
import { concurrently, mostAtATime } from './concurrent.ts'

/** How the visit to one place ended. */
export type Ended<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error }

/** How many places are visited at once, and until when. */
export interface AcrossOptions {
  /** How many places are visited at a time; 8 by default, 1,000 at most. */
  readonly concurrency?: number | undefined
  /** Begins no more visits. Those not begun fail with the signal's reason; a visit that is to end early listens itself. */
  readonly signal?: AbortSignal | undefined
}

const known: Known<AcrossOptions> = { concurrency: wholeNumber(1, mostAtATime), signal: true }

/**
 * Visits places, some at a time. Every place gets an ending, in the order of `places`: a failure is kept and named, and stops no other.
 * @throws UsageError InvalidOption, UnknownOption
 */
export async function visitAll<T>(
  places: readonly string[],
  visit: (place: string) => Promise<T>,
  options: AcrossOptions,
): Promise<(readonly [place: string, ended: Ended<T>])[]> {
  checkOptions('a visit to many', options, known)
  const { concurrency = 8, signal } = options
  return concurrently(places, concurrency, async (place) => {
    try {
      signal?.throwIfAborted()
      return [place, { ok: true, value: await visit(place) }] as const
    } catch (error) {
      return [place, { ok: false, error: asError(error) }] as const
    }
  })
}
