import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { privateAddress } from '../free-address.ts'
import { dropAddress, forwardsOf, snatsOf } from '../nat-gateway/addresses.ts'
import { demandAvailable } from '../nat-gateway/find.ts'
import type { Eip } from '../records.ts'
import type { Binding, Call } from './associate.ts'

/**
 * What a NAT gateway is bound by: itself, or in `NAT` mode a private address of its vSwitch that is taken for it. One takes 20 addresses at
 * least, which is all that an account has here.
 */
export function ofNatGateway({ InstanceId, PrivateIpAddress }: Call, { regionId }: Eip, context: Context): Binding {
  const { state } = context
  const row = owned(state.natGateways.get(InstanceId), { ...context, regionId })
  demand(row, 'InvalidInstanId.NotFound', 'The specified InstanceId does not exist.')
  demandAvailable(row, 'IncorrectStatus.NatGateway')
  demand(row.networkType === 'internet', 'OperationDenied', 'A VPC NAT gateway has private addresses alone.', 400)
  const mode = row.eipBindMode
  const vSwitch = mode === 'NAT' ? state.vSwitches.get(row.vSwitchId) : undefined
  demand(vSwitch || !PrivateIpAddress, 'InvalidParams.NotFound', 'The specified PrivateIpAddress does not exist.')
  const address = vSwitch ? privateAddress(PrivateIpAddress, 'PrivateIpAddress', vSwitch, context) : ''
  if (address !== '') state.natGateways.put({ ...row, addresses: [...row.addresses, address] })
  return { instanceId: row.id, instanceType: 'Nat', privateIpAddress: address, vpcId: row.vpcId, mode }
}

/**
 * Lets an address be taken from its gateway: none that entries use, unless it is by force, which takes it out of them (how is unconfirmed).
 * @throws Fault InvalidIpStatus.HasBeenUsedBySnatTable, InvalidIpStatus.HasBeenUsedByForwardEntry
 */
export function demandIdle({ instanceId, ipAddress }: Eip, force: boolean, { state }: Context): void {
  const row = state.natGateways.get(instanceId)
  if (row === undefined) return
  if (force) {
    dropAddress(row, ipAddress, state)
    return
  }
  demand(snatsOf(row, ipAddress, state).length === 0, 'InvalidIpStatus.HasBeenUsedBySnatTable', 'An SNAT entry uses the address.', 400)
  demand(forwardsOf(row, ipAddress, state).length === 0, 'InvalidIpStatus.HasBeenUsedByForwardEntry', 'A DNAT entry uses the address.', 400)
}
