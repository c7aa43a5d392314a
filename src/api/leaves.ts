import { isList, isObject, type Shape } from './shape.ts'

/** Every leaf of a shape, as a path without indices. */
export function leaves(shape: Shape, path = ''): string[] {
  if (isList(shape)) return leaves(shape[0], path)
  if (!isObject(shape)) return [path]
  return Object.entries(shape).flatMap(([name, field]) => (name === '*' ? [path] : leaves(field, path === '' ? name : `${path}.${name}`)))
}
