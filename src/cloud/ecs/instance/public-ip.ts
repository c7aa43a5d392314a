import { newId } from '../../ids.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { isUsable, parseAddress } from '../../vpc/cidr.ts'
import { putEip } from '../../vpc/eip/binding.ts'
import type { Instance } from '../records.ts'
import { demandUnlocked } from './locks.ts'
import { publicAddresses } from './places.ts'
import { instanceOf } from './power.ts'

/** Running or Stopped, and not on its way out. */
export const isSettled = ({ status, releasing }: Pick<Instance, 'status' | 'releasing'>): boolean =>
  (status === 'Running' || status === 'Stopped') && !releasing

/** @throws Fault IncorrectInstanceStatus unless the instance is Running or Stopped */
export const demandSettled = (instance: Instance, status?: number): void =>
  demand(isSettled(instance), 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.', status)

/** The address asked for, which nobody has. Those outside of the range that addresses come from are taken not to exist. */
function askedAddress(address: string, { state }: Context): string {
  demand(parseAddress(address) !== undefined, 'InvalidIpAddress.Malformed', 'The specified IpAddress is malformed.')
  demand(isUsable('198.18.0.0/15', address), 'InvalidIpAddress.NotFound', 'The specified IpAddress does not exist.')
  const taken = state.instances.count('publicAddress', address) > 0 || state.eips.count('address', address) > 0
  demand(!taken, 'IpInUse', 'The specified IpAddress is already in use.')
  return address
}

/** Gives an instance a public address and returns it; one that has one keeps it. */
export function givePublicAddress(instance: Instance, wanted: string | undefined, context: Context): Instance {
  if (instance.publicIpAddress !== '') return instance
  const { state, random } = context
  const [drawn = ''] = wanted ? [askedAddress(wanted, context)] : publicAddresses(1, state, random)
  const { regainsPublicIp: _, ...kept } = instance
  return state.instances.put({ ...kept, publicIpAddress: drawn })
}

/**
 * An instance that has a public address already is told of it again, as newer texts say (older ones refuse it: unconfirmed).
 * With an elastic address it gets none (the code is unconfirmed).
 */
export const AllocatePublicIpAddress = ecs(
  'AllocatePublicIpAddress',
  ['InstanceId', 'IpAddress', 'VlanId'],
  ({ InstanceId, IpAddress, VlanId }, context) => {
    const instance = instanceOf(InstanceId, context)
    demandUnlocked('AllocatePublicIpAddress', instance)
    demandSettled(instance)
    // Virtual LANs were a thing of the classic network.
    demand(!VlanId, 'InvalidVlanId.NotFound', 'The specified VlanId does not exist.')
    demand(instance.eip === undefined, 'OperationDenied', 'The instance has an elastic address.', 400)
    demand(
      instance.internetMaxBandwidthOut > 0,
      'AllocateIpInvalidInstanceBandwidth',
      'The bandwidth of the instance to the internet is 0: raise it first.',
    )
    return { IpAddress: givePublicAddress(instance, IpAddress || undefined, context).publicIpAddress }
  },
)

/** The public address of an instance becomes an elastic one that is bound to it. It is done at once here (unconfirmed how long it takes). */
export const ConvertNatPublicIpToEip = ecs('ConvertNatPublicIpToEip', ['InstanceId'], ({ InstanceId }, context) => {
  const { state, random, now } = context
  const instance = instanceOf(InstanceId, context)
  demandSettled(instance, 403)
  const overdue = instance.expiresAt !== undefined && instance.expiresAt <= now
  demand(!overdue, 'InvalidInstance.OverduePayment', 'The subscription of the instance is over.')
  const { publicIpAddress, internetMaxBandwidthOut: bandwidth, internetChargeType, accountId, regionId, resourceGroupId } = instance
  demand(publicIpAddress !== '', 'InvalidInstance.IpAddressMissing', 'The instance has no public address.')
  demand(bandwidth > 0, 'InvalidInstance.ZeroBandwidth', 'The bandwidth of the instance to the internet is 0.')
  // Its bandwidth is the elastic address's from then on (unconfirmed).
  const freed = state.instances.put({ ...instance, publicIpAddress: '', internetMaxBandwidthOut: 0 })
  putEip(
    {
      id: newId('eip', regionId, random),
      accountId,
      regionId,
      ipAddress: publicIpAddress,
      name: '',
      description: '',
      status: 'InUse',
      bandwidth,
      internetChargeType,
      chargeType: 'PostPaid',
      expiresAt: undefined,
      isp: 'BGP',
      zone: '',
      instanceId: freed.id,
      instanceType: 'EcsInstance',
      privateIpAddress: freed.privateIpAddress,
      vpcId: freed.vpcId,
      mode: 'NAT',
      resourceGroupId,
      createdAt: now,
      tags: [],
    },
    state,
  )
  return {}
})
