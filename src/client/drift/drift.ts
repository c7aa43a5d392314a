import type { Product } from '../../api/products.ts'
import { isList, isObject, mapValue, type ObjectShape, type Shape } from '../../api/shape.ts'
import type { Warning } from '../events.ts'

/** The first field of an answer that is not of its documented type. */
export type Drift = Pick<Warning, 'path' | 'expected' | 'found'>

/** How many values of an answer are looked at. */
const most = 10_000

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value)
const typeName = (shape: Shape): string => (typeof shape === 'string' ? shape : isList(shape) ? 'list' : 'object')

/** A drift found inside, told from one level up. Paths are put together on the way back: nearly always there is nothing to tell. */
const within = (name: string, drift: Drift): Drift => ({
  ...drift,
  path: drift.path === '' || drift.path.startsWith('[') ? name + drift.path : `${name}.${drift.path}`,
})

function compareFields(value: object, shape: ObjectShape, left: { values: number }): Drift | undefined {
  const free = mapValue(shape)
  for (const name of Object.keys(free === undefined ? shape : value)) {
    const inner = free ?? shape[name]
    if (inner === undefined || !Object.hasOwn(value, name)) continue
    const drift = compare((value as Readonly<Record<string, unknown>>)[name], inner, left)
    if (drift) return within(name.slice(0, 50), drift)
    if (left.values <= 0) return undefined
  }
  return undefined
}

function compare(value: unknown, shape: Shape, left: { values: number }): Drift | undefined {
  if (left.values-- <= 0 || value === undefined || value === null || shape === 'any') return undefined
  const [expected, found] = [typeName(shape), typeOf(value)]
  if (expected !== found) return { path: '', expected, found }
  if (typeof value !== 'object') return undefined
  if (isObject(shape)) return compareFields(value, shape, left)
  if (!Array.isArray(value) || !isList(shape)) return undefined
  for (let at = 0; at < value.length && left.values > 0; at++) {
    const drift = compare(value[at], shape[0], left)
    if (drift) return within(`[${at}]`, drift)
  }
  return undefined
}

/**
 * The first field whose JSON type is not the documented one, as `{ path: 'Disks.Disk[3].Size', expected: 'number', found: 'string' }`.
 * Fields that are missing, null or not documented are fine. After 10,000 values the rest of a large answer is taken as it is.
 */
export const findDrift = (result: unknown, shape: ObjectShape): Drift | undefined => compare(result, shape, { values: most })

/**
 * What the catalogue says of an operation, read on first use: only who asks for warnings pays for it.
 * Undefined where the catalogue's files cannot be read, as in a bundle without them; there are no warnings then.
 */
async function shapeOf(product: Product, action: string): Promise<ObjectShape | undefined> {
  try {
    const { operationOf } = await import('../../api/operation.ts')
    return operationOf(product, action)?.output
  } catch {
    return undefined
  }
}

/** Compares an answer with what the catalogue says of its operation; undefined when it fits, or when nothing is known. Never throws. */
export async function checkDrift(product: Product, action: string, result: unknown): Promise<Drift | undefined> {
  const output = await shapeOf(product, action)
  return output && findDrift(result, output)
}
