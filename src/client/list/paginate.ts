import type { Paging } from '../../api/shape.ts'
import { together } from '../across/together.ts'
import { type Call, type CallOptions, callOptions } from '../call.ts'
import { UsageError } from '../errors.ts'
import { nonEmpty } from '../json.ts'
import { checkOptions, type Known, wholeNumber } from '../known-options.ts'
import { byNumber } from './by-number.ts'
import { byToken } from './by-token.ts'
import { sieve } from './identity.ts'
import type { Answer, Page, Reading } from './reading.ts'

/** What reading a list may ask for beyond its input. `timeoutMs` holds for each call. */
export interface PageOptions extends CallOptions {
  /** Whether the next page is asked for while the caller works on this one; true by default. */
  readonly prefetch?: boolean | undefined
  /** How many pages are asked for at once, by page number; 1 by default, 64 at most. More than 1 needs an operation that takes page numbers. */
  readonly parallel?: number | undefined
}

const known: Known<PageOptions> = { ...callOptions, prefetch: true, parallel: wholeNumber(1, 64) }

function check(action: string, paging: Paging | undefined, input: Answer, options: PageOptions): asserts paging is Paging {
  checkOptions('a list', options, known)
  const { parallel = 1 } = options
  if (paging === undefined)
    throw new UsageError('NotAListing', `${action} does not page`, { en: 'Call it as it is.', zh: '请直接调用该操作。' })
  if (parallel > 1 && !paging.number)
    throw new UsageError('NoPageNumbers', `${action} has tokens and no page numbers: only an answer tells where the next page begins`, {
      en: 'Leave out parallel.',
      zh: '请去掉 parallel 选项。',
    })
  if (input.PageNumber !== undefined && input.PageNumber !== null)
    throw new UsageError('PageOfAListing', `${action} was to be read whole, and PageNumber asks for one page of it`, {
      en: 'Leave out PageNumber, or call the operation itself for one page.',
      zh: '请去掉 PageNumber；如只需一页，请直接调用该操作。',
    })
}

const count = (value: unknown) => (typeof value === 'number' && value >= 1 ? value : undefined)

/**
 * The pages of a listing to its end, each with those of its items that are new. By token where the operation has one and
 * `parallel` is 1, else by number. Whatever is under way when the caller stops is aborted.
 * @throws UsageError UnknownOption, InvalidOption, NotAListing, NoPageNumbers, PageOfAListing at once; ListIncomplete; and as `call`
 */
export function pagesOf(call: Call, action: string, paging: Paging | undefined, input: object, given: PageOptions): AsyncGenerator<Page> {
  const { PageNumber: _, PageSize, MaxResults, MaxItems, NextToken, Marker, ...rest } = input as Answer
  check(action, paging, input as Answer, given)
  const { prefetch = true, parallel = 1, ...options } = given
  const calls = together(options.signal)
  const reading: Reading = {
    action,
    paging,
    ask: (fields) => calls.run((signal) => call(action, { ...rest, ...fields }, { ...options, signal }) as Promise<Answer>),
    size: count(PageSize) ?? count(MaxResults) ?? count(MaxItems),
    from: nonEmpty(NextToken) ?? nonEmpty(Marker),
    ahead: parallel > 1 ? parallel : prefetch ? 1 : 0,
    seen: sieve(paging.list),
  }
  const pages = paging.token && (parallel === 1 || reading.from !== undefined) ? byToken(reading) : byNumber(reading)
  return (async function* () {
    try {
      for await (const page of pages) {
        options.signal?.throwIfAborted()
        yield page
      }
    } finally {
      calls.end()
    }
  })()
}
