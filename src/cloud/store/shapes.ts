import type { Row } from '../engine/table.ts'

/**
 * Rows as bytes: `[shape, value, value, …]` in JSON, where a shape is a list of field names that many rows share.
 * Fields that are undefined are null there; no row has a field that is null.
 */
export interface Shapes {
  /** Every list of names so far; its place is its number. */
  readonly names: (readonly string[])[]
  encode(row: Row): Buffer
  /** @throws SyntaxError, TypeError when the bytes are not a row's */
  decode(bytes: Buffer): Row
}

type Values = readonly unknown[]

/** Reads the values of one shape. */
function readerOf(fields: readonly string[]): (values: Values) => Row {
  let pattern: object | undefined
  const latest: unknown[] = []
  return (values) => {
    // An object of JSON.parse has room for just its fields, and so has its copy: a row takes a third of the memory it would otherwise.
    pattern ??= JSON.parse(JSON.stringify(Object.fromEntries(fields.map((name, at) => [name, values[at + 1]])))) as object
    const row: Record<string, unknown> = { ...pattern }
    for (let at = 0; at < fields.length; at++) {
      let value: unknown = values[at + 1] ?? undefined
      // Rows that follow each other have much in common (account, region, image): one string for all of them.
      if (value === latest[at]) value = latest[at]
      else latest[at] = value
      row[fields[at] as string] = value
    }
    return row as unknown as Row
  }
}

export function createShapes(names: (readonly string[])[] = []): Shapes {
  /** The numbers of lists, by how long these are: comparing two of a length is faster than anything made of all their names. */
  const byLength: number[][] = []
  const note = (number: number) => (byLength[(names[number] as readonly string[]).length] ??= []).push(number)
  names.forEach((_fields, number) => note(number))
  const readers: ((values: Values) => Row)[] = []
  const isSame = (number: number, fields: readonly string[]) => {
    const known = names[number] as readonly string[]
    for (let at = 0; at < fields.length; at++) if (known[at] !== fields[at]) return false
    return true
  }
  function numberOf(fields: readonly string[]): number {
    for (const number of byLength[fields.length] ?? []) if (isSame(number, fields)) return number
    const number = names.push(fields) - 1
    note(number)
    return number
  }
  return {
    names,
    encode(row) {
      return Buffer.from(JSON.stringify([numberOf(Object.keys(row)), ...(Object.values(row) as unknown[])]))
    },
    decode(bytes) {
      const values = JSON.parse(bytes.toString()) as Values
      const number = values[0] as number
      const fields = names[number]
      if (fields === undefined || fields.length !== values.length - 1) throw new TypeError('a row of no known shape')
      return (readers[number] ??= readerOf(fields))(values)
    },
  }
}
