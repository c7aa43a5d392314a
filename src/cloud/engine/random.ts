import { createHash } from 'node:crypto'
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
  let position = 0
  let block = -1
  let data: Buffer = Buffer.alloc(0)
  function next(): number {
    const wanted = Math.floor(position / 32)
    if (wanted !== block) {
      block = wanted
      data = createHash('sha256').update(key).update(String(block)).digest()
    }
    return data[position++ & 31] as number
  }
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, next))
  const integer = (limit: number) => ((next() * 256 + next()) * 256 + next()) % limit
  return {
    bytes,
    integer,
    alphanumeric: (length) => Array.from({ length }, () => letters[next() % 36]).join(''),
    uuid() {
      const hex = bytes(16)
      hex[6] = ((hex[6] as number) & 0x0f) | 0x40
      hex[8] = ((hex[8] as number) & 0x3f) | 0x80
      return hex.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },
    key,
    save: () => position,
    restore(saved) {
      position = saved
    },
  }
}
