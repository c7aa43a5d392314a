import type { Random } from '../engine/random.ts'
import { demand, fault } from '../fault.ts'
import type { State } from '../state.ts'
import type { VSwitch, Vpc } from './records.ts'
import { ipv6BlocksOf } from './vpc-blocks.ts'
import { isIPv6 } from '../net.ts'

/** Bits of the block of a VPC, of a vSwitch, and of a prefix that an interface gets. */
export const ipv6Bits = { vpc: 56, vSwitch: 64, prefix: 80 } as const

const all = 128n

/** An IPv6 address as a number; undefined for any other text. A dotted end is not taken. */
export function parseIpv6(text: string): bigint | undefined {
  if (!isIPv6(text) || /[.%]/.test(text)) return undefined
  const [head = '', tail] = text.split('::')
  const words = (part: string) => (part === '' ? [] : part.split(':'))
  const [left, right] = [words(head), words(tail ?? '')]
  const zeros: string[] = Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].reduce((sum, word) => sum * 0x10000n + BigInt(`0x${word}`), 0n)
}

/** Writes a number as an address: lower case, the longest run of zero words left out. */
export function formatIpv6(value: bigint): string {
  const words = Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16))
  const text = words.join(':')
  const [longest] = [...text.matchAll(/\b0(?::0)+\b/g)].sort(([a], [b]) => b.length - a.length)
  if (longest === undefined) return text
  const before = text.slice(0, longest.index).replace(/:$/, '')
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '')
  return `${before}::${after}`
}

/** The block of so many bits that an address lies in, written as `2001:db8::/64`. */
export function blockAround(address: bigint, bits: number): string {
  const rest = all - BigInt(bits)
  return `${formatIpv6((address >> rest) << rest)}/${bits}`
}

/** The block of so many bits that a text is; undefined when it is another one, or has bits set after its mask. */
export function readBlock(text: string, bits: number): string | undefined {
  const [address = '', mask, ...more] = text.split('/')
  const value = more.length === 0 && mask === String(bits) ? parseIpv6(address) : undefined
  const block = value === undefined ? undefined : blockAround(value, bits)
  return block !== undefined && value === firstOf(block) ? block : undefined
}

/** The first address of a block that is known to be one. */
export const firstOf = (block: string): bigint => parseIpv6(block.split('/')[0] ?? '') ?? 0n

/** Whether the block that an address lies in, of as many bits as `block`, is that one. */
export const liesIn = (address: bigint, block: string): boolean => blockAround(address, Number(block.split('/')[1])) === block

/** Blocks come from 2001:db8::/32, which is for examples and routed nowhere: a program that connects to an address there reaches no stranger's machine. */
const examples = 0x20010db8n << 96n

/**
 * The IPv6 block of a VPC: the one asked for, or one that none has.
 * Real blocks are bought or given by Alibaba Cloud before they can be asked for; here any in 2001:db8::/32 that is free can be.
 * @throws Fault InvalidParameter for another one, InvalidCidrBlock.Overlapped for one that a VPC has
 */
export function vpcBlock(asked: string | undefined, state: State, random: Random): string {
  const taken = new Set(state.vpcs.all().flatMap(ipv6BlocksOf))
  if (asked) {
    const block = readBlock(asked, ipv6Bits.vpc)
    const ours = block !== undefined && liesIn(firstOf(block), '2001:db8::/32')
    demand(ours, 'InvalidParameter', 'The specified Ipv6CidrBlock is not a /56 block in 2001:db8::/32.')
    demand(!taken.has(block), 'InvalidCidrBlock.Overlapped', 'The specified Ipv6CidrBlock is in use.')
    return block
  }
  for (;;) {
    const block = blockAround(examples + (BigInt(random.integer(2 ** 24)) << 72n), ipv6Bits.vpc)
    if (!taken.has(block)) return block
  }
}

/**
 * The IPv6 block of a vSwitch: number 0 to 255 of its VPC's.
 * @throws Fault InvalidParameter for another number or a VPC without IPv6, InvalidCidrBlock.Overlapped where a vSwitch has it (the codes are unconfirmed)
 */
export function vSwitchBlock(number: number, vpc: Vpc, state: State, but?: VSwitch): string {
  demand(vpc.ipv6CidrBlock !== undefined, 'InvalidParameter', 'IPv6 is not turned on for the VPC.')
  const fits = Number.isInteger(number) && number >= 0 && number <= 255
  demand(fits, 'InvalidParameter', 'The specified Ipv6CidrBlock is not from 0 to 255.')
  const block = blockAround(firstOf(vpc.ipv6CidrBlock) + (BigInt(number) << 64n), ipv6Bits.vSwitch)
  const neighbours = state.vSwitches.by('vpc', vpc.id).filter(({ id }) => id !== but?.id)
  const free = neighbours.every(({ ipv6CidrBlock }) => ipv6CidrBlock !== block)
  demand(free, 'InvalidCidrBlock.Overlapped', 'The specified Ipv6CidrBlock is that of another vSwitch.')
  return block
}

/** The lowest number whose block no vSwitch of the VPC has. */
export function freeNumber(vpc: Vpc, state: State): number {
  const taken = new Set(state.vSwitches.by('vpc', vpc.id).map(({ ipv6CidrBlock }) => ipv6CidrBlock))
  const start = firstOf(vpc.ipv6CidrBlock ?? '')
  for (let number = 0; number < 256; number++) if (!taken.has(blockAround(start + (BigInt(number) << 64n), ipv6Bits.vSwitch))) return number
  throw fault('InvalidParameter', 'No IPv6 block of the VPC is left.')
}
