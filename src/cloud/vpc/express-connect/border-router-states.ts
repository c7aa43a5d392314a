import { demand } from '../../fault.ts'
import { vpc } from '../../operation.ts'
import { changeBorderRouter } from './border-router-life.ts'
import { demandConnectionOwner, demandEnabled, demandState, demandVlan } from './border-router-rules.ts'
import { borderRouterOf } from './find.ts'

/** Its interfaces go first. Another account's is deleted by the owner of the connection only while it is unconfirmed. */
export const DeleteVirtualBorderRouter = vpc('DeleteVirtualBorderRouter', ['VbrId'], (input, context) => {
  const { state, accountId } = context
  const row = borderRouterOf(input.VbrId, context)
  demandState(row, 'unconfirmed', 'active', 'terminated')
  const may = row.accountId === accountId || row.status === 'unconfirmed'
  demand(may, 'OperationDenied', "The virtual border router is another account's.", 403)
  const bare = state.routerInterfaces.count('router', row.id) === 0
  demand(bare, 'InvalidOperation.RouterInterfaceNotDeleted', 'The virtual border router still has a router interface.')
  const routed = state.routeEntries.count('table', row.routeTableId) > 0
  demand(!routed, 'DependencyViolation.RouterInterfaceReferedByRouteEntry', 'The route table of the virtual border router holds an entry.')
  changeBorderRouter({ ...row, status: 'deleting' }, context)
  return {}
})

export const TerminateVirtualBorderRouter = vpc('TerminateVirtualBorderRouter', ['VbrId'], (input, context) => {
  const row = borderRouterOf(input.VbrId, context)
  demandConnectionOwner(row, context, 'Forbidden.OperationTerminateNotAllowed')
  demandState(row, 'active')
  changeBorderRouter({ ...row, status: 'terminating' }, context)
  return {}
})

/** Its VLAN must still be free, which it is for 7 days in any case. */
export const RecoverVirtualBorderRouter = vpc('RecoverVirtualBorderRouter', ['VbrId'], (input, context) => {
  const row = borderRouterOf(input.VbrId, context)
  demandConnectionOwner(row, context)
  demandState(row, 'terminated')
  demandEnabled(context.state.physicalConnections.get(row.connectionId))
  demandVlan(row.vlanId, row.connectionId, row.id, context)
  changeBorderRouter({ ...row, status: 'recovering' }, context)
  return {}
})
