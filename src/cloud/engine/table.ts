import type { Absent, Rest } from './absent.ts'
import type { Change, Journal } from './journal.ts'
import { createHashes, hashOf } from './hashes.ts'
import { createLookups } from './lookups.ts'
import { type Outline, outlinedBy, type Outliner, writeOutline } from './outline.ts'
import { type Block, createPlaces, type Scope } from './places.ts'
import { type Bits, commonSlots, countCommon, countSlots, hasSlot, isBits, listSlots, type Slots } from './slots.ts'

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
  /** A function, as all that tells of a table now: getters would make every table an object of a kind of its own, slow to make and to use. */
  size(): number
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
  /** Outlines rows that a store keeps, the first of which has number `first` or a later one. */
  outline(first: number, entries: readonly (readonly [number: number, row: R])[], seed: number): Uint8Array
  /** What tells the outlines that this table can use. */
  outlinedBy(seed: number): string
  /**
   * Puts rows of which only the outline is read, with nothing to undo. Rows come in the order of their numbers, into a table that was empty.
   * @param changed the numbers, in order, of those that are not what they were when they were outlined: `read` gives what they are, or that they are gone
   */
  loadOutline(outline: Outline, seed: number, changed: readonly number[], read: (number: number) => R | undefined): void
  /** From here on the table is looked at and changed while rows of it are still to be read: it reads those that are needed. */
  outlined(rest: Rest): void
  /** How many rows are still to be read. */
  unread(): number
  /** Takes a row that was read ahead of need. */
  fill(number: number, row: R): void
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

/** So many rows are read in a moment. */
const mostReadAtOnce = 256

const nothing: Sliceable<never> = { length: 0, slice: () => [] }

/** A table in memory with the given indexes; each change is written to `journal` so that it can be undone and persisted. */
export function createTable<R extends Row, I extends string = never>(
  name: string,
  journal: Journal,
  indexes: Indexes<R, I>,
  options: TableOptions<R, I> = {},
): Table<R, I> {
  const entries = new Map<string, Entry<R>>()
  const places = createPlaces<R>(readAt)
  const lookups = createLookups(indexes, options, places)
  const outliner: Outliner<R> = {
    indexes: Object.entries<(row: R) => IndexKeys>(indexes).map(([index, keys]) => ({ index, keys })),
    nameOf: options.nameOf,
  }
  let size = 0
  let newest = 0
  let absent: Absent | undefined
  /** Of the rows that are still to be read: where they are kept, how many they are, and their slots by their ids. */
  let rest: Rest | undefined
  let unread = 0
  const ids = createHashes()
  let idSeed = 0
  /** Rows came in another order than that of their numbers. */
  let unordered = false

  const present = () => absent?.demand()

  /** Before so many rows are looked at. */
  function presentAll(rows: number): void {
    present()
    if (unread > 0 && rows > mostReadAtOnce) rest?.many()
  }

  function keepRead(slot: number, number: number, row: R): void {
    entries.set(row.id, { row, slot, number })
    places.set(slot, row.id, row)
    if (--unread === 0) ids.clear()
  }

  function readAt(slot: number, number: number): R {
    if (rest === undefined) throw new TypeError(`nobody keeps the rows of ${name}`)
    const row = rest.read(number) as R
    keepRead(slot, number, row)
    return row
  }

  function entryOf(id: string): Entry<R> | undefined {
    const entry = entries.get(id)
    if (entry !== undefined || unread === 0) return entry
    ids.find(hashOf(id, idSeed), (slot) => places.get(slot)?.id === id)
    return entries.get(id)
  }

  /** Puts or removes a row and returns its number. `known`: its entry, undefined when it has none. */
  function write(id: string, after: R | undefined, known: Entry<R> | undefined): number {
    let entry = known
    const before = entry?.row
    if (entry === undefined) {
      if (after === undefined) return 0
      entry = { row: undefined, slot: places.take(after), number: ++newest }
      entries.set(id, entry)
    }
    if (before === undefined && after !== undefined) size++
    if (before !== undefined && after === undefined) size--
    if (before !== undefined) lookups.settle()
    entry.row = after
    places.set(entry.slot, id, after)
    lookups.change(entry.slot, before, after)
    return entry.number
  }

  const undo = ({ id, before }: Change) => void write(id, before as R | undefined, entryOf(id))

  function change(id: string, after: R | undefined): void {
    present()
    const entry = entryOf(id)
    const before = entry?.row
    const number = write(id, after, entry)
    journal.record({ table: name, id, number, before, after, undo })
  }

  function load(number: number, row: R): void {
    newest = number - 1
    write(row.id, row, entryOf(row.id))
  }

  function loadOutline(outline: Outline, seed: number, changed: readonly number[], read: (number: number) => R | undefined): void {
    const { numbers, scopeOf } = outline
    const scopes = outline.scopes.map(([accountId, regionId]) => places.scopeFor(accountId, regionId))
    const slots = new Int32Array(numbers.length).fill(-1)
    let next = 0
    const loadChanged = (until: number) => {
      for (let number = changed[next]; number !== undefined && number <= until; number = changed[++next]) {
        const row = read(number)
        if (row !== undefined) load(number, row)
      }
    }
    idSeed = seed
    unordered = true
    for (let place = 0; place < numbers.length; place++) {
      const number = numbers[place] as number
      if (next < changed.length) loadChanged(number)
      if (next > 0 && changed[next - 1] === number) continue
      const slot = places.defer(scopes[scopeOf[place] as number] as Scope<R>, number)
      slots[place] = slot
      ids.add(outline.ids[place] as number, slot)
      newest = number
      size++
      unread++
    }
    loadChanged(Number.POSITIVE_INFINITY)
    lookups.outlined(outline, slots, seed)
  }

  function fill(number: number, row: R): void {
    if (unread === 0 || entries.has(row.id)) return
    const slot = ids.find(hashOf(row.id, idSeed), (found) => places.isDeferred(found, number))
    if (slot !== undefined) keepRead(slot, number, row)
  }

  /** All rows by their numbers, the oldest first. */
  function numbered(): (readonly [number: number, row: R])[] {
    presentAll(size)
    const kept: (readonly [number: number, row: R])[] = []
    if (unread > 0) places.each((slot) => void places.get(slot))
    for (const { number, row } of entries.values()) if (row !== undefined) kept.push([number, row])
    return kept.sort(([a], [b]) => a - b)
  }

  function forget(id: string): void {
    lookups.settle()
    entries.delete(id)
  }

  function move(row: R, from: number, to: number): void {
    const entry = entries.get(row.id)
    if (entry !== undefined) entry.slot = to
    lookups.move(row, from, to)
  }

  function idSlots(ids: readonly string[]): number[] {
    const slots = new Set<number>()
    for (const id of ids) {
      const entry = entryOf(id)
      if (entry?.row !== undefined) slots.add(entry.slot)
    }
    return [...slots].sort((a, b) => a - b)
  }

  function list(selection: Selection<R, I>): Sliceable<R> {
    present()
    const { accountId, regionId, ids, by = {}, named, where } = selection
    const narrowed = lookups.sets(by, named)
    if (narrowed === undefined) return nothing
    const { sets, test } = narrowed
    const scopes = places.scopes(accountId, regionId)
    const few = ids === undefined ? sets.find((set) => !isBits(set)) : idSlots(ids)
    const list = few === undefined ? cutFrom(scopes, sets.filter(isBits)) : oneByOne(scopes, listSlots(few), sets)
    if (test === undefined && where === undefined) return list
    presentAll(list.length)
    return list.slice(0, list.length).filter((row) => (test === undefined || test(row)) && (where === undefined || where(row)))
  }

  /** A list of the given slots that lie in the scopes and in all of the sets. */
  function oneByOne(scopes: readonly Scope<R>[], slots: readonly number[], sets: readonly Slots[]): Sliceable<R> {
    const fits = (slot: number) => scopes.includes(places.scopeOf(slot)) && sets.every((set) => hasSlot(set, slot))
    const found = slots.filter(fits).reverse()
    return { length: found.length, slice: (start, end) => found.slice(start, end).map((slot) => places.get(slot) as R) }
  }

  /** A list that is counted block by block, and looked at where a page is cut from it. */
  function cutFrom(scopes: readonly Scope<R>[], sets: readonly Bits[]): Sliceable<R> {
    const [scope] = scopes
    const blocks =
      scope !== undefined && scopes.length === 1
        ? scope.blocks.toReversed()
        : scopes.flatMap(({ blocks: all }) => all).sort((a, b) => b.number - a.number)
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
    presentAll(found.length)
    return found.slice(0, found.length)
  }

  return {
    name,
    size: () => absent?.size ?? size,
    get(id) {
      present()
      return entryOf(id)?.row
    },
    put(row) {
      change(row.id, row)
      return row
    },
    delete(id) {
      present()
      if (entryOf(id)?.row !== undefined) change(id, undefined)
    },
    by(index, key) {
      present()
      const slots = lookups.get(index, key)
      presentAll(countSlots(slots))
      return listSlots(slots).map((slot) => places.get(slot) as R)
    },
    count(index, key) {
      present()
      return lookups.count(index, key)
    },
    select,
    list,
    oldest() {
      present()
      if (unordered) return numbered()[0]?.[1]
      for (const { row } of entries.values()) if (row !== undefined) return row
      return undefined
    },
    all() {
      if (unordered) return numbered().map(([, row]) => row)
      present()
      return [...entries.values()].flatMap(({ row }) => (row === undefined ? [] : [row]))
    },
    entries: numbered,
    load,
    await(now) {
      absent = now
    },
    outline: (first, rows, seed) => writeOutline(first, rows, outliner, seed),
    outlinedBy: (seed) => outlinedBy(outliner, seed),
    loadOutline,
    outlined(now) {
      absent = undefined
      rest = now
      lookups.complete()
    },
    unread: () => unread,
    fill,
    sweep() {
      if (unread === 0) places.sweep(forget, move)
    },
  }
}
