import { isTaken } from '../ecs/network-interface/addresses.ts'
import { demand, fault } from '../fault.ts'
import type { State } from '../state.ts'
import { freeAddress, isUsable } from './cidr.ts'
import type { VSwitch } from './records.ts'

/**
 * The address of a vSwitch that was asked for, or any that is free.
 * @throws Fault InvalidParameter (unconfirmed), InvalidVSwitchId.IpNotEnough
 */
export function privateAddress(
  asked: string | undefined,
  parameter: string,
  vSwitch: VSwitch,
  { state }: { readonly state: State },
): string {
  const taken = (address: string) => isTaken(vSwitch.id, address, state)
  if (!asked) {
    const free = freeAddress(vSwitch.cidrBlock, taken, state.addresses.of(vSwitch.id))
    if (free === undefined) throw fault('InvalidVSwitchId.IpNotEnough', 'The specified VSwitch has not enough IpAddress.', 403)
    return free
  }
  const fits = isUsable(vSwitch.cidrBlock, asked) && !taken(asked)
  demand(fits, 'InvalidParameter', `The specified ${parameter} is not in the vSwitch, or in use.`)
  return asked
}
