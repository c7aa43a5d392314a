import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addressesOf,
  type Cidr,
  contains,
  fitsVpc,
  formatAddress,
  formatCidr,
  freeAddress,
  isUsable,
  overlaps,
  parseAddress,
  parseCidr,
  usableAddresses,
} from './cidr.ts'

function cidr(text: string): Cidr {
  const block = parseCidr(text)
  if (block === undefined) throw new Error(`${text} is no block`)
  return block
}

describe('addresses and blocks', () => {
  it('reads what it writes, for every address and block', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        expect(parseAddress(formatAddress(address))).toBe(address)
        const block = cidr(`${formatAddress(address)}/${prefix}`)
        expect(cidr(formatCidr(block))).toEqual(block)
        expect(block.first <= address && address <= block.last).toBe(true)
      }),
    )
  })

  it.each(['', '10.0.0', '10.0.0.256', '010.0.0.1', '10.0.0.0/33', '10.0.0.0/', '::1', '10.0.0.0/8 '])('does not take %j', (text) => {
    expect(parseCidr(text)).toBeUndefined()
  })

  it('drops the bits after the mask, and reads a lone address as a block of one', () => {
    expect(formatCidr(cidr('192.168.1.77/24'))).toBe('192.168.1.0/24')
    expect(formatCidr(cidr('8.8.8.8'))).toBe('8.8.8.8/32')
  })

  it('knows which blocks hold or touch each other', () => {
    expect(contains(cidr('10.0.0.0/8'), cidr('10.255.0.0/16'))).toBe(true)
    expect(contains(cidr('10.0.0.0/16'), cidr('10.0.0.0/8'))).toBe(false)
    expect(overlaps(cidr('10.0.0.0/16'), cidr('10.0.128.0/17'))).toBe(true)
    expect(overlaps(cidr('10.0.0.0/17'), cidr('10.0.128.0/17'))).toBe(false)
  })

  it.each([
    ['172.16.0.0/12', true],
    ['10.0.0.0/28', true],
    ['10.0.0.0/29', false],
    ['100.64.0.0/16', false],
    ['169.254.7.0/24', false],
    ['239.0.0.0/16', false],
  ])('as a VPC takes %s: %s', (text, fits) => {
    expect(fitsVpc(cidr(text))).toBe(fits)
  })
})

describe('the addresses of a vSwitch', () => {
  const block = '192.168.1.0/29'

  it('are all but the first and the last three', () => {
    expect(usableAddresses(block)).toBe(4)
    expect(['192.168.1.0', '192.168.1.1', '192.168.1.4', '192.168.1.5', '192.168.2.1'].map((address) => isUsable(block, address))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
  })

  it('are given out lowest first until none is left', () => {
    const taken = new Set<string>()
    for (let address = freeAddress(block, (a) => taken.has(a)); address; address = freeAddress(block, (a) => taken.has(a)))
      taken.add(address)
    expect([...taken]).toEqual(['192.168.1.1', '192.168.1.2', '192.168.1.3', '192.168.1.4'])
  })

  it('are searched from a start round to the beginning', () => {
    expect(addressesOf(block)(2)).toBe('192.168.1.3')
    expect(freeAddress(block, () => false, '192.168.1.3')).toBe('192.168.1.3')
    expect(freeAddress(block, (address) => address > '192.168.1.2', '192.168.1.3')).toBe('192.168.1.1')
    expect(freeAddress(block, () => false, '192.168.9.9')).toBe('192.168.1.1')
  })
})
