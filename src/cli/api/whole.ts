import type { Paging } from '../../api/shape.ts'
import type { Call, CallOptions } from '../../client/call.ts'
import { pagesOf } from '../../client/list/paginate.ts'

type Answer = Record<string, unknown>

/** What tells of a page alone and means nothing of the whole. */
const ofPages = new Set(['PageNumber', 'PageSize', 'NextToken', 'MaxResults', 'Marker', 'MaxItems', 'IsTruncated'])

/** A whole listing: its answer in the shape of one page, and its items. */
export interface Whole {
  readonly answer: Answer
  readonly items: readonly unknown[]
}

/** The answer with the list at `path` replaced; what is on the way is made where it is missing. */
function withList(answer: Answer, [name = '', ...rest]: readonly string[], items: readonly unknown[]): Answer {
  const inner = answer[name]
  const holder = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Answer) : {}
  return { ...answer, [name]: rest.length === 0 ? items : withList(holder, rest, items) }
}

/**
 * Reads a listing to its end, as one answer in the shape of a page.
 * @throws as `paginate`
 */
export async function readWhole(call: Call, action: string, paging: Paging, input: Answer, options: CallOptions): Promise<Whole> {
  const items: unknown[] = []
  let first: Answer | undefined
  for await (const { answer, fresh } of pagesOf(call, action, paging, input, options)) {
    first ??= answer
    items.push(...fresh)
  }
  const kept = Object.fromEntries(Object.entries(first ?? {}).filter(([name]) => !ofPages.has(name)))
  if ('TotalCount' in kept) kept.TotalCount = items.length
  return { answer: withList(kept, paging.list.split('.'), items), items }
}

const isObject = (value: unknown): value is Answer => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The items of an answer that holds one list and nothing else, as that of `DescribeZones`; undefined for any other answer. */
export function itemsIn(answer: unknown): readonly unknown[] | undefined {
  if (!isObject(answer)) return undefined
  const [inner, ...others] = Object.entries(answer).flatMap(([name, value]) => (name === 'RequestId' ? [] : [value]))
  if (others.length > 0) return undefined
  return Array.isArray(inner) ? inner : itemsIn(inner)
}
