import { demandResourceGroup } from '../ecs/instance/places.ts'
import { demand } from '../fault.ts'
import { type Context, vpc } from '../operation.ts'
import { packageOf } from './bandwidth-package/find.ts'
import { eipOf } from './eip/find.ts'
import { connectionOf, interfaceOf, ownBorderRouterOf } from './express-connect/find.ts'
import { vpcOf } from './find.ts'
import { haVipOf } from './ha-vip/find.ts'

/** Puts the resource of that id into a group. */
type Move = (id: string, resourceGroupId: string, context: Context) => void

/** By its type in lower letters: clients write that as they like. */
const moves = new Map<string, Move>([
  ['vpc', (id, resourceGroupId, context) => void context.state.vpcs.put({ ...vpcOf(id, context), resourceGroupId })],
  ['eip', (id, resourceGroupId, context) => void context.state.eips.put({ ...eipOf(id, context), resourceGroupId })],
  ['havip', (id, resourceGroupId, context) => void context.state.haVips.put({ ...haVipOf(id, context), resourceGroupId })],
  [
    'bandwidthpackage',
    (id, resourceGroupId, context) => void context.state.bandwidthPackages.put({ ...packageOf(id, context), resourceGroupId }),
  ],
  [
    'physicalconnection',
    (id, resourceGroupId, context) => void context.state.physicalConnections.put({ ...connectionOf(id, context), resourceGroupId }),
  ],
  [
    'virtualborderrouter',
    (id, resourceGroupId, context) => void context.state.borderRouters.put({ ...ownBorderRouterOf(id, context), resourceGroupId }),
  ],
  [
    'routerinterface',
    (id, resourceGroupId, context) => void context.state.routerInterfaces.put({ ...interfaceOf(id, context), resourceGroupId }),
  ],
])

/** @throws Fault InvalidResourceType.NotFound for what does not exist here (unconfirmed for this operation), and as finding the resource does */
export const MoveResourceGroup = vpc('MoveResourceGroup', ['ResourceType', 'ResourceId', 'NewResourceGroupId'], (input, context) => {
  const move = moves.get(input.ResourceType.toLowerCase())
  demand(move, 'InvalidResourceType.NotFound', 'The specified ResourceType does not exist.', 404)
  demand(input.NewResourceGroupId, 'MissingParameter', 'NewResourceGroupId must be specified.')
  move(input.ResourceId, demandResourceGroup(input.NewResourceGroupId), context)
  return {}
})
