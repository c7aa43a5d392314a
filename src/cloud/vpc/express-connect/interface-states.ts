import { demand } from '../../fault.ts'
import { type Context, vpc } from '../../operation.ts'
import { removeEntry } from '../route-rows.ts'
import { interfaceOf } from './find.ts'
import { peerOf, putInterface } from './interface-life.ts'
import { demandNotConnected, demandPaid } from './interface-rules.ts'
import type { InterfaceStatus, RouterInterface } from './records.ts'

/** @throws Fault `code` */
function demandStatus({ status }: RouterInterface, allowed: readonly InterfaceStatus[], code = 'IncorrectStatus'): void {
  demand(allowed.includes(status), code, `A router interface that is ${status} does not allow this.`, 400)
}

/**
 * The initiating side asks, and the accepting side agrees by naming it back. Both are Active a little later.
 * What the two are told of each other is looked at here, whoever's and wherever they are.
 */
export const ConnectRouterInterface = vpc('ConnectRouterInterface', ['RouterInterfaceId'], (input, context) => {
  const { state, accountId, now } = context
  const row = interfaceOf(input.RouterInterfaceId, context)
  demand(row.role === 'InitiatingSide', 'IncorrectRole.NotInitiatingSide', 'The router interface is not the initiating side.')
  demandStatus(row, ['Idle'])
  for (const each of state.routerInterfaces.select({ accountId, where: ({ locked }) => locked }))
    demandPaid(each, 'Forbidden.BillsOutstanding')
  const { interfaceId, routerId, ownerId } = row.opposite
  const told = interfaceId !== '' && routerId !== '' && ownerId !== ''
  demand(told, 'IncorrectOppositeInterfaceInfo.NotSet', 'The opposite interface, its router, its type and its owner must all be set.')
  demand(routerId !== row.routerId, 'IncorrectOppositeInterfaceInfo', 'A router is not connected with itself.')
  const peer = peerOf(row, state)
  const agrees = peer?.role === 'AcceptingSide' && peer.status === 'Idle' && peer.routerType === row.opposite.routerType
  const back = peer?.opposite.routerId === row.routerId && peer.opposite.ownerId === accountId && peer.opposite.regionId === row.regionId
  demand(
    peer && agrees && back,
    'IncorrectOppositeInterfaceInfo',
    'The opposite interface is not what it is said to be, or does not lead back.',
  )
  demandNotConnected(row, context)
  putInterface({ ...row, status: 'Connecting', modifiedAt: now }, context)
  putInterface({ ...peer, status: 'AcceptingConnecting', modifiedAt: now }, context)
  return {}
})

/** Freezes one end; the other stays as it is (unconfirmed). */
export const DeactivateRouterInterface = vpc('DeactivateRouterInterface', ['RouterInterfaceId'], (input, context) => {
  const row = interfaceOf(input.RouterInterfaceId, context)
  demandStatus(row, ['Active'])
  putInterface({ ...row, status: 'Deactivating', modifiedAt: context.now }, context)
  return {}
})

/** Only of one that was Active before; documented with a code of its own. */
export const ActivateRouterInterface = vpc('ActivateRouterInterface', ['RouterInterfaceId'], (input, context) => {
  const row = interfaceOf(input.RouterInterfaceId, context)
  demandStatus(row, ['Inactive'], 'IncorrectRIStatus')
  demandPaid(row, 'Forbidden.FinancialLocked')
  putInterface({ ...row, status: 'Activating', modifiedAt: context.now }, context)
  return {}
})

/** A subscription is kept until it is over. @throws Fault InvalidRouterInterfaceChargeType.Malformed */
const demandOver = ({ chargeType, locked }: RouterInterface): void =>
  demand(
    chargeType === 'PostPaid' || locked,
    'InvalidRouterInterfaceChargeType.Malformed',
    'A router interface that is paid for in advance cannot be deleted.',
  )

/** @throws Fault DependencyViolation.RouterInterfaceReferedByRouteEntry */
const demandUnrouted = ({ id }: RouterInterface, { state }: Context): void =>
  demand(
    state.routeEntries.count('hop', id) === 0,
    'DependencyViolation.RouterInterfaceReferedByRouteEntry',
    'A route entry leads to the router interface.',
  )

export const DeleteRouterInterface = vpc('DeleteRouterInterface', ['RouterInterfaceId'], (input, context) => {
  const row = interfaceOf(input.RouterInterfaceId, context)
  demandStatus(row, ['Idle', 'Inactive'])
  demandOver(row)
  demandUnrouted(row, context)
  putInterface({ ...row, status: 'Deleting', modifiedAt: context.now }, context)
  return {}
})

/**
 * Deletes an interface with its other end, where that is the same account's, connected or not. Force takes the route entries that lead
 * to them along.
 */
export const DeleteExpressConnect = vpc('DeleteExpressConnect', ['RouterInterfaceId', 'Force'], (input, context) => {
  const { state, accountId, now } = context
  const row = interfaceOf(input.RouterInterfaceId, context)
  const peer = peerOf(row, state)
  for (const end of [row, ...(peer?.accountId === accountId ? [peer] : [])]) {
    demandStatus(end, ['Idle', 'Active', 'Inactive'])
    demandOver(end)
    if (input.Force === true) for (const entry of state.routeEntries.by('hop', end.id)) removeEntry(entry, context)
    else demandUnrouted(end, context)
    putInterface({ ...end, status: 'Deleting', modifiedAt: now }, context)
  }
  return {}
})
