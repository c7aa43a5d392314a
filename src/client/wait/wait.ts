import { monotonicNow } from '../../api/system.ts'
import { TimeoutError, UsageError } from '../errors.ts'
import { itemsOf } from '../list/paginate.ts'

/** How a kind of resource is waited for, as data. */
export interface Waitable {
  readonly action: string
  /** The parameter that takes the ids, and how many a call takes. */
  readonly ids: string
  readonly batch: number
  /** Where the answer lists them, and which fields tell id and state. */
  readonly list: string
  readonly id: string
  readonly state: string
}

export const instances: Waitable = {
  action: 'DescribeInstances',
  ids: 'InstanceIds',
  batch: 100,
  list: 'Instances.Instance',
  id: 'InstanceId',
  state: 'Status',
}

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined
  /** 300,000 ms by default. */
  readonly timeoutMs?: number | undefined
  /** Between polls; 2,000 ms by default. */
  readonly pollMs?: number | undefined
  /** How long an id may be unknown before it counts as gone: a new one is not listed at once. 10,000 ms by default. */
  readonly unknownForMs?: number | undefined
}

interface Means {
  readonly call: (action: string, input: object, options: { signal?: AbortSignal | undefined }) => Promise<unknown>
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

async function readStates({ call }: Means, waitable: Waitable, ids: readonly string[], signal: AbortSignal | undefined) {
  const states = new Map<string, string>()
  for (let at = 0; at < ids.length; at += waitable.batch) {
    const some = ids.slice(at, at + waitable.batch)
    const answer = await call(waitable.action, { [waitable.ids]: some, PageSize: waitable.batch }, { signal })
    for (const row of itemsOf(answer, waitable.list) as Record<string, unknown>[])
      states.set(String(row[waitable.id]), String(row[waitable.state]))
  }
  return states
}

/**
 * Polls until all `ids` are in state `goal`.
 * @throws TimeoutError WaitTimeout, naming every state they are in; UsageError WaitedForGone when an id was there and is no
 * more, or stays unknown for longer than a new one may
 */
export async function waitFor(
  means: Means,
  waitable: Waitable,
  goal: string,
  ids: readonly string[],
  options: WaitOptions = {},
): Promise<void> {
  const { signal, timeoutMs = 300_000, pollMs = 2_000, unknownForMs = 10_000 } = options
  const startedAt = monotonicNow()
  const known = new Set<string>()
  for (;;) {
    const states = await readStates(means, waitable, ids, signal)
    const waiting = ids.filter((id) => states.get(id) !== goal)
    if (waiting.length === 0) return
    const passed = monotonicNow() - startedAt
    const gone = waiting.filter((id) => !states.has(id) && (known.has(id) || passed >= unknownForMs))
    if (gone.length > 0)
      throw new UsageError('WaitedForGone', `${gone.join(', ')} cannot become ${goal}: not there`, {
        en: 'Check the ids, the region and the account, and whether somebody released them.',
        zh: '请检查 ID、地域和账号，以及资源是否已被释放。',
      })
    for (const id of states.keys()) known.add(id)
    if (passed >= timeoutMs) {
      const seen = [...new Set(waiting.map((id) => states.get(id) ?? 'not there'))]
      throw new TimeoutError(
        'WaitTimeout',
        `${waiting.length} of ${ids.length} not ${goal} after ${timeoutMs} ms; they are ${seen.join(', ')}`,
      )
    }
    await means.sleep(Math.min(pollMs, timeoutMs - passed), signal)
  }
}
