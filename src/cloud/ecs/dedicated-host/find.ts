import { regionFacts } from '../../../api/regions.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { DedicatedHost, DedicatedHostCluster } from './records.ts'

type Seen = Pick<Context, 'state' | 'accountId' | 'regionId'>

/** @throws Fault InvalidDedicatedHostId.NotFound, with the status that the operation answers */
export function hostOf(id: string, context: Seen, status = 404): DedicatedHost {
  const host = owned(context.state.dedicatedHosts.get(id), context)
  demand(host, 'InvalidDedicatedHostId.NotFound', 'The specified DedicatedHostId does not exist.', status)
  return host
}

/** @throws Fault InvalidDedicatedHostClusterId.NotFound (unconfirmed) */
export function clusterOf(id: string, context: Seen): DedicatedHostCluster {
  const cluster = owned(context.state.dedicatedHostClusters.get(id), context)
  demand(cluster, 'InvalidDedicatedHostClusterId.NotFound', 'The specified DedicatedHostClusterId does not exist.')
  return cluster
}

/** Puts a host as it is now, and tells the instances on it what their answers show of it. */
export function putHost(host: DedicatedHost, { state }: Pick<Context, 'state'>): DedicatedHost {
  for (const instance of state.instances.by('placed', host.id)) {
    const on = instance.dedicatedHost
    if (on && (on.name !== host.hostName || on.clusterId !== host.clusterId))
      state.instances.put({ ...instance, dedicatedHost: { ...on, name: host.hostName, clusterId: host.clusterId } })
  }
  return state.dedicatedHosts.put(host)
}

/** Refuses a zone that is not in the region; none is fine. */
export function demandZone(zoneId: string | undefined, regionId: string): void {
  const known = !zoneId || regionFacts(regionId)?.Zones.includes(zoneId)
  demand(known, 'InvalidZone.NotFound', 'The specified ZoneId does not exist.')
}

/** The host answers, and its subscription is not over. */
export const isUsable = ({ status, locked }: DedicatedHost): boolean =>
  (status === 'Available' || status === 'UnderAssessment') && locked === undefined
