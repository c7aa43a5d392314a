import type { Lost } from './failures.ts'
import type { Poll, Row } from './poll.ts'
import type { Waitable } from './waitables.ts'

/** How a wait stands. */
export interface Course {
  readonly waitable: Waitable
  readonly goal: string
  readonly reached: ReadonlySet<string>
  /** The ids that have not been seen at the goal, in the order in which they are asked for next. */
  waiting: readonly string[]
  /** By id, the state last seen: `NotFound` when it was not listed yet. Ids of which nothing is known are not in it. */
  readonly states: Map<string, string>
  readonly done: Set<string>
  /** Every state seen. */
  readonly seen: Set<string>
  /** When the last id arrived, in milliseconds from the beginning. */
  arrivedAtMs: number | undefined
  /** How many polls in a row were throttled. */
  throttled: number
}

/** A wait that has seen nothing yet. */
export const begin = (waitable: Waitable, goal: string, every: readonly string[]): Course => ({
  waitable,
  goal,
  reached: new Set([goal, ...(waitable.alike?.[goal] ?? [])]),
  waiting: every,
  states: new Map(),
  done: new Set(),
  seen: new Set(),
  arrivedAtMs: undefined,
  throttled: 0,
})

/** States of which a wait keeps the names: there are ten at most, unless something answers nonsense. */
const mostSeen = 50

function stateOf(row: Row, fields: readonly string[]): string {
  const value = fields.map((field) => row[field]).find((state) => (typeof state === 'string' && state !== '') || typeof state === 'number')
  return value === undefined ? 'Unread' : String(value).slice(0, 50)
}

/** Notes the states of the ids that are listed; gives back those that cannot reach the goal any more. */
function takeListed({ rows }: Poll, { waitable, goal, reached, states, done, seen }: Course): Lost[] {
  const never = waitable.never[goal] ?? []
  const lost: Lost[] = []
  for (const [id, row] of rows) {
    const state = stateOf(row, waitable.state)
    states.set(id, state)
    if (seen.size < mostSeen) seen.add(state)
    if (reached.has(state)) done.add(id)
    else if (never.includes(state)) lost.push({ id, state, row })
  }
  return lost
}

/** Notes the ids that are not listed; gives back those that are gone, or have been unknown for too long. */
function takeAbsent({ absent }: Poll, { goal, states, done }: Course, elapsedMs: number, unknownForMs: number): Lost[] {
  const lost: Lost[] = []
  for (const id of absent) {
    const before = states.get(id)
    if (goal === 'Deleted') {
      states.set(id, goal)
      done.add(id)
    } else if (before !== undefined && before !== 'NotFound') lost.push({ id, state: undefined })
    else if (elapsedMs >= unknownForMs) lost.push({ id, state: undefined, unknownMs: unknownForMs })
    else states.set(id, 'NotFound')
  }
  return lost
}

/** Takes in what a poll tells; gives back the ids that cannot reach the goal any more. */
export function take(poll: Poll, course: Course, elapsedMs: number, unknownForMs: number): Lost[] {
  const { done, waiting } = course
  const before = done.size
  const lost = [...takeListed(poll, course), ...takeAbsent(poll, course, elapsedMs, unknownForMs)]
  if (done.size > before) course.arrivedAtMs = elapsedMs
  course.throttled = poll.throttled ? course.throttled + 1 : 0
  // Those that a throttled poll did not get to come first in the next.
  const asked = (id: string) => poll.rows.has(id) || poll.absent.has(id)
  const open = waiting.filter((id) => !done.has(id))
  course.waiting = poll.throttled ? [...open.filter((id) => !asked(id)), ...open.filter(asked)] : open
  return lost
}

/** How many ids were last seen in which state. */
export function tally(ids: readonly string[], states: ReadonlyMap<string, string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const id of ids) {
    const state = states.get(id) ?? 'Unread'
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  return counts
}
