import { instanceTypeOf } from '../../../api/instance-types.ts'
import type { Random } from '../../engine/random.ts'
import { demand } from '../../fault.ts'
import type { State } from '../../state.ts'
import { blockAround, firstOf, formatIpv6, ipv6Bits, liesIn, parseIpv6, readBlock } from '../../vpc/ipv6.ts'
import type { VSwitch } from '../../vpc/records.ts'
import type { InterfaceSettings } from './records.ts'

/** IPv6 addresses of an interface that is attached to nothing, and of one call. */
const mostWhileFree = 10
/** Prefixes in one call (unconfirmed). */
const mostPrefixes = 10

export interface Ipv6Input {
  readonly Ipv6Address?: readonly string[] | undefined
  readonly Ipv6AddressCount?: number | undefined
  readonly Ipv6Prefix?: readonly string[] | undefined
  readonly Ipv6PrefixCount?: number | undefined
  /** The first address is the primary one. */
  readonly EnablePrimaryIPv6?: boolean | undefined
}

/** What an interface has of IPv6; most have nothing. */
export type Ipv6 = Pick<InterfaceSettings, 'ipv6Addresses' | 'ipv6Prefixes' | 'primaryIpv6'>

/** Whether a call asks for any. */
export const asksIpv6 = (input: Ipv6Input): boolean =>
  Boolean(input.Ipv6Address?.length || input.Ipv6Prefix?.length) ||
  input.Ipv6AddressCount !== undefined ||
  input.Ipv6PrefixCount !== undefined

const held = (key: string, { instances, networkInterfaces }: State): boolean =>
  instances.count('ipv6', key) > 0 || networkInterfaces.count('ipv6', key) > 0

/** The prefix that an address lies in, as an index's key: an address keeps its prefix from being given away. */
const around = (address: bigint) => `around/${blockAround(address, ipv6Bits.prefix)}`

/** The keys of the tables' `ipv6` index: the vSwitch, the addresses and prefixes, and the prefixes that addresses lie in. Undefined where there is no IPv6. */
export function ipv6Keys({ ipv6Addresses = [], ipv6Prefixes = [] }: Ipv6, vSwitchId: string): readonly string[] | undefined {
  if (ipv6Addresses.length === 0 && ipv6Prefixes.length === 0) return undefined
  return [vSwitchId, ...ipv6Addresses, ...new Set(ipv6Addresses.map((address) => around(parseIpv6(address) ?? 0n))), ...ipv6Prefixes]
}

/** True where an interface in the vSwitch has IPv6. */
export const usesIpv6 = (vSwitchId: string, state: State): boolean => held(vSwitchId, state)

const addressTaken = (address: bigint, state: State) =>
  held(formatIpv6(address), state) || held(blockAround(address, ipv6Bits.prefix), state)
const prefixTaken = (prefix: string, state: State) => held(prefix, state) || held(around(firstOf(prefix)), state)

/** A number of so many bits. */
const drawn = (bytes: number, random: Random) => BigInt(`0x${random.bytes(bytes).toString('hex')}`)

function demandOneWay(named: readonly string[], count: number | undefined, most: number, what: string): void {
  demand(named.length === 0 || count === undefined, 'InvalidParameter', `${what}.N and ${what}Count cannot both be specified.`)
  const fits = named.length <= most && (count === undefined || (Number.isInteger(count) && count >= 1 && count <= most))
  demand(fits, 'InvalidParameter', `From 1 to ${most} ${what} can be asked for.`)
}

const notInUse = 'The specified IPv6 address is already in use.'

function addressesOf(
  { Ipv6Address: named = [], Ipv6AddressCount: count }: Ipv6Input,
  block: string,
  state: State,
  random: Random,
): string[] {
  demandOneWay(named, count, mostWhileFree, 'Ipv6Address')
  const values = named.map((text) => {
    const value = parseIpv6(text)
    demand(value !== undefined && liesIn(value, block), 'InvalidIp.Address', 'The specified IPv6 address is not one of the vSwitch.', 403)
    demand(!addressTaken(value, state), 'InvalidIp.IpAssigned', notInUse)
    return value
  })
  const found = new Set(values)
  demand(found.size === named.length, 'InvalidIp.IpRepeated', 'An IPv6 address is specified more than once.')
  while (found.size < (count ?? 0)) {
    const value = firstOf(block) + drawn(8, random)
    if (!addressTaken(value, state)) found.add(value)
  }
  return [...found].map(formatIpv6)
}

function prefixesOf(input: Ipv6Input, block: string, addresses: readonly string[], state: State, random: Random): string[] {
  const { Ipv6Prefix: named = [], Ipv6PrefixCount: count } = input
  demandOneWay(named, count, mostPrefixes, 'Ipv6Prefix')
  const mine = new Set(addresses.map((address) => blockAround(parseIpv6(address) ?? 0n, ipv6Bits.prefix)))
  const taken = (prefix: string) => mine.has(prefix) || prefixTaken(prefix, state)
  const found = new Set<string>()
  for (const text of named) {
    const prefix = readBlock(text, ipv6Bits.prefix)
    const inside = prefix !== undefined && liesIn(firstOf(prefix), block)
    demand(inside, 'InvalidIp.Address', `The specified IPv6 prefix is not a block of ${ipv6Bits.prefix} bits of the vSwitch.`, 403)
    demand(!taken(prefix), 'InvalidIp.IpAssigned', notInUse)
    found.add(prefix)
  }
  demand(found.size === named.length, 'InvalidIp.IpRepeated', 'An IPv6 prefix is specified more than once.')
  while (found.size < (count ?? 0)) {
    const prefix = blockAround(firstOf(block) + (drawn(2, random) << 48n), ipv6Bits.prefix)
    if (!taken(prefix)) found.add(prefix)
  }
  return [...found]
}

/**
 * The IPv6 addresses and prefixes that a call asks for, by name or by number.
 * @throws Fault InvalidVSwitch.Ipv6NotTurnOn, InvalidParameter, InvalidIp.Address, InvalidIp.IpAssigned, InvalidIp.IpRepeated
 */
export function newIpv6(input: Ipv6Input, vSwitch: VSwitch, state: State, random: Random): Ipv6 {
  if (!asksIpv6(input)) return primaryOf(input.EnablePrimaryIPv6, {})
  const block = vSwitch.ipv6CidrBlock
  demand(block !== undefined, 'InvalidVSwitch.Ipv6NotTurnOn', 'IPv6 is not turned on for the vSwitch.')
  const ipv6Addresses = addressesOf(input, block, state, random)
  const ipv6Prefixes = prefixesOf(input, block, ipv6Addresses, state, random)
  return {
    ...(ipv6Addresses.length > 0 && { ipv6Addresses }),
    ...(ipv6Prefixes.length > 0 && { ipv6Prefixes }),
    ...primaryOf(input.EnablePrimaryIPv6, { ipv6Addresses }),
  }
}

/**
 * Whether the first address is the primary one, once that is changed.
 * @throws Fault InvalidParameter where there is no address to be it (the code is unconfirmed)
 */
export function primaryOf(asked: boolean | undefined, { ipv6Addresses = [], primaryIpv6 }: Ipv6): Pick<Ipv6, 'primaryIpv6'> {
  const primary = asked ?? primaryIpv6 === true
  demand(asked !== true || ipv6Addresses.length > 0, 'InvalidParameter', 'EnablePrimaryIPv6 needs an IPv6 address.')
  return primary && ipv6Addresses.length > 0 ? { primaryIpv6: true } : {}
}

/** What an interface has after it was given more. */
export function withMore(before: Ipv6, { ipv6Addresses = [], ipv6Prefixes = [] }: Ipv6): Ipv6 {
  return {
    ...(ipv6Addresses.length > 0 && { ipv6Addresses: [...(before.ipv6Addresses ?? []), ...ipv6Addresses] }),
    ...(ipv6Prefixes.length > 0 && { ipv6Prefixes: [...(before.ipv6Prefixes ?? []), ...ipv6Prefixes] }),
  }
}

/**
 * What one interface can have of IPv6: as much as the type of its instance allows, and while it is free ten. A prefix counts as one.
 * @param instanceType of the instance; undefined where it is attached to none
 * @throws Fault InvalidOperation.Ipv6NotSupport, InvalidOperation.Ipv6CountExceeded, MaxEniIpv6IpsCountExceeded
 */
export function demandIpv6Fits({ ipv6Addresses = [], ipv6Prefixes = [] }: Ipv6, instanceType: string | undefined): void {
  const count = ipv6Addresses.length + ipv6Prefixes.length
  if (count === 0) return
  if (instanceType === undefined)
    return demand(
      count <= mostWhileFree,
      'MaxEniIpv6IpsCountExceeded',
      `A network interface that is free has at most ${mostWhileFree} IPv6 addresses.`,
    )
  const most = instanceTypeOf(instanceType)?.EniIpv6AddressQuantity
  if (most === undefined) return
  demand(most > 0, 'InvalidOperation.Ipv6NotSupport', 'The instance type has no IPv6.')
  demand(count <= most, 'InvalidOperation.Ipv6CountExceeded', 'The instance type allows no more IPv6 addresses on a network interface.')
}

/** What has IPv6 as the answers of ECS show it. */
export const ipv6View = ({ ipv6Addresses = [], ipv6Prefixes = [], primaryIpv6 }: Ipv6) => ({
  Ipv6Sets: { Ipv6Set: ipv6Addresses.map((address, at) => ({ Ipv6Address: address, Primary: primaryIpv6 === true && at === 0 })) },
  Ipv6PrefixSets: { Ipv6PrefixSet: ipv6Prefixes.map((prefix) => ({ Ipv6Prefix: prefix })) },
})
