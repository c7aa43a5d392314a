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
  decode(bytes: Uint8Array): Row
}

export function createShapes(names: (readonly string[])[] = []): Shapes {
  const numbers = new Map(names.map((fields, at) => [fields.join('\n'), at]))
  function numberOf(fields: readonly string[]): number {
    const key = fields.join('\n')
    let number = numbers.get(key)
    if (number === undefined) numbers.set(key, (number = names.push(fields) - 1))
    return number
  }
  return {
    names,
    encode: (row) => Buffer.from(JSON.stringify([numberOf(Object.keys(row)), ...Object.values(row)])),
    decode(bytes) {
      const values = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as unknown[]
      const fields = names[values[0] as number]
      if (fields === undefined || fields.length !== values.length - 1) throw new TypeError('a row of no known shape')
      const row: Record<string, unknown> = {}
      for (let at = 0; at < fields.length; at++) row[fields[at] as string] = values[at + 1] ?? undefined
      return row as unknown as Row
    },
  }
}
