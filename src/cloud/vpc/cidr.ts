/** A block of IPv4 addresses; addresses are unsigned 32-bit numbers. */
export interface Cidr {
  /** The network address. */
  readonly first: number
  readonly last: number
  /** 0 to 32. */
  readonly prefix: number
}

/** The network address at the start of a vSwitch and the three addresses at its end are the cloud's own. */
const reserved = { start: 1, end: 3 } as const

const [dot, zero] = ['.', '0'].map((letter) => letter.charCodeAt(0)) as [number, number]

/** Reads a dotted address as a number; undefined when it is not four numbers from 0 to 255 without leading zeros. */
export function parseAddress(text: string): number | undefined {
  let [address, parts, part] = [0, 0, -1]
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : dot
    if (code === dot) {
      if (part < 0 || ++parts > 4) return undefined
      address = address * 256 + part
      part = -1
    } else {
      const digit = code - zero
      // A number goes on after no leading zero.
      if (digit < 0 || digit > 9 || part === 0) return undefined
      part = Math.max(part, 0) * 10 + digit
      if (part > 255) return undefined
    }
  }
  return parts === 4 ? address : undefined
}

/** Writes a number as a dotted address. */
export const formatAddress = (address: number): string =>
  `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`

/** Reads `10.0.0.0/8`, or a lone address as a block of one. Bits after the mask are dropped. Undefined when it is neither. */
export function parseCidr(text: string): Cidr | undefined {
  const [, dotted = '', mask] = /^([\d.]+)(?:\/(\d{1,2}))?$/.exec(text) ?? []
  const address = parseAddress(dotted)
  const prefix = mask === undefined ? 32 : Number(mask)
  if (address === undefined || prefix > 32) return undefined
  const size = 2 ** (32 - prefix)
  const first = address - (address % size)
  return { first, last: first + size - 1, prefix }
}

/** Reads a block that is known to be one. */
const known = (text: string): Cidr => {
  const cidr = parseCidr(text)
  if (cidr === undefined) throw new TypeError(`${text} is not a CIDR block`)
  return cidr
}

export const formatCidr = ({ first, prefix }: Cidr): string => `${formatAddress(first)}/${prefix}`
export const contains = (outer: Cidr, inner: Cidr): boolean => outer.first <= inner.first && inner.last <= outer.last
export const overlaps = (a: Cidr, b: Cidr): boolean => a.first <= b.last && b.first <= a.last

/** Blocks that no VPC may lie in: carrier-grade NAT, multicast, loopback, link-local. */
const forbiddenForVpcs = ['100.64.0.0/10', '224.0.0.0/4', '127.0.0.0/8', '169.254.0.0/16'].map(known)

/** Whether a VPC may have this block. A mask wider than /8 or narrower than /28 is refused (the wide bound is unconfirmed). */
export const fitsVpc = (cidr: Cidr): boolean =>
  cidr.prefix >= 8 && cidr.prefix <= 28 && !forbiddenForVpcs.some((forbidden) => contains(forbidden, cidr))

/** Whether a vSwitch may have a mask of this length. */
export const fitsVSwitch = ({ prefix }: Cidr): boolean => prefix >= 16 && prefix <= 29

/** How many addresses of a vSwitch's block resources can have: all but the four reserved ones. */
export const usableAddresses = (cidrBlock: string): number => usableIn(known(cidrBlock))

const usableIn = ({ first, last }: Cidr) => Math.max(last - first + 1 - reserved.start - reserved.end, 0)

/** Whether `address` lies in a vSwitch's block and is none of the reserved ones. */
export function isUsable(cidrBlock: string, address: string): boolean {
  const { first, last } = known(cidrBlock)
  const value = parseAddress(address)
  return value !== undefined && value >= first + reserved.start && value <= last - reserved.end
}

/**
 * The next free address of a vSwitch: the lowest one from `start` on that is not taken, then from the beginning on.
 * Undefined when every usable address is taken.
 * @param start where to look first; the lowest usable address by default, and when it is not a usable one
 */
export function freeAddress(cidrBlock: string, taken: (address: string) => boolean, start?: string): string | undefined {
  const cidr = known(cidrBlock)
  const [lowest, count] = [cidr.first + reserved.start, usableIn(cidr)]
  const asked = start === undefined ? lowest : (parseAddress(start) ?? lowest)
  const offset = asked >= lowest && asked < lowest + count ? asked - lowest : 0
  for (let tried = 0; tried < count; tried++) {
    const address = formatAddress(lowest + ((offset + tried) % count))
    if (!taken(address)) return address
  }
  return undefined
}

/** The usable addresses of a vSwitch's block by their numbers, from 0 on. */
export function addressesOf(cidrBlock: string): (index: number) => string {
  const lowest = known(cidrBlock).first + reserved.start
  return (index) => formatAddress(lowest + index)
}
