import type { Places } from './places.ts'
import { createPrefixes } from './prefixes.ts'
import { countSlots, type Slots, withoutSlot, withSlot } from './slots.ts'
import type { Beginning, IndexKeys, Indexes, TableOptions } from './table.ts'

/** Slots of rows by the keys of the rows. */
export interface Lookups<R> {
  get(index: string, key: string): Slots | undefined
  count(index: string, key: string): number
  /** Keeps up with a row that was put, replaced or removed. */
  change(slot: number, before: R | undefined, after: R | undefined): void
  /** The same row on another slot. */
  move(row: R, from: number, to: number): void
  /**
   * The sets of rows under all the keys and beginning as asked, the smallest first; undefined when one has nothing.
   * `test` is for those that a beginning leaves in doubt; undefined when there are none.
   */
  sets(
    keys: readonly (readonly [index: string, keys: string | readonly string[] | undefined])[],
    named: Beginning | undefined,
  ): { readonly sets: readonly Slots[]; readonly test: ((row: R) => boolean) | undefined } | undefined
}

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
    freed: freed[index as I],
  }))
  const byName = new Map(all.map(({ index, slots }) => [index, slots]))
  const names =
    nameOf &&
    createPrefixes(
      (slot) => nameOf(places.get(slot) as R),
      () => places.blocks,
    )

  function remove(slots: Map<string, Slots>, key: string, slot: number): void {
    const before = slots.get(key)
    const left = withoutSlot(before, slot, places.blocks)
    if (left === undefined) slots.delete(key)
    else if (left !== before) slots.set(key, left)
  }

  function add(slots: Map<string, Slots>, key: string, slot: number): void {
    const before = slots.get(key)
    const more = withSlot(before, slot, places.blocks)
    if (more !== before) slots.set(key, more)
  }

  function rekey(before: R | undefined, after: R | undefined, from: number, to: number): void {
    for (const { keys, slots, freed: tell } of all) {
      const old = before === undefined ? undefined : keys(before)
      const now = after === undefined ? undefined : keys(after)
      if (from === to && (old === now || same(asList(old), asList(now)))) continue
      for (const key of asList(old)) {
        remove(slots, key, from)
        tell?.(key)
      }
      for (const key of asList(now)) add(slots, key, to)
    }
    if (names === undefined || nameOf === undefined) return
    const old = before === undefined ? undefined : nameOf(before)
    const now = after === undefined ? undefined : nameOf(after)
    if (old === now && from === to) return
    if (old !== undefined) names.delete(from, old)
    if (now !== undefined) names.add(to, now)
  }

  const get = (index: string, key: string) => byName.get(index)?.get(key)

  return {
    get,
    count: (index, key) => countSlots(get(index, key)),
    change: (slot, before, after) => rekey(before, after, slot, slot),
    move: (row, from, to) => rekey(row, row, from, to),
    sets(keys, named) {
      const sets: Slots[] = []
      for (const [index, wanted] of keys)
        for (const key of asList(wanted)) {
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
