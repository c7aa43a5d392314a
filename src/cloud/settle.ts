import type { Lifecycles } from './lifecycle.ts'
import type { Context } from './operation.ts'
import type { Caller } from './ram/identity.ts'
import type { Machine } from './gateway/exchange.ts'

type Scheduler = Pick<Machine, 'state'> & { readonly accountId: string; readonly regionId: string; readonly now: number }

/** One transition of a kind per subject: scheduling it again moves it. */
const schedulerFor =
  ({ state, accountId, regionId, now }: Scheduler): Context['schedule'] =>
  (kind, subject, afterMs) =>
    state.agenda.schedule({ id: `${kind}:${subject}`, accountId, regionId, at: now + afterMs, kind, subject })

/** What a handler is given. */
export function contextFor(machine: Pick<Machine, 'state' | 'clock' | 'random'>, caller: Caller, regionId: string): Context {
  const { state, random } = machine
  const now = machine.clock.now()
  const { accountId } = caller
  return { state, random, now, caller, accountId, regionId, schedule: schedulerFor({ state, accountId, regionId, now }) }
}

/**
 * Applies every transition due by the clock, in order of time, each at its own moment:
 * what one schedules for before now happens in the same sweep.
 */
export function settleDue(machine: Pick<Machine, 'state' | 'clock' | 'random'>, lifecycles: Lifecycles): void {
  const { state, random, clock } = machine
  const now = clock.now()
  for (let due = state.agenda.next(now); due !== undefined; due = state.agenda.next(now)) {
    const lifecycle = lifecycles[due.kind]
    if (lifecycle === undefined) throw new Error(`no lifecycle is listed for transitions of kind ${due.kind}`)
    const { accountId, regionId, at } = due
    const mark = state.journal.mark()
    try {
      lifecycle(due.subject, { state, random, now: at, schedule: schedulerFor({ state, accountId, regionId, now: at }) })
    } catch (error) {
      state.journal.rollback(mark)
      throw error
    }
  }
}
