import { demand, fault } from '../fault.ts'
import type { State } from '../state.ts'
import { type Cidr, contains, fitsVSwitch, formatCidr, overlaps, parseCidr } from './cidr.ts'
import type { Vpc } from './records.ts'
import { blocksOf, ipv6BlocksOf } from './vpc-blocks.ts'

/** VSwitches of one VPC (unconfirmed). */
const quota = 150

const within = (outer: string, inner: Cidr) => {
  const cidr = parseCidr(outer)
  return cidr !== undefined && contains(cidr, inner)
}
const meets = (other: string, cidr: Cidr) => {
  const taken = parseCidr(other)
  return taken !== undefined && overlaps(taken, cidr)
}

/**
 * The block of a new vSwitch, held against its VPC's and its neighbours'.
 * @throws Fault MissingParameter, InvalidCidrBlock.Malformed, InvalidCirdrBlock.MaskLength, InvalidParameter, InvalidCidrBlock.Overlapped,
 * QuotaExceeded.VSwitch
 */
export function cidrBlockOf(cidrBlock: string | undefined, parent: Vpc, state: State): string {
  demand(cidrBlock, 'MissingParameter', 'The input parameter "CidrBlock" that is mandatory for processing this request is not supplied.')
  const cidr = parseCidr(cidrBlock)
  demand(cidr !== undefined && formatCidr(cidr) === cidrBlock, 'InvalidCidrBlock.Malformed', 'The specified CidrBlock is not valid.')
  demand(fitsVSwitch(cidr), 'InvalidCirdrBlock.MaskLength', 'The mask of the specified CidrBlock must be from 16 to 29 bits long.', 400)
  demand(
    blocksOf(parent).some((block) => within(block, cidr)),
    'InvalidParameter',
    'The specified CidrBlock does not lie in a block of the VPC.',
  )
  const neighbours = state.vSwitches.by('vpc', parent.id)
  demand(
    !neighbours.some((other) => meets(other.cidrBlock, cidr)),
    'InvalidCidrBlock.Overlapped',
    'The specified CidrBlock overlaps the block of another vSwitch.',
  )
  demand(neighbours.length < quota, 'QuotaExceeded.VSwitch', 'The number of vSwitches in this VPC exceeds the quota.', 400)
  return cidrBlock
}

/** Where in IPv6 a vSwitch is to lie. */
export interface Ipv6Place {
  readonly VpcIpv6CidrBlock?: string | undefined
  readonly Ipv6CidrMask?: number | undefined
}

/**
 * A VPC with the IPv6 block first that a vSwitch is to lie in.
 * @throws Fault InvalidParameter for a block that is not the VPC's, and a mask other than 64
 */
export function placeOf(parent: Vpc, { VpcIpv6CidrBlock: named, Ipv6CidrMask: mask }: Ipv6Place): Vpc {
  demand(!named || ipv6BlocksOf(parent).includes(named), 'InvalidParameter', 'The specified VpcIpv6CidrBlock is not that of the VPC.')
  demand(mask === undefined || mask === 64, 'InvalidParameter', 'The specified Ipv6CidrMask is not 64.')
  return named ? { ...parent, ipv6CidrBlock: named } : parent
}

/**
 * The lowest block of that mask in which no vSwitch of the VPC lies (which one it is, is unconfirmed).
 * @throws Fault InvalidCirdrBlock.MaskLength, InvalidParameter where none is left
 */
export function freeBlock(mask: number, parent: Vpc, state: State): string {
  demand(mask >= 16 && mask <= 29 && Number.isInteger(mask), 'InvalidCirdrBlock.MaskLength', 'The specified CidrMask is not valid.', 400)
  const neighbours = state.vSwitches.by('vpc', parent.id).flatMap(({ cidrBlock }) => parseCidr(cidrBlock) ?? [])
  const size = 2 ** (32 - mask)
  for (const block of blocksOf(parent)) {
    const outer = parseCidr(block)
    for (let first = outer?.first ?? 0; outer && first + size - 1 <= outer.last; ) {
      const cidr = { first, last: first + size - 1, prefix: mask }
      const inTheWay = neighbours.find((other) => overlaps(other, cidr))
      if (inTheWay === undefined) return formatCidr(cidr)
      first = Math.ceil((inTheWay.last + 1) / size) * size
    }
  }
  throw fault('InvalidParameter', 'No block of the specified CidrMask is left in the VPC.')
}
