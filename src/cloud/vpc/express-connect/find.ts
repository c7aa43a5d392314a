import { type AccessPointFacts, accessPoints } from '../../../api/access-points.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { BorderRouter, PhysicalConnection, RouterInterface } from './records.ts'

type Seen = Pick<Context, 'state' | 'accountId' | 'regionId'>

/** @throws Fault InvalidAccessPointId.NotFound (unconfirmed) for one that is not in the region */
export function accessPointOf(id: string, regionId: string): AccessPointFacts {
  const found = accessPoints().get(id)
  demand(found?.AttachedRegionNo === regionId, 'InvalidAccessPointId.NotFound', 'The specified AccessPointId does not exist.')
  return found
}

/**
 * The caller's connection of that id.
 * @param status of the refusal, which CreateVirtualBorderRouter documents as 400
 * @throws Fault InvalidPhysicalConnectionId.NotFound
 */
export function connectionOf(id: string, context: Seen, status = 404): PhysicalConnection {
  const row = owned(context.state.physicalConnections.get(id), context)
  demand(row, 'InvalidPhysicalConnectionId.NotFound', 'The specified PhysicalConnectionId does not exist.', status)
  return row
}

/**
 * The border router of that id which is the caller's, or stands on the caller's connection.
 * @throws Fault InvalidVbrId.NotFound
 */
export function borderRouterOf(id: string, { state, accountId, regionId }: Seen): BorderRouter {
  const row = state.borderRouters.get(id)
  const seen = row?.regionId === regionId && (row.accountId === accountId || row.connectionOwnerId === accountId)
  demand(row && seen, 'InvalidVbrId.NotFound', 'The specified VbrId does not exist.')
  return row
}

/**
 * The caller's own border router of that id.
 * @throws Fault InvalidVbrId.NotFound
 */
export function ownBorderRouterOf(id: string, context: Seen): BorderRouter {
  const row = borderRouterOf(id, context)
  demand(row.accountId === context.accountId, 'InvalidVbrId.NotFound', 'The specified VbrId does not exist.')
  return row
}

/**
 * The caller's router interface of that id.
 * @throws Fault InvalidInstanceId.NotFound
 */
export function interfaceOf(id: string, context: Seen): RouterInterface {
  const row = owned(context.state.routerInterfaces.get(id), context)
  demand(row, 'InvalidInstanceId.NotFound', 'The specified RouterInterfaceId does not exist.', 404)
  return row
}
