import { demand } from '../../fault.ts'
import { type Place, placeKey } from '../../market/model.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { holdsStock } from '../instance/spot-watch.ts'
import { isWithin } from '../market/recurrence.ts'
import type { Instance } from '../records.ts'
import type { Pool } from './records.ts'

/** What is to be served from a pool. */
export type Wanted = Place &
  Pick<Instance, 'instanceChargeType' | 'spotStrategy' | 'privatePool'> & {
    /** Of the instance that is to be served; what it has now is given back. */
    readonly id?: string
  }

type Seen = Pick<Context, 'state' | 'accountId' | 'regionId' | 'now'>

/** An instance that has said nothing takes part in no pool. */
export const byDefault = { matchCriteria: 'None', id: '' } as const

export const isTargeted = ({ privatePool = byDefault }: Pick<Instance, 'privatePool'>): boolean => privatePool.matchCriteria === 'Target'

/** How many more instances a pool has room for; what `id` has of it does not count. */
export function freeOf(pool: Pool, { state }: Pick<Context, 'state'>, id = ''): number {
  const own = state.instances.get(id)
  const given = own?.poolId === pool.id && holdsStock(own) ? 1 : 0
  return Math.max(0, pool.amount - state.instances.count('pool', pool.id) + given)
}

const isOpenNow = (pool: Pool, now: number) => pool.status === 'Active' && isWithin(pool.windows, now)

/**
 * The pool that an instance names, which has to be one that it fits.
 * @throws Fault Invalid.PrivatePoolOptions.Id, SpotNotSupported, Invalid.InstanceChargeType, Invalid.PrivatePoolOptions.status,
 * Invalid.InstanceType, Invalid.ZoneId
 */
function targetOf({ privatePool = byDefault, ...wanted }: Wanted, context: Seen): Pool {
  const pool = owned(context.state.privatePools.get(privatePool.id), context)
  demand(pool, 'Invalid.PrivatePoolOptions.Id', 'The specified private pool does not exist.')
  demand(wanted.spotStrategy === 'NoSpot', 'SpotNotSupported', 'A private pool takes no spot instances.')
  demand(wanted.instanceChargeType === 'PostPaid', 'Invalid.InstanceChargeType', 'A private pool is for pay-as-you-go instances.')
  demand(isOpenNow(pool, context.now), 'Invalid.PrivatePoolOptions.status', 'The specified private pool is not in effect.')
  demand(pool.instanceType === wanted.instanceType, 'Invalid.InstanceType', 'The private pool is for another instance type.')
  demand(pool.zoneId === wanted.zoneId, 'Invalid.ZoneId', 'The private pool is in another zone.')
  return pool
}

/** The pools that serve whoever takes part, the oldest first (which comes first is unconfirmed). */
function openPools(wanted: Wanted, { state, accountId, now }: Seen): Pool[] {
  if (wanted.spotStrategy !== 'NoSpot' || wanted.instanceChargeType !== 'PostPaid') return []
  const key = placeKey(wanted)
  if (state.privatePools.count('place', key) === 0) return []
  return state.privatePools
    .by('place', key)
    .filter((pool) => pool.accountId === accountId && pool.matchCriteria === 'Open' && isOpenNow(pool, now))
}

/**
 * The pools that so many instances go into, by id, one for each: as many as there is room for. The others are left to the market, unless
 * they name their pool.
 * @throws Fault as a pool that is named and does not fit is refused
 */
export function poolsFor(wanted: Wanted, amount: number, context: Seen): string[] {
  const { matchCriteria } = wanted.privatePool ?? byDefault
  if (matchCriteria === 'None') return []
  const pools = matchCriteria === 'Target' ? [targetOf(wanted, context)] : openPools(wanted, context)
  const found: string[] = []
  for (const pool of pools) {
    const taken = Math.min(freeOf(pool, context, wanted.id), amount - found.length)
    for (let count = 0; count < taken; count++) found.push(pool.id)
  }
  return found
}

/** Counts instances that were started in pools. */
export function countUses(poolIds: readonly (string | undefined)[], { state }: Pick<Context, 'state'>): void {
  for (const id of new Set(poolIds)) {
    const pool = id === undefined ? undefined : state.privatePools.get(id)
    const uses = poolIds.filter((one) => one === id).length
    if (pool) state.privatePools.put({ ...pool, timesUsed: pool.timesUsed + uses })
  }
}
