import { demand } from '../fault.ts'
import type { State } from '../state.ts'
import { contains, fitsVpc, formatCidr, overlaps, parseCidr } from './cidr.ts'
import type { Vpc } from './records.ts'

/** The IPv4 blocks of a VPC: the one that it was made with, then those added to it. */
export const blocksOf = ({ cidrBlock, secondaryCidrBlocks = [] }: Vpc): readonly string[] => [cidrBlock, ...secondaryCidrBlocks]

/** The IPv6 blocks of a VPC, likewise. */
export const ipv6BlocksOf = ({ ipv6CidrBlock, secondaryIpv6Blocks = [] }: Vpc): readonly string[] =>
  ipv6CidrBlock === undefined ? [] : [ipv6CidrBlock, ...secondaryIpv6Blocks]

/**
 * A block that a VPC may have. One with bits set after its mask is refused (unconfirmed).
 * @throws Fault InvalidParameter
 */
export function vpcBlockOf(text: string, parameter: string): string {
  const cidr = parseCidr(text)
  const fits = cidr !== undefined && fitsVpc(cidr) && formatCidr(cidr) === text
  demand(fits, 'InvalidParameter', `The specified ${parameter} is not a valid block for a VPC.`)
  return text
}

export const meet = (a: string, b: string): boolean => {
  const [left, right] = [parseCidr(a), parseCidr(b)]
  return left !== undefined && right !== undefined && overlaps(left, right)
}

export const holds = (outer: string, inner: string): boolean => {
  const [left, right] = [parseCidr(outer), parseCidr(inner)]
  return left !== undefined && right !== undefined && contains(left, right)
}

/** The vSwitches of a VPC that lie in one of its blocks. */
export const vSwitchesIn = (row: Vpc, block: string, state: State) =>
  state.vSwitches.by('vpc', row.id).filter(({ cidrBlock }) => holds(block, cidrBlock))

interface PoolInput {
  readonly [parameter: string]: string | number | undefined
}

/**
 * Blocks can be taken from pools of another product's, of which none exist here, and by their masks from those pools alone.
 * @throws Fault InvalidParameter (the code is unconfirmed)
 */
export function demandNoPool(asked: PoolInput): void {
  for (const [parameter, value] of Object.entries(asked))
    demand(value === undefined || value === '', 'InvalidParameter', `The specified ${parameter} names no pool of addresses that exists.`)
}

/** Blocks of one VPC at most that are its user's own though they are public. */
const mostUserCidrs = 3

/**
 * @param text blocks with commas between
 * @throws Fault InvalidUserCidr.Quota, InvalidUserCidr.Malformed
 */
export function userCidrsOf(text: string | undefined): readonly string[] {
  const blocks = text ? text.split(',') : []
  demand(blocks.length <= mostUserCidrs, 'InvalidUserCidr.Quota', `At most ${mostUserCidrs} blocks can be given.`, 400)
  for (const block of blocks) {
    const cidr = parseCidr(block)
    demand(cidr && formatCidr(cidr) === block, 'InvalidUserCidr.Malformed', 'The specified UserCidr is not valid.', 400)
  }
  return blocks
}

/**
 * A VPC with a larger or smaller block, which holds the vSwitches that the former one held.
 * @throws Fault InvalidParameter for one beside it, InvalidCidrBlock.Overlapped with another of its blocks, OperationFailed.CidrInUse (unconfirmed)
 */
export function resized(row: Vpc, text: string | undefined, state: State): Vpc {
  if (!text || text === row.cidrBlock) return row
  const cidrBlock = vpcBlockOf(text, 'CidrBlock')
  const around = holds(cidrBlock, row.cidrBlock) || holds(row.cidrBlock, cidrBlock)
  demand(around, 'InvalidParameter', 'The specified CidrBlock is neither larger nor smaller than that of the VPC.')
  const apart = (row.secondaryCidrBlocks ?? []).every((other) => !meet(other, cidrBlock))
  demand(apart, 'InvalidCidrBlock.Overlapped', 'The specified CidrBlock overlaps another block of the VPC.')
  const kept = vSwitchesIn(row, row.cidrBlock, state).every((vSwitch) => holds(cidrBlock, vSwitch.cidrBlock))
  demand(kept, 'OperationFailed.CidrInUse', 'A vSwitch of the VPC lies outside the specified CidrBlock.', 400)
  return { ...row, cidrBlock }
}
