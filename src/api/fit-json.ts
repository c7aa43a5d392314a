import { toNumber } from './number.ts'
import { isList, mapValue, type ObjectShape, type Scalar, type Shape } from './shape.ts'

function fitScalar(value: unknown, shape: Scalar): unknown {
  if (shape === 'any') return value
  if (typeof value === shape) return value
  if (typeof value === 'object') return undefined
  if (shape === 'string') return String(value)
  if (typeof value !== 'string') return undefined
  if (shape === 'boolean') return value === 'true' ? true : value === 'false' ? false : undefined
  return toNumber(value)
}

/** Fields that the shape does not have, and nulls, are left out. */
function fitObject(value: object, shape: ObjectShape): object | undefined {
  const free = mapValue(shape)
  const fields: [string, unknown][] = []
  for (const [name, field] of Object.entries(value)) {
    const inner = Object.hasOwn(shape, name) ? shape[name] : free
    if (inner === undefined || field === null) continue
    const fitted = fit(field, inner)
    if (fitted === undefined) return undefined
    fields.push([name, fitted])
  }
  // fromEntries defines fields, so a name such as __proto__ is just a field.
  return Object.fromEntries(fields)
}

function fit(value: unknown, shape: Shape): unknown {
  if (typeof shape === 'string') return fitScalar(value, shape)
  if (typeof value !== 'object' || value === null || isList(shape) !== Array.isArray(value)) return undefined
  if (!isList(shape)) return fitObject(value, shape)
  const items = (value as readonly unknown[]).map((item) => fit(item, shape[0]))
  return items.includes(undefined) ? undefined : items
}

/** A list as Python prints it. Programs on the real API send such ids, and Ansible's library does, so it must be taken there. */
const pythonList = /^\[\s*'[^'"\\]*'(?:\s*,\s*'[^'"\\]*')*\s*\]$/

/**
 * Reads a parameter that travels as JSON in one string, as the shape wants it: numbers given for texts become texts. The texts of a list may
 * stand in single quotes.
 * @returns undefined when it is not JSON, or not of that shape. Never throws.
 */
export function fitJson(text: string, shape: Shape): unknown {
  try {
    return fit(JSON.parse(pythonList.test(text) ? text.replaceAll("'", '"') : text), shape)
  } catch {
    return undefined
  }
}
