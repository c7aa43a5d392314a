import { setImmediate, setTimeout } from 'node:timers/promises'
import { monotonicNow } from '../../api/system.ts'
import { NotThereYet } from '../engine/absent.ts'
import { outlineSpan, readOutline } from '../engine/outline.ts'
import type { Row, Table } from '../engine/table.ts'
import type { Outlined, StoredOutline } from './outlines.ts'
import { Halted, type StoredRow, type StoredTable } from './store.ts'

/** Where tables are loaded from. */
export interface TableSource {
  tables(): readonly StoredTable[]
  /** The rows of a table that come after number `after`, up to number `last`, in the order of their numbers. */
  rows(table: string, after: number, last?: number): Iterable<StoredRow & { readonly row: Row }>
  row(table: string, number: number): Row | undefined
  /** Where the outlines of a table begin, in order. */
  outlines(table: string): readonly number[]
  outline(table: string, first: number): StoredOutline | undefined
  /** Keeps an outline for the next time. */
  keepOutline(outlined: Outlined): void
  /** Which hashes outlines go by. */
  readonly seed: number
}

/**
 * The loading of large tables, bit by bit between requests, those that are waited for first. A table is there once the outlines of its rows
 * are: then it answers, and reads the rows that it needs. The others are read after that, at ease unless somebody waits: whoever needs a
 * great many of them.
 * Outside of an `attempt` nobody can wait: a table that is not there is loaded at once, and rows are read one by one.
 */
export interface Loading {
  /** Whether all rows are there. */
  readonly done: boolean
  /** Runs something synchronous. @throws NotThereYet when it needs a table that is not there, or many rows of one that are not */
  attempt<T>(work: () => T): T
  /** Resolves once more of the table is there. Rejects when it cannot be read (StoreError), or the loading was halted. */
  table(name: string): Promise<void>
  /** Resolves once all tables are there, though rows of them are still to be read; undefined when they are. Rejects as `table` does. */
  tables(): Promise<void> | undefined
  /** Resolves once all rows of all tables are there; undefined when they are. Rejects as `table` does. */
  all(): Promise<void> | undefined
  /** Loads no more, until it goes on: the rows are about to be dropped. Whoever waits is told. */
  halt(): void
  goOn(): void
}

/** Tables of so many rows are loaded at once: that takes a moment, and nobody ever waits for them. */
export const fewRows = 10_000

/** What is to come is looked at with every request, so it is loaded at once, however much it is. */
const always: ReadonlySet<string> = new Set(['transitions'])
/** Tables that are asked for their oldest row, which takes all of them. */
export const neverOutlined: ReadonlySet<string> = new Set(['replays', ...always])

/** So long the loading keeps requests waiting, in milliseconds. */
const sliceMs = 5
/** So long it rests between two slices while nobody waits, in milliseconds. */
const restMs = 20
/** The time is looked at after so many rows. */
const rowsPerLook = 64

interface Part {
  readonly table: Table<Row>
  /** The table can be looked at: what is left are rows that it reads itself when they are needed. */
  there: boolean
  /** What is still to do, in steps. */
  work: Iterator<void>
  failure: Error | undefined
  /** Somebody waits for just this table: it comes before those that nobody, or whoever wants all, waits for. */
  wanted: boolean
  readonly waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[]
}

const firstOf = (number: number) => number - (number % outlineSpan)

/** Visits the rows after number `after` up to `last`, and stops after some. */
function* visit(
  source: TableSource,
  table: string,
  [after, last]: readonly [number, number | undefined],
  each: (number: number, row: Row) => void,
): Generator<void> {
  for (let [from, more] = [after, true]; more; ) {
    more = false
    let left = rowsPerLook
    // Each time anew: what is read from would be kept open, and with it all that is written meanwhile would lie beside what it replaces.
    for (const { number, row } of source.rows(table, from, last)) {
      each(number, row)
      from = number
      if (--left > 0) continue
      more = true
      break
    }
    if (more) yield
  }
}

/** Loads rows that have no outline, and makes one for those that lie together. */
function* loadRows(table: Table<Row>, source: TableSource, after: number, last?: number): Generator<void> {
  let together: (readonly [number: number, row: Row])[] = []
  let first = firstOf(after + 1)
  /** Those before `after` are not among them. */
  let whole = first === after + 1 || after === 0
  const outlined = neverOutlined.has(table.name)
  const keep = () => {
    if (whole && !outlined && together.length > 0)
      source.keepOutline({ table: table.name, first, bytes: table.outline(first, together, source.seed) })
    together = []
    whole = true
  }
  yield* visit(source, table.name, [after, last], (number, row) => {
    if (firstOf(number) !== first) {
      keep()
      first = firstOf(number)
    }
    table.load(number, row)
    together.push([number, row])
  })
  // The last ones of all are still to get company.
  if (last !== undefined) keep()
}

/** Lets a table know all of its rows. */
function* findRows(table: Table<Row>, source: TableSource): Generator<void> {
  const by = table.outlinedBy(source.seed)
  let after = 0
  for (const first of source.outlines(table.name)) {
    if (first > after + 1) yield* loadRows(table, source, after, first - 1)
    after = Math.max(after, first - 1)
    const stored = source.outline(table.name, first)
    const outline = stored && readOutline(first, stored.bytes, by)
    if (stored === undefined || outline === undefined) continue
    table.loadOutline(outline, source.seed, stored.changed, (number) => source.row(table.name, number))
    after = first + outlineSpan - 1
    yield
  }
  yield* loadRows(table, source, after)
}

/** Reads the rows that a table knows by their outlines. */
const fillRows = (table: Table<Row>, source: TableSource): Generator<void> =>
  visit(source, table.name, [0, undefined], (number, row) => table.fill(number, row))

/**
 * Loads the small ones of the tables, and begins with the large ones.
 * @param few up to how many rows a table is small
 * @throws RangeError for rows that there is no table for
 * @throws StoreError for a small table that cannot be read
 */
export function createLoading(tables: readonly Table<Row>[], source: TableSource, few = fewRows): Loading {
  const byName = new Map(tables.map((table) => [table.name, table]))
  /** What is not there yet; of those that are as far, the first is loaded next. */
  const parts: Part[] = []
  let attempting = false
  let halted = false
  let running = false

  function failed(part: Part, error: unknown): never {
    part.failure = error instanceof Error ? error : new Error(String(error))
    for (const { reject } of part.waiting.splice(0)) reject(part.failure)
    throw part.failure
  }

  /** The table is there: what is left is to read the rows that it knows by their outlines. */
  function arrive(part: Part): void {
    const { table } = part
    part.there = true
    part.work = fillRows(table, source)
    table.await(undefined)
    table.outlined({
      read(number) {
        const row = source.row(table.name, number)
        if (row === undefined) throw new RangeError(`the row ${number} of ${table.name} is gone`)
        return row
      },
      many() {
        if (!attempting) return
        if (part.failure !== undefined) throw part.failure
        throw new NotThereYet(table.name)
      },
    })
  }

  /** Goes on with a part until that is done or the time is up. */
  function load(part: Part, until: number): void {
    if (part.failure !== undefined) throw part.failure
    try {
      for (let step = part.work.next(); step.done !== true; step = part.work.next()) if (monotonicNow() >= until) return
    } catch (error) {
      failed(part, error)
    }
    const last = part.there
    if (!last) arrive(part)
    if (last || part.table.unread() === 0) parts.splice(parts.indexOf(part), 1)
    for (const { resolve } of part.waiting.splice(0)) resolve()
  }

  function demand(part: Part): void {
    if (attempting && part.failure === undefined) throw new NotThereYet(part.table.name)
    load(part, Number.POSITIVE_INFINITY)
  }

  for (const stored of source.tables()) {
    const { name } = stored
    const table = byName.get(name)
    if (table === undefined) throw new RangeError(`there is no table ${JSON.stringify(name.slice(0, 64))}`)
    const large = stored.moreThan(few) && !always.has(name)
    const work = large ? findRows(table, source) : visit(source, name, [0, undefined], (number, row) => table.load(number, row))
    const part: Part = { table, there: !large, work, failure: undefined, wanted: false, waiting: [] }
    parts.push(part)
    if (!large) load(part, Number.POSITIVE_INFINITY)
    else {
      const absent = {
        get size() {
          return stored.rows
        },
        demand: () => demand(part),
      }
      table.await(absent)
    }
  }

  /** Tables that are not there come before rows of those that are, and these before what nobody waits for. */
  function next(): Part | undefined {
    const sound = parts.filter((part) => part.failure === undefined)
    return sound.find((part) => !part.there) ?? sound.find((part) => part.waiting.length > 0) ?? sound[0]
  }

  async function run(): Promise<void> {
    running = true
    for (;;) {
      if (parts.some((part) => part.failure === undefined && (!part.there || part.waiting.length > 0))) await setImmediate()
      else await setTimeout(restMs, undefined, { ref: false })
      const part = next()
      if (halted || part === undefined) break
      try {
        load(part, monotonicNow() + sliceMs)
      } catch {
        // Whoever needs this table is told.
      }
    }
    running = false
  }

  function goOn(): void {
    halted = false
    if (!running && parts.length > 0) void run()
  }

  const wait = (part: Part) =>
    new Promise<void>((resolve, reject) => {
      if (part.failure !== undefined) reject(part.failure)
      else if (halted) reject(new Halted())
      else part.waiting.push({ resolve, reject })
    })

  async function waitForAll(): Promise<void> {
    while (parts.length > 0) await Promise.all(parts.map(wait))
  }

  async function waitForTables(): Promise<void> {
    await Promise.all(parts.filter((part) => !part.there).map(wait))
  }

  goOn()
  return {
    get done() {
      return parts.length === 0
    },
    attempt(work) {
      attempting = true
      try {
        return work()
      } finally {
        attempting = false
      }
    },
    async table(name) {
      const part = parts.find(({ table }) => table.name === name)
      if (part === undefined) return
      if (!part.wanted) {
        part.wanted = true
        parts.splice(parts.indexOf(part), 1)
        parts.splice(parts.filter(({ wanted }) => wanted).length, 0, part)
      }
      await wait(part)
    },
    tables: () => (parts.every((part) => part.there) ? undefined : waitForTables()),
    all: () => (parts.length === 0 ? undefined : waitForAll()),
    halt() {
      halted = true
      for (const { waiting } of parts) for (const { reject } of waiting.splice(0)) reject(new Halted())
    },
    goOn,
  }
}
