import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJournal } from './journal.ts'
import { createTable } from './table.ts'
import { createAgenda, type Transition } from './transitions.ts'

const due = (id: string, at: number): Transition => ({ id, accountId: 'a', regionId: 'r', at, kind: 'k', subject: id })

function newAgenda() {
  const journal = createJournal()
  return { journal, agenda: createAgenda(createTable<Transition>('transitions', journal, {})) }
}

function drain(agenda: ReturnType<typeof createAgenda>, now: number): string[] {
  const seen: string[] = []
  for (let next = agenda.next(now); next !== undefined; next = agenda.next(now)) seen.push(next.id)
  return seen
}

describe('the agenda', () => {
  it('hands out what is due in order of time, whatever order it came in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }), (times) => {
        const { agenda } = newAgenda()
        times.forEach((at, index) => agenda.schedule(due(String(index).padStart(3, '0'), at)))
        const expected = times
          .map((at, index) => ({ at, id: String(index).padStart(3, '0') }))
          .filter(({ at }) => at <= 25)
          .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
        expect(drain(agenda, 25)).toEqual(expected.map(({ id }) => id))
        expect(agenda.next(25)).toBeUndefined()
      }),
    )
  })

  it('moves what is scheduled again, drops what is cancelled, and forgets what is rolled back', () => {
    const { journal, agenda } = newAgenda()
    agenda.schedule(due('moved', 10))
    agenda.schedule(due('moved', 30))
    agenda.schedule(due('cancelled', 5))
    agenda.cancel('cancelled')
    journal.take()
    agenda.schedule(due('undone', 1))
    journal.rollback(0)
    expect(agenda.soonest()).toBe(30)
    expect(drain(agenda, 20)).toEqual([])
    expect(drain(agenda, 30)).toEqual(['moved'])
  })
})
