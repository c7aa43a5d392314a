import { demandOneOf } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { regionFacts } from '../../../api/regions.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { parseAddress } from '../cidr.ts'
import type { Opposite, RouterInterface, RouterType } from './records.ts'

const routerTypes = ['VRouter', 'VBR']

/** Interfaces that one router holds. */
const mostOnRouter = 5

/** A code of documented spelling. @throws Fault InvalidOppositeRouterType.ValueNotSupported */
export function oppositeTypeOf(asked: string | undefined, otherwise: RouterType): RouterType {
  demandOneOf(asked, routerTypes, 'OppositeRouterType', 'InvalidOppositeRouterType.ValueNotSupported')
  return asked ? (asked === 'VBR' ? 'VBR' : 'VRouter') : otherwise
}

/** @throws Fault InvalidAliuid for what is no account's id */
export const demandAccountId = (id: string): void =>
  demand(id === '' || /^\d{1,20}$/.test(id), 'InvalidAliuid', 'The specified OppositeInterfaceOwnerId is no account id.')

/** @throws Fault InvalidOppositeRegionId.NotFound */
export const demandOppositeRegion = (regionId: string): void =>
  demand(regionFacts(regionId), 'InvalidOppositeRegionId.NotFound', 'The specified OppositeRegionId does not exist.')

/** Which id of a router interface's other end has which form. @throws Fault InvalidParameter (unconfirmed) */
export function demandOppositeIds({ interfaceId, routerId }: Pick<Opposite, 'interfaceId' | 'routerId'>): void {
  const fit =
    (interfaceId === '' || /^ri-[0-9a-z]{1,40}$/.test(interfaceId)) && (routerId === '' || /^(?:vrt|vbr)-[0-9a-z]{1,40}$/.test(routerId))
  demand(fit, 'InvalidParameter', 'The specified OppositeInterfaceId or OppositeRouterId is not valid.')
}

interface Health {
  readonly HealthCheckSourceIp?: string | undefined
  readonly HealthCheckTargetIp?: string | undefined
}

/** Both addresses or none. @throws Fault MissingParameter, InvalidIp.Malformed (for which of them is unconfirmed) */
export function demandHealthCheck({ HealthCheckSourceIp: source = '', HealthCheckTargetIp: target = '' }: Health): void {
  demand(source === '' || target !== '', 'MissingParameter', 'HealthCheckTargetIp goes with HealthCheckSourceIp.')
  demand(target === '' || source !== '', 'MissingParameter', 'HealthCheckSourceIp goes with HealthCheckTargetIp.')
  const fit = source === '' || (parseAddress(source) !== undefined && parseAddress(target) !== undefined && source !== target)
  demand(fit, 'InvalidIp.Malformed', 'The specified addresses of the health check are not valid.')
}

/** A router that interfaces are on: what it is, and the access point of a virtual border router. */
export interface Router {
  readonly routerId: string
  readonly routerType: RouterType
  readonly accessPointId: string
}

/**
 * The caller's router, with room for one more interface. A virtual border router must be active.
 * @throws Fault InvalidRouterType.ValueNotSupported, InvalidRouterId.NotFound, QuotaExceeded (all unconfirmed), InvalidStatus.NotAllowed
 */
export function routerOf(type: string, id: string, context: Context): Router {
  const { state, accountId, regionId } = context
  demand(routerTypes.includes(type), 'InvalidRouterType.ValueNotSupported', 'The specified RouterType is not valid.')
  const full = state.routerInterfaces.count('router', id) >= mostOnRouter
  if (type === 'VBR') {
    const row = owned(state.borderRouters.get(id), context)
    demand(row, 'InvalidRouterId.NotFound', 'The specified RouterId does not exist.')
    demand(row.status === 'active', 'InvalidStatus.NotAllowed', 'The virtual border router is not active.')
    demand(!full, 'QuotaExceeded', `A router holds at most ${mostOnRouter} router interfaces.`)
    return { routerId: id, routerType: 'VBR', accessPointId: state.physicalConnections.get(row.connectionId)?.accessPointId ?? '' }
  }
  const [row] = state.vpcs.select({ accountId, regionId, where: ({ vRouterId }) => vRouterId === id })
  demand(row, 'InvalidRouterId.NotFound', 'The specified RouterId does not exist.')
  demand(row.status === 'Available', 'IncorrectVpcStatus', 'The status of the VPC does not support this operation.', 400)
  demand(!full, 'QuotaExceeded', `A router holds at most ${mostOnRouter} router interfaces.`)
  return { routerId: id, routerType: 'VRouter', accessPointId: '' }
}

/** An interface of a virtual border router is where that is. @throws Fault InvalidAccessPointId.NotFound (unconfirmed) */
export function accessPointIdOf(asked: string | undefined, { accessPointId, routerType }: Router): string {
  const there = routerType === 'VRouter' || !asked || asked === accessPointId
  demand(there, 'InvalidAccessPointId.NotFound', 'The virtual border router is at another access point.')
  return accessPointId
}

/** Nothing is done with an interface, nor another one made, while a bill is open. @throws Fault `code` */
export const demandPaid = ({ locked }: Pick<RouterInterface, 'locked'>, code: string): void =>
  demand(!locked, code, 'The subscription of the router interface is over.')

/** Two routers are connected once. @throws Fault Forbidden.OnlyOneConnection */
export function demandNotConnected(row: RouterInterface, { state }: Pick<Context, 'state'>): void {
  const connected = state.routerInterfaces
    .by('router', row.routerId)
    .some((other) => other.id !== row.id && other.status !== 'Idle' && other.opposite.routerId === row.opposite.routerId)
  demand(!connected, 'Forbidden.OnlyOneConnection', 'The two routers have a connection already.')
}
