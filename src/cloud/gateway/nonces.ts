import { randomSeed } from '../../api/system.ts'
import { hashOf } from '../engine/hashes.ts'

/** Remembers which signature nonces were used, in two generations, so that memory stays bounded. */
export interface Nonces {
  /** Notes the nonce and says whether it is new. */
  use(accessKeyId: string, nonce: string, now: number): boolean
}

/** How far a signature's time may lie from the machine's, either way. A nonce has to be remembered for as long. */
export const signatureWindowMs = 15 * 60_000

const leastRoom = 1024

/** Hashes in a table of numbers: a set of texts would keep the garbage collector busy with each request there ever was. */
interface Seen {
  readonly size: number
  has(hash: number): boolean
  add(hash: number): void
}

function createSeen(): Seen {
  let table = new Float64Array(leastRoom)
  let size = 0

  /** Where a hash is, or the empty place in which it goes. */
  function placeOf(hash: number): number {
    const mask = table.length - 1
    let at = hash & mask
    while (table[at] !== 0 && table[at] !== hash) at = (at + 1) & mask
    return at
  }

  function grow(): void {
    const old = table
    table = new Float64Array(old.length * 2)
    for (const hash of old) if (hash !== 0) table[placeOf(hash)] = hash
  }

  return {
    get size() {
      return size
    },
    has: (hash) => table[placeOf(hash)] === hash,
    add(hash) {
      if (size * 2 >= table.length) grow()
      table[placeOf(hash)] = hash
      size++
    },
  }
}

/**
 * A nonce is remembered for at least the time its signature stays acceptable (2 x 15 minutes),
 * unless more than `limit` arrive within that time; then the older half is forgotten first.
 * It is known by a hash of 53 bits: with a million remembered, one new nonce in 9,000 million is taken for an old one.
 */
export function createNonces(limit = 500_000): Nonces {
  const seed = new DataView(randomSeed().buffer).getUint32(0)
  let current = createSeen()
  let previous = createSeen()
  let startedAt = 0
  return {
    use(accessKeyId, nonce, now) {
      if (now - startedAt > 2 * signatureWindowMs || current.size >= limit) {
        previous = current
        current = createSeen()
        startedAt = now
      }
      const hash = hashOf(nonce, hashOf(accessKeyId, seed)) || 1
      if (previous.has(hash) || current.has(hash)) return false
      current.add(hash)
      return true
    },
  }
}
