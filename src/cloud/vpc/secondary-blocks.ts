import { demandOneOf } from '../ecs/values.ts'
import { demand } from '../fault.ts'
import { type Context, vpc } from '../operation.ts'
import { parseCidr } from './cidr.ts'
import { readyVpcOf } from './find.ts'
import { blockAround, firstOf, vpcBlock } from './ipv6.ts'
import type { Vpc } from './records.ts'
import { blocksOf, demandNoPool, meet, vpcBlockOf, vSwitchesIn } from './vpc-blocks.ts'

/** Blocks of either version beside the first at most. */
const most = 5

// The codes are unconfirmed but for that of a block in use, which a client knows.

/** @throws Fault MissingParameter, InvalidParameter, InvalidCidrBlock.Overlapped, QuotaExceeded */
function added(block: string | undefined, row: Vpc): string {
  demand(block, 'MissingParameter', 'SecondaryCidrBlock must be specified.')
  const { prefix = 0, first = 0 } = parseCidr(vpcBlockOf(block, 'SecondaryCidrBlock')) ?? {}
  demand(prefix >= 16 && first >= 2 ** 24, 'InvalidParameter', 'The specified SecondaryCidrBlock is not a valid block for a VPC.')
  const apart = blocksOf(row).every((other) => !meet(other, block))
  demand(apart, 'InvalidCidrBlock.Overlapped', 'The specified SecondaryCidrBlock overlaps another block of the VPC.')
  demand((row.secondaryCidrBlocks?.length ?? 0) < most, 'QuotaExceeded', `A VPC has at most ${most} secondary blocks.`)
  return block
}

/** @throws Fault InvalidParameter where IPv6 is off, InvalidCidrBlock.Overlapped, QuotaExceeded */
function addedIpv6(block: string | undefined, row: Vpc, { state, random }: Context): string {
  demand(row.ipv6CidrBlock !== undefined, 'InvalidParameter', 'IPv6 is not turned on for the VPC.')
  demand((row.secondaryIpv6Blocks?.length ?? 0) < most, 'QuotaExceeded', `A VPC has at most ${most} secondary blocks.`)
  return vpcBlock(block, state, random)
}

export const AssociateVpcCidrBlock = vpc(
  'AssociateVpcCidrBlock',
  ['VpcId', 'SecondaryCidrBlock', 'IPv6CidrBlock', 'IpVersion', 'Ipv6Isp', 'IpamPoolId', 'SecondaryCidrMask', 'Ipv6CidrMask'],
  (input, context) => {
    const { vpcs } = context.state
    const row = readyVpcOf(input.VpcId, context)
    const { SecondaryCidrBlock, IPv6CidrBlock, IpVersion, IpamPoolId, SecondaryCidrMask, Ipv6CidrMask } = input
    demandOneOf(IpVersion, ['IPV4', 'IPV6'], 'IpVersion', 'InvalidParameter')
    demandOneOf(input.Ipv6Isp, ['BGP'], 'Ipv6Isp', 'InvalidParameter')
    demandNoPool({ IpamPoolId, SecondaryCidrMask, Ipv6CidrMask })
    demand(!SecondaryCidrBlock || !IPv6CidrBlock, 'InvalidParameter', 'SecondaryCidrBlock and IPv6CidrBlock cannot both be specified.')
    if (IPv6CidrBlock || (IpVersion === 'IPV6' && !SecondaryCidrBlock)) {
      const block = addedIpv6(IPv6CidrBlock, row, context)
      vpcs.put({ ...row, secondaryIpv6Blocks: [...(row.secondaryIpv6Blocks ?? []), block] })
      return { CidrBlock: block, IpVersion: 'IPV6' }
    }
    const block = added(SecondaryCidrBlock, row)
    vpcs.put({ ...row, secondaryCidrBlocks: [...(row.secondaryCidrBlocks ?? []), block] })
    return { CidrBlock: block, IpVersion: 'IPV4' }
  },
)

/** A block in which there are vSwitches stays. */
export const UnassociateVpcCidrBlock = vpc(
  'UnassociateVpcCidrBlock',
  ['VpcId', 'SecondaryCidrBlock', 'IPv6CidrBlock'],
  (input, context) => {
    const { state } = context
    const row = readyVpcOf(input.VpcId, context)
    const { SecondaryCidrBlock: block, IPv6CidrBlock: ipv6Block } = input
    demand(block || ipv6Block, 'MissingParameter', 'SecondaryCidrBlock or IPv6CidrBlock must be specified.')
    demand(!block || !ipv6Block, 'InvalidParameter', 'SecondaryCidrBlock and IPv6CidrBlock cannot both be specified.')
    const { secondaryCidrBlocks: blocks = [], secondaryIpv6Blocks: ipv6Blocks = [] } = row
    const there = block ? blocks.includes(block) : ipv6Blocks.includes(ipv6Block ?? '')
    demand(there, 'InvalidParameter', 'The VPC has no such secondary block.')
    const usesIpv6 = state.vSwitches
      .by('vpc', row.id)
      .some(({ ipv6CidrBlock }) => ipv6CidrBlock && blockAround(firstOf(ipv6CidrBlock), 56) === ipv6Block)
    const used = block ? vSwitchesIn(row, block, state).length > 0 : usesIpv6
    demand(!used, 'OperationFailed.CidrInUse', 'A vSwitch of the VPC lies in the block.', 400)
    state.vpcs.put({
      ...row,
      secondaryCidrBlocks: blocks.filter((each) => each !== block),
      secondaryIpv6Blocks: ipv6Blocks.filter((each) => each !== ipv6Block),
    })
    return {}
  },
)
