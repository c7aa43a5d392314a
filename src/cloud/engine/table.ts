import type { Absent } from './absent.ts'
import type { Journal } from './journal.ts'
import { createLookups } from './lookups.ts'
import { type Block, createPlaces, type Scope } from './places.ts'
import { type Bits, commonSlots, countCommon, hasSlot, isBits, listSlots, type Slots } from './slots.ts'

/** What every row has. A row is never changed in place: a change is a new object put under the same id. */
export interface Row {
  readonly id: string
  readonly accountId: string
  /** Empty for what belongs to no region (RAM). */
  readonly regionId: string
}

export type IndexKeys = string | readonly string[] | undefined
export type Indexes<R, I extends string> = { readonly [name in I]: (row: R) => IndexKeys }

/** A text of rows to be looked up by its beginning, or whole. */
export interface Beginning {
  readonly start: string
  readonly whole: boolean
}

export interface Selection<R, I extends string> {
  readonly accountId: string
  readonly regionId?: string
  /** Only rows of these ids. */
  readonly ids?: readonly string[] | undefined
  /** Equalities that an index answers, all of those given for one; a key of undefined does not narrow. */
  readonly by?: { readonly [name in I]?: string | readonly string[] | undefined }
  /** Only rows whose name begins so. */
  readonly named?: Beginning | undefined
  /** Looked at for each row that the rest leaves, so it makes a list as slow as these are many. */
  readonly where?: ((row: R) => boolean) | undefined
}

/** As much of an array as cutting one page takes. */
export interface Sliceable<R> {
  readonly length: number
  slice(start: number, end: number): R[]
}

export interface Table<R extends Row, I extends string = never> {
  readonly name: string
  readonly size: number
  get(id: string): R | undefined
  put(row: R): R
  delete(id: string): void
  /** The rows under one key of an index, whatever account and region they belong to. */
  by(index: I, key: string): readonly R[]
  /** How many rows `by` would return, at no cost. */
  count(index: I, key: string): number
  /** The rows of an account (in a region, if given) that match, newest first. */
  select(selection: Selection<R, I>): R[]
  /** The same to be cut a page from, before the table changes: where no `where` narrows the selection, only the page is looked at. */
  list(selection: Selection<R, I>): Sliceable<R>
  /** All rows, oldest first. */
  all(): R[]
  /** The first of `all`, at no cost. */
  oldest(): R | undefined
  /** All rows by their numbers, in the order of these. */
  entries(): (readonly [number: number, row: R])[]
  /** Puts a row that a store kept under its number, with nothing to undo. Rows come in the order of their numbers, into an empty table. */
  load(number: number, row: R): void
  /** From here on the table is to be loaded (which `load` does) before anybody looks at it or changes it; with undefined, all of it is there. */
  await(absent: Absent | undefined): void
  /** Closes the holes that deleted rows left, once there are many. Only when nothing is left to undo: until then a row's old place is kept. */
  sweep(): void
}

/** What a row is kept by. `number` tells it from all other rows that were ever put, and grows, so a store keeps rows under it in their order. */
interface Entry<R> {
  /** Undefined once it is deleted, until the next sweep: a row that comes back (undo) takes its old place. */
  row: R | undefined
  slot: number
  readonly number: number
}

export interface TableOptions<R, I extends string> {
  /** What `named` of a selection is held against. */
  readonly nameOf?: (row: R) => string
  /** Told of each key of an index that a row gives up, whether it is changed, deleted or taken back; of some that it keeps, too. */
  readonly freed?: { readonly [name in I]?: (key: string) => void }
}

const nothing: Sliceable<never> = { length: 0, slice: () => [] }

/** A table in memory with the given indexes; each change is written to `journal` so that it can be undone and persisted. */
export function createTable<R extends Row, I extends string = never>(
  name: string,
  journal: Journal,
  indexes: Indexes<R, I>,
  options: TableOptions<R, I> = {},
): Table<R, I> {
  const entries = new Map<string, Entry<R>>()
  const places = createPlaces<R>()
  const lookups = createLookups(indexes, options, places)
  let size = 0
  let newest = 0
  let absent: Absent | undefined

  const present = () => absent?.demand()

  /** Puts or removes a row and returns its number. */
  function write(id: string, after: R | undefined): number {
    let entry = entries.get(id)
    const before = entry?.row
    if (entry === undefined) {
      if (after === undefined) return 0
      entry = { row: undefined, slot: places.take(after), number: ++newest }
      entries.set(id, entry)
    }
    if (before === undefined && after !== undefined) size++
    if (before !== undefined && after === undefined) size--
    entry.row = after
    places.set(entry.slot, id, after)
    lookups.change(entry.slot, before, after)
    return entry.number
  }

  function change(id: string, after: R | undefined): void {
    present()
    const before = entries.get(id)?.row
    const number = write(id, after)
    journal.record({ table: name, id, number, before, after, undo: () => void write(id, before) })
  }

  function load(number: number, row: R): void {
    newest = number - 1
    write(row.id, row)
  }

  function sweep(): void {
    places.sweep(
      (id) => entries.delete(id),
      (row, from, to) => {
        const entry = entries.get(row.id)
        if (entry !== undefined) entry.slot = to
        lookups.move(row, from, to)
      },
    )
  }

  function idSlots(ids: readonly string[]): number[] {
    const slots = new Set<number>()
    for (const id of ids) {
      const entry = entries.get(id)
      if (entry?.row !== undefined) slots.add(entry.slot)
    }
    return [...slots].sort((a, b) => a - b)
  }

  function list(selection: Selection<R, I>): Sliceable<R> {
    present()
    const { accountId, regionId, ids, by = {}, named, where } = selection
    const narrowed = lookups.sets(Object.entries<string | readonly string[] | undefined>(by), named)
    if (narrowed === undefined) return nothing
    const { sets, test } = narrowed
    const scopes = places.scopes(accountId, regionId)
    const few = ids === undefined ? sets.find((set) => !isBits(set)) : idSlots(ids)
    const list = few === undefined ? cutFrom(scopes, sets.filter(isBits)) : oneByOne(scopes, listSlots(few), sets)
    return test === undefined && where === undefined
      ? list
      : list.slice(0, list.length).filter((row) => (test === undefined || test(row)) && (where === undefined || where(row)))
  }

  /** A list of the given slots that lie in the scopes and in all of the sets. */
  function oneByOne(scopes: readonly Scope<R>[], slots: readonly number[], sets: readonly Slots[]): Sliceable<R> {
    const fits = (slot: number) => scopes.includes(places.scopeOf(slot)) && sets.every((set) => hasSlot(set, slot))
    const found = slots.filter(fits).reverse()
    return { length: found.length, slice: (start, end) => found.slice(start, end).map((slot) => places.get(slot) as R) }
  }

  /** A list that is counted block by block, and looked at where a page is cut from it. */
  function cutFrom(scopes: readonly Scope<R>[], sets: readonly Bits[]): Sliceable<R> {
    const blocks = scopes.flatMap((scope) => scope.blocks).sort((a, b) => b.number - a.number)
    const counts = blocks.map(({ number, live }) => (sets.length === 0 ? live : countCommon(sets, number, live)))
    return {
      length: counts.reduce((sum, count) => sum + count, 0),
      slice(start, end) {
        const found: R[] = []
        let passed = 0
        for (let at = 0; at < blocks.length && passed < end; at++) {
          const block = blocks[at] as Block<R>
          const count = counts[at] as number
          const [from, to] = [Math.max(start - passed, 0), Math.min(end - passed, count)]
          passed += count
          if (from >= to) continue
          if (sets.length === 0) places.cut(block, from, to, found)
          else for (const slot of commonSlots(sets, block.number, block.live, from, to)) found.push(places.get(slot) as R)
        }
        return found
      },
    }
  }

  function select(selection: Selection<R, I>): R[] {
    const found = list(selection)
    return found.slice(0, found.length)
  }

  return {
    name,
    get size() {
      return absent?.size ?? size
    },
    get(id) {
      present()
      return entries.get(id)?.row
    },
    put(row) {
      change(row.id, row)
      return row
    },
    delete(id) {
      present()
      if (entries.get(id)?.row !== undefined) change(id, undefined)
    },
    by(index, key) {
      present()
      return listSlots(lookups.get(index, key)).map((slot) => places.get(slot) as R)
    },
    count(index, key) {
      present()
      return lookups.count(index, key)
    },
    select,
    list,
    oldest() {
      present()
      for (const { row } of entries.values()) if (row !== undefined) return row
      return undefined
    },
    all() {
      present()
      return [...entries.values()].flatMap(({ row }) => (row === undefined ? [] : [row]))
    },
    entries() {
      present()
      const kept = [...entries.values()].flatMap(({ number, row }) => (row === undefined ? [] : [[number, row] as const]))
      return kept.sort(([a], [b]) => a - b)
    },
    load,
    await(now) {
      absent = now
    },
    sweep,
  }
}
