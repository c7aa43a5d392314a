import { ApiError, apiError } from '../api-error.ts'
import type { Call, CallOptions } from '../call.ts'
import { asError, UsageError } from '../errors.ts'
import { itemsOf } from '../list/reading.ts'
import type { Verb } from './verbs.ts'

type Answer = Readonly<Record<string, unknown>>

export interface Means {
  readonly call: Call
  readonly action: string
  readonly verb: Verb
  readonly input: object
  readonly options: CallOptions
}

/**
 * How a call went with one id. `item`: what the answer tells of an id whose error is told beside others that may have gone well;
 * absent where the whole call failed.
 */
export type Reply =
  | { readonly id: string; readonly ok: true; readonly answer: Answer }
  | { readonly id: string; readonly ok: false; readonly error: Error; readonly item?: Answer }

/** A dry run that finds nothing wrong is refused with a code that says so. */
const passed = new Set(['200', 'DRYRUN.SUCCESS', 'DryRunOperation'])

/** Refusals that are about the caller or the service, never about one of the ids. */
const aboutNoId = new Set(['throttled', 'transient', 'credentials'])

/** What the answer says of each id. */
async function repliesOf({ action, verb, options }: Means, ids: readonly string[], answer: Answer): Promise<Reply[]> {
  if (verb.each === undefined) return ids.map((id) => ({ id, ok: true, answer }))
  const told = new Map((itemsOf(answer, verb.each) as Answer[]).map((one) => [one.InstanceId, one]))
  const replies = ids.map(async (id): Promise<Reply> => {
    const one = told.get(id)
    if (one === undefined) return { id, ok: false, error: unanswered(action, id), item: {} }
    const code = String(one.Code ?? '')
    if (passed.has(code)) return { id, ok: true, answer: one }
    const error = await apiError({
      action,
      regionId: options.regionId ?? '',
      code,
      status: 200,
      requestId: String(answer.RequestId ?? ''),
      attempts: 1,
      message: String(one.Message ?? ''),
    })
    return { id, ok: false, error, item: one }
  })
  return Promise.all(replies)
}

/**
 * Sends one call for `ids`, and where it is refused as a whole, one for each half, down to the ids alone. Every id has a reply,
 * in their order. A call that failed without an answer is not divided: whether it took effect is not known.
 */
export async function send(means: Means, ids: readonly string[]): Promise<Reply[]> {
  const { call, action, verb, input, options } = means
  try {
    // With SuccessFirst a dry run finds everything right.
    const along = (input as Answer).DryRun === true ? {} : verb.with
    const answer = await call(action, { ...along, ...input, [verb.ids]: verb.most === 1 ? ids[0] : ids }, options)
    return await repliesOf(means, ids, (answer ?? {}) as Answer)
  } catch (error) {
    const refused = error instanceof ApiError
    if (refused && passed.has(error.code))
      return ids.map((id) => ({ id, ok: true, answer: { Code: error.code, RequestId: error.requestId } }))
    if (ids.length === 1 || !refused || aboutNoId.has(error.class)) return ids.map((id) => ({ id, ok: false, error: asError(error) }))
    const middle = Math.ceil(ids.length / 2)
    return [...(await send(means, ids.slice(0, middle))), ...(await send(means, ids.slice(middle)))]
  }
}

const unanswered = (action: string, id: string): UsageError =>
  new UsageError(
    'NoAnswerForId',
    { en: `${action} did not say how it went with ${id}`, zh: `${action} 未说明 ${id} 的处理结果` },
    {
      en: 'Look at the resource before you repeat the call.',
      zh: '请先查看该资源的状态，再决定是否重试。',
    },
  )
