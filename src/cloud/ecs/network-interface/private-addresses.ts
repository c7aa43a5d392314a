import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import type { NetworkInterface } from './records.ts'
import { demandFits } from './attach.ts'
import { isTaken, mostSecondaryAddresses, secondaryAddresses } from './addresses.ts'
import { demandState, interfaceOf } from './find.ts'
import { newPrefixes } from './prefixes.ts'
import { putInterface } from './shape.ts'

/** An interface that is attached has as many addresses as the instance's type allows, another one up to 49 beside the first. */
function demandFewEnough(eni: NetworkInterface, { state }: Context): void {
  const instance = state.instances.get(eni.instanceId)
  if (instance) return demandFits(eni, instance)
  const few = eni.secondaryAddresses.length + (eni.ipv4Prefixes?.length ?? 0) <= mostSecondaryAddresses
  demand(few, 'MaxEniPrivateIpsCountExceeded', `A network interface has at most ${mostSecondaryAddresses} secondary private addresses.`)
}

export const AssignPrivateIpAddresses = ecs(
  'AssignPrivateIpAddresses',
  ['NetworkInterfaceId', 'PrivateIpAddress', 'SecondaryPrivateIpAddressCount', 'Ipv4Prefix', 'Ipv4PrefixCount'],
  (input, context) => {
    const { state } = context
    const eni = interfaceOf(input.NetworkInterfaceId, context)
    demandState(eni, 'Available', 'InUse')
    const addresses = input.PrivateIpAddress?.length || input.SecondaryPrivateIpAddressCount !== undefined
    const prefixes = input.Ipv4Prefix?.length || input.Ipv4PrefixCount !== undefined
    demand(addresses || prefixes, 'MissingParameter', 'Either PrivateIpAddress.N or SecondaryPrivateIpAddressCount must be specified.')
    const vSwitch = state.vSwitches.get(eni.vSwitchId)
    demand(vSwitch, 'InvalidVSwitchId.NotFound', 'The vSwitch of the network interface does not exist.')
    const added = secondaryAddresses(input, vSwitch, '', state, 'InvalidIp.IpAssigned')
    const taken = (address: string) => added.includes(address) || isTaken(vSwitch.id, address, state)
    const addedPrefixes = newPrefixes(input, vSwitch, taken)
    const changed = {
      ...eni,
      secondaryAddresses: [...eni.secondaryAddresses, ...added],
      ...(addedPrefixes.length > 0 && { ipv4Prefixes: [...(eni.ipv4Prefixes ?? []), ...addedPrefixes] }),
    }
    demandFewEnough(changed, context)
    putInterface(changed, state)
    return {
      AssignedPrivateIpAddressesSet: {
        NetworkInterfaceId: eni.id,
        PrivateIpSet: { PrivateIpAddress: added },
        Ipv4PrefixSet: { Ipv4Prefixes: addedPrefixes },
      },
    }
  },
)

/** An address that an elastic one is bound to stays until that is unbound (the code is unconfirmed). */
export const UnassignPrivateIpAddresses = ecs(
  'UnassignPrivateIpAddresses',
  ['NetworkInterfaceId', 'PrivateIpAddress', 'Ipv4Prefix'],
  (input, context) => {
    const eni = interfaceOf(input.NetworkInterfaceId, context)
    demandState(eni, 'Available', 'InUse')
    const { PrivateIpAddress: gone = [], Ipv4Prefix: gonePrefixes = [] } = input
    const { secondaryAddresses: addresses, ipv4Prefixes: prefixes = [] } = eni
    demand(gone.length + gonePrefixes.length > 0, 'MissingParameter', 'At least one PrivateIpAddress.N or Ipv4Prefix.N must be specified.')
    const here = gone.every((address) => addresses.includes(address)) && gonePrefixes.every((prefix) => prefixes.includes(prefix))
    demand(here, 'InvalidIp.IpUnassigned', 'The network interface has no such secondary private address.')
    const bound = eni.eips.some((eip) => gone.includes(eip.privateIpAddress))
    demand(!bound, 'Operation.Conflict', 'An elastic address is bound to the private address.')
    const changed = {
      ...eni,
      secondaryAddresses: addresses.filter((address) => !gone.includes(address)),
      ...(gonePrefixes.length > 0 && { ipv4Prefixes: prefixes.filter((prefix) => !gonePrefixes.includes(prefix)) }),
    }
    putInterface(changed, context.state)
    return {}
  },
)
