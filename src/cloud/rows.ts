import { renderJson } from '../api/render.ts'

/** A list in an answer, kept as rows and the view that shows one, so that the gateway can use JSON it has ready. */
export interface Rows<T> {
  readonly rows: readonly object[]
  readonly view: (row: never) => T
}

const marker = Symbol('rows')

/** Lists `rows` as `view` shows them. The view must depend on the row alone: its JSON is kept until the row is replaced. */
export const listed = <R extends object, T>(rows: readonly R[], view: (row: R) => T): Rows<T> =>
  ({ rows, view, [marker]: true }) as unknown as Rows<T>

export const isRows = (value: unknown): value is Rows<unknown> => typeof value === 'object' && value !== null && marker in value

/** How many bytes of rendered rows are kept for sure; up to twice as many in passing. */
const keptBytes = 64 * 1024 * 1024

type Rendered = Map<(row: never) => unknown, Map<object, Buffer>>

// Two generations, the older dropped when the newer is full. A WeakMap would keep all of them, at a price the garbage
// collector pays for every entry in every round: a cloud of half a million instances stood still for it.
let recent: Rendered = new Map()
let older: Rendered = new Map()
let recentBytes = 0

function keep(row: object, view: (row: never) => unknown, bytes: Buffer): Buffer {
  let ofView = recent.get(view)
  if (ofView === undefined) recent.set(view, (ofView = new Map()))
  ofView.set(row, bytes)
  recentBytes += bytes.length
  if (recentBytes < keptBytes) return bytes
  older = recent
  recent = new Map()
  recentBytes = 0
  return bytes
}

/** The JSON of one row, as bytes. Rows are never changed in place, so what was rendered once stays true. */
export function rowBytes(row: object, view: (row: never) => unknown): Buffer {
  const known = recent.get(view)?.get(row)
  if (known !== undefined) return known
  return keep(row, view, older.get(view)?.get(row) ?? Buffer.from(renderJson(view(row as never))))
}
