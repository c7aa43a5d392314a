import type { Text } from '../../api/text.ts'
import type { ClockState } from '../engine/clock.ts'
import type { Row } from '../engine/table.ts'

/** The format of what is kept. Raise it when stored rows are not read as they are any more, and say in `open.ts` how older ones are read. */
export const format = 1

/** All of a cloud but its rows. */
export interface Meta {
  readonly format: number
  /** The live rows are those of this generation: another one takes its place in a single write. */
  readonly generation: number
  readonly accountId: string
  /** The AccessKey that `cloud.credentials` is. */
  readonly accessKeyId: string
  readonly seed?: string | undefined
  /** The key of the cloud's chance, in hex, and how much of it was drawn. */
  readonly chance: { readonly key: string; readonly position: number }
  readonly clock: ClockState
  /** The cloud was closed in good order: nothing was drawn from its chance since. */
  readonly closed: boolean
}

/** A snapshot: its rows are those of a generation of its own. */
export interface StoredSnapshot {
  readonly name: string
  readonly generation: number
  readonly meta: Meta
  /** Milliseconds since 1970, in the cloud's time. */
  readonly takenAt: number
  readonly rows: number
}

/** A row as it is kept, or that there is none any more. */
export interface StoredRow {
  readonly table: string
  readonly number: number
  readonly row: Row | undefined
}

/** What is written in one piece: all of it or nothing. */
export interface Batch {
  readonly meta: Meta
  readonly rows: ReadonlyMap<number, Iterable<StoredRow>>
  /** All snapshots, when they are others than before. */
  readonly snapshots?: readonly StoredSnapshot[]
}

/** How many rows a table has. */
export interface StoredTable {
  readonly name: string
  readonly rows: number
}

/** Where a cloud is kept. */
export interface Store {
  /** Undefined when nothing was ever kept. */
  readonly meta: Meta | undefined
  readonly snapshots: readonly StoredSnapshot[]
  /** The rows of a generation, by table and number. */
  rows(generation: number): Iterable<StoredRow & { readonly row: Row }>
  /** The tables of a generation that have rows. */
  tables(generation: number): StoredTable[]
  /** The rows of one of them that come after number `after`. */
  rowsAfter(generation: number, table: string, after: number): Iterable<StoredRow & { readonly row: Row }>
  /** Resolves once all of it is on the disk. Rejects when nothing of it is: StoreError. */
  write(batch: Batch): Promise<void>
  /** Removes the rows of a generation, a few at a time. */
  drop(generation: number): Promise<void>
  /** The generations there are rows of. */
  generations(): number[]
  close(): Promise<void>
}

export type StoreErrorCode =
  | 'Locked'
  | 'NotOurs'
  | 'NewerFormat'
  | 'OlderFormat'
  | 'OtherSeed'
  | 'Damaged'
  | 'NotAllowed'
  | 'Full'
  | 'WriteFailed'

/** A data folder cannot be used, or written to. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode
  readonly text: Text
  constructor(code: StoreErrorCode, text: Text, cause?: unknown) {
    super(text.en, { cause })
    this.code = code
    this.text = text
  }
}
