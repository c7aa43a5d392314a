import { renderJson } from '../api/render.ts'
import { type Desk, putText } from './desk.ts'
import { fill, type Ready } from './filling.ts'

/** What lets the JSON of a row be put together from ready text: in which texts the rows differ that are otherwise shown alike. */
export interface OwnTexts<R> {
  /** The fields of a row that `of` tells of. */
  readonly fields: readonly (keyof R)[]
  /**
   * Those texts as the view shows them, each of which it shows as it is, empty where a row has none. Undefined for a row that is like no other.
   * That the view keeps to this is for a test to show: to look at run time would take as long as showing each kind of row once more.
   */
  of(row: R): readonly string[] | undefined
  /** What of those fields is not in the texts but shows all the same, and what else rows differ in as a rule: rows are compared within a kind. */
  kind(row: R): string
  /** The row with every text that is not empty replaced by one that appears nowhere else. */
  blank(row: R): R
}

/** Ready JSON with gaps, for all rows that are like one another but for their own texts. */
interface Template {
  readonly filled: readonly boolean[]
  /** All fields of such a row in order, whether each is an own text, and what the others are. */
  readonly fields: readonly string[]
  readonly isOwn: readonly boolean[]
  readonly values: readonly unknown[]
  readonly ready: Ready
}

/** So many are kept for a view; then all are made anew. */
const mostTemplates = 1024

/** UTF-8 as a text of one character a byte, which is copied as it is. */
export const asBytes = (text: string): string => (longer.test(text) ? Buffer.from(text).toString('latin1') : text)
/** Takes more than one byte. */
const longer = /[\u0080-\uffff]/

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => equal(a[key as never], b[key as never]))
}

function fits({ filled, fields, isOwn, values }: Template, row: object, texts: readonly string[]): boolean {
  if (filled.length !== texts.length) return false
  for (let at = 0; at < filled.length; at++) if ((texts[at] !== '') !== filled[at]) return false
  let at = 0
  // Rows are plain objects; this way their fields are read in half the time that lists of names and values take.
  for (const name in row) {
    if (name !== fields[at]) return false
    const value: unknown = row[name as never]
    if (isOwn[at] !== true && value !== values[at] && !equal(value, values[at])) return false
    at++
  }
  return at === fields.length
}

function placesOf(text: string, mark: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) places.push(at)
  return places
}

/** Writes the JSON of a row. */
export type Show<R> = (row: R, desk: Desk) => void

/** Writes what a view shows. */
export const showBy =
  <R>(view: (row: R) => unknown): Show<R> =>
  (row, desk) =>
    putText(desk, asBytes(renderJson(view(row))))

/** Writes the JSON of rows from templates that are made as rows of new kinds come. */
export function createTemplates<R extends object>(view: (row: R) => unknown, own: OwnTexts<R>): Show<R> {
  const ownFields = new Set<string>(own.fields as readonly string[])
  const kinds = new Map<string, Template[]>()
  let count = 0
  const slow = showBy(view)

  /** Undefined for a row in which one of the texts stands by chance that mark where own texts are. */
  function make(row: R, texts: readonly string[]): Template | undefined {
    const blank = own.blank(row)
    const marks = own.of(blank) ?? []
    const said = JSON.stringify([row, texts])
    if (marks.some((mark) => mark !== '' && said.includes(mark))) return undefined
    const blankJson = asBytes(renderJson(view(blank)))
    const places = marks.flatMap((mark, text) =>
      mark === '' ? [] : placesOf(blankJson, mark).map((at) => ({ at, text, length: mark.length })),
    )
    places.sort((a, b) => a.at - b.at)
    const ends = [0, ...places.map(({ at, length }) => at + length)]
    const bytes = Buffer.from(blankJson, 'latin1')
    const pieces = ends.map((end, index) => bytes.subarray(end, places[index]?.at ?? bytes.length))
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const fields = Object.keys(row)
    return {
      filled: texts.map((text) => text !== ''),
      fields,
      isOwn: fields.map((field) => ownFields.has(field)),
      values: Object.values(row),
      ready: { pieces, gaps: places.map(({ text }) => text), size, written: new Map() },
    }
  }

  function templateOf(row: R, texts: readonly string[]): Template | undefined {
    const kind = own.kind(row)
    const alike = kinds.get(kind)
    if (alike !== undefined) for (const template of alike) if (fits(template, row, texts)) return template
    const template = make(row, texts)
    if (template === undefined) return undefined
    if (++count > mostTemplates) {
      kinds.clear()
      count = 1
    }
    kinds.set(kind, [...(kinds.get(kind) ?? []), template])
    return template
  }

  return (row, desk) => {
    const texts = own.of(row)
    const template = texts && templateOf(row, texts)
    if (texts === undefined || template === undefined) return slow(row, desk)
    fill(template.ready, texts, desk)
  }
}
