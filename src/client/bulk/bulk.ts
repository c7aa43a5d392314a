import { randomFraction } from '../../api/system.ts'
import { concurrently, mostAtATime } from '../across/concurrent.ts'
import { together } from '../across/together.ts'
import { ApiError } from '../api-error.ts'
import type { Call } from '../call.ts'
import { asError, UsageError } from '../errors.ts'
import { tell } from '../hook.ts'
import { checkOptions, type Known, wholeNumber } from '../known-options.ts'
import { sleep as plainSleep, type Sleep } from '../sleep.ts'
import { type Means, type Reply, send } from './send.ts'
import { type BulkAction, type Verb, verbs } from './verbs.ts'

/** How it went with one id. `answer` is the part of the answer about it, or the whole where a call is about one id or tells no more. */
export type BulkResult =
  | { readonly id: string; readonly ok: true; readonly answer: Readonly<Record<string, unknown>> }
  | { readonly id: string; readonly ok: false; readonly error: Error }

/** How far a bulk is, told after every call. */
export interface BulkProgress {
  /** How many ids are dealt with, the failed included. */
  readonly done: number
  /** How many of these failed. */
  readonly failed: number
  /** How many different ids there are. */
  readonly total: number
}

/** What `bulk` takes beside the input. */
export interface BulkOptions {
  /** How many calls are under way at a time; 4 by default. */
  readonly concurrency?: number | undefined
  /** Ends what is under way and begins no more. What is not done then fails with the signal's reason; the results of the rest are kept. */
  readonly signal?: AbortSignal | undefined
  /** How often one id is tried when it is refused for the moment; 3 by default, 10 at most. */
  readonly attempts?: number | undefined
  /** Another region than the client's. */
  readonly regionId?: string | undefined
  /** Told after every call. One that fails costs no result: it is a warning of the process, the first time. */
  readonly onProgress?: ((progress: BulkProgress) => void) | undefined
  /** Waits before another try, in milliseconds; a test hands in one that does not. */
  readonly sleep?: Sleep | undefined
}

const known: Known<BulkOptions> = {
  concurrency: wholeNumber(1, mostAtATime),
  signal: true,
  attempts: wholeNumber(1, 10),
  regionId: true,
  onProgress: true,
  sleep: true,
}

const invalid = (code: string, what: string, en: string, zh: string) => new UsageError(code, what, { en, zh })

function check(action: string, ids: readonly string[], input: object, options: BulkOptions): Verb {
  checkOptions('a bulk operation', options, known)
  if (!Object.hasOwn(verbs, action))
    throw invalid(
      'NotABulkAction',
      `${action.slice(0, 100)} is not done to many`,
      `Choose from: ${Object.keys(verbs).join(', ')}.`,
      `可选：${Object.keys(verbs).join('、')}。`,
    )
  const verb: Verb = verbs[action as BulkAction]
  if (verb.ids in input)
    throw invalid(
      'IdsGivenTwice',
      `${action} takes its ids as a list, and ${verb.ids} is in the input too`,
      `Leave ${verb.ids} out of the input.`,
      `请从输入中去掉 ${verb.ids}。`,
    )
  const wrong = Array.isArray(ids) ? ids.findIndex((id) => typeof id !== 'string' || id === '') : 0
  if (wrong >= 0)
    throw invalid(
      'InvalidIds',
      Array.isArray(ids) ? `id ${wrong + 1} of ${ids.length} is empty` : 'the ids are not a list',
      "Give a list of ids, e.g. ['i-…'].",
      "请提供 ID 列表，例如 ['i-…']。",
    )
  return verb
}

const wrongStatus = /^Incorrect\w*Status/
/** An instance in one of these stays there by itself. */
const settled = new Set<unknown>(['Running', 'Stopped'])

/** Whether it was refused now, and perhaps not later: nothing has been done, so that it may be tried again. */
function forNow(reply: Reply): boolean {
  if (reply.ok || !(reply.error instanceof ApiError)) return false
  const { class: kind, code } = reply.error
  if (kind === 'conflict') return !(wrongStatus.test(code) && settled.has(reply.item?.CurrentStatus))
  return kind === 'throttled' || (kind === 'transient' && reply.item !== undefined)
}

/** 2 s, 4 s, 8 s …, a half of it at random: as long as a change of state takes. */
const delay = (attempt: number) => 2_000 * 2 ** (attempt - 1) * (0.5 + randomFraction() / 2)

function chunked(ids: readonly string[], most: number): string[][] {
  const chunks: string[][] = []
  for (let at = 0; at < ids.length; at += most) chunks.push(ids.slice(at, at + most))
  return chunks
}

/**
 * Does the same to any number of resources: in calls of as many ids as the operation takes, some at a time.
 *
 * Every position of `ids` has a result, in their order; an id that comes twice is sent once. A failure stays with its id: where a
 * call is refused as a whole, it is halved until what is refused is alone. An id that is refused for the moment (throttled, in
 * the middle of another change, failed for a moment) is tried again once all have been tried, with none that succeeded; one
 * whose state is wrong and stays so by itself, as the answer tells it, is not.
 * @throws UsageError NotABulkAction, IdsGivenTwice, InvalidIds, InvalidOption, UnknownOption, before anything is sent
 */
export async function bulk(
  call: Call,
  action: string,
  ids: readonly string[],
  input: object = {},
  options: BulkOptions = {},
): Promise<BulkResult[]> {
  const verb = check(action, ids, input, options)
  const { concurrency = 4, attempts = 3, signal, onProgress, sleep = plainSleep } = options
  const calls = together(signal)
  const means: Means = {
    call: (name, one, more) => calls.run((own) => call(name, one, { ...more, signal: own })),
    action,
    verb,
    input,
    options: options.regionId === undefined ? {} : { regionId: options.regionId },
  }
  const results = new Map<string, BulkResult>()
  const total = new Set(ids).size
  let failed = 0
  const settle = (some: readonly (BulkResult | Reply)[]) => {
    if (some.length === 0) return
    for (const one of some) results.set(one.id, one.ok ? one : { id: one.id, ok: false, error: one.error })
    failed += some.filter(({ ok }) => !ok).length
    tell(onProgress, { done: results.size, failed, total })
  }
  let waiting: readonly string[] = [...new Set(ids)]
  for (let attempt = 1; waiting.length > 0; attempt++) {
    const refused = await concurrently(chunked(waiting, verb.most), concurrency, async (chunk) => {
      const replies = await send(means, chunk)
      const again = new Set(attempt < attempts ? replies.filter(forNow).map(({ id }) => id) : [])
      settle(replies.filter(({ id }) => !again.has(id)))
      return again
    })
    waiting = refused.flatMap((again) => [...again])
    if (waiting.length === 0) break
    const stopped = await sleep(delay(attempt), signal).catch(asError)
    if (stopped === undefined) continue
    settle(waiting.map((id) => ({ id, ok: false, error: stopped })))
    break
  }
  return ids.map((id) => results.get(id) as BulkResult)
}
