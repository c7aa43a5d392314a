import type { Product } from '../../api/products.ts'
import { isList, isObject, mapValue, type ObjectShape, type Operation, type Shape } from '../../api/shape.ts'
import type { Warning } from '../events.ts'

/** The first field of an answer that is not of its documented type. */
export type Drift = Pick<Warning, 'path' | 'expected' | 'found'>

/** How many values of an answer are looked at. */
const most = 10_000

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value)
const typeName = (shape: Shape): string => (typeof shape === 'string' ? shape : isList(shape) ? 'list' : 'object')

/** The fields of a value that its shape knows, those of a map by their keys. */
function* fieldsOf(value: object, shape: ObjectShape): Generator<[name: string, value: unknown, shape: Shape]> {
  const free = mapValue(shape)
  if (free !== undefined) for (const [key, field] of Object.entries(value)) yield [key.slice(0, 50), field, free]
  else
    for (const [name, inner] of Object.entries(shape))
      if (Object.hasOwn(value, name)) yield [name, (value as Readonly<Record<string, unknown>>)[name], inner]
}

function compare(value: unknown, shape: Shape, path: string, left: { values: number }): Drift | undefined {
  if (left.values-- <= 0 || value === undefined || value === null || shape === 'any') return undefined
  const [expected, found] = [typeName(shape), typeOf(value)]
  if (expected !== found) return { path, expected, found }
  if (Array.isArray(value) && isList(shape)) {
    for (let at = 0; at < value.length && left.values > 0; at++) {
      const drift = compare(value[at], shape[0], `${path}[${at}]`, left)
      if (drift) return drift
    }
  } else if (typeof value === 'object' && isObject(shape)) {
    for (const [name, field, inner] of fieldsOf(value, shape)) {
      if (left.values <= 0) return undefined
      const drift = compare(field, inner, path === '' ? name : `${path}.${name}`, left)
      if (drift) return drift
    }
  }
  return undefined
}

/**
 * The first field whose JSON type is not the documented one, as `{ path: 'Disks.Disk[3].Size', expected: 'number', found: 'string' }`.
 * Fields that are missing, null or not documented are fine. After 10,000 values the rest of a large answer is taken as it is.
 */
export const findDrift = (result: unknown, shape: ObjectShape): Drift | undefined => compare(result, shape, '', { values: most })

const loaded = new Map<Product, Promise<ReadonlyMap<string, Operation> | undefined>>()

/**
 * The operations of a product by their Action, read on first use and kept: only who asks for warnings pays for it.
 * Undefined where the catalogue's files cannot be read, as in a bundle without them; there are no warnings then.
 */
export function loadShapes(product: Product): Promise<ReadonlyMap<string, Operation> | undefined> {
  const shapes = loaded.get(product) ?? import('../../api/catalogue.ts').then(({ catalogue }) => catalogue(product)).catch(() => undefined)
  loaded.set(product, shapes)
  return shapes
}

/** Compares an answer with what the catalogue says of its operation; undefined when it fits, or when nothing is known. Never throws. */
export async function checkDrift(product: Product, action: string, result: unknown): Promise<Drift | undefined> {
  const output = (await loadShapes(product))?.get(action)?.output
  return output && findDrift(result, output)
}
