import { describe, expect, it } from 'vitest'
import { createNonces, signatureWindowMs } from './nonces.ts'

describe('signature nonces', () => {
  it('may be used once per key', () => {
    const nonces = createNonces()
    expect(nonces.use('key', 'n', 0)).toBe(true)
    expect(nonces.use('key', 'n', 1)).toBe(false)
    expect(nonces.use('other', 'n', 1)).toBe(true)
  })

  it('are remembered for as long as their signature could be accepted', () => {
    const nonces = createNonces()
    nonces.use('key', 'n', 0)
    for (let at = 0; at <= 2 * signatureWindowMs; at += signatureWindowMs) nonces.use('key', `other ${at}`, at)
    expect(nonces.use('key', 'n', 2 * signatureWindowMs)).toBe(false)
  })

  it('are forgotten before memory runs out', () => {
    const nonces = createNonces(10)
    for (let n = 0; n < 25; n++) nonces.use('key', String(n), 0)
    expect(nonces.use('key', '0', 0)).toBe(true)
    expect(nonces.use('key', '24', 0)).toBe(false)
  })
})
