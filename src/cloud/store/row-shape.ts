/** The shape of a value in a row: made from the types of rows by `scripts/build/rows.ts`. */
export type RowShape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'any'
  | readonly [RowShape]
  | { readonly is: readonly (string | number | boolean)[] }
  | { readonly optional: RowShape }
  | { readonly oneOf: readonly RowShape[] }
  | { readonly tuple: readonly RowShape[] }
  | { readonly each: RowShape }
  | { readonly fields: { readonly [name: string]: RowShape } }

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first of several misfits; undefined when there is none. */
function first<T>(items: readonly T[], misfitOf: (item: T, at: number) => string | undefined): string | undefined {
  for (const [at, item] of items.entries()) {
    const found = misfitOf(item, at)
    if (found !== undefined) return found
  }
  return undefined
}

/** The path of the first thing in a value that is not of the shape: a field of another type, one too many or one too few; undefined when it fits. */
export function misfit(value: unknown, shape: RowShape, path = ''): string | undefined {
  const here = path === '' ? 'the row' : path
  if (shape === 'any') return undefined
  // oxlint-disable-next-line valid-typeof
  if (typeof shape === 'string') return typeof value === shape ? undefined : here
  if ('optional' in shape) return value === undefined ? undefined : misfit(value, shape.optional, path)
  if ('is' in shape) return shape.is.includes(value as string) ? undefined : here
  if ('oneOf' in shape) return shape.oneOf.some((one) => misfit(value, one, path) === undefined) ? undefined : here
  if ('tuple' in shape) {
    if (!Array.isArray(value) || value.length !== shape.tuple.length) return here
    return first(shape.tuple, (one, at) => misfit(value[at], one, `${path}[${at}]`))
  }
  if ('each' in shape) {
    if (!isTree(value)) return here
    return first(Object.entries(value), ([name, item]) => misfit(item, shape.each, `${path}.${name.slice(0, 64)}`))
  }
  if ('fields' in shape) {
    if (!isTree(value)) return here
    const inner = (name: string) => (path === '' ? name : `${path}.${name}`)
    const extra = Object.keys(value).find((name) => !Object.hasOwn(shape.fields, name))
    if (extra !== undefined) return inner(extra.slice(0, 64))
    return first(Object.entries(shape.fields), ([name, field]) => misfit(value[name], field, inner(name)))
  }
  if (!Array.isArray(value)) return here
  return first(value, (item, at) => misfit(item, shape[0], `${path}[${at}]`))
}
