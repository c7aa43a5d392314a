import { type Answer, itemsOf, told } from './reading.ts'

/** A page: which one, where all are of this size. */
export interface Place {
  readonly number: number
  readonly size: number
}

/** What an answer has: its items, the count where it makes sense, and whether all the items are there that belong on the page. */
export interface Found {
  readonly items: readonly unknown[]
  readonly count: number | undefined
  readonly whole: boolean
}

/** What an answer has for a place. */
export function look(answer: Answer, list: string, { number, size }: Place): Found {
  const items = itemsOf(answer, list)
  const before = (number - 1) * size
  const claimed = told(answer, list, 'TotalCount')
  // A count of fewer items than there are says nothing.
  const count = claimed !== undefined && items.length > 0 && claimed < before + items.length ? undefined : claimed
  return { items, count, whole: count === undefined || items.length >= Math.min(size, count - before) }
}

/** A page with items from before `rank` and from behind it, a third of it each at the least; none where pages are too short for that. */
export function acrossSeam(rank: number, longest: number): Place | undefined {
  for (let size = longest - 1; size * 2 > longest; size--) {
    const ahead = rank % size
    if (ahead * 3 >= size && (size - ahead) * 3 >= size) return { number: Math.floor(rank / size) + 1, size }
  }
  return undefined
}

/** How long the service's pages are, seen from the first one: it may keep to another size than it was asked for. */
export function shownSize(answer: Answer, list: string, asked: number): number {
  const { length } = itemsOf(answer, list)
  const shown = told(answer, list, 'PageSize')
  const shorter = length > 0 && length < Math.min(asked, told(answer, list, 'TotalCount') ?? 0)
  return Math.max(shown !== undefined && shown > 0 ? shown : shorter ? length : asked, length)
}
