import { type InstanceType, instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import type { State } from '../../state.ts'
import { traitsOf } from '../instance-type-traits.ts'
import type { Instance } from '../records.ts'
import type { NetworkInterface } from './records.ts'
import { demandState, settledInstanceOf } from './find.ts'
import { demandIpv6Fits } from './ipv6.ts'
import { durations } from './lifecycles.ts'
import { attachableInterface } from './permissions.ts'
import { primaryOf, putInterface } from './shape.ts'

/**
 * What an instance of a type can hold.
 * @throws Fault EniPerInstanceLimitExceeded, InvalidOperation.Ipv4CountExceeded, InvalidOperation.ExceedInstanceTypeQueueNumber
 */
export function demandRoom(instance: Instance, eni: NetworkInterface, state: State): void {
  const type = instanceTypeOf(instance.instanceType)
  if (type === undefined) return
  const held = 1 + state.networkInterfaces.count('instance', instance.id)
  demand(held < type.EniQuantity, 'EniPerInstanceLimitExceeded', 'The instance type holds no more network interfaces.')
  demandFits(eni, instance)
  if (eni.rdma) demandRdmaRoom(eni, type, [primaryOf(instance), ...state.networkInterfaces.by('instance', instance.id)])
}

/** One that was not told how many queue pairs to take takes all of them (the codes are unconfirmed). */
function demandRdmaRoom(eni: NetworkInterface, type: InstanceType, held: readonly NetworkInterface[]): void {
  const all = type.QueuePairNumber ?? 0
  const others = held.filter(({ rdma }) => rdma)
  const room = others.length < type.EriQuantity
  demand(room, 'EniPerInstanceLimitExceeded', 'The instance type holds no more network interfaces in HighPerformance mode.')
  const pairs = [eni, ...others].reduce((sum, { queuePairs = all }) => sum + queuePairs, 0)
  demand(pairs <= all, 'InvalidOperation.ExceedInstanceTypeQueueNumber', 'The instance type has no more queue pairs.')
}

/**
 * What one interface can have on an instance of a type.
 * @throws Fault InvalidOperation.Ipv4CountExceeded, InvalidOperation.Ipv6CountExceeded, InvalidOperation.ExceedInstanceTypeQueueNumber,
 * InvalidParameter
 */
export function demandFits(eni: NetworkInterface, { instanceType }: Pick<Instance, 'instanceType'>): void {
  const type = instanceTypeOf(instanceType)
  if (type === undefined) return
  // A prefix counts as one.
  const addresses = 1 + eni.secondaryAddresses.length + (eni.ipv4Prefixes?.length ?? 0)
  demand(
    addresses <= type.EniPrivateIpAddressQuantity,
    'InvalidOperation.Ipv4CountExceeded',
    'The instance type allows no more private addresses on a network interface.',
  )
  demandIpv6Fits(eni, instanceType)
  // Where a type's total is not told, it is taken to be the default of each interface together.
  const most = type.TotalEniQueueQuantity ?? type.SecondaryEniQueueNumber * type.EniQuantity
  demand(
    (eni.queueNumber ?? 0) <= most,
    'InvalidOperation.ExceedInstanceTypeQueueNumber',
    'The instance type does not give a network interface so many queues.',
  )
  demandTraffic(eni, type)
}

/** What few types have; the code of each refusal is unconfirmed. */
function demandTraffic(eni: NetworkInterface, type: InstanceType): void {
  const { queueSizes, enhanced } = traitsOf(type)
  const high = !eni.rdma || type.EriQuantity > 0
  demand(high, 'InvalidParameter', 'The instance type has no network interfaces in HighPerformance mode.')
  const paired = (eni.queuePairs ?? 0) <= (type.QueuePairNumber ?? 0)
  demand(paired, 'InvalidOperation.ExceedInstanceTypeQueueNumber', 'The instance type has not so many queue pairs.')
  const deep = eni.rxQueueSize === undefined || queueSizes
  demand(deep, 'InvalidParameter', 'The instance type has no network interfaces with RxQueueSize and TxQueueSize.')
  demand(eni.enhanced === undefined || enhanced, 'InvalidParameter', 'The instance type has no EnhancedNetwork.')
}

/** Waiting for the guest's network is waiting for the state InUse here. */
export const AttachNetworkInterface = ecs(
  'AttachNetworkInterface',
  ['NetworkInterfaceId', 'InstanceId', 'NetworkCardIndex', 'WaitForNetworkConfigurationReady'],
  (input, context) => {
    const { state } = context
    const eni = attachableInterface(input.NetworkInterfaceId, context)
    const instance = settledInstanceOf(input.InstanceId, context)
    demand(eni.type === 'Secondary', 'InvalidOperation.InvalidEniType', 'A primary network interface stays with its instance.')
    demandState(eni, 'Available')
    // Types with several network cards are not emulated.
    demand((input.NetworkCardIndex ?? 0) === 0, 'InvalidParameter', 'The specified NetworkCardIndex is not valid.')
    // That of another account is in another VPC.
    const reaches = eni.vpcId === instance.vpcId || eni.accountId !== context.accountId
    demand(reaches, 'InvalidOperation.VpcMismatch', 'The instance and the network interface are in different VPCs.')
    const near = eni.zoneId === instance.zoneId
    demand(near, 'InvalidOperation.AvailabilityZoneMismatch', 'The instance and the network interface are in different zones.')
    demandRoom(instance, eni, state)
    state.networkInterfaces.put({ ...eni, status: 'Attaching', instanceId: instance.id })
    context.schedule('networkInterface.attached', eni.id, durations.attach)
    return {}
  },
)

export const DetachNetworkInterface = ecs('DetachNetworkInterface', ['NetworkInterfaceId', 'InstanceId'], (input, context) => {
  const eni = attachableInterface(input.NetworkInterfaceId, context)
  const instance = settledInstanceOf(input.InstanceId, context)
  const secondary = eni.type === 'Secondary'
  demand(secondary, 'InvalidOperation.DetachPrimaryEniNotAllowed', 'A primary network interface stays with its instance.')
  demandState(eni, 'InUse')
  // The code is unconfirmed.
  demand(eni.instanceId === instance.id, 'InvalidOperation.InvalidEniState', 'The network interface is attached to another instance.')
  putInterface({ ...eni, status: 'Detaching' }, context.state)
  context.schedule('networkInterface.detached', eni.id, durations.detach)
  return {}
})
