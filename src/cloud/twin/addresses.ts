import { createHmac } from 'node:crypto'
import { type Cidr, formatAddress, parseAddress, parseCidr } from '../vpc/cidr.ts'

/** Private networks, and how many bits of them say that they are. Addresses of Alibaba Cloud's own services, 100.64.0.0/10, stay as they are. */
const networks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((block) => parseCidr(block) ?? [])
const services = parseCidr('100.64.0.0/10')
/** Routed nowhere. */
const elsewhere = 0xc612_0000
const elsewherePrefix = 15

const within = (address: number, block: Cidr | undefined) => block !== undefined && block.first <= address && address <= block.last

/**
 * Makes what puts other addresses in place of an estate's: the same for the same, so that what lay in a network lies in it still. It takes
 * IPv4 and IPv6 addresses and blocks; what is none comes back as it is. Bits of private addresses are flipped by what stands before them,
 * as far as their vSwitch's prefix, so blocks stay nested and the part within the vSwitch stays as it is. Public addresses are counted
 * through 198.18.0.0/15, IPv6 through 2001:db8::/32.
 * @param key Of the flips
 * @param vSwitches Their CIDR blocks
 */
export function otherAddresses(key: Uint8Array, vSwitches: readonly string[]): (text: string) => string {
  const blocks = vSwitches.flatMap((block) => parseCidr(block) ?? []).toSorted((a, b) => b.prefix - a.prefix)
  const known = new Map<string, string>()
  let publicCount = 0
  let ipv6Count = 0

  const flip = (address: number, bit: number) => {
    const before = bit === 0 ? 0 : address >>> (32 - bit)
    return (createHmac('sha256', key).update(`${bit}:${before}`).digest()[0] as number) & 1
  }

  /** The first `prefix` bits, but for those that say it is private, replaced. */
  function scrambled(address: number, network: Cidr, prefix: number): number {
    let flipped = address
    for (let bit = network.prefix; bit < prefix; bit++) if (flip(address, bit) === 1) flipped ^= 1 << (31 - bit)
    return flipped >>> 0
  }

  function publicOne(prefix: number): string {
    if (prefix < elsewherePrefix) return `${formatAddress(elsewhere)}/${elsewherePrefix}`
    const room = 2 ** (32 - prefix)
    publicCount = Math.ceil((publicCount + 1) / room) * room
    const at = elsewhere + (publicCount % 2 ** (32 - elsewherePrefix))
    return prefix === 32 ? formatAddress(at) : `${formatAddress(at)}/${prefix}`
  }

  function ipv4(address: number, prefix: number): string {
    const network = networks.find((block) => within(address, block))
    if (network === undefined) return publicOne(prefix)
    const held = blocks.find((block) => within(address, block))?.prefix ?? 24
    const changed = scrambled(address, network, prefix === 32 ? held : prefix)
    return prefix === 32 ? formatAddress(changed) : `${formatAddress(changed)}/${prefix}`
  }

  function fresh(text: string): string {
    const [first = '', bits] = text.split('/', 2)
    if (text.includes(':')) {
      if (first === '::' || first === '::1') return text
      return `2001:db8:${(ipv6Count++).toString(16)}::${bits === undefined ? '1' : `/${bits}`}`
    }
    const address = parseAddress(first)
    if (address === undefined || bits === '0' || within(address, services)) return text
    const prefix = bits === undefined ? 32 : Number(bits)
    return ipv4(address, prefix)
  }

  return function replace(text: string): string {
    const before = known.get(text)
    if (before !== undefined) return before
    // A rule for one address follows that address.
    const [, single, bits] = /^([\d.]+)(\/32)$/.exec(text) ?? /^([\da-f:]+)(\/128)$/i.exec(text) ?? []
    const after = single === undefined ? fresh(text) : `${replace(single)}${bits}`
    known.set(text, after)
    return after
  }
}
