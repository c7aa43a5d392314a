import { owned } from '../../owned.ts'
import { anyInterface } from '../../ecs/network-interface/find.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { formatCidr, parseCidr } from '../cidr.ts'
import { demandAddress } from './addresses.ts'
import { isMapped } from './forward-rules.ts'
import type { NatGateway, SnatEntry } from './records.ts'

/** Addresses that one entry leads out by at most. */
const mostAddresses = 64

const codes = { malformed: 'InvalidSnatIp.Malformed', unknown: 'InvalidSnatIp.NotFound', elsewhere: 'EIP_NOT_IN_GATEWAY' }

interface Way {
  readonly SnatIp?: string | undefined
  readonly NetworkInterfaceId?: string | undefined
}

/**
 * By what an entry leads out: addresses of the gateway, or of a VPC's gateway an interface instead. An interface's code is unconfirmed.
 * @throws Fault MissingParameter, INVALID_PARAMETER, SNAT_IP_POOL_COUNT_TOO_MANY, Forbidden.IpUsedInForwardTable, and for addresses that are not the gateway's
 */
export function wayOf(
  { SnatIp, NetworkInterfaceId }: Way,
  row: NatGateway,
  context: Context,
): Pick<SnatEntry, 'ips' | 'networkInterfaceId'> {
  demand(!SnatIp || !NetworkInterfaceId, 'INVALID_PARAMETER', 'SnatIp and NetworkInterfaceId cannot both be specified.', 400)
  if (NetworkInterfaceId) {
    const eni = owned(anyInterface(NetworkInterfaceId, context.state), context)
    const fits = row.networkType === 'intranet' && eni?.vpcId === row.vpcId
    demand(fits, 'INVALID_PARAMETER', 'The specified NetworkInterfaceId is not one that the NAT gateway can use.', 400)
    return { ips: [], networkInterfaceId: NetworkInterfaceId }
  }
  demand(SnatIp, 'MissingParameter', 'SnatIp must be specified.')
  const ips = [...new Set(SnatIp.split(','))]
  demand(ips.length <= mostAddresses, 'SNAT_IP_POOL_COUNT_TOO_MANY', `At most ${mostAddresses} addresses can be given.`, 400)
  for (const address of ips) {
    demandAddress(address, row, codes, context.state)
    demand(!isMapped(row, address, context), 'Forbidden.IpUsedInForwardTable', `The address "${address}" is used in the DNAT table.`, 400)
  }
  return { ips, networkInterfaceId: '' }
}

interface Source {
  readonly SourceVSwitchId?: string | undefined
  readonly SourceCIDR?: string | undefined
}

/**
 * From where an entry leads out: a vSwitch, or a block; each is led once.
 * @throws Fault MissingParameter, INVALID_PARAMETER, InvalidVSwitchId.NotFound, Forbidden.SourceVSwitchId.IncludeHaVip or .Duplicated,
 * OperationUnsupported.CidrConflict
 */
export function sourceOf(
  { SourceVSwitchId, SourceCIDR }: Source,
  row: NatGateway,
  { state }: Context,
): Pick<SnatEntry, 'vSwitchId' | 'cidrBlock'> {
  demand(SourceVSwitchId || SourceCIDR, 'MissingParameter', 'SourceVSwitchId or SourceCIDR must be specified.')
  demand(!SourceVSwitchId || !SourceCIDR, 'INVALID_PARAMETER', 'SourceVSwitchId and SourceCIDR cannot both be specified.', 400)
  const others = state.snatEntries.by('table', row.snatTableId)
  if (SourceVSwitchId) {
    const vSwitch = state.vSwitches.get(SourceVSwitchId)
    demand(vSwitch?.vpcId === row.vpcId, 'InvalidVSwitchId.NotFound', 'The specified vSwitch is not in the VPC.', 404)
    const shared = state.haVips.count('vSwitch', vSwitch.id) > 0
    demand(!shared, 'Forbidden.SourceVSwitchId.IncludeHaVip', 'The specified vSwitch holds a HaVip.', 400)
    const led = others.some((entry) => entry.cidrBlock === vSwitch.cidrBlock)
    demand(!led, 'Forbidden.SourceVSwitchId.Duplicated', 'The specified vSwitch has an entry.', 400)
    return { vSwitchId: vSwitch.id, cidrBlock: vSwitch.cidrBlock }
  }
  const cidr = parseCidr(SourceCIDR ?? '')
  demand(cidr && formatCidr(cidr) === SourceCIDR, 'INVALID_PARAMETER', 'The specified SourceCIDR is not valid.', 400)
  const led = others.some((entry) => entry.cidrBlock === SourceCIDR)
  demand(!led, 'OperationUnsupported.CidrConflict', 'The specified SourceCIDR has an entry.', 400)
  return { vSwitchId: '', cidrBlock: SourceCIDR }
}
