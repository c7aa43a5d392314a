import { createHashes, type Hashes, hashOf } from './hashes.ts'
import type { Outline, OutlinedKeys } from './outline.ts'
import type { Places } from './places.ts'
import { createPrefixes } from './prefixes.ts'
import { countSlots, type Slots, withoutSlot, withSlot } from './slots.ts'
import type { Beginning, IndexKeys, Indexes, TableOptions } from './table.ts'

/** Slots of rows by the keys of the rows. */
export interface Lookups<R> {
  get(index: string, key: string): Slots | undefined
  count(index: string, key: string): number
  /** Takes in the new rows that wait for it, as they are. Before any other row is changed: the others are looked up by what they are. */
  settle(): void
  /** Keeps up with a row that was put, replaced or removed. */
  change(slot: number, before: R | undefined, after: R | undefined): void
  /** The same row on another slot. */
  move(row: R, from: number, to: number): void
  /** Knows the keys of rows that are still to be read. `slots`: where those of the outline are, by their places; -1 for those that count for nothing. */
  outlined(outline: Outline, slots: Int32Array, seed: number): void
  /** All outlines are there: what was kept for the rest of them is not needed any more. */
  complete(): void
  /**
   * The sets of rows under all the keys and beginning as asked, the smallest first; undefined when one has nothing.
   * `test` is for those that a beginning leaves in doubt; undefined when there are none.
   */
  sets(
    keys: { readonly [index: string]: string | readonly string[] | undefined },
    named: Beginning | undefined,
  ): { readonly sets: readonly Slots[]; readonly test: ((row: R) => boolean) | undefined } | undefined
}

/** An index: slots by keys, and by hashes of keys that are known no better. */
interface Keyed<R> {
  readonly keys: (row: R) => IndexKeys
  readonly slots: Map<string, Slots>
  readonly hashes: Hashes
}

/** A look at the index never has to catch up with more new rows. */
const mostWaiting = 1024

const asList = (keys: IndexKeys): readonly string[] => (keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys)
const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((key, at) => key === b[at])

export function createLookups<R, I extends string>(
  indexes: Indexes<R, I>,
  { nameOf, freed = {} }: TableOptions<R, I>,
  places: Pick<Places<R>, 'get' | 'blocks'>,
): Lookups<R> {
  const all = Object.entries<(row: R) => IndexKeys>(indexes).map(([index, keys]) => ({
    index,
    keys,
    slots: new Map<string, Slots>(),
    hashes: createHashes(),
    freed: freed[index as I],
  }))
  const byName = new Map(all.map((one) => [one.index, one]))
  /** Of rows that are still to be read, while there are outlines to come. */
  let outlinedNames: string[] = []
  const names = nameOf && createPrefixes((slot) => outlinedNames[slot] ?? nameOf(places.get(slot) as R), places.blocks)
  /** New rows that nobody has looked for yet: many a short-lived cloud is filled, and asked for one list. */
  let waiting: (readonly [slot: number, row: R])[] = []
  /** Which hash the keys of outlines are under. */
  let seed = 0

  /** The rows under a key; those that are known by its hash alone are under the key from here on. That of slot `sure` has had it until now. */
  function known({ slots, hashes, keys }: Keyed<R>, key: string, sure?: number): Slots | undefined {
    let found = slots.get(key)
    if (hashes.size() === 0) return found
    const hash = hashOf(key, seed)
    const more = hashes.take(hash)
    if (more.length === 0) return found
    // Where several are under a hash, they may be those of two keys: their rows tell.
    const isOf = (slot: number) => slot === sure || asList(keys(places.get(slot) as R)).includes(key)
    const others = more.length === 1 ? [] : more.filter((slot) => !isOf(slot))
    for (const slot of others) hashes.add(hash, slot)
    for (const slot of more) if (!others.includes(slot)) found = withSlot(found, slot, places.blocks())
    if (found !== undefined) slots.set(key, found)
    return found
  }

  function remove(keyed: Keyed<R>, key: string, slot: number): void {
    const before = known(keyed, key, slot)
    const left = withoutSlot(before, slot, places.blocks())
    if (left === undefined) keyed.slots.delete(key)
    else if (left !== before) keyed.slots.set(key, left)
  }

  function add(keyed: Keyed<R>, key: string, slot: number): void {
    const before = known(keyed, key)
    const more = withSlot(before, slot, places.blocks())
    if (more !== before) keyed.slots.set(key, more)
  }

  function addOutlined({ slots, hashes }: Keyed<R>, outlined: OutlinedKeys, at: Int32Array): void {
    const blocks = places.blocks()
    let end = 0
    outlined.keys.forEach((key, number) => {
      let found = slots.get(key)
      const start = end
      end += outlined.counts[number] as number
      for (let place = start; place < end; place++) {
        const slot = at[outlined.places[place] as number] as number
        if (slot >= 0) found = withSlot(found, slot, blocks)
      }
      if (found !== undefined) slots.set(key, found)
    })
    for (let one = 0; one < outlined.hashes.length; one++) {
      const slot = at[outlined.hashPlaces[one] as number] as number
      if (slot >= 0) hashes.add(outlined.hashes[one] as number, slot)
    }
  }

  function rekey(before: R | undefined, after: R | undefined, from: number, to: number): void {
    for (const keyed of all) {
      const { keys, freed: tell } = keyed
      const old = before === undefined ? undefined : keys(before)
      const now = after === undefined ? undefined : keys(after)
      if (from === to && (old === now || same(asList(old), asList(now)))) continue
      for (const key of asList(old)) {
        remove(keyed, key, from)
        tell?.(key)
      }
      for (const key of asList(now)) add(keyed, key, to)
    }
    if (names === undefined || nameOf === undefined) return
    const old = before === undefined ? undefined : nameOf(before)
    const now = after === undefined ? undefined : nameOf(after)
    if (old === now && from === to) return
    if (old !== undefined) names.delete(from, old)
    if (now !== undefined) names.add(to, now)
  }

  function settle(): void {
    if (waiting.length === 0) return
    const rows = waiting
    waiting = []
    for (const [slot, row] of rows) rekey(undefined, row, slot, slot)
  }

  function change(slot: number, before: R | undefined, after: R | undefined): void {
    if (before === undefined && after !== undefined && waiting.length < mostWaiting) waiting.push([slot, after])
    else {
      settle()
      rekey(before, after, slot, slot)
    }
  }

  function get(index: string, key: string): Slots | undefined {
    settle()
    const keyed = byName.get(index)
    return keyed && known(keyed, key)
  }

  return {
    settle,
    get,
    count: (index, key) => countSlots(get(index, key)),
    change,
    move(row, from, to) {
      settle()
      rekey(row, row, from, to)
    },
    outlined(outline, slots, hashedWith) {
      settle()
      seed = hashedWith
      for (const outlined of outline.indexes) {
        const keyed = byName.get(outlined.index)
        if (keyed !== undefined) addOutlined(keyed, outlined, slots)
      }
      outline.names?.forEach((name, place) => {
        const slot = slots[place] as number
        if (slot < 0) return
        outlinedNames[slot] = name
        names?.add(slot, name)
      })
    },
    complete() {
      outlinedNames = []
    },
    sets(keys, named) {
      if (named !== undefined) settle()
      const sets: Slots[] = []
      for (const index of Object.keys(keys))
        for (const key of asList(keys[index])) {
          const slots = get(index, key)
          if (slots === undefined) return undefined
          sets.push(slots)
        }
      if (named === undefined || names === undefined || nameOf === undefined)
        return { sets: sets.sort((a, b) => countSlots(a) - countSlots(b)), test: undefined }
      const { start, whole } = named
      const { slots, exact } = names.find(start, whole)
      if (slots === undefined) return undefined
      sets.push(slots)
      const test = whole ? (row: R) => nameOf(row) === start : (row: R) => nameOf(row).startsWith(start)
      return { sets: sets.sort((a, b) => countSlots(a) - countSlots(b)), test: exact ? undefined : test }
    },
  }
}
