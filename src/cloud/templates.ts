import { renderJson } from '../api/render.ts'

/** What lets the JSON of a row be put together from ready text: in which texts the rows differ that are otherwise shown alike. */
export interface OwnTexts<R> {
  /** The fields of a row that `of` tells of. */
  readonly fields: readonly (keyof R)[]
  /** Those texts as the view shows them, each of which it shows as it is, empty where a row has none. Undefined for a row that is like no other. */
  of(row: R): readonly string[] | undefined
  /** What of those fields is not in the texts but shows all the same, and what else rows differ in as a rule: rows are compared within a kind. */
  kind(row: R): string
  /** The row with every text that is not empty replaced by one that appears nowhere else. */
  blank(row: R): R
}

/** Ready text with gaps, for all rows that are like one another but for their own texts. Without `pieces` it cannot be done. */
interface Template<R> {
  readonly filled: readonly boolean[]
  /** All fields of the source. */
  readonly fields: readonly string[]
  /** Those that are no own texts, and what they are. */
  readonly keys: readonly (keyof R)[]
  readonly values: readonly unknown[]
  readonly pieces: readonly string[] | undefined
  /** Which own text comes after each piece but the last. */
  readonly gaps: readonly number[]
}

/** So many are kept for a view; then all are made anew. */
const mostTemplates = 1024

/** UTF-8 as a text of one character a byte, which is copied as it is. */
export const asBytes = (text: string): string => (longer.test(text) ? Buffer.from(text).toString('latin1') : text)
/** Takes more than one byte. */
const longer = /[\u0080-\uffff]/
/** Shown in JSON as it is. */
const plain = /^[ !#-[\]-~]*$/

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => equal(a[key as never], b[key as never]))
}

/** Makes the JSON of rows, a character for each byte of it, from templates that are made as rows of new kinds come. */
export function createTemplates<R extends object>(view: (row: R) => unknown, own: OwnTexts<R>): (row: R) => string {
  const isOwn = new Set<keyof R>(own.fields)
  const kinds = new Map<string, Template<R>[]>()
  let count = 0
  const slow = (row: R) => asBytes(renderJson(view(row)))

  function fits({ filled, fields, keys, values }: Template<R>, row: R, texts: readonly string[]): boolean {
    if (filled.length !== texts.length) return false
    for (let at = 0; at < filled.length; at++) if ((texts[at] !== '') !== filled[at]) return false
    for (let at = 0; at < keys.length; at++) {
      const value = row[keys[at] as keyof R]
      if (value !== values[at] && !equal(value, values[at])) return false
    }
    const mine = Object.keys(row)
    return mine.length === fields.length && mine.every((field, at) => field === fields[at])
  }

  function fill({ pieces = [], gaps }: Template<R>, texts: readonly string[]): string {
    const raw = plain.test(texts.join(''))
    let json = pieces[0] as string
    for (let at = 0; at < gaps.length; at++) {
      const text = texts[gaps[at] as number] as string
      json += raw ? text : asBytes(JSON.stringify(text).slice(1, -1))
      json += pieces[at + 1] as string
    }
    return json
  }

  function make(row: R, texts: readonly string[]): Template<R> {
    const blank = own.blank(row)
    const marks = own.of(blank) ?? []
    const json = slow(blank)
    const places = marks.flatMap((mark, text) => (mark === '' ? [] : placesOf(json, mark).map((at) => ({ at, text, length: mark.length }))))
    places.sort((a, b) => a.at - b.at)
    const ends = [0, ...places.map(({ at, length }) => at + length)]
    const pieces = ends.map((end, index) => json.slice(end, places[index]?.at ?? json.length))
    const fields = Object.keys(row)
    const keys = (fields as (keyof R)[]).filter((key) => !isOwn.has(key))
    const values = keys.map((key) => row[key])
    const template = { fields, keys, values, filled: texts.map((text) => text !== ''), pieces, gaps: places.map(({ text }) => text) }
    return fill(template, texts) === slow(row) ? template : { ...template, pieces: undefined }
  }

  function templateOf(row: R, texts: readonly string[]): Template<R> {
    const kind = own.kind(row)
    const known = kinds.get(kind)?.find((template) => fits(template, row, texts))
    if (known !== undefined) return known
    if (++count > mostTemplates) {
      kinds.clear()
      count = 1
    }
    const template = make(row, texts)
    kinds.set(kind, [...(kinds.get(kind) ?? []), template])
    return template
  }

  return (row) => {
    const texts = own.of(row)
    if (texts === undefined) return slow(row)
    const template = templateOf(row, texts)
    return template.pieces === undefined ? slow(row) : fill(template, texts)
  }
}

function placesOf(text: string, mark: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) places.push(at)
  return places
}
