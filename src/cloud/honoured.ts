import { fault } from './fault.ts'
import type { Handler } from './operation.ts'

/** Parameters that the gateway acts on for every operation, or that the real cloud takes and that change nothing here. */
const everywhere = ['RegionId', 'regionId', 'ClientToken', 'DryRun', 'OwnerId', 'OwnerAccount', 'ResourceOwnerId', 'ResourceOwnerAccount']

const known = new WeakMap<Handler, ReadonlySet<string>>()

/** All that a call of the operation may say: what its handler honours, and what is taken of every call. */
export function honouredBy(handler: Handler): ReadonlySet<string> {
  let paths = known.get(handler)
  if (paths === undefined) known.set(handler, (paths = new Set([...everywhere, ...handler.honours])))
  return paths
}

/** The first given path that is neither honoured itself nor inside one that is. */
function unhonoured(value: unknown, path: string, honours: ReadonlySet<string>): string | undefined {
  if (value === undefined || value === '' || honours.has(path)) return undefined
  if (Array.isArray(value)) return value.map((item) => unhonoured(item, path, honours)).find((found) => found !== undefined)
  if (typeof value !== 'object' || value === null || ![...honours].some((known) => known.startsWith(`${path}.`))) return path
  return Object.entries(value)
    .map(([name, field]) => unhonoured(field, `${path}.${name}`, honours))
    .find((found) => found !== undefined)
}

/** Which of these paths of an operation's parameters are refused when they say something. */
export const refusedOf = (paths: readonly string[], honours: ReadonlySet<string>): string[] =>
  paths.filter((path) => !path.split('.').some((_, at, names) => honours.has(names.slice(0, at + 1).join('.'))))

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
