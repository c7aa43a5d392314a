import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NotThereYet } from './absent.ts'
import { createHashes, hashOf } from './hashes.ts'
import { createJournal } from './journal.ts'
import { outlineSpan, readOutline } from './outline.ts'
import { createTable, type Row, type Table } from './table.ts'

interface Thing extends Row {
  readonly colours: readonly string[]
  readonly name: string
}

type Things = Table<Thing, 'colour' | 'serial'>

const seed = 7

function newTable() {
  const journal = createJournal()
  const indexes = { colour: (row: Thing) => row.colours, serial: (row: Thing) => `serial-${row.id}` }
  return { journal, table: createTable<Thing, 'colour' | 'serial'>('things', journal, indexes, { nameOf: (row) => row.name }) }
}

const thing = (number: number, change: Partial<Thing> = {}): Thing => ({
  id: `t-${number}`,
  accountId: number % 11 === 0 ? 'b' : 'a',
  regionId: number % 3 === 0 ? 'r2' : 'r1',
  colours: number % 700 === 0 ? ['rare'] : number % 2 === 0 ? ['red'] : ['green', 'blue'],
  name: number % 5 === 0 ? 'same' : `web-${number}`,
  ...change,
})

/** The rows of a store, in a table that outlines them; `changed` since they were outlined. */
function outlined(rows: ReadonlyMap<number, Thing>, changed: ReadonlyMap<number, Thing | undefined> = new Map(), span = outlineSpan) {
  const maker = newTable().table
  const { journal, table } = newTable()
  const now = (number: number) => (changed.has(number) ? changed.get(number) : rows.get(number))
  let reads = 0
  for (let first = 0; first <= Math.max(...rows.keys()); first += span) {
    const here = [...rows].filter(([number]) => number >= first && number < first + span)
    const outline = readOutline(first, maker.outline(first, here, seed), table.outlinedBy(seed))
    if (outline === undefined) throw new Error('no outline of this table')
    const numbers = [...changed.keys()].filter((number) => number >= first && number < first + span).sort((a, b) => a - b)
    table.loadOutline(outline, seed, numbers, now)
  }
  let many = () => {}
  table.outlined({
    read(number) {
      reads++
      return now(number) as Thing
    },
    many: () => many(),
  })
  return { journal, table, reads: () => reads, whenMany: (then: () => void) => void (many = then) }
}

function loaded(rows: ReadonlyMap<number, Thing>) {
  const { journal, table } = newTable()
  for (const [number, row] of [...rows].sort(([a], [b]) => a - b)) table.load(number, row)
  return { journal, table }
}

const rowsOf = (count: number) => new Map(Array.from({ length: count }, (_, at) => [at + 1, thing(at + 1)] as const))

const scope = { accountId: 'a', regionId: 'r1' }
const colours = ['red', 'green', 'blue', 'rare', 'new', 'none']

function seen(table: Things): unknown {
  const lists = [
    table.list(scope),
    table.list({ accountId: 'a' }),
    ...colours.map((colour) => table.list({ ...scope, by: { colour } })),
    table.list({ ...scope, by: { colour: ['green', 'blue'] } }),
    ...['web-1', 'same', 'renamed', ''].map((start) => table.list({ ...scope, named: { start, whole: false } })),
    table.list({ ...scope, named: { start: 'web-17', whole: true } }),
    table.list({ ...scope, ids: ['t-1', 't-2', 't-5', 'none'] }),
  ]
  return {
    size: table.size(),
    counts: colours.map((colour) => table.count('colour', colour)),
    pages: lists.map((list) => [list.length, list.slice(0, 5), list.slice(list.length >> 1, (list.length >> 1) + 5)]),
    serials: ['serial-t-1', 'serial-t-9', 'serial-none'].map((serial) => [table.count('serial', serial), table.by('serial', serial)]),
    got: table.get('t-4'),
    oldest: table.oldest()?.id,
  }
}

test('a table that knows the outlines of its rows answers as one that has the rows', () => {
  const rows = rowsOf(3000)
  expect(seen(outlined(rows).table)).toEqual(seen(loaded(rows).table))
  expect(outlined(rows).table.all()).toEqual(loaded(rows).table.all())
  expect(outlined(rows).table.entries()).toEqual(loaded(rows).table.entries())
})

test('it reads the rows that are asked for, and each once', () => {
  const { table, reads } = outlined(rowsOf(3000))
  expect(table.list({ ...scope, by: { colour: 'red' } }).length).toBeGreaterThan(500)
  expect(reads()).toBe(0)
  for (let time = 0; time < 2; time++) {
    table.list(scope).slice(0, 10)
    table.get('t-2')
    table.get('none')
  }
  expect(reads()).toBe(11)
})

test('a row that was changed or deleted after the outline was made is what it is now', () => {
  const rows = rowsOf(2000)
  const changed = new Map<number, Thing | undefined>([
    [1, undefined],
    [7, thing(7, { colours: ['new'], name: 'renamed' })],
    [1024, undefined],
    [1999, thing(1999, { colours: [] })],
    [2001, thing(2001)],
  ])
  const now = new Map([...new Map([...rows, ...changed])].filter((entry): entry is [number, Thing] => entry[1] !== undefined))
  const { table, journal } = outlined(rows, changed)
  expect(seen(table)).toEqual(seen(loaded(now).table))
  table.put(thing(5000))
  expect(journal.take()).toMatchObject([{ number: 2002 }])
})

test('whoever needs a great many rows is told to wait for them, before one of them is read', () => {
  const { table, reads, whenMany } = outlined(rowsOf(3000))
  whenMany(() => {
    throw new NotThereYet('things')
  })
  const needs: (() => unknown)[] = [
    () => table.all(),
    () => table.entries(),
    () => table.by('colour', 'red'),
    () => table.select(scope),
    () => table.list({ ...scope, where: (row) => row.name === 'same' }),
  ]
  for (const need of needs) expect(need).toThrow(NotThereYet)
  expect(reads()).toBe(0)
  for (const [number, row] of rowsOf(3000)) table.fill(number, row)
  for (const need of needs) expect(need).not.toThrow()
  expect(reads()).toBe(0)
})

test('keys that share a hash are told apart by their rows', () => {
  const maker = newTable().table
  const { table } = newTable()
  const rows = [1, 3, 5].map((number) => [number, thing(number, { colours: [] })] as const)
  const outline = readOutline(0, maker.outline(0, rows, seed), table.outlinedBy(seed))
  if (outline === undefined) throw new Error('no outline of this table')
  for (const { index, hashes } of outline.indexes) if (index === 'serial') hashes[1] = hashes[0] ?? 0
  table.loadOutline(outline, seed, [], () => undefined)
  table.outlined({ read: (number) => thing(number, { colours: [] }), many: () => {} })
  expect(table.by('serial', 'serial-t-1').map(({ id }) => id)).toEqual(['t-1'])
  expect(table.count('serial', 'serial-t-5')).toBe(1)
})

test('rows that are read ahead change nothing, and undo none of the changes', () => {
  const rows = rowsOf(2000)
  const { table } = outlined(rows)
  const twin = loaded(rows).table
  for (const one of [table, twin]) {
    one.put(thing(2, { colours: ['new'], name: 'renamed' }))
    one.delete('t-4')
    one.put(thing(9999))
  }
  for (const [number, row] of rows) table.fill(number, row)
  expect(seen(table)).toEqual(seen(twin))
  expect(table.all()).toEqual(twin.all())
})

test('whatever is changed and taken back, it stays the same as one that has the rows', () => {
  const number = fc.integer({ min: 1, max: 60 })
  const step = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), number, colour: fc.constantFrom(...colours) }),
    fc.record({ kind: fc.constant('delete' as const), number }),
    fc.record({ kind: fc.constantFrom('get' as const, 'fill' as const), number }),
    fc.record({ kind: fc.constantFrom('undo' as const, 'commit' as const) }),
  )
  const rows = rowsOf(50)
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 64 }), (steps, span) => {
      const both = [outlined(rows, new Map(), span), loaded(rows)]
      for (const one of steps)
        for (const { table, journal } of both) {
          if (one.kind === 'put') table.put(thing(one.number, { colours: [one.colour], name: `web-${one.colour}` }))
          else if (one.kind === 'delete') table.delete(`t-${one.number}`)
          else if (one.kind === 'get') table.get(`t-${one.number}`)
          else if (one.kind === 'undo') journal.rollback(0)
          else if (one.kind === 'fill') {
            const row = rows.get(one.number)
            if (row !== undefined) table.fill(one.number, row)
          } else {
            journal.take()
            table.sweep()
          }
        }
      const [outlinedOne, loadedOne] = both.map(({ table }) => [seen(table), table.all()])
      expect(outlinedOne).toEqual(loadedOne)
    }),
    { numRuns: 60 },
  )
})

test('an outline that was made with another seed, or by other indexes, is told from ours', () => {
  const { table } = newTable()
  const bytes = table.outline(0, [[1, thing(1)]], seed)
  const other = createTable<Thing, 'colour'>('things', createJournal(), { colour: (row) => row.name })
  expect(readOutline(0, bytes, table.outlinedBy(seed))?.numbers).toEqual(Float64Array.of(1))
  expect(readOutline(0, bytes, table.outlinedBy(8))).toBeUndefined()
  expect(readOutline(0, bytes, other.outlinedBy(seed))).toBeUndefined()
  expect(() => readOutline(0, bytes.subarray(0, 20), table.outlinedBy(seed))).toThrow()
})

test('a hundred thousand ids that differ in one place have a hundred thousand hashes, which are found', () => {
  const hashes = createHashes()
  const ids = Array.from({ length: 100_000 }, (_, at) => `i-bp1${at.toString(36).padStart(17, '0')}`)
  expect(new Set(ids.map((id) => hashOf(id, 3) % 0x100000000)).size).toBeGreaterThan(99_990)
  expect(new Set(ids.map((id) => hashOf(id, 3))).size).toBe(100_000)
  ids.forEach((id, slot) => hashes.add(hashOf(id, 3), slot))
  hashes.add(hashOf(ids[5] ?? '', 3), 100_000)
  expect(hashes.take(hashOf(ids[5] ?? '', 3))).toEqual([5, 100_000])
  expect(hashes.take(hashOf(ids[5] ?? '', 3))).toEqual([])
  expect(ids.filter((id, slot) => slot !== 5 && hashes.find(hashOf(id, 3), () => true) !== slot)).toEqual([])
  expect(hashes.size()).toBe(99_999)
})
