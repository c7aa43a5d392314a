import { demand, fault } from '../../fault.ts'
import type { State } from '../../state.ts'
import { type Cidr, formatAddress, formatCidr, isUsable, parseAddress, parseCidr } from '../../vpc/cidr.ts'
import type { VSwitch } from '../../vpc/records.ts'

/** A prefix is a block of 16 addresses. */
const bits = 28
export const prefixSize = 2 ** (32 - bits)
/** Prefixes in one call (unconfirmed). */
const mostAtOnce = 10

/** The prefix that an address lies in. */
const prefixAround = (address: string): string => {
  const value = parseAddress(address) ?? 0
  return `${formatAddress(value - (value % prefixSize))}/${bits}`
}

/** True when an interface has the prefix. */
function isHeld(vSwitchId: string, prefix: string, { instances, networkInterfaces }: State): boolean {
  const key = `${vSwitchId}/${prefix}`
  return instances.count('prefix', key) > 0 || networkInterfaces.count('prefix', key) > 0
}

/** True when an interface has a prefix that the address lies in. */
export const isInPrefix = (vSwitchId: string, address: string, state: State): boolean => isHeld(vSwitchId, prefixAround(address), state)

const addressesIn = ({ first }: Cidr): string[] => Array.from({ length: prefixSize }, (_, at) => formatAddress(first + at))

export interface PrefixInput {
  readonly Ipv4Prefix?: readonly string[] | undefined
  readonly Ipv4PrefixCount?: number | undefined
}

/**
 * The IPv4 prefixes that a call asks for, by name or by number; each lies in the vSwitch and nothing has an address in it.
 * The codes are those of addresses (unconfirmed).
 * @param taken tells of an address that something has
 * @throws Fault InvalidParameter.Conflict, InvalidParameter, InvalidIp.IpRepeated, InvalidVSwitchId.IpInvalid, InvalidIp.IpAssigned, InvalidVSwitchId.IpNotEnough
 */
export function newPrefixes(input: PrefixInput, vSwitch: VSwitch, taken: (address: string) => boolean): readonly string[] {
  const { Ipv4Prefix: named = [], Ipv4PrefixCount: count } = input
  const both = named.length > 0 && count !== undefined
  demand(!both, 'InvalidParameter.Conflict', 'Ipv4Prefix.N and Ipv4PrefixCount cannot both be specified.')
  const fits = named.length <= mostAtOnce && (count === undefined || (Number.isInteger(count) && count >= 1 && count <= mostAtOnce))
  demand(fits, 'InvalidParameter', `From 1 to ${mostAtOnce} IPv4 prefixes can be asked for.`)
  demand(new Set(named).size === named.length, 'InvalidIp.IpRepeated', 'An IPv4 prefix is specified more than once.')
  const inside = (prefix: Cidr) => addressesIn(prefix).every((address) => isUsable(vSwitch.cidrBlock, address))
  for (const text of named) {
    const prefix = parseCidr(text)
    const whole = prefix !== undefined && prefix.prefix === bits && formatCidr(prefix) === text
    demand(whole, 'InvalidParameter', `An IPv4 prefix is a block of ${bits} bits.`)
    demand(inside(prefix), 'InvalidVSwitchId.IpInvalid', 'The specified IPv4 prefix is not in the range of the VSwitch.')
    demand(!addressesIn(prefix).some(taken), 'InvalidIp.IpAssigned', 'An address of the specified IPv4 prefix is already in use.')
  }
  return named.length > 0 ? named : freePrefixes(count ?? 0, vSwitch, (prefix) => inside(prefix) && !addressesIn(prefix).some(taken))
}

/** Free prefixes, the lowest first. */
function freePrefixes(count: number, { cidrBlock }: VSwitch, free: (prefix: Cidr) => boolean): readonly string[] {
  const block = parseCidr(cidrBlock)
  const found: string[] = []
  for (let first = block?.first ?? 0; block !== undefined && found.length < count && first <= block.last; first += prefixSize) {
    const prefix = { first, last: first + prefixSize - 1, prefix: bits }
    if (free(prefix)) found.push(formatCidr(prefix))
  }
  if (found.length < count) throw fault('InvalidVSwitchId.IpNotEnough', 'The specified VSwitch has not enough IpAddress.', 403)
  return found
}
