import { anyInterface } from '../../ecs/network-interface/find.ts'
import { addressesOf } from '../../ecs/network-interface/shape.ts'
import { demandOneOf } from '../../ecs/values.ts'
import { demand, fault } from '../../fault.ts'
import { type Context, vpc } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandAtRest } from '../ha-vip/find.ts'
import type { Eip } from '../records.ts'
import { demandStatus, eipOf } from './find.ts'
import { durations } from './lifecycles.ts'
import { demandIdle, ofNatGateway } from './nat.ts'
import { ofAddress, ofHaVip } from './other-targets.ts'

const types = ['EcsInstance', 'NetworkInterface', 'SlbInstance', 'Nat', 'HaVip', 'IpAddress']

/** What AssociateEipAddress says of what to bind to. */
export interface Call {
  readonly InstanceId: string
  readonly InstanceType?: string | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly Mode?: string | undefined
  readonly VpcId?: string | undefined
}

/** What an address is bound to, and how. */
export type Binding = Pick<Eip, 'instanceId' | 'instanceType' | 'privateIpAddress' | 'vpcId' | 'mode'>

/** Spelled so by the real API. */
const unknown = () => fault('InvalidInstanId.NotFound', 'The specified InstanceId does not exist.')

function demandSettled(settled: boolean): void {
  demand(settled, 'IncorrectInstanceStatus', 'The status of the specified resource does not support this operation.', 400)
}

const demandSingle = (single: boolean): void =>
  demand(single, 'InvalidAssociation.Duplicated', 'The specified resource has a public address already.')

/** What an instance is bound by: its primary private address, if it has no public one. */
function ofInstance({ InstanceId, PrivateIpAddress }: Call, { regionId }: Eip, context: Context): Binding {
  const { state } = context
  const instance = owned(state.instances.get(InstanceId), { ...context, regionId })
  if (instance === undefined) throw unknown()
  demandSettled((instance.status === 'Running' || instance.status === 'Stopped') && !instance.releasing)
  demandSingle(instance.publicIpAddress === '' && state.eips.count('boundTo', instance.id) === 0)
  const primary = !PrivateIpAddress || PrivateIpAddress === instance.privateIpAddress
  demand(primary, 'InvalidParams.NotFound', 'The specified PrivateIpAddress does not exist.')
  const { id, vpcId, privateIpAddress } = instance
  const mapped = state.forwardEntries.count('internal', `${vpcId}/${privateIpAddress}`) > 0
  demand(!mapped, 'BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP', 'A DNAT entry leads to the instance.', 400)
  return { instanceId: id, instanceType: 'EcsInstance', privateIpAddress, vpcId, mode: 'NAT' }
}

const modes = ['NAT', 'MULTI_BINDED', 'BINDED']

/** What a secondary interface is bound by: one of its private addresses, each of which can have an elastic one of its own. */
function ofInterface({ InstanceId, PrivateIpAddress, Mode }: Call, { regionId }: Eip, context: Context): Binding {
  const { state } = context
  const eni = owned(anyInterface(InstanceId, state), { ...context, regionId })
  if (eni === undefined) throw unknown()
  // A primary interface is bound through its instance (the code is unconfirmed).
  demand(eni.type === 'Secondary', 'OperationDenied', 'Name the instance of a primary network interface instead.', 400)
  demandSettled(eni.status === 'Available' || eni.status === 'InUse')
  demandOneOf(Mode, modes, 'Mode', 'InvalidParameter')
  const address = PrivateIpAddress || eni.primaryIpAddress
  demand(addressesOf(eni).includes(address), 'InvalidParams.NotFound', 'The specified PrivateIpAddress does not exist.')
  const others = state.eips.by('boundTo', eni.id)
  // In BINDED mode the interface has the public address alone.
  const alone = (Mode === 'BINDED' ? others.length === 0 : true) && !others.some((other) => other.mode === 'BINDED')
  demandSingle(alone && !others.some((other) => other.privateIpAddress === address))
  return { instanceId: eni.id, instanceType: 'NetworkInterface', privateIpAddress: address, vpcId: eni.vpcId, mode: Mode || 'NAT' }
}

const kinds: Readonly<Record<string, (input: Call, eip: Eip, context: Context) => Binding>> = {
  EcsInstance: ofInstance,
  NetworkInterface: ofInterface,
  Nat: ofNatGateway,
  HaVip: ofHaVip,
  IpAddress: ofAddress,
}

/** Binds an address. Of the kinds of resource that it can be bound to, load balancers are another product's, of which none exist here. */
export const AssociateEipAddress = vpc(
  'AssociateEipAddress',
  ['AllocationId', 'InstanceId', 'InstanceType', 'PrivateIpAddress', 'Mode', 'VpcId', 'InstanceRegionId'],
  (input, context) => {
    const { state } = context
    const eip = eipOf(input.AllocationId, context)
    demandOneOf(input.InstanceType, types, 'InstanceType', 'InvalidInstanceType.ValueNotSupported', 400)
    demand(eip.status !== 'Associating', 'InvalidBindingStatus', 'The elastic address is being bound.')
    demandStatus(eip, 'Available')
    const here = !input.InstanceRegionId || input.InstanceRegionId === eip.regionId
    demand(here, 'InvalidParameter.Mismatch', 'The resource has to be in the region of the elastic address.', 400)
    const type = input.InstanceType || 'EcsInstance'
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined
    if (kind === undefined) throw unknown()
    const binding = kind(input, eip, context)
    const inVpc = !input.VpcId || input.VpcId === binding.vpcId
    demand(inVpc, 'InvalidParameter.Mismatch', 'The resource is in another VPC than the specified one.', 400)
    state.eips.put({ ...eip, ...binding, status: 'Associating' })
    context.schedule('eip.associated', eip.id, durations.associate)
    return {}
  },
)

/** Unbinds an address; Force takes it from an instance in any state, and from a NAT gateway whose entries use it, which go. */
export const UnassociateEipAddress = vpc(
  'UnassociateEipAddress',
  ['AllocationId', 'InstanceId', 'InstanceType', 'PrivateIpAddress', 'Force'],
  (input, context) => {
    const { state } = context
    const eip = eipOf(input.AllocationId, context)
    demandOneOf(input.InstanceType, types, 'InstanceType', 'InvalidInstanceType.ValueNotSupported', 400)
    demandStatus(eip, 'InUse')
    const same = (given: string | undefined, is: string) => !given || given === is
    const bound =
      same(input.InstanceId, eip.instanceId) &&
      same(input.InstanceType, eip.instanceType) &&
      same(input.PrivateIpAddress, eip.privateIpAddress)
    demand(bound, 'InvalidInstanceId.NotFound', 'The elastic address is not bound to the specified resource.', 400)
    const status = eip.instanceType === 'EcsInstance' ? state.instances.get(eip.instanceId)?.status : undefined
    demandSettled(input.Force === true || status === undefined || status === 'Running' || status === 'Stopped')
    const haVip = eip.instanceType === 'HaVip' ? state.haVips.get(eip.instanceId) : undefined
    if (haVip) demandAtRest(haVip)
    if (eip.instanceType === 'Nat') demandIdle(eip, input.Force === true, context)
    state.eips.put({ ...eip, status: 'Unassociating' })
    context.schedule('eip.unassociated', eip.id, durations.unassociate)
    return {}
  },
)
