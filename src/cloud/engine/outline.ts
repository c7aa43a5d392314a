import { hashOf } from './hashes.ts'
import type { IndexKeys, Row } from './table.ts'

/** So many numbers follow each other in one outline: the rows of a table that are outlined together. */
export const outlineSpan = 512

/** Raise it when outlines are written in another way, or something that an index's function calls answers otherwise. */
const version = 1

/** What a table outlines its rows by. */
export interface Outliner<R> {
  readonly indexes: readonly { readonly index: string; readonly keys: (row: R) => IndexKeys }[]
  readonly nameOf: ((row: R) => string) | undefined
}

/** Keys that several rows of an outline have, and those that one has: these by their hash. Places count the rows of the outline from 0. */
export interface OutlinedKeys {
  readonly index: string
  readonly keys: readonly string[]
  /** How many rows each of the keys has. */
  readonly counts: readonly number[]
  /** The places of these rows, key after key. */
  readonly places: Uint16Array
  readonly hashes: Float64Array
  readonly hashPlaces: Uint16Array
}

/** Up to `outlineSpan` rows as far as a table must know them to find and count them without reading one. */
export interface Outline {
  /** Ascending. */
  readonly numbers: Float64Array
  readonly ids: Float64Array
  readonly scopes: readonly (readonly [accountId: string, regionId: string])[]
  /** By place, which of the scopes. */
  readonly scopeOf: Uint16Array
  readonly indexes: readonly OutlinedKeys[]
  /** Where rows have names that are looked up by their beginning. */
  readonly names: readonly string[] | undefined
}

interface Head {
  readonly by: string
  readonly rows: number
  readonly scopes: Outline['scopes']
  readonly indexes: readonly {
    readonly index: string
    readonly keys: readonly string[]
    readonly counts: readonly number[]
    readonly alone: number
  }[]
  readonly names?: readonly string[] | undefined
}

/** Tells outlines from those that another version made, or another seed. */
export function outlinedBy<R>({ indexes, nameOf }: Outliner<R>, seed: number): string {
  const text = [version, nameOf, ...indexes.flatMap(({ index, keys }) => [index, keys])].map(String).join('\n')
  return `${seed} ${hashOf(text, seed)}`
}

const asList = (keys: IndexKeys): readonly string[] => (keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys)

interface Gathered {
  readonly index: string
  readonly shared: (readonly [key: string, places: readonly number[]])[]
  readonly alone: (readonly [hash: number, place: number])[]
}

function gather<R>(rows: readonly R[], { index, keys }: Outliner<R>['indexes'][number], seed: number): Gathered {
  const places = new Map<string, number[]>()
  rows.forEach((row, place) => {
    for (const key of asList(keys(row))) {
      const known = places.get(key)
      if (known === undefined) places.set(key, [place])
      else if (known.at(-1) !== place) known.push(place)
    }
  })
  const gathered: Gathered = { index, shared: [], alone: [] }
  for (const [key, all] of places)
    if (all.length > 1) gathered.shared.push([key, all])
    else gathered.alone.push([hashOf(key, seed), all[0] as number])
  return gathered
}

/** Outlines rows, the first of which has number `first` or a later one, in the order of their numbers. */
export function writeOutline<R extends Row>(
  first: number,
  entries: readonly (readonly [number: number, row: R])[],
  outliner: Outliner<R>,
  seed: number,
): Uint8Array {
  const rows = entries.map(([, row]) => row)
  const scopes = new Map<string, readonly [place: number, accountId: string, regionId: string]>()
  const scopeOf = rows.map(({ accountId, regionId }) => {
    const key = `${accountId}/${regionId}`
    const known = scopes.get(key)
    if (known !== undefined) return known[0]
    scopes.set(key, [scopes.size, accountId, regionId])
    return scopes.size - 1
  })
  const indexes = outliner.indexes.map((index) => gather(rows, index, seed)).filter(({ shared, alone }) => shared.length + alone.length > 0)
  const head: Head = {
    by: outlinedBy(outliner, seed),
    rows: rows.length,
    scopes: [...scopes.values()].map(([, accountId, regionId]) => [accountId, regionId]),
    indexes: indexes.map(({ index, shared, alone }) => ({
      index,
      keys: shared.map(([key]) => key),
      counts: shared.map(([, places]) => places.length),
      alone: alone.length,
    })),
    names: outliner.nameOf && rows.map(outliner.nameOf),
  }
  const doubles = Float64Array.from([
    ...rows.map(({ id }) => hashOf(id, seed)),
    ...indexes.flatMap(({ alone }) => alone.map(([hash]) => hash)),
  ])
  const shorts = Uint16Array.from([
    ...entries.map(([number]) => number - first),
    ...scopeOf,
    ...indexes.flatMap(({ shared, alone }) => [...alone.map(([, place]) => place), ...shared.flatMap(([, places]) => places)]),
  ])
  const text = Buffer.from(JSON.stringify(head))
  const lengths = Uint32Array.of(text.length, doubles.length)
  return Buffer.concat([lengths, doubles, shorts, text].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)))
}

/**
 * Reads what `writeOutline` wrote; undefined when it was made by other means than those of `by`.
 * @throws RangeError, SyntaxError, TypeError when it is no outline
 */
export function readOutline(first: number, bytes: Uint8Array, by: string): Outline | undefined {
  // In memory of its own, so that numbers lie where they are read fastest.
  const { buffer } = new Uint8Array(bytes)
  const [textLength = 0, doubleCount = 0] = new Uint32Array(buffer, 0, 2)
  const textStart = buffer.byteLength - textLength
  const shortStart = 8 + doubleCount * 8
  const head = JSON.parse(Buffer.from(buffer, textStart).toString()) as Head
  if (head.by !== by) return undefined
  const doubles = new Float64Array(buffer, 8, doubleCount)
  const shorts = new Uint16Array(buffer, shortStart, (textStart - shortStart) >>> 1)
  const { rows, scopes, names } = head
  let [double, short] = [rows, rows * 2]
  const indexes = head.indexes.map(({ index, keys, counts, alone }) => {
    const shared = counts.reduce((sum, count) => sum + count, 0)
    const hashes = doubles.subarray(double, (double += alone))
    const hashPlaces = shorts.subarray(short, (short += alone))
    return { index, keys, counts, hashes, hashPlaces, places: shorts.subarray(short, (short += shared)) }
  })
  return {
    numbers: Float64Array.from(shorts.subarray(0, rows), (offset) => first + offset),
    ids: doubles.subarray(0, rows),
    scopes,
    scopeOf: shorts.subarray(rows, rows * 2),
    indexes,
    names,
  }
}
