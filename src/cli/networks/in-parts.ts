/**
 * Reads what several ids name where a parameter takes them apart by commas, and only so many at a time. An input without that
 * parameter is read as it is.
 */
export async function* inParts<T>(
  input: object,
  parameter: string,
  most: number,
  read: (part: object) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const given = (input as Readonly<Record<string, unknown>>)[parameter]
  const ids = typeof given === 'string' ? given.split(',') : []
  if (ids.length <= most) yield* read(input)
  else for (let at = 0; at < ids.length; at += most) yield* read({ ...input, [parameter]: ids.slice(at, at + most).join(',') })
}
