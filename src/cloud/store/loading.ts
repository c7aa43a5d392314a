import { setImmediate } from 'node:timers/promises'
import { monotonicNow } from '../../api/system.ts'
import { NotThereYet } from '../engine/absent.ts'
import type { Row, Table } from '../engine/table.ts'
import type { StoredRow, StoredTable } from './store.ts'

/** Where tables are loaded from. */
export interface TableSource {
  tables(): readonly StoredTable[]
  /** The rows of a table that come after number `after`, in the order of their numbers. */
  rows(table: string, after: number): Iterable<StoredRow & { readonly row: Row }>
}

/**
 * The loading of large tables: bit by bit between requests, those that are waited for first. Whoever looks at a table that is not there
 * has it loaded at once, and stands still for as long; in an `attempt` it is told `NotThereYet` instead.
 */
export interface Loading {
  /** Whether all tables are there. */
  readonly done: boolean
  /** Runs something synchronous. @throws NotThereYet when it needs a table that is not there */
  attempt<T>(work: () => T): T
  /** Resolves once the table is there. Rejects when it cannot be read (StoreError), or the loading was halted. */
  table(name: string): Promise<void>
  /** The same for all tables; undefined when all are there. */
  all(): Promise<void> | undefined
  /** Loads no more, until it goes on: the rows are about to be dropped. Whoever waits is told. */
  halt(): void
  goOn(): void
}

/** Whoever waited for a table that is not wanted any more. */
export class Halted extends Error {
  override readonly name = 'Halted'
}

/** Tables of so many rows are loaded at once: that takes a moment, and nobody ever waits for them. */
const fewRows = 10_000

/** What is to come is looked at with every request, so it is loaded at once, however much it is. */
const always: ReadonlySet<string> = new Set(['transitions'])

/** So long the loading keeps requests waiting, in milliseconds. */
const sliceMs = 8
/** The time is looked at after so many rows. */
const rowsPerLook = 64

interface Part {
  readonly table: Table<Row>
  /** The number of the row that was loaded last. */
  after: number
  failure: Error | undefined
  /** Somebody waits for just this table: it comes before those that nobody, or whoever wants all, waits for. */
  wanted: boolean
  readonly waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[]
}

/**
 * Loads the small ones of the tables, and begins with the large ones.
 * @param few up to how many rows a table is small
 * @throws RangeError for rows that there is no table for
 * @throws StoreError for a small table that cannot be read
 */
export function createLoading(tables: readonly Table<Row>[], source: TableSource, few = fewRows): Loading {
  const byName = new Map(tables.map((table) => [table.name, table]))
  /** What is not there yet; the first is loaded next. */
  const parts: Part[] = []
  let attempting = false
  let halted = false
  let running = false

  /** Loads rows of a part until all are there or the time is up. */
  function load(part: Part, until: number): void {
    if (part.failure !== undefined) throw part.failure
    const { table } = part
    let look = rowsPerLook
    try {
      for (const { number, row } of source.rows(table.name, part.after)) {
        table.load(number, row)
        part.after = number
        if (--look > 0) continue
        if (monotonicNow() >= until) return
        look = rowsPerLook
      }
    } catch (error) {
      part.failure = error instanceof Error ? error : new Error(String(error))
      for (const { reject } of part.waiting.splice(0)) reject(part.failure)
      throw error
    }
    table.await(undefined)
    parts.splice(parts.indexOf(part), 1)
    for (const { resolve } of part.waiting.splice(0)) resolve()
  }

  function demand(part: Part): void {
    if (attempting && part.failure === undefined) throw new NotThereYet(part.table.name)
    load(part, Number.POSITIVE_INFINITY)
  }

  for (const { name, rows } of source.tables()) {
    const table = byName.get(name)
    if (table === undefined) throw new RangeError(`there is no table ${JSON.stringify(name.slice(0, 64))}`)
    const part: Part = { table, after: 0, failure: undefined, wanted: false, waiting: [] }
    parts.push(part)
    if (rows <= few || always.has(name)) load(part, Number.POSITIVE_INFINITY)
    else table.await({ size: rows, demand: () => demand(part) })
  }

  async function run(): Promise<void> {
    running = true
    for (;;) {
      await setImmediate()
      const next = parts.find((part) => part.failure === undefined)
      if (halted || next === undefined) break
      try {
        load(next, monotonicNow() + sliceMs)
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
    all: () => (parts.length === 0 ? undefined : Promise.all(parts.map(wait)).then(() => undefined)),
    halt() {
      halted = true
      for (const { waiting } of parts) for (const { reject } of waiting.splice(0)) reject(new Halted())
    },
    goOn,
  }
}
