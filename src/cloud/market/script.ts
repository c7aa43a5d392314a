import { instanceTypeOf } from '../../api/instance-types.ts'
import { regions } from '../../api/regions.ts'
import { parseTime } from '../../api/time.ts'
import { digits, readFields, readNumber, readOneOf, readText, type TextForm } from '../faults/read.ts'
import { quotaNames } from './quotas.ts'
import type { Quota, StandingEntry, Stock } from './records.ts'

/** Reading of a market's script: whatever is not known or out of its bounds is a RangeError with the reason. */

const fields = ['at', 'zoneId', 'instanceType', 'stock', 'spotPrice', 'price', 'quota'] as const
const said = ['stock', 'spotPrice', 'price', 'quota'] as const

const zoneForm: TextForm = { pattern: /^[a-z0-9-]+$/, words: 'a zone such as cn-hangzhou-h' }
const typeForm: TextForm = { pattern: /^[a-z0-9.-]+$/, words: 'an instance type such as ecs.g7.large' }

const mostEntries = 1000
const mostMs = 100 * 366 * 24 * 3_600_000

function readMoment(value: unknown, now: number): number {
  if (typeof value !== 'string') return now + (value === undefined ? 0 : readNumber(value, 'at', 0, mostMs))
  const ms = parseTime(value)
  if (ms === undefined) throw new RangeError('at must be a time such as 2026-01-01T00:00:00Z, or milliseconds from now')
  return ms
}

function readZone(value: unknown): string {
  const zoneId = readText(value, 'zoneId', 64, zoneForm)
  const known = [...regions().values()].some((region) => region.Zones.includes(zoneId))
  if (!known) throw new RangeError(`there is no zone ${zoneId}`)
  return zoneId
}

function readType(value: unknown): string {
  const id = readText(value, 'instanceType', 64, typeForm)
  if (instanceTypeOf(id) === undefined) throw new RangeError(`there is no instance type ${id}`)
  return id
}

const readStock = (value: unknown): Stock =>
  typeof value === 'number' ? readNumber(value, 'stock', 0, 1_000_000_000) : readOneOf<Stock>(value, 'stock', ['none', 'closed', 'model'])

const readPrice = (value: unknown, what: string): number | 'model' =>
  typeof value === 'number' ? readNumber(value, what, 0.001, 1_000_000, true) : readOneOf<'model'>(value, what, ['model'])

function readQuota(value: unknown): Quota {
  const { name, value: most, accountId } = readFields(value, 'quota', ['name', 'value', 'accountId'])
  return {
    name: readOneOf<string>(name, 'quota.name', quotaNames),
    value: readNumber(most, 'quota.value', 0, 1_000_000_000_000),
    ...(accountId !== undefined && { accountId: readText(accountId, 'quota.accountId', 32, digits) }),
  }
}

/** One entry of a script given at `now`. */
function readEntry(given: unknown, now: number): Omit<StandingEntry, 'id'> {
  const entry = readFields(given, 'an entry of the market', fields)
  const { at, zoneId, instanceType, stock, spotPrice, price, quota } = entry
  if (said.every((field) => entry[field] === undefined)) throw new RangeError(`an entry of the market must say one of ${said.join(', ')}`)
  const narrowed = zoneId !== undefined || instanceType !== undefined
  if (quota !== undefined && (narrowed || stock !== undefined || spotPrice !== undefined || price !== undefined))
    throw new RangeError('an entry with a quota can have no other field than at')
  return {
    at: readMoment(at, now),
    ...(zoneId !== undefined && { zoneId: readZone(zoneId) }),
    ...(instanceType !== undefined && { instanceType: readType(instanceType) }),
    ...(stock !== undefined && { stock: readStock(stock) }),
    ...(spotPrice !== undefined && { spotPrice: readPrice(spotPrice, 'spotPrice') }),
    ...(price !== undefined && { price: readPrice(price, 'price') }),
    ...(quota !== undefined && { quota: readQuota(quota) }),
  }
}

/**
 * The entries of a script given at `now`, after those of `before`; 1,000 in all at most.
 * @throws RangeError for one that is not understood
 */
export function readScript(given: unknown, before: readonly StandingEntry[], now: number): StandingEntry[] {
  if (!Array.isArray(given)) throw new RangeError('the entries of the market must be a list')
  const room = mostEntries - before.length
  if (given.length > room) throw new RangeError(`there are ${given.length} entries more for a market with room for ${room}`)
  const last = Math.max(0, ...before.map(({ id }) => Number(id.slice('entry-'.length))))
  return given.map((entry, index) => ({ id: `entry-${last + index + 1}`, ...readEntry(entry, now) }))
}
