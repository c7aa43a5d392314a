import type { Desk } from './desk.ts'
import type { Piece } from './faults/delivery.ts'

/** How many bytes of rendered rows are kept for sure; up to twice as many in passing. */
const keptBytes = 64 * 1024 * 1024

/** A list of so many bytes is handed on as a text, to be joined with what stands around it; a longer one as its bytes. */
export const mostText = 1024
/** Shows a row. */
export type View = (row: never) => unknown

/** Rows as they were shown once, side by side: each begins with a comma in `bytes` and ends where `ends` says. */
export interface Shown {
  readonly rows: readonly object[]
  readonly bytes: Buffer
  readonly ends: readonly number[]
  /** All of them without the first comma: as a text with a character for each byte when that is short. */
  readonly whole: Piece
}

/** Where the JSON of a row is. */
export interface Spot {
  readonly list: Shown
  readonly at: number
}

type Kept = Map<View, Map<object, Spot>>

// Two generations, the older dropped when the newer is full. A WeakMap would keep all of them, at a price the garbage
// collector pays for every entry in every round: a cloud of half a million instances stood still for it.
let recent: Kept = new Map()
let older: Kept = new Map()
let recentBytes = 0

/** Keeps a list, for whoever shows rows of it next. */
export function keep(list: Shown, view: View): void {
  let ofView = recent.get(view)
  if (ofView === undefined) recent.set(view, (ofView = new Map()))
  for (let at = 0; at < list.rows.length; at++) ofView.set(list.rows[at] as object, { list, at })
  recentBytes += list.bytes.length
  if (recentBytes < keptBytes) return
  older = recent
  recent = new Map()
  recentBytes = 0
}

/** The first rows of lists that were shown once, in two generations as well. */
let seen = new Set<object>()
let seenBefore = new Set<object>()
const mostSeen = 4096

/**
 * Whether a list that begins with this row was asked for before. Only then it is kept: whoever walks through all pages of a large
 * account once would otherwise fill memory with what nobody reads again, and each 64 MiB of it costs a whole garbage collection.
 */
export function isAskedAgain(first: object): boolean {
  if (seen.has(first) || seenBefore.has(first)) return true
  seen.add(first)
  if (seen.size === mostSeen) {
    seenBefore = seen
    seen = new Set()
  }
  return false
}

/** Where a row's comma is. */
export const startOf = ({ ends }: Pick<Shown, 'ends'>, at: number) => (at === 0 ? 0 : (ends[at - 1] as number))

/** How many of the rows from `at` on stand side by side in a list from a spot on. */
function runFrom({ list, at: first }: Spot, rows: readonly object[], at: number): number {
  const most = Math.min(rows.length - at, list.rows.length - first)
  let run = 1
  while (run < most && list.rows[first + run] === rows[at + run]) run++
  return run
}

/** Some of the rows, one after the other, from `from` up to before `to`: as they stand in a list that was shown before, or new ones. */
export interface Part {
  readonly from: number
  to: number
  readonly spot: Spot | undefined
}

/** In what parts rows lie that are to be listed. */
export function partsOf(rows: readonly object[], view: View): Part[] {
  const [young, old] = [recent.get(view), older.get(view)]
  const parts: Part[] = []
  for (let from = 0; from < rows.length; ) {
    const row = rows[from] as object
    const spot = young?.get(row) ?? old?.get(row)
    const to = from + (spot === undefined ? 1 : runFrom(spot, rows, from))
    const last = parts.at(-1)
    if (spot === undefined && last !== undefined && last.spot === undefined) last.to = to
    else parts.push({ from, to, spot })
    from = to
  }
  return parts
}

/** The bytes of a part, each row with its comma, where they lie. */
export function bytesOf({ list, at }: Spot, { from, to }: Part): Buffer {
  const end = list.ends[at + to - from - 1]
  return at === 0 && end === list.bytes.length ? list.bytes : list.bytes.subarray(startOf(list, at), end)
}

/** A copy of rows that lie on a desk from `start` on, to be kept. */
export function copied(rows: readonly object[], ends: readonly number[], desk: Desk, start: number): Shown {
  const bytes = Buffer.from(desk.bytes.subarray(start, ends.at(-1)))
  const whole = bytes.length <= mostText ? bytes.toString('latin1', 1) : bytes.subarray(1)
  return { rows, bytes, ends: start === 0 ? ends : ends.map((end) => end - start), whole }
}

/** The whole list, when all of it stands side by side in one that was kept. */
export function ready(rows: readonly object[], view: View): Piece | undefined {
  const [first] = rows
  if (first === undefined) return ''
  const young = recent.get(view)?.get(first)
  const spot = young ?? older.get(view)?.get(first)
  if (spot === undefined || runFrom(spot, rows, 0) < rows.length) return undefined
  const { list, at } = spot
  if (young === undefined) keep(list, view)
  if (rows.length === list.rows.length) return list.whole
  const [start, end] = [startOf(list, at), list.ends[at + rows.length - 1] as number]
  return typeof list.whole === 'string' ? list.whole.slice(start, end - 1) : list.bytes.subarray(start + 1, end)
}
