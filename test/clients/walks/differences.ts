import type { Shape } from '../../../src/api/shape.ts'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Whether a shape has a path such as `Vpcs.Vpc.Tags`, in which lists have no indices. */
export function hasPath(shape: Shape | undefined, path: string): boolean {
  let inner: Shape | undefined = shape
  for (const name of path.split('.')) {
    while (Array.isArray(inner)) inner = inner[0] as Shape
    inner = isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined
  }
  return inner !== undefined
}

/**
 * Where what a client read is not what was answered.
 * @param mayLack whether its models need not have the field at a path, in which lists have no indices
 */
export function differences(answered: unknown, read: unknown, mayLack: (path: string) => boolean, path = ''): string[] {
  if (read === undefined || read === null) return answered === null || mayLack(path) ? [] : [`${path} is not read`]
  if (Array.isArray(answered) || Array.isArray(read)) {
    if (!Array.isArray(answered) || !Array.isArray(read) || answered.length !== read.length) return [`${path} is read as another list`]
    return answered.flatMap((item, at) => differences(item, read[at], mayLack, path))
  }
  if (isObject(answered) && isObject(read))
    return Object.entries(answered).flatMap(([name, value]) =>
      differences(value, read[name], mayLack, path === '' ? name : `${path}.${name}`),
    )
  // Java's models hold prices in 32 bits.
  if (typeof answered === 'number' && typeof read === 'number' && Math.fround(answered) === Math.fround(read)) return []
  return answered === read ? [] : [`${path} is ${JSON.stringify(answered)} and read as ${JSON.stringify(read)}`]
}
