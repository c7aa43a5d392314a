import { renderJson } from '../api/render.ts'
import type { Piece } from './faults/delivery.ts'
import { asBytes, createTemplates, type OwnTexts } from './templates.ts'

/** A list in an answer, kept as rows and the view that shows one, so that the gateway can use JSON it has ready. */
export interface Rows<T> {
  readonly rows: readonly object[]
  readonly view: (row: never) => T
  readonly own: OwnTexts<never> | undefined
}

const marker = Symbol('rows')

/**
 * Lists `rows` as `view` shows them. The view must depend on the row alone: its JSON is kept until the row is replaced.
 * @param own what lets many rows be shown fast that are read for the first time
 */
export const listed = <R extends object, T>(rows: readonly R[], view: (row: R) => T, own?: OwnTexts<R>): Rows<T> =>
  ({ rows, view, own, [marker]: true }) as unknown as Rows<T>

export const isRows = (value: unknown): value is Rows<unknown> => typeof value === 'object' && value !== null && marker in value

/** How many bytes of rendered rows are kept for sure; up to twice as many in passing. */
const keptBytes = 64 * 1024 * 1024

type View = (row: never) => unknown

/** A list as it was shown once: `bytes` without brackets, in which each row ends where `ends` says. */
interface Shown {
  readonly rows: readonly object[]
  readonly bytes: Buffer
  readonly ends: readonly number[]
}

/** Where the JSON of a row is. */
interface Spot {
  readonly list: Shown
  readonly at: number
}

type Kept = Map<View, Map<object, Spot>>

// Two generations, the older dropped when the newer is full. A WeakMap would keep all of them, at a price the garbage
// collector pays for every entry in every round: a cloud of half a million instances stood still for it.
let recent: Kept = new Map()
let older: Kept = new Map()
let recentBytes = 0

function keep(list: Shown, view: View): void {
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
function isAskedAgain(first: object): boolean {
  if (seen.has(first) || seenBefore.has(first)) return true
  seen.add(first)
  if (seen.size === mostSeen) {
    seenBefore = seen
    seen = new Set()
  }
  return false
}

const templates = new Map<View, (row: object) => string>()

/** Shows one row, a character for each byte. */
function showFor(view: View, own: OwnTexts<never> | undefined): (row: object) => string {
  if (own === undefined) return (row) => asBytes(renderJson(view(row as never)))
  let made = templates.get(view)
  if (made === undefined) templates.set(view, (made = createTemplates(view, own) as (row: object) => string))
  return made
}

const startOf = ({ list, at }: Spot) => (at === 0 ? 0 : (list.ends[at - 1] as number) + 1)

/** Where lists are put together before they are kept. */
let desk = Buffer.allocUnsafe(256 * 1024)

/** Makes room on the desk for so many bytes after the first `used`. */
function reserve(used: number, more: number): void {
  if (used + more <= desk.length) return
  const larger = Buffer.allocUnsafe(Math.max(desk.length * 2, used + more))
  desk.copy(larger, 0, 0, used)
  desk = larger
}

/** Puts a list together on the desk: runs of rows that stand side by side in one shown before are copied from there. @returns where each row ends */
function show({ rows, view, own }: Rows<unknown>): number[] {
  const [young, old] = [recent.get(view), older.get(view)]
  const one = showFor(view, own)
  const ends: number[] = []
  let length = 0
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as object
    const spot = young?.get(row) ?? old?.get(row)
    const comma = at > 0 ? ',' : ''
    if (spot === undefined) {
      const text = comma + one(row)
      reserve(length, text.length)
      length += desk.write(text, length, 'latin1')
      ends.push(length)
      continue
    }
    const { list, at: first } = spot
    let last = first
    while (at + 1 < rows.length && list.rows[last + 1] === rows[at + 1]) {
      at++
      last++
    }
    const from = startOf(spot)
    reserve(length, (list.ends[last] as number) - from + 1)
    length += desk.write(comma, length, 'latin1')
    for (let copied = first; copied <= last; copied++) ends.push(length + (list.ends[copied] as number) - from)
    length += list.bytes.copy(desk, length, from, list.ends[last])
  }
  return ends
}

/**
 * The rows as a JSON list without its brackets. Rows are never changed in place, so what was shown once stays true.
 * @returns bytes, or text with a character for each byte where the list is not kept: memory beside the heap that outlives a short
 * moment is freed by a whole garbage collection only, and 64 MiB of it bring one about
 */
export function listPiece(listing: Rows<unknown>): Piece {
  const { rows, view } = listing
  const [first] = rows
  if (first === undefined) return ''
  const known = recent.get(view)?.get(first) ?? older.get(view)?.get(first)
  if (known?.at === 0 && known.list.rows.length === rows.length && rows.every((row, at) => row === known.list.rows[at])) {
    if (!recent.get(view)?.has(first)) keep(known.list, view)
    return known.list.bytes
  }
  const ends = show(listing)
  const length = ends.at(-1) ?? 0
  if (!isAskedAgain(first)) return desk.toString('latin1', 0, length)
  const bytes = Buffer.from(desk.subarray(0, length))
  keep({ rows, bytes, ends }, view)
  return bytes
}
