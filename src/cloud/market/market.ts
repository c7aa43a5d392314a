import { instanceTypes } from '../../api/instance-types.ts'
import { regions } from '../../api/regions.ts'
import { watchSpot } from '../ecs/instance/spot-watch.ts'
import type { Machine } from '../gateway/exchange.ts'
import type { LifeContext, Lifecycles } from '../lifecycle.ts'
import { contextFor } from '../settle.ts'
import type { State } from '../state.ts'
import { heldAt, marketOf, placeKey } from './model.ts'
import type { MarketEntry, StandingEntry } from './records.ts'
import { readScript } from './script.ts'

/** The market's script: what a user says of stock, prices and quotas, over time. What it does not speak of, the model answers. */
export interface MarketScript {
  /** Puts another script in place of the one there is, its times counted from now. RangeError for an entry that is not understood. */
  set(entries: readonly MarketEntry[]): void
  /** Adds to the script. RangeError for an entry that is not understood, or more than 1,000 in all. */
  add(entries: readonly MarketEntry[]): void
  /** In order of time. */
  list(): StandingEntry[]
  /** Back to the model alone. */
  clear(): void
}

/** How much stock is held in each place that an entry speaks of. */
function heldNow({ zoneId, instanceType }: StandingEntry, state: State): Record<string, number> {
  const zones = zoneId === undefined ? [...regions().values()].flatMap((region) => region.Zones) : [zoneId]
  const types = instanceType === undefined ? [...instanceTypes().keys()] : [instanceType]
  const held: Record<string, number> = {}
  for (const zone of zones)
    for (const type of types) {
      const place = { zoneId: zone, instanceType: type }
      const count = heldAt(state, place)
      if (count > 0) held[placeKey(place)] = count
    }
  return held
}

const isCounted = ({ stock }: StandingEntry) => typeof stock === 'number'

export const lifecycles: Lifecycles = {
  /** A number of stock begins to hold: it counts from what there is now. */
  'market.stock': (subject, { state }) => {
    const market = marketOf(state)
    const entries = market.entries.map((entry) => (entry.id === subject ? { ...entry, held: heldNow(entry, state) } : entry))
    state.markets.put({ ...market, entries })
  },
}

/** Makes `entries` the script; `fresh` are those that are new in it. */
function put(entries: readonly StandingEntry[], fresh: readonly StandingEntry[], context: LifeContext): void {
  const { state, now, schedule } = context
  const market = marketOf(state)
  const kept = new Set(entries.map(({ id }) => id))
  for (const { id } of market.entries) if (!kept.has(id)) state.agenda.cancel(`market.stock:${id}`)
  const counted = new Set(fresh.filter((entry) => isCounted(entry)).map(({ id }) => id))
  const standing = entries.map((entry) => (counted.has(entry.id) && entry.at <= now ? { ...entry, held: heldNow(entry, state) } : entry))
  // Not by time alone: of two at the same moment the one given later decides.
  state.markets.put({ ...market, entries: standing.toSorted((a, b) => a.at - b.at) })
  for (const { id, at } of fresh) if (counted.has(id) && at > now) schedule('market.stock', id, at - now)
  for (const instance of state.instances.by('spot', '*')) watchSpot(instance, context)
}

/** The script of a machine's market. */
export function marketScript(machine: () => Machine): MarketScript {
  const change = (
    next: (before: readonly StandingEntry[], now: number) => readonly [readonly StandingEntry[], readonly StandingEntry[]],
  ) => {
    const current = machine()
    current.settle()
    const root = { kind: 'root', accountId: current.accountId, accessKeyId: '' } as const
    const context = contextFor(current, root, '')
    put(...next(marketOf(current.state).entries, context.now), context)
    current.state.commit()
  }
  return {
    set: (entries) =>
      change((_before, now) => {
        const fresh = readScript(entries, [], now)
        return [fresh, fresh]
      }),
    add: (entries) =>
      change((before, now) => {
        const fresh = readScript(entries, before, now)
        return [[...before, ...fresh], fresh]
      }),
    list: () => [...marketOf(machine().state).entries],
    clear: () => change(() => [[], []]),
  }
}
