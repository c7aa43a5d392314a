import type { Paging } from '../../api/shape.ts'
import type { CallOptions } from '../call.ts'
import { UsageError } from '../errors.ts'

type Call = (action: string, input: object, options: CallOptions) => Promise<unknown>
type Answer = Readonly<Record<string, unknown>>

/** Listings whose documented maximum for a page is 50, not 100. */
const pagesOf50 = new Set([
  'DescribeCloudAssistantStatus',
  'DescribeCommands',
  'DescribeDeploymentSets',
  'DescribeInstanceStatus',
  'DescribeInvocationResults',
  'DescribeInvocations',
  'DescribeKeyPairs',
  'DescribeSendFileResults',
  'DescribeVpcs',
  'DescribeVSwitches',
])

const pageSize = (action: string) => (pagesOf50.has(action) ? 50 : 100)

/** The items of a page at `list`, e.g. `Instances.Instance`; none when the answer has no such list. */
export function itemsOf(answer: unknown, list: string): readonly unknown[] {
  let value = answer
  for (const part of list.split('.')) value = typeof value === 'object' && value !== null ? (value as Answer)[part] : undefined
  return Array.isArray(value) ? value : []
}

const incomplete = (what: string) =>
  new UsageError('ListIncomplete', what, {
    en: 'The list changed while it was read: read it again.',
    zh: '读取过程中列表发生了变化：请重新读取。',
  })

/** By token: the service holds the place, so that items which come and go between pages move no others. */
async function* byToken(call: Call, action: string, paging: Paging, input: Answer, options: CallOptions): AsyncGenerator<Answer> {
  const token = paging.token as string
  const size = paging.limit && input[paging.limit] === undefined ? { [paging.limit]: pageSize(action) } : {}
  const seen = new Set<string>()
  let next = input[token]
  do {
    const answer = (await call(action, { ...input, ...size, ...(next ? { [token]: next } : {}) }, options)) as Answer
    yield answer
    next = paging.token === 'Marker' && answer.IsTruncated === false ? undefined : answer[token]
    if (typeof next !== 'string' || next === '') return
    if (seen.has(next)) throw incomplete(`${action} goes round in circles: it gave the same ${token} twice`)
    seen.add(next)
  } while (true)
}

/**
 * Items by their id, which is named after the list (`Disks.Disk` has DiskId): one that moved to the next page between two calls
 * is counted once, so that the one it pushed off is missed. Items without such an id all count.
 */
function counter({ list }: Paging): (items: readonly unknown[]) => number {
  const name = `${list.slice(list.lastIndexOf('.') + 1)}Id`
  const ids = new Set<unknown>()
  return (items) => {
    for (const item of items) ids.add((item as Answer | null)?.[name] ?? Symbol('without id'))
    return ids.size
  }
}

/** A number that an answer tells beside its list, or beside an object that holds the list. */
function told(answer: Answer, list: string, name: 'TotalCount' | 'PageSize'): number | undefined {
  let value: unknown = answer
  for (const part of list.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    const number = Number((value as Answer)[name] ?? Number.NaN)
    if (Number.isFinite(number)) return number
    value = (value as Answer)[part]
  }
  return undefined
}

/** By number, held against TotalCount; listings that tell no count end with a page that is not full. */
async function* byNumber(call: Call, action: string, paging: Paging, input: Answer, options: CallOptions): AsyncGenerator<Answer> {
  const size = typeof input.PageSize === 'number' ? input.PageSize : pageSize(action)
  const count = counter(paging)
  for (let number = 1; ; number++) {
    const answer = (await call(action, { ...input, PageNumber: number, PageSize: size }, options)) as Answer
    const items = itemsOf(answer, paging.list)
    const seen = count(items)
    const total = told(answer, paging.list, 'TotalCount')
    if (total !== undefined && items.length === 0 && seen < total)
      throw incomplete(`${action} gave ${seen} items and no more, of ${total} it counts`)
    yield answer
    if (total === undefined ? items.length < (told(answer, paging.list, 'PageSize') ?? size) : seen >= total) return
  }
}

/**
 * The pages of a listing to its end: by token where the operation has one, else by number.
 * @throws UsageError NotAListing, ListIncomplete
 */
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
