import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import type { NetworkInterface } from '../records.ts'
import { demandFits } from './attach.ts'
import { mostSecondaryAddresses, secondaryAddresses } from './addresses.ts'
import { demandState, interfaceOf } from './find.ts'
import { putInterface } from './shape.ts'

/** An interface that is attached has as many addresses as the instance's type allows, another one up to 49 beside the first. */
function demandFewEnough(eni: NetworkInterface, { state }: Context): void {
  const instance = state.instances.get(eni.instanceId)
  if (instance) return demandFits(eni, instance)
  const few = eni.secondaryAddresses.length <= mostSecondaryAddresses
  demand(few, 'MaxEniPrivateIpsCountExceeded', `A network interface has at most ${mostSecondaryAddresses} secondary private addresses.`)
}

export const AssignPrivateIpAddresses = ecs(
  'AssignPrivateIpAddresses',
  ['NetworkInterfaceId', 'PrivateIpAddress', 'SecondaryPrivateIpAddressCount'],
  (input, context) => {
    const { state } = context
    const eni = interfaceOf(input.NetworkInterfaceId, context)
    demandState(eni, 'Available', 'InUse')
    const asked = input.PrivateIpAddress?.length || input.SecondaryPrivateIpAddressCount !== undefined
    demand(asked, 'MissingParameter', 'Either PrivateIpAddress.N or SecondaryPrivateIpAddressCount must be specified.')
    const vSwitch = state.vSwitches.get(eni.vSwitchId)
    demand(vSwitch, 'InvalidVSwitchId.NotFound', 'The vSwitch of the network interface does not exist.')
    const added = secondaryAddresses(input, vSwitch, '', state, 'InvalidIp.IpAssigned')
    const changed = { ...eni, secondaryAddresses: [...eni.secondaryAddresses, ...added] }
    demandFewEnough(changed, context)
    putInterface(changed, state)
    return {
      AssignedPrivateIpAddressesSet: {
        NetworkInterfaceId: eni.id,
        PrivateIpSet: { PrivateIpAddress: added },
        Ipv4PrefixSet: { Ipv4Prefixes: [] },
      },
    }
  },
)

/** An address that an elastic one is bound to stays until that is unbound (the code is unconfirmed). */
export const UnassignPrivateIpAddresses = ecs(
  'UnassignPrivateIpAddresses',
  ['NetworkInterfaceId', 'PrivateIpAddress'],
  (input, context) => {
    const eni = interfaceOf(input.NetworkInterfaceId, context)
    demandState(eni, 'Available', 'InUse')
    const gone = input.PrivateIpAddress ?? []
    demand(gone.length > 0, 'MissingParameter', 'At least one PrivateIpAddress.N must be specified.')
    const here = gone.every((address) => eni.secondaryAddresses.includes(address))
    demand(here, 'InvalidIp.IpUnassigned', 'The network interface has no such secondary private address.')
    const bound = eni.eips.some((eip) => gone.includes(eip.privateIpAddress))
    demand(!bound, 'Operation.Conflict', 'An elastic address is bound to the private address.')
    putInterface({ ...eni, secondaryAddresses: eni.secondaryAddresses.filter((address) => !gone.includes(address)) }, context.state)
    return {}
  },
)
