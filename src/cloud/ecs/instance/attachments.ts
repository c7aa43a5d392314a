import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import { demandStock } from '../market/sale.ts'
import { byDefault, countUses, isTargeted, poolsFor } from '../private-pool/match.ts'
import type { Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { instanceOf } from './power.ts'
import { holdsStock } from './spot-watch.ts'

const mostIds = 100
const badCriteria = 'Invalid.PrivatePoolOptions.MatchCriteria'

/**
 * The pool that an instance which holds stock gets it from by another choice; undefined for the market, which then has to have room.
 * @throws Fault Invalid.PrivatePoolOptions.status, OperationDenied.NoStock and what a pool that does not fit is refused with
 */
function rematched(instance: Instance, context: Context): string | undefined {
  const [poolId] = poolsFor(instance, holdsStock(instance) ? 1 : 0, context)
  if (!holdsStock(instance)) return undefined
  const served = poolId !== undefined || !isTargeted(instance)
  demand(served, 'Invalid.PrivatePoolOptions.status', 'The capacity of the specified private pool is used up.')
  // What it leaves behind is for others of the pool: its own stock has to come from somewhere.
  if (poolId === undefined && instance.poolId !== undefined) demandStock(instance, { amount: 1, least: 1 }, context)
  return poolId
}

/** Which reserved capacity an instance is on, from now on and without a restart. */
export const ModifyInstanceAttachmentAttributes = ecs(
  'ModifyInstanceAttachmentAttributes',
  ['InstanceId', 'PrivatePoolOptions.MatchCriteria', 'PrivatePoolOptions.Id'],
  ({ InstanceId, PrivatePoolOptions }, context) => {
    const { MatchCriteria = '', Id = '' } = PrivatePoolOptions ?? {}
    const instance = instanceOf(InstanceId, context)
    const message = 'The private pool of a spot instance cannot be changed.'
    demand(instance.spotStrategy === 'NoSpot', 'Invalid.InstanceId', message)
    demandOneOf(MatchCriteria || 'none given', ['Open', 'Target', 'None'], 'PrivatePoolOptions.MatchCriteria', badCriteria)
    if (MatchCriteria === 'Target') demand(Id, 'MissingParameter.PrivatePoolOptions.Id', 'PrivatePoolOptions.Id must be specified.')
    else demand(!Id, 'Invalid.PrivatePoolOptions.Id', 'PrivatePoolOptions.Id goes with the criteria Target alone.')
    const chosen = { ...instance, privatePool: { matchCriteria: MatchCriteria, id: Id } }
    const poolId = rematched(chosen, context)
    if (poolId !== instance.poolId) countUses([poolId], context)
    context.state.instances.put({ ...chosen, ...(poolId !== instance.poolId && { poolId }) })
    return {}
  },
)

/** An open instance tells the pool that was found for it. */
const attachmentView = (instance: Instance) => {
  const { id, privatePool = byDefault, poolId } = instance
  const found = holdsStock(instance) ? (poolId ?? '') : ''
  return {
    InstanceId: id,
    PrivatePoolOptionsMatchCriteria: privatePool.matchCriteria,
    PrivatePoolOptionsId: isTargeted(instance) ? privatePool.id : found,
  }
}

/** Of the instances named, all of which must exist. */
export const DescribeInstanceAttachmentAttributes = ecs(
  'DescribeInstanceAttachmentAttributes',
  ['InstanceIds', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const ids = input.InstanceIds
    demand(ids.length >= 1 && ids.length <= mostIds, 'InvalidInstanceIds.Malformed', 'From 1 to 100 instance ids can be given.')
    const found = state.instances.list({ accountId, regionId, ids })
    demand(found.length === new Set(ids).size, 'InvalidInstanceIds.NotFound', 'One of the specified InstanceIds does not exist.', 404)
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const { NextToken: _, ...counts } = fields
    return { Instances: { Instance: listed(rows, attachmentView) }, ...counts }
  },
)
