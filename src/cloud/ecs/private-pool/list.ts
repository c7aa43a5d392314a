import { toMinutes } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { page } from '../../paging.ts'
import type { State } from '../../state.ts'
import { tagTest } from '../tags.ts'
import { demandOneOf, equalities, passes } from '../values.ts'
import { freeOf } from './match.ts'
import type { Pool } from './records.ts'

const mostIds = 100
const paging = { maxSize: 100, maxResults: [1, 100] } as const

interface Listing {
  readonly PrivatePoolOptions?: { readonly Ids?: string | undefined } | undefined
  readonly InstanceType?: string | undefined
  readonly InstanceChargeType?: string | undefined
  readonly ZoneId?: string | undefined
  readonly ResourceGroupId?: string | undefined
  readonly Status?: string | undefined
  readonly Tag?: Parameters<typeof tagTest>[0]
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

/** Ids that come as JSON in one text. */
function idsIn(text: string | undefined): string[] | undefined {
  if (!text) return undefined
  let ids: unknown
  try {
    ids = JSON.parse(text)
  } catch {
    ids = undefined
  }
  const list = Array.isArray(ids) && ids.every((id): id is string => typeof id === 'string') ? ids : undefined
  demand(list, 'InvalidParameter.PrivatePoolOptions.Ids', 'The specified PrivatePoolOptions.Ids is not a JSON array of ids.')
  demand(list.length <= mostIds, 'Invalid.TooManyPrivatePoolOptions.Ids', `At most ${mostIds} ids can be given.`)
  return list
}

/** Where no state is asked for, pools that are not begun or over are left out; what is over is told only by its id. */
function hasStatus({ Status: asked, PrivatePoolOptions: { Ids } = {} }: Listing): (pool: Pool) => boolean {
  if (!asked) return ({ status }) => status !== 'Pending' && status !== 'Released'
  return ({ status }) => (asked === 'All' || status === asked) && (status !== 'Released' || Boolean(Ids))
}

/** One page of the caller's pools of a kind. */
export function listPools(kind: Pool['kind'], input: Listing, where: (pool: Pool) => boolean, context: Context) {
  const { state, accountId, regionId } = context
  const statuses = ['All', 'Pending', 'Deactived', 'Preparing', 'Prepared', 'Active', 'Released']
  demandOneOf(input.Status, statuses, 'Status', 'InvalidParameter')
  demandOneOf(input.InstanceChargeType, ['PostPaid', 'PrePaid'], 'InstanceChargeType', 'Invalid.InstanceChargeType', 400)
  const test = passes<Pool>([
    (pool) => pool.kind === kind && input.InstanceChargeType !== 'PrePaid',
    hasStatus(input),
    ...equalities<Pool, Listing>(input, {
      InstanceType: (pool) => pool.instanceType,
      ZoneId: (pool) => pool.zoneId,
      ResourceGroupId: (pool) => pool.resourceGroupId,
    }),
    tagTest(input.Tag),
    where,
  ])
  const found = state.privatePools.list({ accountId, regionId, ids: idsIn(input.PrivatePoolOptions?.Ids), where: test })
  const { NextToken, MaxResults = 10 } = input
  const { rows, fields } = page(found, { NextToken, MaxResults }, paging)
  return { rows, fields: { TotalCount: fields.TotalCount, NextToken: fields.NextToken, MaxResults } }
}

/** One page of the instances that use a pool. */
export function listUsers(pool: Pool, input: Pick<Listing, 'NextToken' | 'MaxResults'>, { state }: Pick<Context, 'state'>) {
  const { NextToken, MaxResults = 10 } = input
  const { rows, fields } = page(state.instances.by('pool', pool.id), { NextToken, MaxResults }, paging)
  return {
    item: { InstanceIdSet: rows.map(({ id }) => ({ InstanceId: id })) },
    fields: { TotalCount: fields.TotalCount, NextToken: fields.NextToken, MaxResults },
  }
}

/** How much of a pool is used, and by whom. */
export function allocation(pool: Pool, state: State) {
  const used = state.instances.count('pool', pool.id)
  return {
    resource: {
      InstanceType: pool.instanceType,
      zoneId: pool.zoneId,
      TotalAmount: pool.amount,
      UsedAmount: used,
      AvailableAmount: pool.status === 'Released' ? 0 : freeOf(pool, { state }),
      // Pools come whole, and nobody locks one here.
      FailedAmount: 0,
      LockedAmount: 0,
    },
    usages: used === 0 ? [] : [{ AccountId: pool.accountId, ServiceName: '', UsedAmount: used }],
  }
}

/** What the answers about both kinds share. */
export const poolView = (pool: Pool) => ({
  PrivatePoolOptionsId: pool.id,
  PrivatePoolOptionsName: pool.name,
  PrivatePoolOptionsMatchCriteria: pool.matchCriteria,
  RegionId: pool.regionId,
  Status: pool.status,
  Description: pool.description,
  InstanceChargeType: 'PostPaid',
  StartTime: toMinutes(pool.startsAt),
  StartTimeType: pool.later ? 'Later' : 'Now',
  ResourceGroupId: pool.resourceGroupId,
})
