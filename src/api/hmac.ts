import { hash } from 'node:crypto'

/** The block of both SHA-1 and SHA-256, in bytes. */
const block = 64
const digestBytes = { sha1: 20, sha256: 32 } as const

/** What a key is mixed into, for both hashes. The outer one has room for the inner one's digest. */
interface Pads {
  readonly algorithm: keyof typeof digestBytes
  readonly key: string
  readonly inner: Buffer
  readonly outer: Buffer
}

/** Calls are signed with the same key one after the other. */
let last: Pads | undefined

function padsOf(algorithm: keyof typeof digestBytes, key: string): Pads {
  if (last?.key === key && last.algorithm === algorithm) return last
  const raw = Buffer.from(key)
  const short = raw.length > block ? hash(algorithm, raw, 'buffer') : raw
  const inner = Buffer.allocUnsafe(block)
  const outer = Buffer.allocUnsafe(block + digestBytes[algorithm])
  for (let at = 0; at < block; at++) {
    const byte = short[at] ?? 0
    inner[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  }
  last = { algorithm, key, inner, outer }
  return last
}

/**
 * HMAC (RFC 2104) of a text in UTF-8 under a key in UTF-8, made of two one-shot hashes. That takes a third of the time of
 * `createHmac`, whose object is also left to the garbage collector: a tenth of what a whole call costs.
 */
export function hmac(algorithm: 'sha1' | 'sha256', key: string, text: string, encoding: 'hex' | 'base64'): string {
  const { inner, outer } = padsOf(algorithm, key)
  const message = Buffer.allocUnsafe(block + Buffer.byteLength(text))
  message.set(inner)
  message.write(text, block)
  // As text: a digest that is asked for as a buffer takes twice as long.
  outer.write(hash(algorithm, message, 'binary'), block, 'latin1')
  return hash(algorithm, outer, encoding)
}
