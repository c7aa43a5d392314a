import type { Row } from '../engine/table.ts'
import type { State } from '../state.ts'
import type { Tag } from '../vpc/records.ts'
import type { Conditions } from './conditions.ts'

interface Resource extends Row {
  readonly tags: readonly Tag[]
  readonly resourceGroupId?: string
}

/** Where a resource is, by the type in its ARN. A type whose resources have ids and tags needs a line here. */
const rows = new Map<string, (state: State, id: string) => Resource | undefined>([
  ['instance', (state, id) => state.instances.get(id)],
  ['image', (state, id) => state.images.get(id)],
  ['disk', (state, id) => state.disks.get(id)],
  ['ddh', (state, id) => state.dedicatedHosts.get(id)],
  ['ddhcluster', (state, id) => state.dedicatedHostClusters.get(id)],
  ['storageset', (state, id) => state.storageSets.get(id)],
  ['snapshot', (state, id) => state.snapshots.get(id)],
  ['snapshotgroup', (state, id) => state.snapshotGroups.get(id)],
  ['securitygroup', (state, id) => state.securityGroups.get(id)],
  ['eni', (state, id) => state.networkInterfaces.get(id)],
  ['launchtemplate', (state, id) => state.launchTemplates.get(id)],
  ['autoprovisioninggroup', (state, id) => state.provisioningGroups.get(id)],
  ['capacityreservation', (state, id) => state.privatePools.get(id)],
  ['elasticityassurance', (state, id) => state.privatePools.get(id)],
  ['reservedinstance', (state, id) => state.reservedInstances.get(id)],
  ['scu', (state, id) => state.storageCapacityUnits.get(id)],
  ['vsc', (state, id) => state.storageChannels.get(id)],
  ['prefixlist', (state, id) => state.prefixLists.get(id)],
  ['portrangelist', (state, id) => state.portRangeLists.get(id)],
  ['vpc', (state, id) => state.vpcs.get(id)],
  ['vswitch', (state, id) => state.vSwitches.get(id)],
  ['havip', (state, id) => state.haVips.get(id)],
  ['natgateway', (state, id) => state.natGateways.get(id)],
  ['forwardtable', (state, id) => state.natGateways.by('table', id)[0]],
  ['snattable', (state, id) => state.natGateways.by('table', id)[0]],
  ['combandwidthpackage', (state, id) => state.bandwidthPackages.get(id)],
  ['physicalconnection', (state, id) => state.physicalConnections.get(id)],
  ['virtualborderrouter', (state, id) => state.borderRouters.get(id)],
  ['routerinterface', (state, id) => state.routerInterfaces.get(id)],
  ['eip', (state, id) => state.eips.get(id)],
])

function rowOf(state: State, accountId: string, type: string, id: string): Resource | undefined {
  const row = rows.get(type)?.(state, id)
  return row?.accountId === accountId ? row : undefined
}

/** The region a resource of the account lies in, for its ARN where the operation takes no region. */
export const regionOf = (state: State, accountId: string, type: string, id: string): string | undefined =>
  rowOf(state, accountId, type, id)?.regionId

/** The row that an ARN names, if it is the account's. */
function rowAt(state: State, accountId: string, arn: string): Resource | undefined {
  const [, , , , relative = ''] = arn.split(':')
  const [type = '', id = ''] = relative.split('/')
  return rowOf(state, accountId, type, id)
}

/** The resource group of the resource an ARN names; undefined where it is in none. */
export const groupOf = (state: State, accountId: string, arn: string): string | undefined =>
  rowAt(state, accountId, arn)?.resourceGroupId || undefined

/** The tags of the resource an ARN names, as condition keys: `ecs:tag/<key>`, or `vpc:tag/<key>` for those of VPC. */
export function tagsOf(state: State, accountId: string, arn: string): Conditions {
  const [, service = ''] = arn.split(':')
  const tags = rowAt(state, accountId, arn)?.tags ?? []
  return Object.fromEntries(tags.map(({ key, value }) => [`${service}:tag/${key}`, value]))
}
