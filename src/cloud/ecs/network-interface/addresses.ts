import { demand, fault } from '../../fault.ts'
import type { State } from '../../state.ts'
import { freeAddress, isUsable, parseAddress } from '../../vpc/cidr.ts'
import type { VSwitch } from '../../vpc/records.ts'
import type { InterfaceSettings } from './records.ts'
import { isInPrefix, prefixSize } from './prefixes.ts'

/** Secondary addresses of an interface that is attached to nothing. */
export const mostSecondaryAddresses = 49

/** True when an instance, an interface, a HaVip or a NAT gateway has the address, or a prefix that it lies in. */
export function isTaken(vSwitchId: string, address: string, state: State): boolean {
  const key = `${vSwitchId}/${address}`
  return (
    state.instances.count('address', key) > 0 ||
    state.networkInterfaces.count('address', key) > 0 ||
    state.haVips.count('address', key) > 0 ||
    state.natGateways.count('address', key) > 0 ||
    isInPrefix(vSwitchId, address, state)
  )
}

/** What an interface takes beside its primary address. */
const besidesPrimary = ({ secondaryAddresses: more, ipv4Prefixes = [] }: Pick<InterfaceSettings, 'secondaryAddresses' | 'ipv4Prefixes'>) =>
  more.length + ipv4Prefixes.length * prefixSize

/** How many addresses of a vSwitch are taken. */
export function takenAddresses(vSwitchId: string, { instances, networkInterfaces, haVips, natGateways }: State): number {
  const besides = instances
    .by('manyAddresses', vSwitchId)
    .reduce((sum, { primaryInterface: eni }) => sum + (eni ? besidesPrimary(eni) : 0), 0)
  const ofInterfaces = networkInterfaces.by('vSwitch', vSwitchId).reduce((sum, eni) => sum + 1 + besidesPrimary(eni), 0)
  const ofGateways = natGateways.by('vSwitch', vSwitchId).reduce((sum, { addresses }) => sum + addresses.length, 0)
  return instances.count('vSwitch', vSwitchId) + besides + ofInterfaces + ofGateways + haVips.count('vSwitch', vSwitchId)
}

export interface AddressInput {
  readonly PrivateIpAddress?: readonly string[] | undefined
  readonly SecondaryPrivateIpAddressCount?: number | undefined
}

/** Free addresses, the lowest first. */
function freeAddresses(count: number, vSwitch: VSwitch, start: string | undefined, taken: (address: string) => boolean): string[] {
  const found: string[] = []
  for (let last = start; found.length < count; ) {
    last = freeAddress(vSwitch.cidrBlock, (address) => found.includes(address) || taken(address), last)
    if (last === undefined) throw fault('InvalidVSwitchId.IpNotEnough', 'The specified VSwitch has not enough IpAddress.', 403)
    found.push(last)
  }
  return found
}

/**
 * The secondary addresses that a call asks for, by name or by number.
 * @param but the address that the interface is about to get as its primary one
 * @param duplicate the code for an address that something has
 * @throws Fault InvalidParameter.Conflict, InvalidParameter, InvalidIp.IpRepeated, InvalidPrivateIpAddress.Malformed, InvalidVSwitchId.IpInvalid or .IpNotEnough
 */
export function secondaryAddresses(input: AddressInput, vSwitch: VSwitch, but: string, state: State, duplicate: string): readonly string[] {
  const { PrivateIpAddress: named = [], SecondaryPrivateIpAddressCount: count } = input
  const both = named.length > 0 && count !== undefined
  demand(!both, 'InvalidParameter.Conflict', 'PrivateIpAddress.N and SecondaryPrivateIpAddressCount cannot both be specified.')
  const fits = count === undefined || (Number.isInteger(count) && count >= 1 && count <= mostSecondaryAddresses)
  demand(fits, 'InvalidParameter', 'The specified SecondaryPrivateIpAddressCount is not valid.')
  const taken = (address: string) => address === but || isTaken(vSwitch.id, address, state)
  if (named.length === 0) return freeAddresses(count ?? 0, vSwitch, state.addresses.of(vSwitch.id), taken)
  demand(new Set(named).size === named.length, 'InvalidIp.IpRepeated', 'A private IP address is specified more than once.')
  for (const address of named) {
    const inside = isUsable(vSwitch.cidrBlock, address)
    demand(parseAddress(address) !== undefined, 'InvalidPrivateIpAddress.Malformed', 'The specified private IP address is malformed.')
    demand(inside, 'InvalidVSwitchId.IpInvalid', 'The specified private IP is not in the range of the VSwitch.')
    demand(!taken(address), duplicate, 'The specified private IP address is already in use.')
  }
  return named
}
