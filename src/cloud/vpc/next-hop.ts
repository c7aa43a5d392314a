import { anyInterface } from '../ecs/network-interface/find.ts'
import { demand, fault } from '../fault.ts'
import type { Context } from '../operation.ts'
import { owned } from '../owned.ts'
import { demandInterface, type EqualHop, equalHops } from './express-connect/next-hops.ts'
import { demandAtRest, haVipOf } from './ha-vip/find.ts'
import { demandAvailable } from './nat-gateway/find.ts'
import type { RouteEntry } from './records.ts'
import type { Table } from './route-entries.ts'

const mostToHaVips = 5

/** What an entry can lead to. Of these, instances, interfaces, HaVips, NAT gateways and router interfaces are the ones that exist here. */
const nextHopTypes: ReadonlySet<string> = new Set([
  'Instance',
  'HaVip',
  'RouterInterface',
  'NetworkInterface',
  'VpnGateway',
  'IPv6Gateway',
  'NatGateway',
  'Attachment',
  'VpcPeer',
  'Ipv4Gateway',
  'GatewayEndpoint',
  'CenBasic',
  'Ecr',
  'GatewayLoadBalancerEndpoint',
  'RouteTargetGroup',
])

/** Where an entry leads. */
export type Hop = Pick<RouteEntry, 'nextHopId' | 'nextHopType' | 'nextHops'>

/**
 * What an entry of a table is to lead to; an instance where no type is told.
 * @throws Fault InvalidNextHopType, InvalidNextHopId.NotFound, InvalidHaVipId.NotFound, IncorrectHaVipStatus, CountLimitExceed.HaVipRouteEntry, InvalidNextHop.NotFound, IncorrectInstanceStatus, IncorrectStatus.NatGateway, IncorrectStatus.RouterInterface
 */
export function hopOf(type: string | undefined, id: string | undefined, row: Table, context: Context): Hop {
  const nextHopType = type || 'Instance'
  demand(nextHopTypes.has(nextHopType), 'InvalidNextHopType', 'The specified NextHopType is not valid.')
  const nextHopId = id ?? ''
  const { state } = context
  if (nextHopType === 'Instance') {
    const instance = owned(state.instances.get(nextHopId), context)
    demand(instance?.vpcId === row.id, 'InvalidNextHopId.NotFound', 'The specified next hop does not exist in the VPC.')
    const ready = instance.status !== 'Pending' && !instance.releasing
    demand(ready, 'IncorrectInstanceStatus', 'The status of the next hop does not support this operation.', 400)
    return { nextHopId, nextHopType }
  }
  if (nextHopType === 'NetworkInterface') {
    const eni = owned(anyInterface(nextHopId, state), context)
    demand(eni?.vpcId === row.id, 'InvalidNextHopId.NotFound', 'The specified next hop does not exist in the VPC.')
    return { nextHopId, nextHopType }
  }
  if (nextHopType === 'HaVip') {
    const haVip = haVipOf(nextHopId, context)
    demand(haVip.vpcId === row.id, 'InvalidHaVipId.NotFound', 'The specified HaVip does not exist in the VPC.')
    demandAtRest(haVip)
    const held = state.routeEntries.by('table', row.routeTableId).filter((entry) => entry.nextHopType === 'HaVip').length
    demand(held < mostToHaVips, 'CountLimitExceed.HaVipRouteEntry', `At most ${mostToHaVips} entries of a table lead to HaVips.`, 400)
    return { nextHopId, nextHopType }
  }
  if (nextHopType === 'NatGateway') {
    const gateway = owned(state.natGateways.get(nextHopId), context)
    demand(gateway?.vpcId === row.id, 'InvalidNextHopId.NotFound', 'The specified next hop does not exist in the VPC.')
    demandAvailable(gateway, 'IncorrectStatus.NatGateway')
    return { nextHopId, nextHopType }
  }
  if (nextHopType === 'RouterInterface') {
    demandInterface(nextHopId, row, 'InvalidNextHopId.NotFound', context)
    return { nextHopId, nextHopType }
  }
  throw fault('InvalidNextHop.NotFound', 'The specified next hop does not exist.')
}

interface HopInput {
  readonly NextHopId?: string | undefined
  readonly NextHopType?: string | undefined
  readonly NextHopList?: readonly EqualHop[] | undefined
}

/**
 * The next hop that a call names, or the several equal ones of NextHopList.
 * @throws Fault InvalidNexthopTypeAndList.BothNull or .BothNotNull, and those of `hopOf` and `equalHops`
 */
export function hopIn({ NextHopId, NextHopType, NextHopList = [] }: HopInput, row: Table, context: Context): Hop {
  const [one, list] = [Boolean(NextHopId || NextHopType), NextHopList.length > 0]
  demand(one || list, 'InvalidNexthopTypeAndList.BothNull', 'One of NextHopId and NextHopList must be specified.')
  demand(!one || !list, 'InvalidNexthopTypeAndList.BothNotNull', 'NextHopId and NextHopList cannot both be specified.')
  return list ? equalHops(NextHopList, row, context) : hopOf(NextHopType, NextHopId, row, context)
}
