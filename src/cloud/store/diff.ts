import type { Row } from '../engine/table.ts'
import type { Capture } from './capture.ts'

/** A field before and after; undefined where there is none. */
export interface FieldChange {
  readonly before: unknown
  readonly after: unknown
}

export interface TableDifference {
  readonly added: number
  readonly removed: number
  readonly changed: number
  /** Ids of the first rows of each kind, and the fields that changed. */
  readonly rows: {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    readonly changed: readonly { readonly id: string; readonly fields: Readonly<Record<string, FieldChange>> }[]
  }
}

/** By table, only those that differ. */
export type Difference = Readonly<Record<string, TableDifference>>

/** So many rows of each kind are named in each table; all are counted. */
export const mostNamed = 1000

/** What is still to happen, and answers remembered for ClientTokens: no resources. */
const unseen: ReadonlySet<string> = new Set(['transitions', 'replays'])

const secret = /secret|token|password|privateKey|userData/i

const byTable = ({ rows }: Capture): Map<string, Map<string, Row>> => {
  const tables = new Map<string, Map<string, Row>>()
  for (const { table, row } of rows) {
    if (!tables.has(table)) tables.set(table, new Map())
    tables.get(table)?.set(row.id, row)
  }
  return tables
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

function fieldsOf(before: Row, after: Row): Record<string, FieldChange> {
  const [was, is] = [before, after] as unknown as [Record<string, unknown>, Record<string, unknown>]
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !same(was[name], is[name]))
  const shown = (name: string, value: unknown) => (value !== undefined && secret.test(name) ? '(hidden)' : value)
  return Object.fromEntries(names.map((name) => [name, { before: shown(name, was[name]), after: shown(name, is[name]) }]))
}

/** What is different in `to`: rows that came, went, and changed. Values that are secret are not shown. */
export function difference(from: Capture, to: Capture): Difference {
  const [before, after] = [byTable(from), byTable(to)]
  const none: ReadonlyMap<string, Row> = new Map()
  const found: Record<string, TableDifference> = {}
  for (const table of new Set([...before.keys(), ...after.keys()])) {
    if (unseen.has(table)) continue
    const [was, is] = [before.get(table) ?? none, after.get(table) ?? none]
    const added = [...is.keys()].filter((id) => !was.has(id))
    const removed = [...was.keys()].filter((id) => !is.has(id))
    const changed = [...is.values()].flatMap((row) => {
      const old = was.get(row.id)
      return old === undefined || old === row || same(old, row) ? [] : [[old, row] as const]
    })
    if (added.length + removed.length + changed.length === 0) continue
    found[table] = {
      added: added.length,
      removed: removed.length,
      changed: changed.length,
      rows: {
        added: added.slice(0, mostNamed),
        removed: removed.slice(0, mostNamed),
        changed: changed.slice(0, mostNamed).map(([old, row]) => ({ id: row.id, fields: fieldsOf(old, row) })),
      },
    }
  }
  return found
}
