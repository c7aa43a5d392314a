import type { BulkResult } from '../../client/index.ts'
import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { collect } from '../output.ts'
import type { Noun } from '../select/select.ts'
import type { Deed, Planned } from './deed.ts'

/** How it went with one: done and seen to be so, refused or failed, or interrupted with its fate read back. */
export interface Ending {
  readonly Id: string
  readonly Name: string
  readonly Result: 'done' | 'failed' | 'interrupted'
  /** As last read; undefined when it was not. */
  readonly State?: string | undefined
  readonly error?: Error | undefined
}

/** Looking how things stand after an interruption must not take long. */
const lookMs = 10_000
const idsPerCall = 100

/** The states of some, by id; what is not listed is `Deleted`. */
async function statesOf<T>(
  noun: Noun<T>,
  ids: readonly string[],
  connection: Connection,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const states = new Map(ids.map((id) => [id, 'Deleted']))
  for (let at = 0; at < ids.length; at += idsPerCall)
    for (const item of await collect(noun.read(connection, noun.withIds(ids.slice(at, at + idsPerCall)), signal)))
      states.set(noun.id(item), String((item as { readonly Status?: unknown }).Status ?? ''))
  return states
}

async function readBack<T>(
  { noun, goal }: Deed<T>,
  results: readonly BulkResult[],
  connection: Connection,
  { signal }: Invocation['world'],
  timeoutMs: number,
): Promise<{ readonly late: Error | undefined; readonly states: ReadonlyMap<string, string> | undefined }> {
  const accepted = results.filter(({ ok }) => ok).map(({ id }) => id)
  if (goal === undefined || (accepted.length === 0 && !signal.aborted)) return { late: undefined, states: undefined }
  const late = signal.aborted
    ? undefined
    : await connection.ecs.waitUntil(goal, accepted, { signal, timeoutMs }).then(
        () => undefined,
        (error: unknown) => error as Error,
      )
  if (late === undefined && !signal.aborted) return { late, states: new Map(accepted.map((id): [string, string] => [id, goal])) }
  const all = results.map(({ id }) => id)
  const states = await statesOf(noun, all, connection, AbortSignal.timeout(lookMs)).catch(() => undefined)
  return { late, states }
}

/**
 * Does the deed to all of the plan, each for itself, and reads back until it is so. One that fails stops no other. After an
 * interruption it is looked up once how each stands.
 */
export async function carryOut<T>(
  deed: Deed<T>,
  plan: readonly Planned[],
  input: Record<string, unknown>,
  connection: Connection,
  { world }: Invocation,
  timeoutMs: number,
): Promise<Ending[]> {
  const { signal } = world
  const ids = plan.map(({ id }) => id)
  const results = await connection.ecs.bulk(deed.action, ids, input, { signal })
  const { late, states } =
    input.DryRun === true ? { late: undefined, states: undefined } : await readBack(deed, results, connection, world, timeoutMs)
  return plan.map(({ id, name }, at): Ending => {
    const result = results[at]
    const State = states?.get(id)
    const said = { Id: id, Name: name, State }
    const there = deed.goal === undefined || State === deed.goal || input.DryRun === true
    if (result?.ok && there) return { ...said, Result: 'done' }
    if (signal.aborted && there && deed.goal !== undefined) return { ...said, Result: 'done' }
    if (signal.aborted && (result?.ok || result?.error.name === 'AbortError')) return { ...said, Result: 'interrupted' }
    return { ...said, Result: 'failed', error: result?.ok === false ? result.error : late }
  })
}
