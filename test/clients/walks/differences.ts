const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * Where what a client read is not what was answered. A client is not `whole` when its models are of another time: what they do not have is
 * passed over, and only what it read otherwise is told.
 */
export function differences(answered: unknown, read: unknown, whole: boolean, path = ''): string[] {
  if (read === undefined || read === null) return whole && answered !== null ? [`${path} is not read`] : []
  if (Array.isArray(answered) || Array.isArray(read)) {
    if (!Array.isArray(answered) || !Array.isArray(read) || answered.length !== read.length) return [`${path} is read as another list`]
    return answered.flatMap((item, at) => differences(item, read[at], whole, `${path}.${at}`))
  }
  if (isObject(answered) && isObject(read))
    return Object.entries(answered).flatMap(([name, value]) =>
      differences(value, read[name], whole, path === '' ? name : `${path}.${name}`),
    )
  // Java's models hold prices in 32 bits.
  if (typeof answered === 'number' && typeof read === 'number' && !whole && Math.fround(answered) === Math.fround(read)) return []
  return answered === read ? [] : [`${path} is ${JSON.stringify(answered)} and read as ${JSON.stringify(read)}`]
}
