import { instanceTypeOf } from '../../../api/instance-types.ts'
import { regionFacts } from '../../../api/regions.ts'
import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import type { Context } from '../../operation.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { demandStock } from '../market/sale.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandOneOf, demandStrictName } from '../values.ts'
import { schedulePool } from './life.ts'
import type { Pool } from './records.ts'

const mostInstances = 1000
const minuteMs = 60_000

interface PoolInput {
  readonly PrivatePoolOptions?: { readonly MatchCriteria?: string | undefined; readonly Name?: string | undefined } | undefined
  readonly Description?: string | undefined
  readonly InstanceAmount?: number | undefined
  readonly ResourceGroupId?: string | undefined
  readonly StartTime?: string | undefined
  readonly Tag?: Parameters<typeof newTags>[0]
  readonly ZoneId: readonly string[]
}

/** @throws Fault InvalidPrivatePoolOptionsName.ValueNotSupported */
export const demandPoolName = (name: string | undefined): void =>
  demandStrictName(name, 'PrivatePoolOptions.Name', 'InvalidPrivatePoolOptionsName.ValueNotSupported')

/** @throws Fault InvalidDescription.ValueNotSupported */
export const demandPoolDescription = (text: string | undefined): void =>
  demandDescription(text, 'Description', 'InvalidDescription.ValueNotSupported')

/** @throws Fault InvalidInstanceAmount.ValueNotSupported for what is not from `least` to 1,000 */
export function demandPoolAmount(amount: number, least = 1): void {
  const fits = Number.isInteger(amount) && amount >= Math.max(1, least) && amount <= mostInstances
  demand(fits, 'InvalidInstanceAmount.ValueNotSupported', 'The specified InstanceAmount is not valid.', 400)
}

/**
 * When a pool starts: at once unless a time that is still to come is given.
 * @throws Fault InvalidStartTime.MalFormed, InvalidStartTime.NotSupported
 */
function startOf(text: string | undefined, now: number): number {
  if (!text || text === 'Now') return now
  const at = parseTime(text)
  demand(at !== undefined, 'InvalidStartTime.MalFormed', 'The specified StartTime is malformed.')
  demand(at > now - minuteMs, 'InvalidStartTime.NotSupported', 'The specified StartTime is over.')
  return Math.max(at, now)
}

/** The zone, of which there is just one. */
function zoneOf([zoneId = '', ...others]: readonly string[], regionId: string): string {
  demand(others.length === 0, 'Invalid.TooManyZoneIds', 'A private pool is in one zone.')
  const known = regionFacts(regionId)?.Zones.includes(zoneId)
  demand(known, 'InvalidZoneId.NotFound', 'The specified ZoneId does not exist.', 404)
  return zoneId
}

/**
 * Makes a pool, with stock of the market as it is at the call, also where it starts later (unconfirmed).
 * @param endOf when it ends, by when it starts
 * @throws Fault for what is not valid, and as the market refuses instances
 */
export function newPool(
  input: PoolInput & { readonly InstanceType: string },
  rest: Pick<Pool, 'kind' | 'platform' | 'windows' | 'renewal'>,
  endOf: (startsAt: number) => number | undefined,
  context: Context,
): Pool {
  const { state, accountId, regionId, random, now } = context
  const { PrivatePoolOptions: { MatchCriteria, Name } = {}, InstanceType: instanceType, InstanceAmount: amount = Number.NaN } = input
  const zoneId = zoneOf(input.ZoneId, regionId)
  demand(
    instanceTypeOf(instanceType) !== undefined,
    'InvalidInstanceType.NotSupported',
    'The specified InstanceType is not supported.',
    403,
  )
  demandPoolName(Name)
  demandPoolDescription(input.Description)
  demandPoolAmount(amount)
  demandOneOf(MatchCriteria, ['Open', 'Target'], 'PrivatePoolOptions.MatchCriteria', 'Invalid.PrivatePoolOptions.MatchCriteria')
  const startsAt = startOf(input.StartTime, now)
  const endsAt = endOf(startsAt)
  const tags = newTags(input.Tag)
  const resourceGroupId = demandResourceGroup(input.ResourceGroupId)
  demandStock({ zoneId, instanceType }, { amount, least: amount }, context)
  const id = newId(rest.kind === 'reservation' ? 'crp' : 'eap', regionId, random)
  const pool = state.privatePools.put({
    ...rest,
    id,
    accountId,
    regionId,
    name: Name || id,
    description: input.Description ?? '',
    matchCriteria: MatchCriteria || 'Open',
    zoneId,
    instanceType,
    amount,
    status: startsAt > now ? 'Pending' : 'Active',
    later: startsAt > now,
    startsAt,
    endsAt,
    createdAt: now,
    timesUsed: 0,
    resourceGroupId,
    tags,
  })
  schedulePool(pool, context)
  return pool
}

/** Another number of instances: not below those that are there, and what is added comes from the market. */
export function resizedPool(pool: Pool, amount: number, context: Pick<Context, 'state' | 'now'>): Pool {
  demandPoolAmount(amount, context.state.instances.count('pool', pool.id))
  const added = amount - pool.amount
  if (added > 0) demandStock(pool, { amount: added, least: added }, context)
  return { ...pool, amount }
}
