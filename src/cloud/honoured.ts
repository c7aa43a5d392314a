import { fault } from './fault.ts'

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
export function demandHonoured(input: Readonly<Record<string, unknown>>, honours: ReadonlySet<string>, action: string): void {
  for (const name of Object.keys(input)) {
    const path = unhonoured(input[name], name, honours)
    if (path !== undefined) throw fault('UnsupportedParameter', `The local cloud does not honour the parameter "${path}" of ${action}.`)
  }
}
