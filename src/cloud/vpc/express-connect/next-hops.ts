import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { RouteEntry } from '../records.ts'
import type { Table } from '../route-entries.ts'

type Hop = Pick<RouteEntry, 'nextHopId' | 'nextHopType' | 'nextHops'>

/**
 * An interface that an entry leads to: one of the table's own router, connected or not, that is not changing. A virtual border router's
 * table leads to its line as well, which has an interface too.
 * @throws Fault `code`, IncorrectStatus.RouterInterface
 */
export function demandInterface(id: string, table: Table, code: string, context: Context): void {
  if (table.border && id === table.border.vlanInterfaceId) return
  const row = owned(context.state.routerInterfaces.get(id), context)
  demand(row?.routerId === table.vRouterId, code, 'The specified router interface does not exist on the router.')
  const settled = row.status === 'Idle' || row.status === 'Active' || row.status === 'Inactive'
  demand(settled, 'IncorrectStatus.RouterInterface', `The router interface is ${row.status}.`)
}

/** One of several next hops, as a call names it. */
export interface EqualHop {
  readonly NextHopId?: string | undefined
  readonly NextHopType?: string | undefined
  readonly Weight?: number | undefined
}

const [fewest, most] = [2, 4]
const defaultWeight = 100
const mostWeight = 100

/**
 * From 2 to 4 interfaces that share what an entry catches, by weight. That weights are 1 to 100 is unconfirmed.
 * @throws Fault InvalidNexthopListSize, InvalidNextHopType, InvalidRouterInterface, InvalidParameter, IncorrectStatus.RouterInterface
 */
export function equalHops(list: readonly EqualHop[], table: Table, context: Context): Hop {
  demand(list.length >= fewest && list.length <= most, 'InvalidNexthopListSize', 'From 2 to 4 next hops can be given.')
  const nextHops = list.map(({ NextHopId: id = '', NextHopType = 'RouterInterface', Weight: weight = defaultWeight }) => {
    demand(NextHopType === 'RouterInterface', 'InvalidNextHopType', 'Equal paths lead through router interfaces.')
    demandInterface(id, table, 'InvalidRouterInterface', context)
    const fits = Number.isInteger(weight) && weight >= 1 && weight <= mostWeight
    demand(fits, 'InvalidParameter', 'The specified Weight is not valid.')
    return { id, weight }
  })
  const different = new Set(nextHops.map(({ id }) => id)).size === nextHops.length
  demand(different, 'InvalidRouterInterface', 'A router interface is named twice in NextHopList.')
  return { nextHopId: '', nextHopType: 'RouterInterface', nextHops }
}

/** Whether an entry leads to just what a list names. */
export function leadsTo({ nextHops = [] }: RouteEntry, list: readonly EqualHop[]): boolean {
  const named = new Set(list.map(({ NextHopId }) => NextHopId))
  return list.length === nextHops.length && nextHops.every(({ id }) => named.has(id))
}
