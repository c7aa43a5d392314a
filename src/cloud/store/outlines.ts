import { outlineSpan } from '../engine/outline.ts'

/** Rows that are outlined together: those from number `first` on. */
export interface Outlined {
  readonly table: string
  readonly first: number
  readonly bytes: Uint8Array
}

/** An outline as it was kept, and the numbers of the rows, in order, that were changed since or came later. */
export interface StoredOutline {
  readonly first: number
  readonly bytes: Uint8Array
  readonly changed: readonly number[]
}

type Key = readonly (string | number)[]

/** What a store does for outlines: values under keys, as they are on the disk. */
export interface OutlineFile {
  keys(prefix: string): Iterable<Key>
  get(key: Key): Uint8Array | undefined
}

/** More rows of an outline than this that are not what it says: it is given up, and its rows are read. */
const mostChanged = outlineSpan >> 2

/** What to put, or, for undefined, to remove, with what a batch writes. */
export type OutlineWrites = readonly (readonly [key: Key, bytes: Uint8Array | undefined])[]

/**
 * Which outlines there are, and which rows are not what these say. What a batch does to them is written with it, so that whatever is on
 * the disk is right: a row is as its outline says, or noted as changed.
 */
export interface OutlineBook {
  /** Where the outlines of a table begin, in order. */
  firsts(generation: number, table: string): number[]
  get(generation: number, table: string, first: number): StoredOutline | undefined
  /** Where rows begin that have no outline, of those written since the book was opened. Not in order. */
  without(generation: number, table: string): readonly number[]
  /** Begins a batch with outlines of a generation. */
  add(generation: number, outlines: readonly Outlined[]): void
  /** Notes that the batch writes a row. */
  note(generation: number, table: string, number: number): void
  /** What to write with the batch. */
  writes(): OutlineWrites
  /** The batch is on the disk, or nothing of it is. */
  ended(written: boolean): void
  /** Forgets a generation, and tells the keys that are to be removed with it. */
  forget(generation: number): Key[]
}

interface Book {
  /** By the first number of each outline, the numbers that changed. */
  readonly changed: Map<number, Set<number>>
  readonly without: Set<number>
}

const [outlineKey, changedKey] = ['outline', 'changed']

const firstOf = (number: number) => number - (number % outlineSpan)
const bytesOf = (numbers: Iterable<number>) => Buffer.from(JSON.stringify([...numbers]))

/** @param valid false: what is in the file was not kept in step with the rows, and counts for nothing */
export function openOutlines(file: OutlineFile, valid: boolean): OutlineBook {
  const books = new Map<string, Book>()
  /** Outlines that the disk may not have as the book has them: by key, their book and first number. */
  const open = new Map<string, readonly [generation: number, table: string, first: number]>()
  const added = new Map<string, Uint8Array>()

  /** The one asked for last: rows of a table are noted one after the other. */
  let latest: { readonly generation: number; readonly table: string; readonly book: Book } | undefined

  function bookOf(generation: number, table: string): Book {
    if (latest?.table === table && latest.generation === generation) return latest.book
    const key = `${generation} ${table}`
    let book = books.get(key)
    if (book === undefined) books.set(key, (book = { changed: new Map(), without: new Set() }))
    latest = { generation, table, book }
    return book
  }

  const touch = (generation: number, table: string, first: number) =>
    void open.set(`${generation} ${table} ${first}`, [generation, table, first])

  function giveUp(book: Book, first: number): void {
    book.changed.delete(first)
    book.without.add(first)
  }

  for (const [, , generation, table, first] of file.keys(outlineKey) as Iterable<[0, string, number, string, number]>) {
    if (valid) bookOf(generation, table).changed.set(first, new Set())
    else touch(generation, table, first)
  }
  for (const key of file.keys(changedKey)) {
    const [, , generation, table, first] = key as [0, string, number, string, number]
    if (!valid) touch(generation, table, first)
    const changed = bookOf(generation, table).changed.get(first)
    for (const number of JSON.parse(Buffer.from(file.get(key) ?? []).toString()) as number[]) changed?.add(number)
  }

  return {
    firsts: (generation, table) => [...(books.get(`${generation} ${table}`)?.changed.keys() ?? [])].sort((a, b) => a - b),
    get(generation, table, first) {
      const changed = books.get(`${generation} ${table}`)?.changed.get(first)
      const bytes = changed && file.get([0, outlineKey, generation, table, first])
      return bytes && { first, bytes, changed: [...changed].sort((a, b) => a - b) }
    },
    without: (generation, table) => [...(books.get(`${generation} ${table}`)?.without ?? [])],
    add(generation, outlines) {
      for (const { table, first, bytes } of outlines) {
        const book = bookOf(generation, table)
        book.changed.set(first, new Set())
        book.without.delete(first)
        touch(generation, table, first)
        added.set(`${generation} ${table} ${first}`, bytes)
      }
    },
    note(generation, table, number) {
      const book = bookOf(generation, table)
      const first = firstOf(number)
      const changed = book.changed.get(first)
      if (changed === undefined) {
        book.without.add(first)
        return
      }
      if (changed.has(number)) return
      touch(generation, table, first)
      changed.add(number)
      if (changed.size > mostChanged) giveUp(book, first)
    },
    writes() {
      const writes: (readonly [Key, Uint8Array | undefined])[] = []
      for (const [key, [generation, table, first]] of open) {
        const changed = books.get(`${generation} ${table}`)?.changed.get(first)
        const bytes = added.get(key)
        if (changed === undefined || bytes !== undefined) writes.push([[0, outlineKey, generation, table, first], changed && bytes])
        writes.push([[0, changedKey, generation, table, first], changed?.size ? bytesOf(changed) : undefined])
      }
      return writes
    },
    ended(written) {
      if (written) {
        open.clear()
        added.clear()
        return
      }
      // What the disk has of these is not known to be right for the rows to come: the next batch removes it.
      for (const [key, [generation, table, first]] of open) if (added.delete(key)) giveUp(bookOf(generation, table), first)
    },
    forget(generation) {
      latest = undefined
      for (const key of books.keys()) if (key.startsWith(`${generation} `)) books.delete(key)
      for (const [key, [of]] of open) if (of === generation) open.delete(key)
      return [outlineKey, changedKey].flatMap((kind) => [...file.keys(kind)].filter(([, , of]) => of === generation))
    },
  }
}
