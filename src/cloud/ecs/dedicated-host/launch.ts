import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import type { Instance, OnDedicatedHost } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { clusterOf } from './find.ts'
import { hostsFor, type PlaceCodes } from './place.ts'

/** What a launch says of dedicated hosts. */
export interface HostInput {
  readonly DedicatedHostId?: string | undefined
  readonly Tenancy?: string | undefined
  readonly Affinity?: string | undefined
  readonly SchedulerOptions?: { readonly DedicatedHostClusterId?: string | undefined } | undefined
}

const launchCodes: PlaceCodes = {
  unknown: 400,
  type: ['DedicatedHostType.Unmatched', 400],
  full: ['OperationDenied.NoStock', 403],
}

/** How a launch wants to be on dedicated hosts; undefined when it does not. */
export type HostWish = Pick<Parameters<typeof hostsFor>[0], 'hostId' | 'clusterId' | 'affinity'>

/**
 * A host that is named says enough; without one, Tenancy does. A cluster counts only with the tenancy `host`.
 * @throws Fault InvalidParam.Tenancy, InvalidParameter
 */
export function hostWish({ DedicatedHostId: hostId = '', Tenancy, Affinity, SchedulerOptions }: HostInput): HostWish | undefined {
  demandOneOf(Tenancy, ['default', 'host'], 'Tenancy', 'InvalidParam.Tenancy', 400)
  demandOneOf(Affinity, ['default', 'host'], 'Affinity', 'InvalidParameter')
  // That the two contradict each other is unconfirmed.
  demand(hostId === '' || Tenancy !== 'default', 'InvalidParam.Tenancy', 'The specified Tenancy and DedicatedHostId do not match.', 400)
  if (hostId === '' && Tenancy !== 'host') {
    demand(Affinity !== 'host', 'InvalidParameter', 'The specified Affinity is for instances on dedicated hosts.')
    return undefined
  }
  const clusterId = Tenancy === 'host' ? (SchedulerOptions?.DedicatedHostClusterId ?? '') : ''
  return { hostId, clusterId, affinity: Affinity === 'host' ? 'host' : 'default' }
}

/**
 * The places on dedicated hosts for a launch, as many as there is room for.
 * @throws Fault as `hostsFor` does, and InvalidDedicatedHostClusterId.NotFound
 */
export function launchOnHosts(
  instance: Pick<Instance, 'zoneId' | 'instanceType' | 'instanceChargeType' | 'expiresAt'>,
  wish: HostWish,
  how: { readonly amount: number; readonly least: number },
  context: Context,
): OnDedicatedHost[] {
  if (wish.clusterId !== '') clusterOf(wish.clusterId, context)
  return hostsFor({ ...instance, ...wish }, how, launchCodes, context)
}
