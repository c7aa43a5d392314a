/** What the time until the next poll depends on, in milliseconds. */
export interface Progress {
  /** Between polls when nothing is near. */
  readonly pollMs: number
  readonly elapsedMs: number
  /** How long the goal usually takes, where that is known. */
  readonly usualMs: number | undefined
  /** When the last id arrived; undefined before the first. */
  readonly arrivedAtMs: number | undefined
  /** How many polls in a row were throttled. */
  readonly throttled: number
}

/** No poll follows sooner, unless the caller asked for it. */
const shortest = 250
const longest = 30_000

/**
 * How long to wait before the next poll: a quarter of the usual while ids arrive or when the usual time is nearly over,
 * twice as long with every poll in a row that was throttled.
 */
export function nextPoll({ pollMs, elapsedMs, usualMs, arrivedAtMs, throttled }: Progress): number {
  if (throttled > 0) return Math.max(pollMs, Math.min(longest, Math.max(pollMs, shortest) * 2 ** Math.min(throttled, 20)))
  // Stragglers may be long in coming: quick polls end some time after the last arrival or the usual time.
  const arriving = arrivedAtMs !== undefined && elapsedMs - arrivedAtMs <= 4 * pollMs
  const due = usualMs !== undefined && elapsedMs >= usualMs * 0.75 && elapsedMs <= usualMs * 1.5
  return arriving || due ? Math.max(Math.min(pollMs, shortest), pollMs / 4) : pollMs
}
