import { demand } from '../../fault.ts'
import { contains, parseAddress, parseCidr } from '../cidr.ts'
import { liesIn, parseIpv6, readBlock } from '../ipv6.ts'
import type { Gateways } from './records.ts'

export const noGateways: Gateways = { local: '', peer: '', mask: '' }

/** Bits of an IPv4 mask between the two ends of a line. */
const bits = { from: 24, to: 30 } as const

/** The length of a dotted mask; undefined for what is none. */
function maskBits(mask: string): number | undefined {
  const value = parseAddress(mask)
  for (let length = bits.from; length <= bits.to; length++) if (value === 2 ** 32 - 2 ** (32 - length)) return length
  return undefined
}

/**
 * Both ends of a line and the mask between them: two addresses of one subnet of 24 to 30 bits, neither of them its first or its last.
 * @throws Fault InvalidIp.Malformed, InvalidPeeringSubnetMask.Malformed (the latter is unconfirmed)
 */
export function demandIpv4({ local, peer, mask }: Gateways): void {
  const length = maskBits(mask)
  demand(length !== undefined, 'InvalidPeeringSubnetMask.Malformed', 'The PeeringSubnetMask has 24 to 30 bits.')
  const subnet = parseCidr(`${local}/${length}`)
  const inside = (text: string) => {
    const address = parseCidr(`${text}/32`)
    return (
      subnet !== undefined &&
      address !== undefined &&
      contains(subnet, address) &&
      address.first > subnet.first &&
      address.last < subnet.last
    )
  }
  demand(inside(local), 'InvalidIp.Malformed', 'The specified LocalGatewayIp is not valid.')
  const other = inside(peer) && peer !== local
  demand(other, 'InvalidIp.Malformed', 'The specified PeerGatewayIp is not another address of the same subnet.')
}

/** The block that a text of IPv6 is, of any length. */
function blockOf(text: string): string | undefined {
  const length = Number(/\/(\d{1,3})$/.exec(text)?.[1] ?? Number.NaN)
  return length >= 1 && length <= 127 ? readBlock(text, length) : undefined
}

/**
 * Both ends of a line in IPv6, which lie in one block.
 * @throws Fault InvalidIp.Malformed (unconfirmed), InvalidPeeringSubnetMask.Malformed (unconfirmed)
 */
export function demandIpv6({ local, peer, mask }: Gateways): void {
  const block = blockOf(mask)
  demand(block, 'InvalidPeeringSubnetMask.Malformed', 'The specified PeeringIpv6SubnetMask is no block of IPv6 addresses.')
  const [ours, theirs] = [parseIpv6(local), parseIpv6(peer)]
  const fit = ours !== undefined && theirs !== undefined && ours !== theirs && liesIn(ours, block) && liesIn(theirs, block)
  demand(fit, 'InvalidIp.Malformed', 'The specified IPv6 addresses are not two of the block.')
}
