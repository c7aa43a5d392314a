import { type Desk, giveBack, putByte, putBytes, takeDesk } from './desk.ts'
import type { Piece } from './faults/delivery.ts'
import { bytesOf, copied, isAskedAgain, keep, mostText, type Part, partsOf, ready, type Spot, startOf, type View } from './shown.ts'
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

/** So many bytes are handed on where they lie rather than copied. */
const leastPart = 16 * 1024
/** A list that lies in more parts than these is put together anew, so that the next one who asks finds it whole. */
const mostParts = 32

const templates = new Map<View, Show<never>>()

function showFor(view: View, own: OwnTexts<never> | undefined): Show<never> {
  let made = templates.get(view)
  if (made === undefined) templates.set(view, (made = own === undefined ? showBy(view) : createTemplates(view, own)))
  return made
}

const countNew = (parts: readonly Part[]): number =>
  parts.reduce((sum, { from, to, spot }) => sum + (spot === undefined ? to - from : 0), 0)

const comma = 0x2c

/** Writes new rows onto a desk, each with its comma, and returns where they end. */
function write({ rows, view, own }: Rows<unknown>, { from, to }: Part, desk: Desk): number[] {
  const one = showFor(view, own)
  const ends: number[] = []
  for (let at = from; at < to; at++) {
    putByte(desk, comma)
    one(rows[at] as never, desk)
    ends.push(desk.length)
  }
  return ends
}

/** Copies rows that were shown before onto a desk, and returns where they end. */
function copy(spot: Spot, part: Part, desk: Desk): number[] {
  const moved = desk.length - startOf(spot.list, spot.at)
  putBytes(desk, bytesOf(spot, part))
  return spot.list.ends.slice(spot.at, spot.at + part.to - part.from).map((end) => end + moved)
}

/** A list as the gateway hands it on. */
export interface ListPieces {
  /** Bytes, or texts with a character for each byte. */
  readonly pieces: readonly Piece[]
  /** On which some of the bytes are, to be given back once they are read. */
  readonly desk: Desk | undefined
}

/** Puts the whole list together on a desk. */
function putTogether(list: Rows<unknown>, parts: readonly Part[], mayKeep: boolean): ListPieces {
  const desk = takeDesk()
  const ends = parts.flatMap((part) => (part.spot === undefined ? write(list, part, desk) : copy(part.spot, part, desk)))
  if (!mayKeep && desk.length > mostText) return { pieces: [desk.bytes.subarray(1, desk.length)], desk }
  const shown = copied([...list.rows], ends, desk, 0)
  if (mayKeep) keep(shown, list.view)
  giveBack(desk)
  return { pieces: [shown.whole], desk: undefined }
}

/** Leaves what was shown before where it lies, if it is long, and puts what stands between on a desk. */
function goBetween(list: Rows<unknown>, parts: readonly Part[]): ListPieces {
  const desk = takeDesk()
  /** Where the parts end that are on the desk, and those that are not. */
  const laid: (number | Buffer)[] = []
  for (const part of parts) {
    const start = desk.length
    const bytes = part.spot && bytesOf(part.spot, part)
    if (bytes === undefined) keep(copied(list.rows.slice(part.from, part.to), write(list, part, desk), desk, start), list.view)
    else if (bytes.length < leastPart) putBytes(desk, bytes)
    laid.push(bytes === undefined || bytes.length < leastPart ? desk.length : bytes)
  }
  const pieces: Buffer[] = []
  let start = 0
  laid.forEach((one, at) => {
    if (typeof one !== 'number') pieces.push(one)
    else if (typeof laid[at + 1] !== 'number') {
      pieces.push(desk.bytes.subarray(start, one))
      start = one
    }
  })
  return { pieces: pieces.map((piece, at) => (at === 0 ? piece.subarray(1) : piece)), desk }
}

/** The rows as a JSON list without its brackets. Rows are never changed in place, so what was shown once stays true. */
export function listPieces(list: Rows<unknown>): ListPieces {
  const known = ready(list.rows, list.view)
  if (known !== undefined) return { pieces: [known], desk: undefined }
  const parts = partsOf(list.rows, list.view)
  const fresh = countNew(parts)
  const wasShown = fresh < list.rows.length || isAskedAgain(list.rows[0] as object)
  if (fresh * 2 > list.rows.length || parts.length > mostParts) return putTogether(list, parts, wasShown)
  return goBetween(list, parts)
}
