import { nonEmpty } from '../json.ts'
import { byNumber } from './by-number.ts'
import { type Answer, early, incomplete, itemsOf, type Page, type Reading, told, tooFew } from './reading.ts'
import { pageSize } from './sizes.ts'

/** The token that leads to the next page; none on the last. RAM sends a Marker on when nothing is left, too. */
function next({ paging }: Reading, answer: Answer): string | undefined {
  if (paging.token === 'Marker' && answer.IsTruncated === false) return undefined
  return nonEmpty(answer[paging.token ?? 'NextToken'])
}

/** All pages from `from` on. Returns the least TotalCount told: what came while it was read need not be in it. */
async function* onePass(reading: Reading): AsyncGenerator<Page, number | undefined> {
  const { action, paging, ask, size, from, ahead, seen } = reading
  const name = paging.token ?? 'NextToken'
  const limit = paging.limit ? { [paging.limit]: size ?? pageSize(action, 'token') } : {}
  const tokens = new Set<string>()
  let least: number | undefined
  let call = ask({ ...limit, ...(from !== undefined && { [name]: from }) })
  for (;;) {
    const answer = await call
    const token = next(reading, answer)
    const count = told(answer, paging.list, 'TotalCount')
    if (count !== undefined) least = Math.min(least ?? count, count)
    if (token !== undefined && tokens.has(token))
      throw incomplete(action, {
        en: `goes round in circles: it gave the same ${name} twice`,
        zh: `陷入循环：两次返回相同的 ${name}`,
      })
    if (token !== undefined) tokens.add(token)
    if (token !== undefined && ahead > 0) call = early(ask({ ...limit, [name]: token }))
    yield { answer, fresh: seen.take(itemsOf(answer, paging.list)) }
    if (token === undefined) return least
    if (ahead === 0) call = ask({ ...limit, [name]: token })
  }
}

/**
 * By token: the service holds the place, so that items which come and go between pages move no others.
 * What was read is held against TotalCount. DescribeInstances documents that TotalCount means nothing beside a token: where the
 * operation takes page numbers too, a list that seems short is read by these, which settles it; else it is read once more.
 */
export async function* byToken(reading: Reading): AsyncGenerator<Page> {
  const { action, paging, from, seen } = reading
  const short = (total: number | undefined): total is number => from === undefined && total !== undefined && seen.size < total
  if (!short(yield* onePass(reading))) return
  if (paging.number) {
    yield* byNumber(reading)
    return
  }
  const total = yield* onePass(reading)
  if (short(total)) throw incomplete(action, tooFew(seen.size, total))
}
