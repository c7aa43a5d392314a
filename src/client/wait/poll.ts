import type { Call, CallOptions } from '../call.ts'
import { ApiError } from '../api-error.ts'
import type { Waitable } from './waitables.ts'

export type Row = Readonly<Record<string, unknown>>

/** What one poll tells. An id in neither was not told: the answer was cut, or the call was throttled. */
export interface Poll {
  readonly rows: Map<string, Row>
  readonly absent: Set<string>
  throttled: boolean
}

/** Calls of one poll that are under way at a time. */
const concurrency = 4

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects at a path, also where the list came as an object of them or as the one alone; undefined when nothing is there. */
export function rowsAt(value: unknown, path: string, id: string): readonly Row[] | undefined {
  let at = value
  for (const name of path.split('.')) at = isRow(at) ? at[name] : undefined
  if (Array.isArray(at)) return at.filter(isRow)
  if (!isRow(at)) return undefined
  return Object.hasOwn(at, id) ? [at] : Object.values(at).filter(isRow)
}

/** A count that came as a number, or as one in a string. */
function count(value: unknown): number | undefined {
  const told = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof told === 'number' && Number.isFinite(told) ? told : undefined
}

/** Whether an answer lists all that it has, so that who is not in it is not there. */
function isWhole(answer: Row, rows: readonly Row[] | undefined, { size }: Waitable): boolean {
  if (size === 'MaxResults') return rows !== undefined && (answer.NextToken ?? '') === ''
  const total = count(answer.TotalCount)
  return total === undefined ? rows !== undefined : (rows?.length ?? 0) >= total
}

/** An operation may refuse an unknown id where others leave it out. Codes that name a region or an account do not count. */
const isUnknownId = (error: unknown, { unknown }: Waitable): boolean =>
  error instanceof ApiError && error.class === 'not-found' && unknown.test(error.code)

function inputFor({ ids: name, form, batch, size, input }: Waitable, ids: readonly string[]): object {
  const value = form === 'list' ? ids : ids.join(',')
  // No page may be smaller than 10 where MaxResults sets it.
  return { ...input, [name]: value, [size]: Math.max(batch, 10) }
}

async function readSome(call: Call, waitable: Waitable, ids: readonly string[], options: CallOptions, poll: Poll): Promise<void> {
  let answer: unknown
  try {
    answer = await call(waitable.action, inputFor(waitable, ids), options)
  } catch (error) {
    if (!isUnknownId(error, waitable)) throw error
    const [id] = ids
    if (ids.length === 1 && id !== undefined) {
      poll.absent.add(id)
      return
    }
    // One of them is unknown; which one, the halves tell.
    const half = ids.length >> 1
    await readSome(call, waitable, ids.slice(0, half), options, poll)
    await readSome(call, waitable, ids.slice(half), options, poll)
    return
  }
  const rows = rowsAt(answer, waitable.list, waitable.id)
  const asked = new Set(ids)
  for (const row of rows ?? []) {
    const id = String(row[waitable.id])
    if (asked.delete(id)) poll.rows.set(id, row)
  }
  if (isRow(answer) && isWhole(answer, rows, waitable)) for (const id of asked) poll.absent.add(id)
}

/**
 * Asks for all ids once, up to `waitable.batch` a call and four calls at a time. When a call is throttled, what has not been
 * asked for yet waits for the next poll.
 * @throws whatever a call throws, but for throttling and for ids that are unknown
 */
export async function pollOnce(call: Call, waitable: Waitable, ids: readonly string[], options: CallOptions): Promise<Poll> {
  const poll: Poll = { rows: new Map(), absent: new Set(), throttled: false }
  let next = 0
  let failed = false
  const work = async () => {
    while (next < ids.length && !poll.throttled && !failed) {
      const some = ids.slice(next, next + waitable.batch)
      next += waitable.batch
      try {
        await readSome(call, waitable, some, options, poll)
      } catch (error) {
        if (error instanceof ApiError && error.class === 'throttled') poll.throttled = true
        else {
          failed = true
          throw error
        }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, Math.ceil(ids.length / waitable.batch)) }, work))
  return poll
}
