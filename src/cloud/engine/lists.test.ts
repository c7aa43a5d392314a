import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJournal } from './journal.ts'
import { createTable, type Row, type Selection } from './table.ts'

interface Thing extends Row {
  readonly colours: readonly string[]
  readonly name: string
}

type Wanted = Selection<Thing, 'colour'>

const newTable = () => {
  const journal = createJournal()
  const table = createTable<Thing, 'colour'>('things', journal, { colour: (row) => row.colours }, { nameOf: (row) => row.name })
  return { journal, table }
}

/** What a list must hold, found by looking at every row. */
function looked(rows: readonly Thing[], { accountId, regionId, ids, by, named, where }: Wanted): string[] {
  const keys = [by?.colour ?? []].flat()
  return rows
    .filter((row) => row.accountId === accountId && row.regionId === regionId && (ids === undefined || ids.includes(row.id)))
    .filter((row) => keys.every((key) => row.colours.includes(key)) && (where === undefined || where(row)))
    .filter(({ name }) => named === undefined || (named.whole ? name === named.start : name.startsWith(named.start)))
    .map(({ id }) => id)
    .reverse()
}

const here = { accountId: 'a', regionId: 'r1' }
const colours = ['red', 'green', 'blue', 'rare']
const selections: Wanted[] = [
  here,
  { accountId: 'a', regionId: 'r2' },
  ...colours.map((colour) => ({ ...here, by: { colour } })),
  { ...here, by: { colour: ['red', 'green'] } },
  { ...here, by: { colour: ['green', 'red', 'blue'] } },
  { ...here, by: { colour: ['red', 'rare'] } },
  { ...here, by: { colour: 'none' } },
  { ...here, named: { start: '', whole: false } },
  ...['w', 'web-', 'web-1', 'web-12', 'web-1234', 'none'].map((start) => ({ ...here, named: { start, whole: false } })),
  ...['web-1', 'same', 'web-', 'none'].map((start) => ({ ...here, named: { start, whole: true } })),
  { ...here, by: { colour: 'red' }, named: { start: 'web-1', whole: false } },
  { ...here, by: { colour: 'red' }, where: (row) => row.name.endsWith('7') },
  { ...here, ids: ['3', '40000', '5', 'none'], by: { colour: 'red' } },
]

function same(table: ReturnType<typeof newTable>['table'], rows: readonly Thing[]): void {
  expect(table.size()).toBe(rows.length)
  for (const selection of selections) {
    const [found, wanted] = [table.list(selection), looked(rows, selection)]
    expect(found.length).toBe(wanted.length)
    for (const start of [0, 7, wanted.length >> 1, Math.max(wanted.length - 3, 0), wanted.length])
      expect(found.slice(start, start + 10).map(({ id }) => id)).toEqual(wanted.slice(start, start + 10))
  }
  for (const colour of colours) expect(table.count('colour', colour)).toBe(rows.filter((row) => row.colours.includes(colour)).length)
}

const thing = (number: number): Thing => ({
  id: String(number),
  accountId: 'a',
  regionId: number % 7 === 0 ? 'r2' : 'r1',
  colours: colours.filter((_, at) => (number * 2654435761) % (at === 3 ? 4000 : at + 2) === 0),
  name: number % 3 === 0 ? 'same' : `web-${number}`,
})

describe('lists of a large table', () => {
  it('hold what looking at every row finds, through changes, deletions, sweeps and what is taken back', () => {
    const { journal, table } = newTable()
    const rows = new Map<string, Thing>()
    const put = (row: Thing) => rows.set(row.id, table.put(row))
    for (let number = 0; number < 50_000; number++) put(thing(number))
    same(table, [...rows.values()])
    for (let number = 0; number < 50_000; number += 3) put({ ...thing(number + 1), id: String(number), regionId: thing(number).regionId })
    same(table, [...rows.values()])
    journal.take()
    for (let number = 0; number < 50_000; number++) if (number % 5 !== 0) table.delete(String(number))
    for (let number = 0; number < 1_000; number++) table.put(thing(60_000 + number))
    journal.rollback(0)
    same(table, [...rows.values()])
    for (let number = 0; number < 50_000; number++) {
      if (number % 5 === 0 && number > 20_000) continue
      table.delete(String(number))
      rows.delete(String(number))
    }
    same(table, [...rows.values()])
    journal.take()
    table.sweep()
    for (let number = 60_000; number < 61_000; number++) put(thing(number))
    same(table, [...rows.values()])
  })

  it('hold the same as looking at every row, for any names', () => {
    const name = fc.stringMatching(/^[ab]{0,4}$/)
    const names = fc.array(fc.tuple(name, name), { minLength: 300, maxLength: 400 })
    fc.assert(
      fc.property(names, fc.array(name, { maxLength: 20 }), (all, starts) => {
        const { table } = newTable()
        const rows = new Map<string, Thing>()
        const put = (id: string, one: string) => rows.set(id, table.put({ ...thing(1), id, name: one }))
        all.forEach(([first], at) => put(String(at), first))
        all.forEach(([, second], at) => at % 2 === 0 && put(String(at), second))
        all.forEach((_, at) => at % 3 === 0 && rows.delete(String(at)) && table.delete(String(at)))
        for (const start of starts)
          for (const whole of [true, false]) {
            const wanted = { ...here, named: { start, whole } }
            expect(table.select(wanted).map(({ id }) => id)).toEqual(looked([...rows.values()], wanted))
          }
      }),
      { numRuns: 30 },
    )
  })
})

it('rows that come and go before anybody looks are found as they are', () => {
  const { journal, table } = newTable()
  const many = Array.from({ length: 1000 }, (_, at) => thing(at))
  for (const row of many) table.put(row)
  const gone = new Set(many.filter((_row, at) => at % 3 === 0).map(({ id }) => id))
  for (const id of gone) table.delete(id)
  table.put(thing(5000))
  journal.take()
  table.sweep()
  const left = [...many.filter(({ id }) => !gone.has(id)), thing(5000)]
  same(table, left)
})
