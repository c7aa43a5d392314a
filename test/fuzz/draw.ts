/** Draws for the fuzzers: everything from one seed, so that a run can be had again. */
import { createRandom } from '../../src/cloud/engine/random.ts'

export interface Draw {
  /** A whole number from 0 to `limit` - 1. */
  readonly integer: (limit: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  /** True so many times out of a hundred. */
  readonly chance: (percent: number) => boolean
  readonly bytes: (count: number) => Buffer
}

export function drawFrom(seed: string): Draw {
  const random = createRandom(seed)
  return {
    integer: (limit) => random.integer(limit),
    pick: (from) => from[random.integer(from.length)] as (typeof from)[number],
    chance: (percent) => random.integer(100) < percent,
    bytes: (count) => random.bytes(count),
  }
}

/** The same text anew, piece by piece drawn, `length` pieces long. */
export const drawn = (draw: Draw, length: number, pieces: readonly string[]): string =>
  Array.from({ length }, () => draw.pick(pieces)).join('')
