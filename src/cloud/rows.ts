import { type Desk, giveBack, putByte, putBytes, takeDesk } from './desk.ts'
import type { Piece } from './faults/delivery.ts'
import { createTemplates, type OwnTexts, type Show, showBy } from './templates.ts'

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

/** A list of so many bytes is handed on as a text, to be joined with what stands around it; a longer one as its bytes. */
const mostText = 1024

type View = (row: never) => unknown

/** Rows as they were shown once, side by side: `bytes` without brackets, in which each row ends where `ends` says. */
interface Shown {
  readonly rows: readonly object[]
  readonly bytes: Buffer
  readonly ends: readonly number[]
  /** The same as a text with a character for each byte, of a short list. */
  readonly text: string | undefined
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

const templates = new Map<View, Show<never>>()

function showFor(view: View, own: OwnTexts<never> | undefined): Show<never> {
  let made = templates.get(view)
  if (made === undefined) templates.set(view, (made = own === undefined ? showBy(view) : createTemplates(view, own)))
  return made
}

const startOf = ({ ends }: Pick<Shown, 'ends'>, at: number) => (at === 0 ? 0 : (ends[at - 1] as number) + 1)

/** How many of the rows from `at` on stand side by side in a list from a spot on. */
function runFrom({ list, at: first }: Spot, rows: readonly object[], at: number): number {
  const most = Math.min(rows.length - at, list.rows.length - first)
  let run = 1
  while (run < most && list.rows[first + run] === rows[at + run]) run++
  return run
}

/** Rows that were put together: where each ends, and which of them were not shown before, as runs from one up to before another. */
interface Made {
  readonly ends: number[]
  readonly fresh: (readonly [from: number, to: number])[]
}

const comma = 0x2c

/** Puts a list together: runs of rows that stand side by side in one shown before are copied from there. */
function make({ rows, view, own }: Rows<unknown>, desk: Desk): Made {
  const [young, old] = [recent.get(view), older.get(view)]
  const one = showFor(view, own)
  const ends: number[] = []
  const fresh: [number, number][] = []
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as object
    if (at > 0) putByte(desk, comma)
    const spot = young?.get(row) ?? old?.get(row)
    if (spot === undefined) {
      one(row as never, desk)
      ends.push(desk.length)
      const last = fresh.at(-1)
      if (last?.[1] === at) last[1]++
      else fresh.push([at, at + 1])
      continue
    }
    const { list, at: first } = spot
    const run = runFrom(spot, rows, at)
    const from = startOf(list, first)
    const moved = desk.length - from
    putBytes(desk, run === list.rows.length ? list.bytes : list.bytes.subarray(from, list.ends[first + run - 1]))
    for (let copied = 0; copied < run; copied++) ends.push((list.ends[first + copied] as number) + moved)
    at += run - 1
  }
  return { ends, fresh }
}

const freshOf = ({ fresh }: Made): number => fresh.reduce((sum, [from, to]) => sum + to - from, 0)

/** A copy of some rows of a list that was put together, to be kept. */
function copied(rows: readonly object[], { ends }: Made, desk: Desk, from = 0, to = rows.length): Shown {
  const start = startOf({ ends }, from)
  const bytes = Buffer.from(desk.bytes.subarray(start, ends[to - 1]))
  const text = bytes.length <= mostText ? bytes.toString('latin1') : undefined
  return { rows: rows.slice(from, to), bytes, ends: ends.slice(from, to).map((end) => end - start), text }
}

/** Keeps what was put together, all of it when that is most of it; returns it when it is all. */
function keepMade(rows: readonly object[], view: View, made: Made, desk: Desk): Shown | undefined {
  const count = freshOf(made)
  if (count === 0 || count * 2 > rows.length) {
    const list = copied(rows, made, desk)
    keep(list, view)
    return list
  }
  for (const [from, to] of made.fresh) keep(copied(rows, made, desk, from, to), view)
  return undefined
}

/** The whole list, when all of it stands side by side in one that was kept. */
function ready(rows: readonly object[], view: View): Piece | undefined {
  const [first] = rows
  if (first === undefined) return ''
  const young = recent.get(view)?.get(first)
  const spot = young ?? older.get(view)?.get(first)
  if (spot === undefined || runFrom(spot, rows, 0) < rows.length) return undefined
  const { list, at } = spot
  if (young === undefined) keep(list, view)
  if (rows.length === list.rows.length) return list.text ?? list.bytes
  const [start, end] = [startOf(list, at), list.ends[at + rows.length - 1]]
  return list.text?.slice(start, end) ?? list.bytes.subarray(start, end)
}

/**
 * The rows as a JSON list without its brackets. Rows are never changed in place, so what was shown once stays true.
 * @returns bytes, or text with a character for each byte; or a desk on which the bytes are, to be given back once they are read
 */
export function listPiece({ rows, view, own }: Rows<unknown>): Piece | Desk {
  const known = ready(rows, view)
  if (known !== undefined) return known
  const desk = takeDesk()
  const made = make({ rows, view, own }, desk)
  const wasShown = freshOf(made) < rows.length || isAskedAgain(rows[0] as object)
  const kept = wasShown ? keepMade(rows, view, made, desk) : undefined
  if (kept === undefined && desk.length > mostText) return desk
  const piece = kept?.text ?? kept?.bytes ?? desk.bytes.toString('latin1', 0, desk.length)
  giveBack(desk)
  return piece
}
