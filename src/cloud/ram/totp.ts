import { createHmac } from 'node:crypto'

// RFC 6238 with what authenticator apps use: SHA-1, 30 seconds, 6 digits. RFC 4648 writes the key.

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const stepMs = 30_000
const digits = 6

/** Writes bytes as base32, without padding. */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => letters[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** Reads base32; what is no letter of it counts as nothing. */
export function fromBase32(text: string): Buffer {
  const bits = text
    .split('')
    .map((letter) => letters.indexOf(letter))
    .flatMap((value) => (value < 0 ? [] : value.toString(2).padStart(5, '0')))
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The code of a key at a time. */
export function codeAt(seed: string, at: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / stepMs)))
  const mac = createHmac('sha1', fromBase32(seed)).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

/** Steps that the two codes may be behind or ahead of the clock. */
const tolerated = [-2, -1, 0, 1]

/** Whether two codes follow each other about now. */
export const areConsecutive = (seed: string, first: string, second: string, now: number): boolean =>
  first !== second &&
  tolerated.some((steps) => {
    const at = now + steps * stepMs
    return codeAt(seed, at) === first && codeAt(seed, at + stepMs) === second
  })
