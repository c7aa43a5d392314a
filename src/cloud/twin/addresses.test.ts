import { describe, expect, it } from 'vitest'
import { contains, parseCidr } from '../vpc/cidr.ts'
import { otherAddresses } from './addresses.ts'

const key = Buffer.alloc(32, 7)
const vSwitches = ['10.20.30.0/24', '10.20.48.0/20', '172.20.5.0/24', '192.168.77.0/24']
const addresses = () => otherAddresses(key, vSwitches)
const block = (text: string) => parseCidr(text) ?? { first: -1, last: -1, prefix: -1 }

describe('other addresses', () => {
  it.each([
    ['10.20.30.0/24', '10.20.30.17'],
    ['10.20.48.0/20', '10.20.57.4'],
    ['172.20.5.0/24', '172.20.5.9'],
    ['192.168.77.0/24', '192.168.77.200'],
    ['10.20.0.0/16', '10.20.30.0/24'],
    ['10.20.30.0/24', '10.20.30.16/28'],
    ['10.0.0.0/8', '10.20.0.0/16'],
  ])('keep what lies in %s within it: %s', (outer, inner) => {
    const replace = addresses()
    expect(contains(block(replace(outer)), block(replace(inner)))).toBe(true)
  })

  it('are of the same private network, and keep the place within their vSwitch', () => {
    const replace = addresses()
    expect(replace('10.20.30.17')).toMatch(/^10\..*\.17$/)
    expect(replace('172.20.5.9')).toMatch(/^172\.(?:1[6-9]|2\d|3[01])\..*\.9$/)
    expect(replace('192.168.77.200')).toMatch(/^192\.168\..*\.200$/)
    const changed = vSwitches.filter((one) => replace(one) !== one)
    expect(changed.length).toBeGreaterThan(0)
    expect(new Set(vSwitches.map(replace)).size).toBe(vSwitches.length)
  })

  it('are the same for the same, also as a rule for one address', () => {
    const replace = addresses()
    expect(replace('203.0.113.9/32')).toBe(`${replace('203.0.113.9')}/32`)
    expect(replace('10.20.30.17/32')).toBe(`${replace('10.20.30.17')}/32`)
    expect(replace('203.0.113.9')).toBe(replace('203.0.113.9'))
  })

  it('take public ones from ranges that lead nowhere, each from a place of its own', () => {
    const replace = addresses()
    const made = ['203.0.113.9', '198.51.100.0/24', '203.0.113.10', '198.51.0.0/16'].map(replace)
    for (const one of made) expect(contains(block('198.18.0.0/15'), block(one))).toBe(true)
    expect(new Set(made).size).toBe(made.length)
    expect(replace('47.0.0.0/8')).toBe('198.18.0.0/15')
    expect(replace('2400:3200::1')).toMatch(/^2001:db8:/)
    expect(replace('2400:3200::1/128')).toBe(`${replace('2400:3200::1')}/128`)
    expect(replace('2400:3200::/32')).toMatch(/^2001:db8:.*\/32$/)
  })

  it.each(['0.0.0.0/0', '::/0', '100.100.2.136', '', 'all', '10.0.0.0/8'])('leave %j as it is', (text) => {
    expect(addresses()(text)).toBe(text)
  })
})
