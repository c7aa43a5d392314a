import { type Seen, sieve } from './identity.ts'
import { acrossSeam, type Found, look, type Place, shownSize } from './place.ts'
import { type Answer, early, incomplete, type Page, type Reading, tooFew } from './reading.ts'
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

/** How far a list has been read. */
interface Course {
  /** The page that is read next, and the size of pages. */
  number: number
  size: number
  /** Read before that page, where it did not join the ones before it: a page of another size across the seam. */
  seam: Place | undefined
  /** Whether the last page joined. */
  joined: boolean
  /** How many pages did not fit since one further than `furthest` did. */
  misfits: number
  furthest: number
  /** TotalCount as the last page told it, and the least that this pass was told. */
  total: number | undefined
  least: number
  /** The list is read twice at most. */
  pass: 1 | 2
  /** What this pass has read. */
  read: Seen
}

const firstPass = (size: number, read: Seen): Course => ({
  number: 1,
  size,
  seam: undefined,
  joined: true,
  misfits: 0,
  furthest: 0,
  total: undefined,
  least: Number.POSITIVE_INFINITY,
  pass: 1,
  read,
})

/** Whether nothing can be missing between a page and the ones before it. */
const joins = ({ number, joined, total, read }: Course, { count, items }: Found): boolean =>
  number === 1 || count === undefined || (joined && count === total) || items.some(read.has)

/** Goes to a page that may join, after one that did not; the same again where it was only short. */
function stepBack(course: Course, joined: boolean): void {
  course.joined = joined
  if (joined) return
  const { number, size, misfits } = course
  course.seam = course.seam === undefined ? acrossSeam((number - 1) * size, size) : undefined
  if (course.seam === undefined) course.number = Math.max(1, number - 2 ** (misfits - 1))
}

/** Takes in a page that joins. @returns its items that are new */
function takeIn(course: Course, seen: Seen, { items, count }: Found): readonly unknown[] {
  course.joined = true
  course.total = count
  course.least = Math.min(course.least, count ?? course.least)
  const fresh = seen.take(items)
  if (course.read !== seen) course.read.take(items)
  if (course.seam !== undefined) return fresh
  if (course.number > course.furthest) {
    course.furthest = course.number
    course.misfits = 0
  }
  return fresh
}

/** The number of the last page, as far as a page tells. */
function lastPage({ number, size }: Course, { items, count }: Found): number {
  if (count !== undefined) return Math.ceil(count / size)
  return items.length < size ? number : number + 1
}

/** Begins the second pass, for a list that has fewer items than every TotalCount told. */
function startOver(course: Course, { action, paging }: Reading): void {
  const { pass, read, total } = course
  if (pass === 2) throw incomplete(action, tooFew(read.size, total))
  Object.assign(course, { number: 1, furthest: 0, least: Number.POSITIVE_INFINITY, pass: 2, read: sieve(paging.list) })
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
  // What was read by token is checked here, and may turn out to be all there is.
  const checksOther = seen.size > 0
  const course = firstPass(asked, checksOther ? sieve(list) : seen)
  for (;;) {
    const { seam, number } = course
    const answer = await (seam ? ask({ PageNumber: seam.number, PageSize: seam.size }) : pages.take(number))
    if (number === 1) course.size = shownSize(answer, list, asked)
    const place = seam ?? { number, size: course.size }
    const found = look(answer, list, place)
    const { items, count } = found
    const joined = joins(course, found)
    if (!joined || !found.whole) {
      if (++course.misfits > mostMisfits)
        throw incomplete(action, {
          en: `gave ${items.length} items on page ${place.number}, which do not fit the ${count} it counts`,
          zh: `第 ${place.number} 页返回 ${items.length} 项，与总数 ${count} 不符`,
        })
      pages.forget()
      stepBack(course, joined)
      continue
    }
    const known = course.read.size
    const fresh = takeIn(course, seen, found)
    if (count === undefined && items.length > 0 && course.read.size === known)
      throw incomplete(action, {
        en: `goes round in circles: page ${number} has nothing new`,
        zh: `陷入循环：第 ${number} 页没有新的条目`,
      })
    if (seam !== undefined) {
      course.seam = undefined
      yield { answer, fresh }
      continue
    }
    const last = lastPage(course, found)
    const confirmed = checksOther && number === 1 && count !== undefined && seen.size >= count
    if (number < last && !confirmed) pages.send(number + 1, Math.min(last, number + ahead))
    yield { answer, fresh }
    if (confirmed || (number >= last && (count === undefined || course.read.size >= course.least))) return
    course.number++
    if (number < last) continue
    pages.forget()
    startOver(course, reading)
  }
}
