/** The one place that asks the machine for time and randomness; everything else is handed what it needs. */

/** Milliseconds since 1970, UTC. */
export const systemNow = (): number => Date.now()
// Node.js loads what `performance` is made from with its first use, which takes it a millisecond.
const hrtime = globalThis.process?.hrtime

/** Milliseconds on a clock that never jumps, for measuring. */
export function monotonicNow(): number {
  if (hrtime === undefined) return performance.now()
  const [seconds, nanoseconds] = hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}

/** Whoever signs has loaded it. For the global `crypto` Node.js would load what that has besides, of which nothing is used here. */
const ofNode = () => globalThis.process?.getBuiltinModule?.('node:crypto')

export const randomId = (): string => (ofNode() ?? crypto).randomUUID()
export const randomSeed = (): Uint8Array => ofNode()?.randomBytes(32) ?? crypto.getRandomValues(new Uint8Array(32))
/** A number from 0 (inclusive) to 1 (exclusive), for jitter. */
export const randomFraction = (): number => Math.random()
