import { hourlyPrice, rounded } from '../../api/prices.ts'
import { instanceTypeOf } from '../../api/instance-types.ts'
import type { State } from '../state.ts'
import { nextAbove, spotFraction } from './curve.ts'
import { type Market, marketId, type StandingEntry } from './records.ts'

/** A type in a zone: what stock and prices are of. */
export interface Place {
  readonly zoneId: string
  readonly instanceType: string
}

/** The key of a place in the indexes `stock` and `spot` of the instances. */
export const placeKey = ({ zoneId, instanceType }: Place): string => `${zoneId}/${instanceType}`

const blank: Market = { id: marketId, accountId: '', regionId: '', seed: '', entries: [] }

/** The market as it stands. */
export const marketOf = ({ markets }: Pick<State, 'markets'>): Market => markets.get(marketId) ?? blank

const byMarket = new WeakMap<Market, Map<string, readonly StandingEntry[]>>()

/** The entries that speak of a place, in order of time. */
export function entriesOf(market: Market, place: Place): readonly StandingEntry[] {
  if (market.entries.length === 0) return market.entries
  let known = byMarket.get(market)
  if (known === undefined) byMarket.set(market, (known = new Map()))
  const key = placeKey(place)
  let found = known.get(key)
  if (found === undefined) {
    found = market.entries.filter(
      ({ zoneId, instanceType, quota }) =>
        quota === undefined && (zoneId ?? place.zoneId) === place.zoneId && (instanceType ?? place.instanceType) === place.instanceType,
    )
    known.set(key, found)
  }
  return found
}

/** The entry that decides a field of a place at a moment: the last one before. */
export const deciding = (market: Market, place: Place, field: 'stock' | 'price' | 'spotPrice', at: number): StandingEntry | undefined =>
  entriesOf(market, place).findLast((entry) => entry.at <= at && entry[field] !== undefined)

/** What the script says of a price; undefined where the model is to say. */
function scripted(market: Market, place: Place, field: 'price' | 'spotPrice', at: number): number | undefined {
  const value = deciding(market, place, field, at)?.[field]
  return value === 'model' ? undefined : value
}

/** The pay-as-you-go price of a type by the hour. */
export function priceAt(market: Market, place: Place, at: number): number {
  const type = instanceTypeOf(place.instanceType)
  return scripted(market, place, 'price', at) ?? (type === undefined ? 0 : hourlyPrice(type))
}

/** The market price of a spot instance by the hour. */
export const spotPriceAt = (market: Market, place: Place, at: number): number =>
  scripted(market, place, 'spotPrice', at) ?? partOf(priceAt(market, place, at), spotFraction(market.seed, placeKey(place), at))

/** The least that a price is told as. */
const least = 0.001
const partOf = (price: number, fraction: number) => Math.max(least, rounded(price * fraction))

/** Whether a running spot instance is taken back at a moment: no stock, or a market price above its limit (undefined: it has none). */
export const takesBack = (market: Market, place: Place, limit: number | undefined, at: number): boolean =>
  deciding(market, place, 'stock', at)?.stock === 'none' || (limit !== undefined && spotPriceAt(market, place, at) > limit)

/** The first moment from `from` on, and before `until`, that `takesBack` is true of; undefined when there is none. */
export function takenBackAt(market: Market, place: Place, limit: number | undefined, from: number, until: number): number | undefined {
  const changes = entriesOf(market, place).map((entry) => entry.at)
  for (let at = from; at < until; ) {
    if (takesBack(market, place, limit, at)) return at
    const start = at
    const end = Math.min(until, changes.find((change) => change > start) ?? until)
    // Between two entries only the curve moves, and only a limit minds.
    if (limit !== undefined && scripted(market, place, 'spotPrice', at) === undefined) {
      const price = priceAt(market, place, at)
      const above = nextAbove(market.seed, placeKey(place), (fraction) => partOf(price, fraction) > limit, at, end)
      if (above !== undefined) return above
    }
    at = end
  }
  return undefined
}

/** How a place is sold at a moment. */
export interface Sale {
  readonly statusCategory: 'WithStock' | 'ClosedWithStock' | 'WithoutStock' | 'ClosedWithoutStock'
  /** How many more can be had. */
  readonly left: number
  /** The entry that closed it. */
  readonly closedBy?: StandingEntry
}

/** Less than this is told as nearly sold out (the real mark is not published). */
const low = 10

/** How much stock is held in a place: by instances of the market, and by the pools that accounts have to themselves. */
export function heldAt({ instances, privatePools }: Pick<State, 'instances' | 'privatePools'>, place: Place): number {
  const key = placeKey(place)
  const bought = instances.count('stock', key)
  if (privatePools.count('place', key) === 0) return bought
  return privatePools.by('place', key).reduce((sum, pool) => sum + pool.amount, bought)
}

/** How a place is sold; `held` is how much stock is held there now. Without a script everything is on sale everywhere. */
export function saleAt(market: Market, place: Place, at: number, held: number): Sale {
  const entry = deciding(market, place, 'stock', at)
  if (entry === undefined || entry.stock === 'model') return { statusCategory: 'WithStock', left: Number.POSITIVE_INFINITY }
  if (entry.stock === 'none') return { statusCategory: 'WithoutStock', left: 0 }
  if (entry.stock === 'closed') return { statusCategory: 'ClosedWithoutStock', left: 0, closedBy: entry }
  const left = Math.max(0, (entry.stock ?? 0) + (entry.held?.[placeKey(place)] ?? 0) - held)
  return { statusCategory: left === 0 ? 'WithoutStock' : left < low ? 'ClosedWithStock' : 'WithStock', left }
}

/** The same with what the state holds. */
export const saleOf = (state: State, place: Place, at: number): Sale => saleAt(marketOf(state), place, at, heldAt(state, place))
