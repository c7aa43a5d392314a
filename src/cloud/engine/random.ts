import { createHash, hash } from 'node:crypto'
import { randomSeed } from '../../api/system.ts'

/** All the chance there is in a cloud, from one seed: same seed and same requests, same ids, keys and addresses. */
export interface Random {
  bytes(count: number): Buffer
  /** A whole number from 0 to `limit` - 1. */
  integer(limit: number): number
  /** Lower-case letters and digits, as in `bp1gt9mb9asadff9r2zr`, after a beginning in ASCII. */
  alphanumeric(length: number, beginning?: string): string
  /** A lower-case UUID. */
  uuid(): string
  /** Where the sequence stands; `restore` goes back there, so that what is rolled back leaves no trace. */
  save(): number
  restore(position: number): void
  /** What the sequence is made from, with which it can be gone on with elsewhere. A secret. */
  readonly key: Uint8Array
}

const letters = Buffer.from('0123456789abcdefghijklmnopqrstuvwxyz')
/** Before these bytes of a UUID there is a dash. */
const dashed = new Set([4, 6, 8, 10])
const dash = 0x2d

/** A text on its way: one put together letter by letter, or of parts, costs ten times as much once somebody reads it. */
const draft = Buffer.alloc(64)

/** The key of a seed; without a seed, one that nobody can guess. */
export const keyOf = (seed?: string): Uint8Array => (seed === undefined ? randomSeed() : createHash('sha256').update(seed).digest())

/** SHA-256 in counter mode over the seed (or a key): unpredictable when the seed is, repeatable when it is given. */
export function createRandom(seed?: string | Uint8Array): Random {
  const key = seed instanceof Uint8Array ? seed : keyOf(seed)
  let position = 0
  let block = -1
  // As text, a character for each byte: a digest that is asked for as a buffer takes twice as long.
  let data = ''
  // The key, and then the number of the block.
  const numbered = Buffer.alloc(key.length + 16)
  numbered.set(key)
  function next(): number {
    const wanted = Math.floor(position / 32)
    if (wanted !== block) {
      block = wanted
      const end = key.length + numbered.write(String(block), key.length, 'latin1')
      data = hash('sha256', numbered.subarray(0, end), 'binary')
    }
    return data.charCodeAt(position++ & 31)
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
    alphanumeric(length, beginning = '') {
      const end = beginning.length + length
      const text = end > draft.length ? Buffer.alloc(end) : draft
      for (let at = text.write(beginning, 'latin1'); at < end; at++) text[at] = letters[next() % 36] as number
      return text.toString('latin1', 0, end)
    },
    uuid() {
      let end = 0
      for (let at = 0; at < 16; at++) {
        if (dashed.has(at)) draft[end++] = dash
        const byte = at === 6 ? (next() & 0x0f) | 0x40 : at === 8 ? (next() & 0x3f) | 0x80 : next()
        draft[end++] = letters[byte >> 4] as number
        draft[end++] = letters[byte & 15] as number
      }
      return draft.toString('latin1', 0, end)
    },
    key,
    save: () => position,
    restore(saved) {
      position = saved
    },
  }
}
