import { type Change, type Keep, takeBack } from '../engine/journal.ts'
import type { Row } from '../engine/table.ts'
import type { Outlined } from './outlines.ts'
import type { Meta, Store, StoredRow, StoredSnapshot } from './store.ts'

/** One thing to be written, and how the memory forgets it when it cannot be. */
type Entry =
  | { readonly changes: readonly Change[] }
  | { readonly renewed: () => void }
  | { readonly outlined: Outlined }
  | { readonly snapshots: readonly StoredSnapshot[]; readonly before: readonly StoredSnapshot[]; readonly rows: readonly StoredRow[] }

/** What goes to the disk in one write: whatever was changed while the write before was under way. */
interface Group {
  readonly entries: Entry[]
  readonly done: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export interface WriterOptions {
  readonly store: Store
  /** All but the rows, as it is now. */
  readonly meta: () => Omit<Meta, 'generation' | 'closed' | 'format'>
  readonly format: number
  /** Everything is on the disk, nothing will be taken back. */
  readonly settled: () => void
  /** Changes were taken back that had been committed. */
  readonly tookBack: () => void
  /**
   * Asked when all that was committed is on the disk, or so far that nothing is being written: rows of that generation to be outlined next.
   * @param idle nothing waits to be written
   */
  readonly toOutline?: ((generation: number, idle: boolean) => Outlined | undefined) | undefined
}

/** Brings changes to the disk, those of many requests at once, in their order. */
export interface Writer {
  readonly keep: Keep
  /** From here on changes belong to a cloud that begins without any row. `undo` brings the one before back, should that not reach the disk. */
  renew(undo: () => void): void
  /** Keeps an outline of rows that were not changed since they were loaded. */
  outline(outlined: Outlined): void
  /** Notes that something besides the rows has changed. */
  touch(): void
  /** Resolves once all that was handed over is on the disk; undefined when it is. Rejects (StoreError) when it was taken back instead. */
  saved(): Promise<void> | undefined
  /** Resolves when so little is under way that another request may begin; undefined when one may. */
  room(): Promise<void> | undefined
  readonly snapshots: readonly StoredSnapshot[]
  /** Keeps rows under a name, in place of what was kept under it. */
  addSnapshot(snapshot: Omit<StoredSnapshot, 'generation' | 'rows' | 'meta'>, rows: readonly StoredRow[]): void
  removeSnapshot(name: string): void
  /** Writes what is left and lets go of the store. */
  close(): Promise<void>
}

/** So many groups may follow each other without a moment in which all is on the disk: only then can deleted rows' places be given up. */
const mostGroups = 1024

/** So many entries may wait for the disk. */
const mostWaiting = 10_000

function newGroup(): Group {
  let [resolve, reject]: [() => void, (error: unknown) => void] = [() => {}, () => {}]
  const done = new Promise<void>((yes, no) => ([resolve, reject] = [yes, no]))
  // Whoever waits is told; that nobody does is no defect.
  done.catch(() => {})
  return { entries: [], done, resolve, reject }
}

export function createWriter({ store, meta, format, settled, tookBack, toOutline }: WriterOptions): Writer {
  let gathering: Group | undefined
  let writing: Group | undefined
  let running: Promise<void> | undefined
  let groups = 0
  let snapshots = store.snapshots
  let generation = store.meta?.generation ?? 1
  let newest = Math.max(generation, ...store.generations(), ...snapshots.map((snapshot) => snapshot.generation))

  const all = (closed: boolean): Meta => ({ ...meta(), format, generation, closed })

  async function write({ entries }: Group): Promise<void> {
    /** By generation, table and number. */
    const rows = new Map<number, Map<string, Map<number, StoredRow>>>()
    const put = (to: number, row: StoredRow) => {
      let tables = rows.get(to)
      if (tables === undefined) rows.set(to, (tables = new Map()))
      let changed = tables.get(row.table)
      if (changed === undefined) tables.set(row.table, (changed = new Map()))
      changed.set(row.number, row)
    }
    let live = generation
    let named: readonly StoredSnapshot[] | undefined
    let outlined: Outlined[] = []
    for (const entry of entries) {
      if ('changes' in entry)
        for (const { table, number, after } of entry.changes) put(live, { table, number, row: after as Row | undefined })
      else if ('renewed' in entry) {
        rows.delete(live)
        outlined = []
        live = ++newest
      } else if ('outlined' in entry) outlined.push(entry.outlined)
      else {
        named = entry.snapshots
        const to = named.at(-1)?.generation
        if (to !== undefined) for (const row of entry.rows) put(to, row)
      }
    }
    const batch = new Map<number, StoredRow[]>()
    for (const [to, tables] of rows) {
      const changed: StoredRow[] = []
      for (const ofTable of tables.values()) for (const row of ofTable.values()) changed.push(row)
      batch.set(to, changed)
    }
    await store.write({ meta: { ...all(false), generation: live }, rows: batch, outlined, ...(named && { snapshots: named }) })
    generation = live
  }

  /** In the order opposite to that in which it was done. */
  function forget(entries: readonly Entry[]): void {
    for (const entry of entries.toReversed()) {
      if ('changes' in entry) takeBack(entry.changes)
      else if ('renewed' in entry) entry.renewed()
      else if ('snapshots' in entry) snapshots = entry.before
    }
    tookBack()
  }

  /** Generations that nothing leads to any more, in the background; what is left of them goes at the next opening. */
  async function tidy(): Promise<void> {
    const needed = new Set([generation, ...snapshots.map((snapshot) => snapshot.generation)])
    for (const old of store.generations()) if (!needed.has(old)) await store.drop(old)
  }

  async function run(): Promise<void> {
    // Whatever else has arrived with this request is handled first, and goes with it.
    await new Promise((resolve) => setImmediate(resolve))
    while (gathering !== undefined) {
      const group = gathering
      writing = group
      gathering = undefined
      groups++
      const untidy = group.entries.some((entry) => 'renewed' in entry || 'snapshots' in entry)
      try {
        await write(group)
        writing = undefined
        group.resolve()
        if (untidy) await tidy().catch(() => {})
      } catch (error) {
        const lost = gathering as Group | undefined
        forget([...group.entries, ...(lost?.entries ?? [])])
        writing = gathering = undefined
        for (const one of [group, lost]) one?.reject(error)
      }
      const outlined = toOutline?.(generation, gathering === undefined)
      if (gathering === undefined) {
        groups = 0
        settled()
      }
      // First of what is gathered: it tells of the rows as they are on the disk.
      if (outlined !== undefined) (gathering ??= newGroup()).entries.unshift({ outlined })
    }
    running = undefined
  }

  function add(...entries: Entry[]): void {
    gathering ??= newGroup()
    gathering.entries.push(...entries)
    running ??= run()
  }

  const saved = () => (gathering ?? writing)?.done

  function rename(kept: readonly StoredSnapshot[], rows: readonly StoredRow[]): void {
    add({ snapshots: kept, before: snapshots, rows })
    snapshots = kept
  }

  return {
    keep: (changes) => add({ changes }),
    outline: (outlined) => add({ outlined }),
    renew: (undo) => add({ renewed: undo }),
    touch: () => add(),
    saved,
    room: () => (groups > mostGroups || (gathering?.entries.length ?? 0) > mostWaiting ? running : undefined),
    get snapshots() {
      return snapshots
    },
    addSnapshot(snapshot, rows) {
      const others = snapshots.filter(({ name }) => name !== snapshot.name)
      rename([...others, { ...snapshot, meta: all(false), generation: ++newest, rows: rows.length }], rows)
    },
    removeSnapshot: (name) =>
      rename(
        snapshots.filter((snapshot) => snapshot.name !== name),
        [],
      ),
    async close() {
      await running
      await store.write({ meta: all(true), rows: new Map() }).catch(() => {})
      await store.close()
    },
  }
}
