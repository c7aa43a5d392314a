import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hmac } from './hmac.ts'

describe('hmac', () => {
  it('is what node:crypto makes of any key and text, keys longer than a block too', () => {
    const key = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 60, maxLength: 140 }))
    fc.assert(
      fc.property(fc.constantFrom('sha1', 'sha256'), key, fc.string({ unit: 'grapheme', maxLength: 300 }), (algorithm, secret, text) => {
        for (const encoding of ['hex', 'base64'] as const)
          expect(hmac(algorithm, secret, text, encoding)).toBe(createHmac(algorithm, secret).update(text).digest(encoding))
      }),
    )
  })

  it('gives the answer of RFC 4231, test case 2', () => {
    expect(hmac('sha256', 'Jefe', 'what do ya want for nothing?', 'hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })
})
