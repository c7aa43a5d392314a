import { expect, test } from 'vitest'
import { NotThereYet } from '../engine/absent.ts'
import { createJournal } from '../engine/journal.ts'
import { createTable, type Row } from '../engine/table.ts'
import { createLoading, type TableSource } from './loading.ts'
import { Halted } from './store.ts'

const rowsOf = (table: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ table, number: at + 1, row: { id: `${table}-${at}`, accountId: '1', regionId: 'r' } }))

/** Tables `small`, of 3 rows, and `large` and `larger`, of 500 and 700, of which those up to 100 rows are loaded at once. */
function begin(change: Partial<TableSource> = {}) {
  const journal = createJournal()
  const table = (name: string) => createTable<Row>(name, journal, {})
  const [small, large, larger] = [table('small'), table('large'), table('larger')]
  const kept: Record<string, ReturnType<typeof rowsOf>> = {
    small: rowsOf('small', 3),
    large: rowsOf('large', 500),
    larger: rowsOf('larger', 700),
  }
  const source: TableSource = {
    tables: () => Object.entries(kept).map(([name, rows]) => ({ name, rows: rows.length, moreThan: (few) => rows.length > few })),
    rows: (name, after, last = Number.POSITIVE_INFINITY) => kept[name]?.filter(({ number }) => number > after && number <= last) ?? [],
    row: (name, number) => kept[name]?.find((row) => row.number === number)?.row,
    outlines: () => [],
    outline: () => undefined,
    keepOutline: () => {},
    seed: 7,
    ...change,
  }
  return { small, large, larger, source, loading: createLoading([small, large, larger], source, 100) }
}

test('small tables are there at once, and how large the others are is known', () => {
  const { small, large, larger, loading } = begin()
  expect(loading.done).toBe(false)
  expect(loading.attempt(() => small.all())).toHaveLength(3)
  expect([large.size(), larger.size()]).toEqual([500, 700])
})

test.each<[string, (table: ReturnType<typeof begin>['large']) => unknown]>([
  ['get', (table) => table.get('large-499')?.id],
  ['all', (table) => table.all().length],
  ['entries', (table) => table.entries().length],
  ['select', (table) => table.select({ accountId: '1', regionId: 'r' }).length],
  ['list', (table) => table.list({ accountId: '1' }).length],
  ['oldest', (table) => table.oldest()?.id],
  ['put', (table) => table.put({ id: 'new', accountId: '1', regionId: 'r' }).id],
  ['delete', (table) => table.delete('large-0')],
])('%s of a table that is not there is told in an attempt, and answered as ever outside of one', (_name, touch) => {
  const { large, larger, loading } = begin()
  expect(() => loading.attempt(() => touch(large))).toThrow(NotThereYet)
  const answered = touch(large)
  const whole = begin()
  whole.large.all()
  expect(answered).toEqual(touch(whole.large))
  expect(() => loading.attempt(() => large.all())).not.toThrow()
  expect(() => loading.attempt(() => larger.all())).toThrow(NotThereYet)
})

test('all is loaded while nobody asks', async () => {
  const { large, larger, loading } = begin()
  await loading.all()
  expect(loading.done).toBe(true)
  expect(loading.all()).toBeUndefined()
  expect(loading.attempt(() => [...large.all(), ...larger.all()])).toHaveLength(1200)
  expect(large.list({ accountId: '1' }).slice(0, 1)).toMatchObject([{ id: 'large-499' }])
})

test('the table that is waited for comes first', async () => {
  const { large, larger, loading } = begin()
  await loading.table('larger')
  expect(loading.attempt(() => larger.all())).toHaveLength(700)
  expect(() => loading.attempt(() => large.all())).toThrow(NotThereYet)
  await loading.table('small')
})

test('tables that are waited for come in the order in which they were asked for', async () => {
  const { loading } = begin()
  const order: string[] = []
  // Whoever waits for all changes nothing in that.
  void loading.all()
  await Promise.all(['larger', 'large', 'larger'].map((name) => loading.table(name).then(() => order.push(name))))
  expect(order).toEqual(['larger', 'larger', 'large'])
})

test('a table that cannot be read fails whoever needs it, the others are loaded', async () => {
  const broken = new Error('the row cannot be read')
  const rows: TableSource['rows'] = (name, after) => {
    if (name === 'large') throw broken
    return rowsOf(name, name === 'small' ? 3 : 700).filter(({ number }) => number > after)
  }
  const { large, larger, loading } = begin({ rows })
  await expect(loading.table('large')).rejects.toBe(broken)
  await loading.table('larger')
  expect(loading.attempt(() => larger.all())).toHaveLength(700)
  expect(() => loading.attempt(() => large.all())).toThrow(broken)
  expect(() => large.size()).not.toThrow()
  await expect(loading.all()).rejects.toBe(broken)
})

test('tables are there before their rows where these are outlined; a great many are waited for, a few are read', async () => {
  const kept = new Map<number, Uint8Array>()
  const first = begin({ keepOutline: ({ table, first: number, bytes }) => void (table === 'larger' && kept.set(number, bytes)) })
  await first.loading.all()
  expect([...kept.keys()]).toEqual([0])
  const { larger, loading } = begin({
    outlines: (name) => (name === 'larger' ? [...kept.keys()] : []),
    outline: (_name, number) => ({ first: number, bytes: kept.get(number) ?? new Uint8Array(), changed: [3] }),
    row: (name, number) => rowsOf(name, 700).find((row) => row.number === number && number !== 3)?.row,
  })
  expect(() => loading.attempt(() => larger.get('larger-5'))).toThrow(NotThereYet)
  await loading.tables()
  expect(loading.tables()).toBeUndefined()
  expect(loading.attempt(() => [larger.size(), larger.get('larger-5')?.id, larger.get('larger-2')])).toEqual([699, 'larger-5', undefined])
  expect(() => loading.attempt(() => larger.all())).toThrow(NotThereYet)
  await loading.table('larger')
  expect(loading.attempt(() => larger.all())).toHaveLength(699)
})

test('whoever waits is told when the loading is halted; it goes on where it was', async () => {
  const { large, larger, loading } = begin()
  const waiting = loading.table('larger')
  loading.halt()
  await expect(waiting).rejects.toBeInstanceOf(Halted)
  await expect(loading.table('large')).rejects.toBeInstanceOf(Halted)
  loading.goOn()
  await loading.all()
  expect([large.all().length, larger.all().length]).toEqual([500, 700])
})

test('a table that nobody knows is refused', () => {
  expect(() => begin({ tables: () => [{ name: 'theirs', rows: 1, moreThan: () => false }] })).toThrow('there is no table "theirs"')
})
