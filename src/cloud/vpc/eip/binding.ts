import { putInterface } from '../../ecs/network-interface/shape.ts'
import type { BoundEip } from '../../ecs/network-interface/records.ts'
import type { State } from '../../state.ts'
import type { Eip } from '../records.ts'
import { bandwidthOf } from './bandwidth.ts'

const bound = (eip: Eip, state: State): BoundEip => ({
  allocationId: eip.id,
  ipAddress: eip.ipAddress,
  internetChargeType: eip.internetChargeType,
  bandwidth: bandwidthOf(eip, state),
  privateIpAddress: eip.privateIpAddress,
})

/** Lets what an address is bound to show it as it is now, or no more. */
function show(eip: Eip, state: State, shown: BoundEip | undefined): void {
  const instance = eip.instanceType === 'EcsInstance' ? state.instances.get(eip.instanceId) : undefined
  if (instance) {
    // Bound to an elastic address, it gets no other public one back with its next start.
    state.instances.put({ ...instance, eip: shown, ...(instance.regainsPublicIp && { regainsPublicIp: false }) })
  }
  const eni = eip.instanceType === 'NetworkInterface' ? state.networkInterfaces.get(eip.instanceId) : undefined
  if (eni) {
    const others = eni.eips.filter((other) => other.allocationId !== eip.id)
    putInterface({ ...eni, eips: shown ? [...others, shown] : others }, state)
  }
}

/** Puts a changed address; what it is bound to shows it from the moment it is InUse. */
export function putEip(eip: Eip, state: State): Eip {
  if (eip.status === 'InUse') show(eip, state, bound(eip, state))
  return state.eips.put(eip)
}

/** Frees an address from what it is bound to. */
export function unbind(eip: Eip, state: State): void {
  show(eip, state, undefined)
  const gateway = eip.instanceType === 'Nat' ? state.natGateways.get(eip.instanceId) : undefined
  // In NAT mode it has had a private address of the gateway's.
  if (gateway && eip.privateIpAddress !== '')
    state.natGateways.put({ ...gateway, addresses: gateway.addresses.filter((address) => address !== eip.privateIpAddress) })
  state.eips.put({ ...eip, status: 'Available', instanceId: '', instanceType: '', privateIpAddress: '', vpcId: '', mode: 'NAT' })
}
