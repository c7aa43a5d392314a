import type { InstanceType } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import type { Tag, VSwitch } from '../../vpc/records.ts'
import { secondaryAddresses } from '../network-interface/addresses.ts'
import { demandFits, demandRoom } from '../network-interface/attach.ts'
import { demandState, interfaceOf } from '../network-interface/find.ts'
import { asksIpv6, type Ipv6Input, newIpv6 } from '../network-interface/ipv6.ts'
import { type InterfaceInput, newInterface, settingsOf } from '../network-interface/new-interface.ts'
import { plain, primaryOf } from '../network-interface/shape.ts'
import type { Instance } from '../records.ts'
import type { InterfaceSettings, NetworkInterface } from '../network-interface/records.ts'
import type { LaunchInput } from './launch-input.ts'
import { durations } from './lifecycles.ts'
import { readyVSwitchOf } from './places.ts'

/** A secondary interface of a launch: a new one, or one that there is. */
export interface SecondaryInput extends InterfaceInput, Ipv6Input {
  readonly InstanceType?: string | undefined
  readonly VSwitchId?: string | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly NetworkCardIndex?: number | undefined
}

/**
 * Checks the number of interfaces of a launch before anything is made.
 * @throws Fault EniPerInstanceLimitExceeded, InvalidParam.NetworkInterface, InvalidParameter
 */
export function demandInterfaces({ Secondary = [], ...input }: LaunchInput, amount: number, type: InstanceType): void {
  // That one address for several instances is refused so is unconfirmed.
  demand(amount === 1 || !input.Ipv6Address?.length, 'InvalidParameter', 'Ipv6Address.N is for the launch of a single instance.')
  demand(Secondary.length < type.EniQuantity, 'EniPerInstanceLimitExceeded', 'The instance type holds no more network interfaces.')
  for (const { NetworkInterfaceId, NetworkCardIndex = 0 } of Secondary) {
    const once = !NetworkInterfaceId || amount === 1
    demand(once, 'InvalidParam.NetworkInterface', 'A network interface that exists can be attached to a single instance.', 400)
    demand(NetworkCardIndex === 0, 'InvalidParam.NetworkInterface', 'The specified NetworkCardIndex is not valid.', 400)
  }
}

/** What a launch says of the primary interface: its tags are the instance's. Undefined when that is nothing. */
export function primarySettings(
  { Primary, NetworkInterfaceQueueNumber: queueNumber }: LaunchInput,
  tags: readonly Tag[],
): InterfaceSettings | undefined {
  const twice = Primary !== undefined && queueNumber !== undefined
  // The code is unconfirmed.
  demand(!twice, 'InvalidParam.NetworkInterface', 'NetworkInterfaceQueueNumber is for launches without a primary NetworkInterface.N.', 400)
  if (queueNumber !== undefined) return { ...plain, ...settingsOf({ QueueNumber: queueNumber }), tags }
  if (Primary === undefined) return tags.length > 0 ? { ...plain, tags } : undefined
  const stays = Primary.DeleteOnRelease === false
  demand(!stays, 'InvalidParam.NetworkInterface', 'A primary network interface goes with its instance.', 400)
  return { ...plain, ...settingsOf(Primary), tags }
}

/** An interface that there is, taken as it is. */
function taken(id: string, instance: Instance, context: Context): NetworkInterface {
  const eni = interfaceOf(id, context)
  demand(eni.type === 'Secondary', 'InvalidOperation.InvalidEniType', 'A primary network interface stays with its instance.')
  demandState(eni, 'Available')
  demand(eni.vpcId === instance.vpcId, 'InvalidOperation.VpcMismatch', 'The instance and the network interface are in different VPCs.')
  const near = eni.zoneId === instance.zoneId
  demand(near, 'InvalidOperation.AvailabilityZoneMismatch', 'The instance and the network interface are in different zones.')
  demandRoom(instance, eni, context.state)
  return context.state.networkInterfaces.put({ ...eni, status: 'Attaching', instanceId: instance.id })
}

/** A new one: in the primary interface's vSwitch and groups where nothing else is said. */
function made(input: SecondaryInput, instance: Instance, vSwitch: VSwitch, context: Context): NetworkInterface {
  const place = input.VSwitchId ? readyVSwitchOf(input.VSwitchId, context) : vSwitch
  demand(place.vpcId === instance.vpcId, 'InvalidOperation.VpcMismatch', 'The instance and the network interface are in different VPCs.')
  const near = place.zoneId === instance.zoneId
  demand(near, 'InvalidOperation.AvailabilityZoneMismatch', 'The instance and the network interface are in different zones.')
  const grouped = input.SecurityGroupId || input.SecurityGroupIds?.length
  const asked = grouped ? input : { ...input, SecurityGroupIds: instance.securityGroupIds }
  const { resourceGroupId } = instance
  const rest = { status: 'Attaching', instanceId: instance.id, resourceGroupId, tags: [] } as const
  const eni = newInterface(asked, place, rest, context)
  demandFits(eni, instance)
  return eni
}

/** Gives a new instance the interfaces that its launch asks for; they are attached when it is made. */
export function putInterfaces(input: LaunchInput, instance: Instance, vSwitch: VSwitch, context: Context): void {
  const { state, random } = context
  const count = input.Primary?.SecondaryPrivateIpAddressCount
  if (instance.primaryInterface) demandFits(primaryOf(instance), instance)
  if (count !== undefined || asksIpv6(input)) {
    const more = count === undefined ? {} : { SecondaryPrivateIpAddressCount: count }
    const added = secondaryAddresses(more, vSwitch, '', state, 'InvalidPrivateIpAddress.Duplicated')
    const ipv6 = newIpv6(input, vSwitch, state, random)
    const settings = { ...(instance.primaryInterface ?? plain), secondaryAddresses: added, ...ipv6 }
    demandFits(primaryOf(state.instances.put({ ...instance, primaryInterface: settings })), instance)
  }
  for (const asked of input.Secondary ?? []) {
    const eni = asked.NetworkInterfaceId ? taken(asked.NetworkInterfaceId, instance, context) : made(asked, instance, vSwitch, context)
    context.schedule('networkInterface.attached', eni.id, durations.create)
  }
}
