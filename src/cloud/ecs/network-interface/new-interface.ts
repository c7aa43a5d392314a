import { demand } from '../../fault.ts'
import { newId, newMacAddress } from '../../ids.ts'
import type { Context } from '../../operation.ts'
import type { VSwitch } from '../../vpc/records.ts'
import { privateAddresses, securityGroupsOf } from '../instance/places.ts'
import type { InterfaceSettings, NetworkInterface } from './records.ts'
import { demandDescription, demandName } from '../values.ts'
import { type AddressInput, isTaken, secondaryAddresses } from './addresses.ts'
import { demandIpv6Fits, type Ipv6Input, newIpv6 } from './ipv6.ts'
import { newPrefixes, type PrefixInput } from './prefixes.ts'
import { type TrafficInput, trafficOf } from './traffic.ts'

/** What CreateNetworkInterface and RunInstances say of an interface in the same words. */
export interface InterfaceInput extends TrafficInput {
  readonly NetworkInterfaceName?: string | undefined
  readonly Description?: string | undefined
  readonly SecurityGroupId?: string | undefined
  readonly SecurityGroupIds?: readonly string[] | undefined
  readonly PrimaryIpAddress?: string | undefined
  readonly SecondaryPrivateIpAddressCount?: number | undefined
  readonly DeleteOnRelease?: boolean | undefined
  readonly SourceDestCheck?: boolean | undefined
}

/** @throws Fault InvalidParameter for a name or description outside the rules (its code is unconfirmed) */
export function demandTexts({ NetworkInterfaceName, Description }: Pick<InterfaceInput, 'NetworkInterfaceName' | 'Description'>): void {
  demandName(NetworkInterfaceName, 'NetworkInterfaceName', 'InvalidParameter')
  demandDescription(Description, 'Description', 'InvalidParameter')
}

/** What a new interface is said to be like; addresses and tags are not looked at. */
export function settingsOf(input: InterfaceInput): Omit<InterfaceSettings, 'secondaryAddresses' | 'tags'> {
  demandTexts(input)
  return {
    ...trafficOf(input),
    networkInterfaceName: input.NetworkInterfaceName ?? '',
    description: input.Description ?? '',
    deleteOnRelease: input.DeleteOnRelease ?? true,
    sourceDestCheck: input.SourceDestCheck ?? false,
  }
}

/**
 * The groups of an interface, given one by one or as a list.
 * @throws Fault InvalidParameter.Conflict, MissingParameter, and those of unknown, foreign and full groups
 */
export function groupsOf({ SecurityGroupId, SecurityGroupIds = [] }: InterfaceInput, vpcId: string, context: Context): readonly string[] {
  const both = SecurityGroupId && SecurityGroupIds.length > 0
  demand(!both, 'InvalidParameter.Conflict', 'SecurityGroupId and SecurityGroupIds.N cannot both be specified.')
  const ids = SecurityGroupId ? [SecurityGroupId] : SecurityGroupIds
  const missing = 'The input parameter "SecurityGroupId" that is mandatory for processing this request is not supplied.'
  demand(ids.length > 0, 'MissingParameter', missing)
  return securityGroupsOf(ids, vpcId, 1, context)
}

/** What a secondary interface needs that its input does not tell. */
type Rest = Pick<NetworkInterface, 'status' | 'instanceId' | 'resourceGroupId' | 'tags'>

/** Makes a secondary interface in a vSwitch. Checks everything before it changes anything. */
export function newInterface(
  input: InterfaceInput & AddressInput & PrefixInput & Ipv6Input,
  vSwitch: VSwitch,
  rest: Rest,
  context: Context,
): NetworkInterface {
  const { state, random, accountId, now } = context
  const settings = settingsOf(input)
  const securityGroupIds = groupsOf(input, vSwitch.vpcId, context)
  const [primaryIpAddress = ''] = privateAddresses(vSwitch, 1, 1, input.PrimaryIpAddress, state)
  const second = secondaryAddresses(input, vSwitch, primaryIpAddress, state, 'InvalidPrivateIpAddress.Duplicated')
  const taken = (address: string) => address === primaryIpAddress || second.includes(address) || isTaken(vSwitch.id, address, state)
  const ipv4Prefixes = newPrefixes(input, vSwitch, taken)
  const ipv6 = newIpv6(input, vSwitch, state, random)
  demandIpv6Fits(ipv6, undefined)
  return state.networkInterfaces.put({
    id: newId('eni', vSwitch.regionId, random),
    accountId,
    regionId: vSwitch.regionId,
    type: 'Secondary',
    zoneId: vSwitch.zoneId,
    vpcId: vSwitch.vpcId,
    vSwitchId: vSwitch.id,
    macAddress: newMacAddress(random),
    primaryIpAddress,
    secondaryAddresses: second,
    ...(ipv4Prefixes.length > 0 && { ipv4Prefixes }),
    ...ipv6,
    securityGroupIds,
    createdAt: now,
    eips: [],
    ...settings,
    ...rest,
  })
}
