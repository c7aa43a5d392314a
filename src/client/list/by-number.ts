import { sieve } from './identity.ts'
import { type Answer, early, incomplete, itemsOf, type Page, type Reading, told } from './reading.ts'
import { pageSize } from './sizes.ts'

/** How often in a row a page may fail to fit the ones before it. */
const mostMisfits = 8

/** The pages on their way, by number. */
function flight({ ask }: Reading, PageSize: number) {
  const calls = new Map<number, Promise<Answer>>()
  const send = (from: number, to: number) => {
    for (let PageNumber = from; PageNumber <= to; PageNumber++)
      if (!calls.has(PageNumber)) calls.set(PageNumber, early(ask({ PageNumber, PageSize })))
  }
  return {
    send,
    take(number: number): Promise<Answer> {
      send(number, number)
      const call = calls.get(number) as Promise<Answer>
      calls.delete(number)
      return call
    },
    forget: () => calls.clear(),
  }
}

/**
 * By number, held against TotalCount; a listing that tells no count ends with a page that is not full.
 *
 * Page numbers count from the front of a list that may change: an item that goes pulls the ones behind it forward, past the
 * place where the next page begins. So each page must join the ones before it: TotalCount is as it was, or the page has an item
 * that was seen before, behind which nothing can be missing. A page that does not join is put aside for one of another size that
 * lies across the seam; where that does not join either, pages further ahead are read again until one does: page 1 always does.
 * Items that are fewer than every TotalCount told are read once more.
 */
export async function* byNumber(reading: Reading): AsyncGenerator<Page> {
  const { action, paging, ask, ahead, seen } = reading
  const { list } = paging
  const asked = reading.size ?? pageSize(action, 'number')
  const pages = flight(reading, asked)
  let size = asked
  let total: number | undefined
  let number = 1
  let least = Number.POSITIVE_INFINITY
  let furthest = 0
  let misfits = 0
  let joined = true
  const checksOther = seen.size > 0
  let read = checksOther ? sieve(list) : seen
  let seam: Place | undefined
  for (let pass = 1; ; ) {
    const answer = seam ? await ask({ PageNumber: seam.number, PageSize: seam.size }) : await pages.take(number)
    if (number === 1) size = shownSize(answer, list, asked)
    const place = seam ?? { number, size }
    const { items, count, whole } = look(answer, list, place)
    const joins: boolean = number === 1 || count === undefined || (joined && count === total) || items.some(read.has)
    if (!joins || !whole) {
      if (++misfits > mostMisfits)
        throw incomplete(action, `gave ${items.length} items on page ${place.number}, which do not fit the ${count} it counts`)
      pages.forget()
      if (!joins) {
        seam = seam === undefined ? acrossSeam((number - 1) * size, size) : undefined
        if (seam === undefined) number = Math.max(1, number - 2 ** (misfits - 1))
      }
      joined = joins
      continue
    }
    joined = true
    total = count
    least = Math.min(least, count ?? least)
    const known = read.size
    const fresh = seen.take(items)
    if (read !== seen) read.take(items)
    if (count === undefined && items.length > 0 && read.size === known)
      throw incomplete(action, `goes round in circles: page ${number} has nothing new`)
    if (seam !== undefined) {
      seam = undefined
      yield { answer, fresh }
      continue
    }
    if (number > furthest) misfits = 0
    furthest = Math.max(furthest, number)
    const last = count === undefined ? (items.length < size ? number : number + 1) : Math.ceil(count / size)
    const confirmed = checksOther && number === 1 && count !== undefined && seen.size >= count
    if (number < last && !confirmed) pages.send(number + 1, Math.min(last, number + ahead))
    yield { answer, fresh }
    if (count === undefined ? number >= last : confirmed || (number >= last && read.size >= least)) return
    number++
    if (number <= last) continue
    if (pass++ === 2) throw incomplete(action, `gave ${read.size} different items, of ${count} it counts`)
    pages.forget()
    read = sieve(list)
    least = Number.POSITIVE_INFINITY
    number = 1
    furthest = 0
  }
}

interface Place {
  readonly number: number
  readonly size: number
}

/** A page with items from before `rank` and from behind it, a third of it each at the least; none where pages are too short for that. */
function acrossSeam(rank: number, longest: number): Place | undefined {
  for (let size = longest - 1; size * 2 > longest; size--) {
    const ahead = rank % size
    if (ahead * 3 >= size && (size - ahead) * 3 >= size) return { number: Math.floor(rank / size) + 1, size }
  }
  return undefined
}

/** What an answer has: its items, the count where it makes sense, and whether all the items are there that belong on the page. */
function look(answer: Answer, list: string, { number, size }: Place) {
  const items = itemsOf(answer, list)
  const before = (number - 1) * size
  const claimed = told(answer, list, 'TotalCount')
  // A count of fewer items than there are says nothing.
  const count = claimed !== undefined && items.length > 0 && claimed < before + items.length ? undefined : claimed
  return { items, count, whole: count === undefined || items.length >= Math.min(size, count - before) }
}

/** How long the service's pages are, seen from the first one: it may keep to another size than it was asked for. */
function shownSize(answer: Answer, list: string, asked: number): number {
  const { length } = itemsOf(answer, list)
  const shown = told(answer, list, 'PageSize')
  const shorter = length > 0 && length < Math.min(asked, told(answer, list, 'TotalCount') ?? 0)
  return Math.max(shown !== undefined && shown > 0 ? shown : shorter ? length : asked, length)
}
