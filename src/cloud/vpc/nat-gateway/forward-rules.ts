import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { formatCidr, parseCidr } from '../cidr.ts'
import { blocksOf, holds } from '../vpc-blocks.ts'
import { demandAddress, forwardsOf, snatsOf } from './addresses.ts'
import type { ForwardEntry, NatGateway } from './records.ts'

const protocols = ['tcp', 'udp', 'any'] as const

/** What is asked of a DNAT entry, in the words of the operations. */
export interface ForwardInput {
  readonly ExternalIp: string
  readonly ExternalPort: string
  readonly InternalIp: string
  readonly InternalPort: string
  readonly IpProtocol: string
  readonly PortBreak?: boolean | undefined
}

/** What an entry leads where. */
export type Forward = Pick<ForwardEntry, 'externalIp' | 'externalPort' | 'internalIp' | 'internalPort' | 'protocol'>

const codes = { malformed: 'InvalidExternalIp.Malformed', unknown: 'InvalidExternalIp.NotFound', elsewhere: 'InvalidIp.NotInNatgw' }
const highestWellKnown = 1024
const any = [1, 65_535] as const

/** The ports from and to, or undefined where there is no such range. */
function rangeOf(text: string): readonly [number, number] | undefined {
  const [, low, high = low] = /^(\d{1,5})(?:\/(\d{1,5}))?$/.exec(text) ?? []
  const [from, to] = [Number(low), Number(high)]
  return from >= 1 && from <= to && to <= 65_535 ? [from, to] : undefined
}

/** @throws Fault InvalidExternalPort.Malformed, InvalidInternalPort.Malformed */
function demandPorts({ externalPort, internalPort, protocol }: Forward, row: NatGateway): void {
  const [outside, inside] = [externalPort, internalPort].map((port) => (port === 'any' && protocol === 'any' ? any : rangeOf(port)))
  const whole = protocol === 'any'
  const fits = (port: string, range: typeof outside) => range !== undefined && (port === 'any') === whole
  demand(fits(externalPort, outside), 'InvalidExternalPort.Malformed', 'The specified ExternalPort is not valid.', 400)
  demand(fits(internalPort, inside), 'InvalidInternalPort.Malformed', 'The specified InternalPort is not valid.', 400)
  const length = (range: typeof outside) => (range ? range[1] - range[0] : 0)
  const single = row.networkType === 'internet' || whole || length(outside) === 0
  demand(single, 'InvalidExternalPort.Malformed', 'A VPC NAT gateway takes single ports.', 400)
  demand(
    length(outside) === length(inside),
    'InvalidInternalPort.Malformed',
    'ExternalPort and InternalPort name different numbers of ports.',
    400,
  )
}

const meet = (a: string, b: string): boolean => {
  const [left, right] = [rangeOf(a) ?? any, rangeOf(b) ?? any]
  return left[0] <= right[1] && right[0] <= left[1]
}

/** Whether two entries would fight for the same packets, on one side or the other. */
const clashes = (a: Forward, b: Forward): boolean => {
  if (a.protocol !== b.protocol && a.protocol !== 'any' && b.protocol !== 'any') return false
  const outside = a.externalIp === b.externalIp && meet(a.externalPort, b.externalPort)
  return outside || (a.internalIp === b.internalIp && a.protocol === b.protocol && meet(a.internalPort, b.internalPort))
}

/** @throws Fault Forbidden.DestnationIpOutOfVpcCIDR, Forbindden: both are spelled so by the real API */
function demandInside({ internalIp, externalIp }: Forward, row: NatGateway, { state }: Context): void {
  const address = parseCidr(`${internalIp}/32`)
  demand(address, 'InvalidInternalIp.Malformed', 'The specified InternalIp is not a valid address.', 400)
  const parent = state.vpcs.get(row.vpcId)
  const inside = row.networkType === 'intranet' || (parent && blocksOf(parent).some((block) => holds(block, formatCidr(address))))
  demand(inside, 'Forbidden.DestnationIpOutOfVpcCIDR', 'The specified InternalIp is not in the block of the VPC.', 400)
  demand(internalIp !== externalIp, 'InvalidInternalIp.Malformed', 'ExternalIp and InternalIp cannot be the same.', 400)
  const open = state.vSwitches
    .by('vpc', row.vpcId)
    .flatMap((vSwitch) => state.instances.by('address', `${vSwitch.id}/${internalIp}`))
    .some((instance) => instance.eip !== undefined)
  demand(!open, 'Forbindden', 'The instance of the specified InternalIp has an elastic address.', 400)
}

/**
 * What an entry is to lead where. Of one that is changed, `but` is its id.
 * @throws Fault for what is not valid, is not the gateway's, or is in use
 */
export function forwardOf(input: ForwardInput, row: NatGateway, context: Context, but?: string): Forward {
  const { state } = context
  const protocol = protocols.find((each) => each === input.IpProtocol.toLowerCase())
  demand(protocol, 'InvalidProtocal.ValueNotSupported', 'The specified IpProtocol is not valid.', 400)
  const forward: Forward = {
    externalIp: input.ExternalIp,
    externalPort: input.ExternalPort.toLowerCase(),
    internalIp: input.InternalIp,
    internalPort: input.InternalPort.toLowerCase(),
    protocol,
  }
  demandAddress(forward.externalIp, row, codes, state)
  demandPorts(forward, row)
  demandInside(forward, row, context)
  const clash = state.forwardEntries.by('table', row.forwardTableId).some((entry) => entry.id !== but && clashes(forward, entry))
  demand(!clash, 'OperationUnsupported.ForwardEntry', 'An entry of the table has the specified address, port and protocol.', 400)
  // With an address that SNAT uses, ports above the well-known ones have to be taken from it (that this is refused by the same code is unconfirmed).
  const shared = snatsOf(row, forward.externalIp, state).length > 0
  const needsBreak = (rangeOf(forward.externalPort)?.[1] ?? 0) > highestWellKnown
  const free = !shared || (protocol !== 'any' && (!needsBreak || input.PortBreak === true))
  demand(free, 'Forbidden.ExternalIp.UsedInSnatTable', 'The specified ExternalIp is used in the SNAT table.', 400)
  return forward
}

/** Whether all ports of an address lead to one private address, so that it can be used for nothing else. */
export const isMapped = (row: NatGateway, address: string, context: Pick<Context, 'state'>): boolean =>
  forwardsOf(row, address, context.state).some(({ protocol }) => protocol === 'any')
