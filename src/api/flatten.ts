/** What an operation's facts say of wire styles; paths without list indices. */
export interface WireStyles {
  readonly json?: readonly string[] | undefined
  readonly comma?: readonly string[] | undefined
}

function put(value: unknown, name: string, path: string, styles: WireStyles, out: [string, string][]): void {
  if (value === undefined || value === null) return
  if (typeof value !== 'object') out.push([name, String(value)])
  else if (styles.json?.includes(path)) out.push([name, JSON.stringify(value)])
  else if (Array.isArray(value) && styles.comma?.includes(path)) out.push([name, value.join(',')])
  else if (Array.isArray(value)) for (const [at, item] of value.entries()) put(item, `${name}.${at + 1}`, path, styles, out)
  else for (const [field, inner] of Object.entries(value)) put(inner, `${name}.${field}`, `${path}.${field}`, styles, out)
}

/**
 * Flattens an input into parameters: lists as `Name.1`, objects as `Name.Field`, JSON in one string where the operation wants that.
 * `null` and `undefined` are left out, and so are empty lists and objects, unless they travel as JSON;
 * a string given for a JSON parameter passes as it is.
 */
export function flatten(input: object, styles: WireStyles): [string, string][] {
  const out: [string, string][] = []
  for (const [name, value] of Object.entries(input)) put(value, name, name, styles, out)
  return out
}
