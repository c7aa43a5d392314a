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

const cache = new WeakMap<(row: never) => unknown, WeakMap<object, Buffer>>()

/** The JSON of one row, as bytes. Rows are never changed in place, so what was rendered once stays true. */
export function rowBytes(row: object, view: (row: never) => unknown): Buffer {
  let byView = cache.get(view)
  if (!byView) cache.set(view, (byView = new WeakMap()))
  let bytes = byView.get(row)
  if (!bytes) byView.set(row, (bytes = Buffer.from(renderJson(view(row as never)))))
  return bytes
}
