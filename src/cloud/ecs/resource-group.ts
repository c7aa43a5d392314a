import { operationOf } from '../../api/operation.ts'
import type { Row } from '../engine/table.ts'
import { demand } from '../fault.ts'
import { type Context, ecs } from '../operation.ts'
import { owned } from '../owned.ts'
import { keyPairKey } from '../state.ts'
import { demandResourceGroup } from './instance/places.ts'
import { anyInterface } from './network-interface/find.ts'
import { putInterface } from './network-interface/shape.ts'
import type { NetworkInterface } from './network-interface/records.ts'

interface Grouped extends Row {
  readonly resourceGroupId: string
}

/** Where the resources of a kind lie. */
interface Home {
  get(id: string): Grouped | undefined
  put(row: Grouped): unknown
}

/** By ResourceType. A kind of resource that is in resource groups needs a line here. */
const homes: { readonly [type: string]: (context: Context) => Home } = {
  instance: ({ state }) => state.instances,
  disk: ({ state }) => state.disks,
  snapshot: ({ state }) => state.snapshots,
  image: ({ state }) => state.images,
  securitygroup: ({ state }) => state.securityGroups,
  eni: ({ state }) => ({ get: (id) => anyInterface(id, state), put: (row) => putInterface(row as Row & NetworkInterface, state) }),
  keypair: (context) => ({
    get: (name) => context.state.keyPairs.get(keyPairKey(context, name)),
    put: (row) => context.state.keyPairs.put(row as Parameters<typeof context.state.keyPairs.put>[0]),
  }),
  launchtemplate: ({ state }) => state.launchTemplates,
  command: ({ state }) => state.commands,
  ddh: ({ state }) => state.dedicatedHosts,
  ddhcluster: ({ state }) => state.dedicatedHostClusters,
  activation: ({ state }) => state.activations,
  managedinstance: ({ state }) => state.managedInstances,
}

const types = operationOf('ecs', 'JoinResourceGroup')?.values?.ResourceType ?? []

/** Moves a resource into another group. What hangs on it, such as an instance's disks, stays where it is. */
export const JoinResourceGroup = ecs('JoinResourceGroup', ['ResourceGroupId', 'ResourceId', 'ResourceType'], (input, context) => {
  const { ResourceGroupId = '', ResourceId = '', ResourceType = '' } = input
  for (const [name, value] of Object.entries({ ResourceGroupId, ResourceId, ResourceType }))
    demand(value !== '', 'MissingParameter', `The input parameter "${name}" that is mandatory for this request is not supplied.`, 403)
  demand(types.includes(ResourceType), 'InvalidResourceType.NotFound', 'The specified ResourceType does not exist.', 404)
  const home = homes[ResourceType]?.(context)
  const row = owned(home?.get(ResourceId), context)
  demand(home && row, 'InvalidResourceId.NotFound', 'The specified ResourceId does not exist.', 404)
  const resourceGroupId = demandResourceGroup(ResourceGroupId)
  demand(row.resourceGroupId !== resourceGroupId, 'InvalidResourceGroup.Duplicate', 'The resource is in that group already.')
  home.put({ ...row, resourceGroupId })
  return {}
})
