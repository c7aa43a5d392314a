import type { Paging } from '../api/shape.ts'
import type { CallOptions } from './call.ts'
import { UsageError } from './errors.ts'

type Call = (action: string, input: object, options: CallOptions) => Promise<unknown>
type Answer = Readonly<Record<string, unknown>>

/** Listings whose documented maximum for PageSize is 50, not 100. */
const pagesOf50 =
  /^(?:DescribeInstanceStatus|DescribeKeyPairs|DescribeDeploymentSets|DescribeVpcs|DescribeVSwitches|DescribeCommands|DescribeInvocations|DescribeInvocationResults|DescribeSendFileResults|DescribeCloudAssistantStatus)$/

const pageSize = (action: string) => (pagesOf50.test(action) ? 50 : 100)

/** The items of a page, wherever the operation keeps them. */
export function itemsOf(answer: Answer, { list }: Paging): readonly unknown[] {
  let value: unknown = answer
  for (const part of list.split('.')) value = typeof value === 'object' && value !== null ? (value as Answer)[part] : undefined
  return Array.isArray(value) ? value : []
}

const incomplete = (action: string, seen: number, total: number) =>
  new UsageError('ListIncomplete', `${action} gave ${seen} items and then no more, of ${total} it says there are`, {
    en: 'The list changed while it was read: read it again.',
    zh: '读取过程中列表发生了变化：请重新读取。',
  })

async function* byToken(call: Call, action: string, paging: Paging, input: Answer, options: CallOptions): AsyncGenerator<Answer> {
  const token = paging.token as string
  const seen = new Set<string>()
  let next: unknown = input[token]
  do {
    const size = paging.limit && input[paging.limit] === undefined ? { [paging.limit]: pageSize(action) } : {}
    const answer = (await call(action, { ...input, ...size, ...(next ? { [token]: next } : {}) }, options)) as Answer
    yield answer
    next = paging.token === 'Marker' && answer.IsTruncated === false ? '' : answer[token]
    if (typeof next === 'string' && next !== '' && seen.has(next)) throw incomplete(action, seen.size, Number.NaN)
    if (typeof next === 'string') seen.add(next)
  } while (typeof next === 'string' && next !== '')
}

async function* byNumber(call: Call, action: string, paging: Paging, input: Answer, options: CallOptions): AsyncGenerator<Answer> {
  const size = typeof input.PageSize === 'number' ? input.PageSize : pageSize(action)
  let seen = 0
  for (let number = 1; ; number++) {
    const answer = (await call(action, { ...input, PageNumber: number, PageSize: size }, options)) as Answer
    const count = itemsOf(answer, paging).length
    const total = Number(answer.TotalCount ?? seen + count)
    seen += count
    if (count === 0 && seen < total) throw incomplete(action, seen, total)
    yield answer
    if (seen >= total) return
  }
}

/** The pages of a listing to its end: by token where the operation has one, else by number, held against TotalCount. */
export function pagesOf(
  call: Call,
  action: string,
  paging: Paging | undefined,
  input: object,
  options: CallOptions,
): AsyncGenerator<Answer> {
  if (paging === undefined)
    throw new UsageError('NotAListing', `${action} does not page`, { en: 'Call it as it is.', zh: '请直接调用该操作。' })
  return (paging.token ? byToken : byNumber)(call, action, paging, input as Answer, options)
}
