/** For tests: where an answer strays from its catalogue. */
import { isList, isObject, mapValue, type Shape } from '../api/shape.ts'

/** Where a value strays from a shape: fields it does not have, and types that differ. */
export function strays(value: unknown, shape: Shape | undefined, path: string): string[] {
  if (shape === undefined) return [`${path} is unknown`]
  if (isList(shape)) return Array.isArray(value) ? value.flatMap((item) => strays(item, shape[0], path)) : [`${path} is not a list`]
  if (!isObject(shape)) return shape === 'any' || typeof value === shape ? [] : [`${path} is not a ${shape}`]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is not an object`]
  return Object.entries(value).flatMap(([name, field]) => strays(field, shape[name] ?? mapValue(shape), `${path}.${name}`))
}
