import { anyTime, checkOptions, type Known } from '../known-options.ts'
import type { WaitResource } from './waitables.ts'

/** How far a wait is, told after each poll. */
export interface WaitProgress {
  /** How many ids have reached the goal. */
  readonly done: number
  /** How many different ids there are. */
  readonly total: number
  /**
   * How many ids were last seen in which state. `NotFound` are those that are not listed yet, `Unread` those that no answer
   * has told of yet.
   */
  readonly states: Readonly<Record<string, number>>
  /** Since the wait began, in milliseconds. */
  readonly elapsedMs: number
}

/** What `waitUntil` takes beside goal and ids. */
export interface WaitOptions<Resource extends WaitResource = WaitResource> {
  /** Ends the wait; it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** 300,000 ms by default; at most 2,147,483,647. 0 polls once. */
  readonly timeoutMs?: number | undefined
  /** Between polls; 1,000 to 5,000 ms by default, as the resource is. Near the end a quarter of it, but not below 250 ms. */
  readonly pollMs?: number | undefined
  /** How long an id may be unknown before the wait fails: a new one is not listed at once. 10,000 ms by default. */
  readonly unknownForMs?: number | undefined
  /** What the ids name, where their prefix does not tell: public images (`image`) and tasks (`task`). */
  readonly resource?: Resource | undefined
  /** Another region than the client's. */
  readonly regionId?: string | undefined
  /** Told after each poll. What it throws ends the wait. */
  readonly onProgress?: ((progress: WaitProgress) => void) | undefined
}

const known: Known<WaitOptions> = {
  signal: true,
  timeoutMs: anyTime,
  pollMs: { least: 1, most: 3_600_000 },
  unknownForMs: anyTime,
  resource: true,
  regionId: true,
  onProgress: true,
}

/** @throws UsageError UnknownOption, InvalidOption */
export const checkWaitOptions = (options: WaitOptions): void => checkOptions('a wait', options, known)
