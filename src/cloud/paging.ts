import type { Sliceable } from './engine/table.ts'
import { demand } from './fault.ts'

export interface PageInput {
  readonly PageNumber?: number | undefined
  readonly PageSize?: number | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

export interface PageLimits {
  /** PageSize when none is given; 10 by default. */
  readonly defaultSize?: number
  readonly maxSize: number
  /** Bounds that MaxResults is clamped to; [10, 100] by default. */
  readonly maxResults?: readonly [number, number]
}

export interface Page<R> {
  readonly rows: readonly R[]
  readonly fields: { readonly TotalCount: number; readonly PageNumber?: number; readonly PageSize?: number; readonly NextToken: string }
}

/** A page's number is an integer of 32 bits. */
export const isPageNumber = (number: number): boolean => Number.isInteger(number) && number >= 1 && number < 2 ** 31

const tokenPattern = /^tx[0-9a-f]{30}$/
/** Opaque to clients, as real ones are (32 hex digits or longer): where the next page starts. */
const toToken = (offset: number) => `tx${offset.toString(16).padStart(30, '0')}`

function fromToken(token: string): number {
  const offset = tokenPattern.test(token) ? Number.parseInt(token.slice(2), 16) : Number.NaN
  demand(Number.isSafeInteger(offset), 'InvalidParameter.NextToken', 'The specified NextToken is not valid.')
  return offset
}

/**
 * Cuts one page out of `all` and answers the paging fields that go with it.
 * A NextToken makes PageNumber and PageSize count for nothing; a plain page carries a NextToken too while more remains,
 * since aliyun-cli reads on by token whatever the first call said.
 * @throws Fault InvalidParameter when a page number or size is out of range or the token is not one of ours
 */
export function page<R>(all: Sliceable<R>, input: PageInput, { defaultSize = 10, maxSize, maxResults = [10, 100] }: PageLimits): Page<R> {
  const byToken = Boolean(input.NextToken) || input.MaxResults !== undefined
  const size = byToken
    ? Math.min(Math.max(input.MaxResults ?? input.PageSize ?? maxResults[0], maxResults[0]), maxResults[1])
    : (input.PageSize ?? defaultSize)
  const number = input.PageNumber ?? 1
  demand(
    Number.isInteger(size) && size >= 1 && size <= Math.max(maxSize, maxResults[1]),
    'InvalidParameter',
    'The specified PageSize is not valid.',
  )
  demand(byToken || size <= maxSize, 'InvalidParameter', 'The specified PageSize is not valid.')
  demand(isPageNumber(number), 'InvalidParameter', 'The specified PageNumber is not valid.')
  const start = input.NextToken ? fromToken(input.NextToken) : byToken ? 0 : (number - 1) * size
  const rows = all.slice(start, start + size)
  const NextToken = start + size < all.length ? toToken(start + size) : ''
  const TotalCount = all.length
  return { rows, fields: byToken ? { TotalCount, NextToken } : { TotalCount, PageNumber: number, PageSize: size, NextToken } }
}
