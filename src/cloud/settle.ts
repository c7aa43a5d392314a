import { deadlines } from './faults/pace.ts'
import { NotThereYet } from './engine/absent.ts'
import type { Transition } from './engine/transitions.ts'
import type { Lifecycles } from './lifecycle.ts'
import type { Context } from './operation.ts'
import type { Caller } from './ram/identity.ts'
import type { Machine } from './gateway/exchange.ts'

type Scheduler = Pick<Machine, 'state'> & {
  readonly accountId: string
  readonly regionId: string
  readonly now: number
  readonly pace?: number
}

/** One transition of a kind per subject: scheduling it again moves it. With a pace of Infinity, a change that is under way never ends. */
const schedulerFor =
  ({ state, accountId, regionId, now, pace = 1 }: Scheduler): Context['schedule'] =>
  (kind, subject, afterMs) => {
    const id = `${kind}:${subject}`
    const times = deadlines.has(kind) ? 1 : pace
    if (times === Number.POSITIVE_INFINITY) state.agenda.cancel(id)
    else state.agenda.schedule({ id, accountId, regionId, at: now + afterMs * times, kind, subject })
  }

/** What a handler is given. `pace`: how many times as long the changes take that it sets under way. */
export function contextFor(machine: Pick<Machine, 'state' | 'clock' | 'random'>, caller: Caller, regionId: string, pace = 1): Context {
  const { state, random } = machine
  const now = machine.clock.now()
  const { accountId } = caller
  return { state, random, now, caller, accountId, regionId, schedule: schedulerFor({ state, accountId, regionId, now, pace }) }
}

/** Something that happened by itself: `kind` to the resource `subject`, at `at` (milliseconds since 1970). */
export type Happened = Pick<Transition, 'at' | 'kind' | 'subject'>

/**
 * Applies every transition due by the clock, in order of time, each at its own moment:
 * what one schedules for before now happens in the same sweep.
 * @param lifecycles asked for when something is due
 * @param told of each one that was applied
 */
export function settleDue(
  machine: Pick<Machine, 'state' | 'clock' | 'random'>,
  lifecycles: () => Lifecycles,
  told?: (happened: Happened) => void,
): void {
  const { state, random, clock } = machine
  const now = clock.now()
  const soonest = state.agenda.soonest()
  if (soonest === undefined || soonest > now) return
  const known = lifecycles()
  for (let due = state.agenda.next(now); due !== undefined; due = state.agenda.next(now)) {
    const lifecycle = known[due.kind]
    if (lifecycle === undefined) throw new Error(`no lifecycle is listed for transitions of kind ${due.kind}`)
    const { accountId, regionId, at } = due
    const mark = state.journal.mark()
    const position = random.save()
    try {
      lifecycle(due.subject, { state, random, now: at, schedule: schedulerFor({ state, accountId, regionId, now: at }) })
    } catch (error) {
      state.journal.rollback(mark)
      if (error instanceof NotThereYet) {
        random.restore(position)
        state.agenda.schedule(due)
      }
      throw error
    }
    told?.({ at, kind: due.kind, subject: due.subject })
  }
}

/**
 * Moves a clock that stands still to when something is due next, lets it happen with all that is due at that moment, and tells what
 * that was: nothing when nothing is to come.
 * @throws RangeError while the clock runs by itself, and past the year 9999
 */
export function runToNext(machine: Pick<Machine, 'state' | 'clock' | 'settle'>): Happened[] {
  const { state, clock } = machine
  if (clock.mode !== 'manual') throw new RangeError('only a clock that stands still goes from event to event; freeze it first')
  const happened: Happened[] = []
  const at = state.agenda.soonest()
  if (at === undefined) return happened
  if (at > clock.now()) clock.set(at)
  machine.settle((one) => happened.push(one))
  return happened
}
