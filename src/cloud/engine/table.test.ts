import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJournal } from './journal.ts'
import { createTable, type Row } from './table.ts'

interface Thing extends Row {
  readonly colour: string
}

const thing = (id: string, colour = 'red', regionId = 'r1'): Thing => ({ id, accountId: 'a', regionId, colour })

function newTable() {
  const journal = createJournal()
  return { journal, table: createTable<Thing, 'colour'>('things', journal, { colour: (row) => row.colour }) }
}

const here = { accountId: 'a', regionId: 'r1' }
const ids = (rows: readonly Row[]) => rows.map((row) => row.id)

describe('a table', () => {
  it('lists the rows of an account and region, newest first, and a changed row keeps its place', () => {
    const { table } = newTable()
    for (const id of ['1', '2', '3']) table.put(thing(id))
    table.put(thing('elsewhere', 'red', 'r2'))
    table.put(thing('1', 'blue'))
    expect(ids(table.select(here))).toEqual(['3', '2', '1'])
    expect(ids(table.select({ accountId: 'other', regionId: 'r1' }))).toEqual([])
  })

  it('lets a row go, or be renamed, before any of the new ones was looked for by name', () => {
    const table = createTable<Thing>('things', createJournal(), {}, { nameOf: (row) => row.colour })
    for (let id = 0; id < 200; id++) table.put(thing(String(id), `${id % 7}`))
    table.delete('0')
    expect(table.select({ ...here, named: { start: '0', whole: true } })).toHaveLength(28)
    for (let id = 200; id < 400; id++) table.put(thing(String(id), `${id % 7}`))
    table.put(thing('201', 'other'))
    expect(ids(table.select({ ...here, named: { start: 'o', whole: false } }))).toEqual(['201'])
  })

  it('finds by index, through changes and deletions', () => {
    const { table } = newTable()
    for (let id = 0; id < 100; id++) table.put(thing(String(id), id % 50 === 0 ? 'green' : 'red'))
    table.put(thing('50', 'red'))
    table.put(thing('7', 'green'))
    table.delete('0')
    expect(ids(table.select({ ...here, by: { colour: 'green' } }))).toEqual(['7'])
    expect(ids(table.by('colour', 'green'))).toEqual(['7'])
    expect(table.select({ ...here, by: { colour: 'none' } })).toEqual([])
  })

  it('is after a rollback what it was before, order and indexes included', () => {
    const step = fc.record({ id: fc.integer({ min: 0, max: 9 }), colour: fc.constantFrom('red', 'green'), gone: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step), fc.array(step), (before, undone) => {
        const { journal, table } = newTable()
        const apply = (steps: typeof before) => {
          for (const { id, colour, gone } of steps) {
            if (gone) table.delete(String(id))
            else table.put(thing(String(id), colour))
          }
        }
        const seen = () => [ids(table.select(here)), ids(table.select({ ...here, by: { colour: 'green' } })), table.size()]
        apply(before)
        journal.take()
        const was = seen()
        apply(undone)
        journal.rollback(0)
        expect(seen()).toEqual(was)
      }),
    )
  })

  it('keeps its order when many rows are deleted and their holes are swept', () => {
    const { journal, table } = newTable()
    for (let id = 0; id < 400; id++) table.put(thing(String(id)))
    for (let id = 0; id < 400; id++) if (id % 10 !== 0) table.delete(String(id))
    journal.take()
    table.sweep()
    const kept = Array.from({ length: 40 }, (_, at) => String(390 - at * 10))
    expect(ids(table.select(here))).toEqual(kept)
    table.put(thing('new'))
    table.delete('390')
    expect(ids(table.select(here))).toEqual(['new', ...kept.slice(1)])
  })

  it('cuts the same page from a list as from a selection, over the holes of deleted rows', () => {
    const { table } = newTable()
    for (let id = 0; id < 50; id++) table.put(thing(String(id), id % 2 === 0 ? 'green' : 'red'))
    for (const id of ['49', '40', '7', '0']) table.delete(id)
    for (const selection of [here, { ...here, by: { colour: 'green' } }, { ...here, ids: ['3', '40', '5', 'none'] }]) {
      const [cut, whole] = [table.list(selection), table.select(selection)]
      expect(cut.length).toBe(whole.length)
      for (const start of [0, 5, 40, 100]) expect(cut.slice(start, start + 10)).toEqual(whole.slice(start, start + 10))
    }
    expect(ids(table.select({ ...here, ids: ['3', '40', '5', 'none'] }))).toEqual(['5', '3'])
    expect(table.count('colour', 'red')).toBe(table.by('colour', 'red').length)
  })
})
