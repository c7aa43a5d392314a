import type { Row, Table } from './table.ts'

/** Something that will happen to a resource when the clock reaches `at`. */
export interface Transition extends Row {
  readonly at: number
  /** Names the function in the cloud's list of lifecycles. */
  readonly kind: string
  /** The resource it happens to. */
  readonly subject: string
}

type Due = Pick<Transition, 'at' | 'id'>

/** So many stale entries are never worth a tidying. */
const mostStale = 1024

const sooner = (a: Due, b: Due) => a.at < b.at || (a.at === b.at && a.id < b.id)

/** A binary heap over the transitions table. An entry whose row is gone or has moved is stale and dropped when it comes up. */
export interface Agenda {
  schedule(transition: Transition): void
  cancel(id: string): void
  /** True while a transition of this id is to come. */
  has(id: string): boolean
  /** Takes out the earliest transition due at `now`, or returns undefined. What was changed before is not rolled back after this. */
  next(now: number): Transition | undefined
  /** When the earliest transition is due, or undefined when nothing is. */
  soonest(): number | undefined
  /** Looks at the table anew, after rows were loaded or changes taken back that `next` had made. */
  rebuild(): void
}

export function createAgenda(table: Table<Transition>): Agenda {
  let heap: Due[] = []

  function push(due: Due): void {
    let at = heap.push(due) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!sooner(due, heap[parent] as Due)) break
      heap[at] = heap[parent] as Due
      at = parent
    }
    heap[at] = due
  }

  function pop(): void {
    const last = heap.pop() as Due
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && sooner(heap[child + 1] as Due, heap[child] as Due)) child++
      if (!sooner(heap[child] as Due, last)) break
      heap[at] = heap[child] as Due
      at = child
    }
    heap[at] = last
  }

  function top(): Transition | undefined {
    for (;;) {
      const due = heap[0]
      if (due === undefined) return undefined
      const row = table.get(due.id)
      if (row !== undefined && row.at === due.at) return row
      pop()
    }
  }

  /** Drops the stale entries once they outnumber the rest: those of cancelled subscriptions would lie there for years. */
  function tidy(): void {
    if (heap.length >= mostStale + table.size() * 2) rebuild()
  }

  function rebuild(): void {
    // In order of time, which is a heap.
    heap = table.all().sort((a, b) => (sooner(a, b) ? -1 : 1))
  }

  rebuild()
  return {
    schedule(transition) {
      table.put(transition)
      push(transition)
    },
    cancel: (id) => table.delete(id),
    has: (id) => table.get(id) !== undefined,
    next(now) {
      // Here, where nothing is left to roll back: a row that comes back needs its entry.
      tidy()
      const row = top()
      if (row === undefined || row.at > now) return undefined
      pop()
      table.delete(row.id)
      return row
    },
    soonest: () => top()?.at,
    rebuild,
  }
}
