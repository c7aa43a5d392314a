import { outlineSpan } from '../engine/outline.ts'
import type { Row, Table } from '../engine/table.ts'
import { fewRows, type Loading, neverOutlined } from './loading.ts'
import type { Store } from './store.ts'
import type { WriterOptions } from './writer.ts'

/** Runs of rows without an outline that are let be while nothing is written, and while something is: so many are read soon at the next opening. */
const [mostIdle, mostBusy] = [32, 128]

/** Whose rows are outlined. */
export interface OutliningSource {
  readonly tables: readonly Table<Row>[]
  readonly loading: Loading | undefined
  /** Which hashes the outlines go by. */
  readonly seed: number
}

/**
 * Outlines rows that were written since the cloud began, of large tables, once there are many: the next opening need not read them.
 * It takes some milliseconds each time, so the newest, which are likely to be changed soon, are left for later.
 */
export function createOutlining(store: Store, source: () => OutliningSource, few = fewRows): NonNullable<WriterOptions['toOutline']> {
  return (generation, idle) => {
    const { tables, loading, seed } = source()
    if (loading !== undefined && !loading.done) return undefined
    for (const table of tables) {
      if (table.size() <= few || neverOutlined.has(table.name)) continue
      const without = store.withoutOutline(generation, table.name)
      if (without.length <= (idle ? mostIdle : mostBusy)) continue
      const first = Math.min(...without)
      const rows = [...store.rowsAfter(generation, table.name, first - 1, first + outlineSpan - 1)]
      const entries = rows.map(({ number, row }) => [number, row] as const)
      return { table: table.name, first, bytes: table.outline(first, entries, seed) }
    }
    return undefined
  }
}
