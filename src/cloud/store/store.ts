import type { Text } from '../../api/text.ts'
import type { ClockState } from '../engine/clock.ts'
import type { Row } from '../engine/table.ts'
import type { Outlined, StoredOutline } from './outlines.ts'

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
  readonly rows: ReadonlyMap<number, readonly StoredRow[]>
  /** All snapshots, when they are others than before. */
  readonly snapshots?: readonly StoredSnapshot[]
  /** Outlines of rows of the live generation, as these were before the batch. */
  readonly outlined?: readonly Outlined[]
}

export interface StoredTable {
  readonly name: string
  /** How many rows it has: counted when it is asked for, which takes a moment where they are many. */
  readonly rows: number
  /** Whether it has more rows than `few`. */
  readonly moreThan: (few: number) => boolean
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
  /** One row; undefined when there is none. */
  row(generation: number, table: string, number: number): Row | undefined
  /** The rows of one of them that come after number `after`, up to number `last`. */
  rowsAfter(generation: number, table: string, after: number, last?: number): Iterable<StoredRow & { readonly row: Row }>
  /** Where the outlines of a table begin, in order. */
  outlines(generation: number, table: string): readonly number[]
  outline(generation: number, table: string, first: number): StoredOutline | undefined
  /** Where rows of a table begin that were written since the store was opened and that have no outline. Not in order. */
  withoutOutline(generation: number, table: string): readonly number[]
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

/** Whoever waited for a table that is not wanted any more. */
export class Halted extends Error {
  override readonly name = 'Halted'
}
