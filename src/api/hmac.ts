import { hash } from 'node:crypto'

/** The block of both SHA-1 and SHA-256, in bytes. */
const block = 64

/**
 * HMAC (RFC 2104) of a text in UTF-8 under a key in UTF-8, made of two one-shot hashes. That takes half the time of
 * `createHmac`, whose object is also left to the garbage collector: a tenth of what a whole call costs.
 */
export function hmac(algorithm: 'sha1' | 'sha256', key: string, text: string, encoding: 'hex' | 'base64'): string {
  const raw = Buffer.from(key)
  const short = raw.length > block ? hash(algorithm, raw, 'buffer') : raw
  const inner = Buffer.allocUnsafe(block + Buffer.byteLength(text))
  const pad = Buffer.allocUnsafe(block)
  for (let at = 0; at < block; at++) {
    const byte = short[at] ?? 0
    inner[at] = byte ^ 0x36
    pad[at] = byte ^ 0x5c
  }
  inner.write(text, block)
  return hash(algorithm, Buffer.concat([pad, hash(algorithm, inner, 'buffer')]), encoding)
}
