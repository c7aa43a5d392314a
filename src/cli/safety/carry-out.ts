import { monotonicNow } from '../../api/system.ts'
import { concurrently } from '../../client/across/concurrent.ts'
import { ApiError } from '../../client/api-error.ts'
import { asError } from '../../client/errors.ts'
import type { BulkResult } from '../../client/index.ts'
import { sleep } from '../../client/sleep.ts'
import { waitTimeout } from '../../client/wait/failures.ts'
import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { collect } from '../output.ts'
import { openProgress, type Progress } from '../progress/progress.ts'
import type { Noun } from '../select/select.ts'
import type { Deed, OneCall, Planned, Seen } from './deed.ts'

/** How it went with one: done and seen to be so, refused or failed, or interrupted with its fate read back. */
export interface Ending {
  readonly Id: string
  readonly Name: string
  /** `planned` in a dry run: it was not done. */
  readonly Result: 'done' | 'planned' | 'failed' | 'interrupted'
  /** As last read; undefined when it was not. */
  readonly State?: string | undefined
  readonly error?: Error | undefined
}

/** Looking how things stand after an interruption must not take long. */
const lookMs = 10_000
const idsPerCall = 100
/** So many calls are under way at a time. */
const atATime = 4
const pollMs = 2_000
/** What has not been seen to leave its state after so many looks was quicker than they were. */
const looksForLeaving = 5

/** What a listing tells of some, by id; what is not listed is `Deleted`. */
export const statesOf =
  <T>(noun: Noun<T>, state: (item: T) => unknown = (item) => (item as { readonly Status?: unknown }).Status): Seen<T>['states'] =>
  async (ids, connection, signal) => {
    const states = new Map(ids.map((id) => [id, 'Deleted']))
    for (let at = 0; at < ids.length; at += idsPerCall)
      for (const item of await collect(noun.read(connection, noun.withIds(ids.slice(at, at + idsPerCall)), signal)))
        if (states.has(noun.id(item))) states.set(noun.id(item), String(state(item) ?? ''))
    return states
  }

type Input = Readonly<Record<string, unknown>>

/** One call for each, some at a time. One that fails stops no other; an interruption begins no more. */
async function each<T>(
  call: (item: T, input: Input) => OneCall | undefined,
  items: readonly T[],
  ids: readonly string[],
  input: Input,
  connection: Connection,
  signal: AbortSignal,
  tell: Progress['tell'],
): Promise<BulkResult[]> {
  let done = 0
  return concurrently(items, atATime, async (item, at): Promise<BulkResult> => {
    const id = ids[at] ?? ''
    const one = call(item, input)
    if (one === undefined) return { id, ok: true, answer: {} }
    try {
      signal.throwIfAborted()
      const client = one.product === 'vpc' ? await connection.vpc() : connection.ecs
      const answer = (await client.call(one.action, one.input, { signal })) as object
      const error = one.refused?.(answer)
      return error === undefined ? { id, ok: true, answer: { ...answer } } : { id, ok: false, error }
    } catch (error) {
      if (error instanceof ApiError && error.code === 'DryRunOperation') return { id, ok: true, answer: {} }
      return { id, ok: false, error: asError(error) }
    } finally {
      tell(++done, items.length)
    }
  })
}

/** Polls until each is as it shall be. @throws TimeoutError WaitTimeout when it takes longer */
async function untilThere<T>(
  { seen, done }: Deed<T>,
  items: ReadonlyMap<string, T>,
  input: Input,
  connection: Connection,
  { signal, sleep: ownSleep }: Invocation['world'],
  timeoutMs: number,
  tell: Progress['tell'],
): Promise<void> {
  const startedAt = monotonicNow()
  let sleptMs = 0
  const met = new Set<string>()
  const left = new Set<string>()
  for (let looks = 1; ; looks++) {
    const ids = [...items.keys()].filter((id) => !met.has(id))
    const states = (await seen?.states(ids, connection, signal)) ?? new Map<string, string>()
    for (const id of ids) {
      const there = seen?.there?.(states.get(id), items.get(id) as T, input)
      if (!there) left.add(id)
      else if (!seen?.leaves || left.has(id) || looks > looksForLeaving) met.add(id)
    }
    tell(met.size, items.size)
    if (met.size === items.size) return
    const waiting = ids.filter((id) => !met.has(id))
    if (Math.max(monotonicNow() - startedAt, sleptMs) >= timeoutMs) {
      const known = new Set(states.values())
      const counts = new Map([...known].map((state) => [state, waiting.filter((id) => states.get(id) === state).length]))
      throw waitTimeout({ goal: done.en, timeoutMs, total: items.size, waiting, states: counts, seen: known })
    }
    await (ownSleep?.(pollMs) ?? sleep(pollMs, signal))
    sleptMs += pollMs
  }
}

interface ReadBack {
  readonly late: Error | undefined
  /** By what was looked at; undefined where nothing was. */
  readonly states: ReadonlyMap<string, string> | undefined
}

/** Waits until what was accepted is so, and tells what was seen; after an interruption it is looked once at everything. */
async function readBack<T>(
  deed: Deed<T>,
  { idOf, states }: Seen<T>,
  items: readonly T[],
  accepted: readonly T[],
  input: Input,
  connection: Connection,
  world: Invocation['world'],
  timeoutMs: number,
  tell: Progress['tell'],
): Promise<ReadBack> {
  const { signal } = world
  const { goal, seen } = deed
  if ((goal ?? seen?.there) === undefined || (accepted.length === 0 && !signal.aborted)) return { late: undefined, states: undefined }
  const byId = new Map(accepted.map((item) => [idOf(item), item]))
  const wait = async () => {
    if (goal === undefined || seen?.there) await untilThere(deed, byId, input, connection, world, timeoutMs, tell)
    else await connection.ecs.waitUntil(goal, [...byId.keys()], { signal, timeoutMs, onProgress: ({ done, total }) => tell(done, total) })
  }
  const late = signal.aborted ? undefined : await wait().then(() => undefined, asError)
  if (late === undefined && !signal.aborted && goal !== undefined)
    return { late, states: new Map([...byId.keys()].map((id): [string, string] => [id, goal])) }
  const told = await states(items.map(idOf), connection, AbortSignal.timeout(lookMs)).catch(() => undefined)
  return { late, states: told }
}

/**
 * Does the deed to all of the plan, each for itself, and reads back until it is so. One that fails stops no other. After an
 * interruption it is looked up once how each stands.
 * @param items those of the plan, in its order
 */
export async function carryOut<T>(
  deed: Deed<T>,
  items: readonly T[],
  plan: readonly Planned[],
  input: Input,
  connection: Connection,
  invocation: Invocation,
  timeoutMs: number,
): Promise<Ending[]> {
  const { world } = invocation
  const { signal } = world
  const progress = openProgress(invocation, deed.done)
  const { tell } = progress
  const { action, noun, goal } = deed
  const dry = input.DryRun === true
  const seen: Seen<T> = deed.seen ?? { idOf: noun.id, states: statesOf(noun) }
  const ids = plan.map(({ id }) => id)
  const act = () =>
    typeof action === 'string'
      ? connection.ecs.bulk(action, ids, input, { signal, onProgress: ({ done, total }) => tell(done, total) })
      : each(action, items, ids, input, connection, signal, tell)
  const look = (results: readonly BulkResult[]): Promise<ReadBack> => {
    if (dry) return Promise.resolve({ late: undefined, states: undefined })
    const accepted = items.filter((_, at) => results[at]?.ok)
    return readBack(deed, seen, items, accepted, input, connection, world, timeoutMs, tell)
  }
  const outcome = async () => {
    const results = await act()
    return { results, ...(await look(results)) }
  }
  const { results, late, states } = await outcome().finally(progress.end)
  const waited = goal !== undefined || seen.there !== undefined
  return plan.map(({ id, name }, at): Ending => {
    const result = results[at]
    const item = items[at] as T
    const State = states?.get(seen.idOf(item))
    const said = { Id: id, Name: name, State }
    const isSo = seen.there === undefined ? State === goal : states !== undefined && seen.there(State, item, input)
    const there = !waited || dry || isSo
    if (result?.ok && there) return { ...said, Result: dry ? 'planned' : 'done' }
    if (signal.aborted && there && waited) return { ...said, Result: 'done' }
    if (signal.aborted && (result?.ok || result?.error.name === 'AbortError')) return { ...said, Result: 'interrupted' }
    return { ...said, Result: 'failed', error: result?.ok === false ? result.error : late }
  })
}
