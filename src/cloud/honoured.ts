import { demand } from './fault.ts'

/** The first given path that is neither honoured itself nor inside one that is. */
function unhonoured(value: unknown, path: string, honours: ReadonlySet<string>): string | undefined {
  if (value === undefined || value === '' || honours.has(path)) return undefined
  if (Array.isArray(value)) return value.map((item) => unhonoured(item, path, honours)).find((found) => found !== undefined)
  if (typeof value !== 'object' || value === null || ![...honours].some((known) => known.startsWith(`${path}.`))) return path
  return Object.entries(value)
    .map(([name, field]) => unhonoured(field, `${path}.${name}`, honours))
    .find((found) => found !== undefined)
}

/**
 * Refuses an input that says something nobody acts on, rather than ignore it. An empty text says nothing.
 * @throws Fault UnsupportedParameter, with the parameter's path
 */
export function demandHonoured(input: object, honours: readonly string[], action: string): void {
  const known = new Set(honours)
  for (const [name, value] of Object.entries(input)) {
    const path = unhonoured(value, name, known)
    demand(path === undefined, 'UnsupportedParameter', `The local cloud does not honour the parameter "${path}" of ${action}.`)
  }
}
