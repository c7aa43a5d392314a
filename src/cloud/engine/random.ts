import { createHash, hash } from 'node:crypto'
import { randomSeed } from '../../api/system.ts'

/** All the chance there is in a cloud, from one seed: same seed and same requests, same ids, keys and addresses. */
export interface Random {
  bytes(count: number): Buffer
  /** A whole number from 0 to `limit` - 1. */
  integer(limit: number): number
  /** Lower-case letters and digits, as in `bp1gt9mb9asadff9r2zr`. */
  alphanumeric(length: number): string
  /** A lower-case UUID. */
  uuid(): string
  /** Where the sequence stands; `restore` goes back there, so that what is rolled back leaves no trace. */
  save(): number
  restore(position: number): void
  /** What the sequence is made from, with which it can be gone on with elsewhere. A secret. */
  readonly key: Uint8Array
}

const letters = '0123456789abcdefghijklmnopqrstuvwxyz'

/** The key of a seed; without a seed, one that nobody can guess. */
export const keyOf = (seed?: string): Uint8Array => (seed === undefined ? randomSeed() : createHash('sha256').update(seed).digest())

/** SHA-256 in counter mode over the seed (or a key): unpredictable when the seed is, repeatable when it is given. */
export function createRandom(seed?: string | Uint8Array): Random {
  const key = seed instanceof Uint8Array ? seed : keyOf(seed)
  /** The key, then the number of a block. */
  const input = Buffer.alloc(key.length + 20)
  input.set(key)
  let position = 0
  let block = -1
  const data = Buffer.alloc(32)
  // The key, and then the number of the block.
  const numbered = Buffer.alloc(key.length + 16)
  numbered.set(key)
  function next(): number {
    const wanted = Math.floor(position / 32)
    if (wanted !== block) {
      block = wanted
      const end = key.length + numbered.write(String(block), key.length, 'latin1')
      // As text: a digest that is asked for as a buffer takes twice as long.
      data.write(hash('sha256', numbered.subarray(0, end), 'binary'), 'latin1')
    }
    return data[position++ & 31] as number
  }
  function bytes(count: number): Buffer {
    const drawn = Buffer.allocUnsafe(count)
    for (let at = 0; at < count; at++) drawn[at] = next()
    return drawn
  }
  const integer = (limit: number) => ((next() * 256 + next()) * 256 + next()) % limit
  return {
    bytes,
    integer,
    alphanumeric(length) {
      let drawn = ''
      for (let at = 0; at < length; at++) drawn += letters[next() % 36]
      return drawn
    },
    uuid() {
      const drawn = bytes(16)
      drawn[6] = ((drawn[6] as number) & 0x0f) | 0x40
      drawn[8] = ((drawn[8] as number) & 0x3f) | 0x80
      const hex = drawn.toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    },
    key,
    save: () => position,
    restore(saved) {
      position = saved
    },
  }
}
