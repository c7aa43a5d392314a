import { describe, expect, it } from 'vitest'
import { isOpen, permissionOf, readRule, ruleKey, ruleText, type ShortRule } from './rule.ts'

const defaults = { drop: false, priority: 1, description: '' }
const read = (text: string): ShortRule => readRule(text, defaults)

describe('the short form of a rule', () => {
  it.each([
    'in tcp/22 from 203.0.113.0/24',
    'in tcp/8000-8100 from sg-bp1abc priority 5',
    'drop in udp from 10.0.0.0/8 priority 100 # noisy # neighbours',
    'in tcp/prl-bp1abc from pl-bp1abc',
    'in icmpv6 from ::/0',
    'in gre from 198.51.100.7',
    'out all to 0.0.0.0/0',
    'in tcp/443 from 10.0.0.0/8 to 10.1.0.0/16 source-ports 1000-2000 # five parts',
    'out tcp/25 to 2001:db8::/32 from 10.0.0.1',
  ])('is written as it is read: %s', (text) => {
    expect(ruleText(read(text))).toBe(text)
  })

  it('says in several ways what is written in one', () => {
    expect(ruleText(read('accept in  TCP/all from 10.0.0.0/8 priority 1 #'))).toBe('in tcp from 10.0.0.0/8')
    expect(ruleText(read('in tcp/1-65535 from 10.0.0.0/8'))).toBe('in tcp from 10.0.0.0/8')
    expect(ruleText(read('in all/all from 10.0.0.0/8'))).toBe('in all from 10.0.0.0/8')
  })

  it('takes from the options what it does not say', () => {
    const options = { drop: true, priority: 7, description: 'told once' }
    expect(ruleText(readRule('in tcp/22 from 10.0.0.1', options))).toBe('drop in tcp/22 from 10.0.0.1 priority 7 # told once')
    expect(ruleText(readRule('accept in tcp/22 from 10.0.0.1 priority 1 # own', options))).toBe('in tcp/22 from 10.0.0.1 # own')
  })

  it.each([
    ['', 'begin with in or out'],
    ['tcp/22 from 10.0.0.1', 'begin with in or out'],
    ['in', 'begin with in or out'],
    ['in from 10.0.0.1', 'from is no protocol'],
    ['in constructor from 10.0.0.1', 'constructor is no protocol'],
    ['in tcp/22/23 from 10.0.0.1', 'tcp/22/23 is no protocol'],
    ['in tcp/0 from 10.0.0.1', '0 are no ports'],
    ['in tcp/90-80 from 10.0.0.1', '90-80 are no ports'],
    ['in tcp/65536 from 10.0.0.1', '65536 are no ports'],
    ['in icmp/8 from 10.0.0.1', 'icmp has no ports'],
    ['in tcp/22', 'say from where'],
    ['out tcp/22 from 10.0.0.1', 'say to where'],
    ['in tcp/22 from', 'from is followed by one value'],
    ['in tcp/22 from a from b', 'from is followed by one value'],
    ['in tcp/22 from 10.0.0.1 priority 0', 'a priority is a number from 1 to 100'],
    ['in tcp/22 from 10.0.0.1 priority 1e1', 'a priority is a number from 1 to 100'],
    ['in tcp/22 from 10.0.0.1 source-ports x', 'x are no ports'],
    ['in tcp/22 from 10.0.0.1 __proto__ x', '__proto__ is not understood'],
  ])('refuses %j', (text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ message: expect.stringContaining(message), exitCode: 2 }))
  })
})

describe('a rule', () => {
  it('is the same one however its block is spelled', () => {
    const same = (a: string, b: string) => ruleKey(read(`in tcp/22 from ${a}`)) === ruleKey(read(`in tcp/22 from ${b}`))
    expect(same('203.0.113.9/24', '203.0.113.0/24')).toBe(true)
    expect(same('203.0.113.9', '203.0.113.9/32')).toBe(true)
    expect(same('2001:DB8:0::1', '2001:db8::1/128')).toBe(true)
    expect(same('203.0.113.9', '203.0.113.8')).toBe(false)
    expect(ruleKey(read('in tcp/22 from 10.0.0.1 # a'))).toBe(ruleKey(read('in tcp/22 from 10.0.0.1 # b')))
    expect(ruleKey(read('in tcp/22 from 10.0.0.1 priority 2'))).not.toBe(ruleKey(read('in tcp/22 from 10.0.0.1')))
  })

  it.each([
    ['in tcp/22 from 0.0.0.0/0', true],
    ['in tcp/22 from 203.0.113.9/0', true],
    ['in all from ::/0', true],
    ['drop in tcp/22 from 0.0.0.0/0', false],
    ['out all to 0.0.0.0/0', false],
    ['in tcp/22 from 10.0.0.0/8', false],
    ['in tcp/22 from 203.0.113.0/30', false],
  ])('opens to the whole internet or not: %s', (text, open) => {
    expect(isOpen(read(text))).toBe(open)
  })

  it('is sent with its peers where the API takes them', () => {
    expect(permissionOf(read('in tcp/22 from sg-bp1abc to 10.0.0.1 # x'))).toEqual({
      IpProtocol: 'TCP',
      PortRange: '22/22',
      SourceGroupId: 'sg-bp1abc',
      DestCidrIp: '10.0.0.1',
      Policy: 'accept',
      Priority: '1',
      Description: 'x',
    })
    expect(permissionOf(read('drop out tcp/prl-bp1a to pl-bp1b'))).toMatchObject({
      PortRangeListId: 'prl-bp1a',
      DestPrefixListId: 'pl-bp1b',
      Policy: 'drop',
    })
    expect(permissionOf(read('in icmpv6 from ::/0'))).toMatchObject({ IpProtocol: 'ICMPv6', PortRange: '-1/-1', Ipv6SourceCidrIp: '::/0' })
  })
})
