import type { Placed } from '../inventory/everywhere.ts'
import type { Quoted } from './quotes.ts'

/** What a group of things costs together. */
export interface Group {
  readonly Group: string
  readonly Instances: number
  /** Disks that are paid for alone. */
  readonly Disks: number
  readonly Hourly: number
  readonly Monthly: number
  readonly Currency: string
  /** How many of them have no price: the sums are without them. */
  readonly Unpriced: number
}

/** Money to so many places. */
export const rounded = (amount: number, places: number): number => Number(amount.toFixed(places))

/** Reads what `--by` names; undefined when it is none. A thing without the tag is in the group of the empty name. */
export function grouping(by: string): ((thing: Placed<Quoted>) => string) | undefined {
  if (by === 'region') return ({ RegionId }) => RegionId
  if (by === 'type') return ({ Type }) => Type
  if (by === 'charge') return ({ Charge }) => Charge
  if (by === 'profile') return ({ Profile = '' }) => Profile
  if (by === 'id') return ({ Id }) => Id
  const key = by.startsWith('tag:') ? by.slice('tag:'.length) : ''
  return key === '' ? undefined : ({ Tags }) => Tags.find(({ TagKey }) => TagKey === key)?.TagValue ?? ''
}

/** What things cost by group, the dearest first. Where there are several currencies, a group is one for each. */
export function groupsOf(things: readonly Placed<Quoted>[], group: (thing: Placed<Quoted>) => string): Group[] {
  const groups = new Map<string, Group>()
  // What has no price is told beside what has; alone it has no currency.
  const currencies = new Map<string, string>()
  for (const thing of things) if (thing.quote) currencies.set(group(thing), thing.quote.Currency)
  for (const thing of things) {
    const name = group(thing)
    const Currency = thing.quote?.Currency ?? currencies.get(name) ?? ''
    const key = JSON.stringify([name, Currency])
    const before = groups.get(key) ?? { Group: name, Instances: 0, Disks: 0, Hourly: 0, Monthly: 0, Currency, Unpriced: 0 }
    groups.set(key, {
      ...before,
      Instances: before.Instances + (thing.Kind === 'instance' ? 1 : 0),
      Disks: before.Disks + (thing.Kind === 'disk' ? 1 : 0),
      Hourly: before.Hourly + (thing.quote?.Hourly ?? 0),
      Monthly: before.Monthly + (thing.quote?.Monthly ?? 0),
      Unpriced: before.Unpriced + (thing.quote ? 0 : 1),
    })
  }
  return [...groups.values()]
    .map((one) => ({ ...one, Hourly: rounded(one.Hourly, 4), Monthly: rounded(one.Monthly, 2) }))
    .sort((one, other) => other.Monthly - one.Monthly)
}
