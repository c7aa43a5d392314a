import { describe, expect, it } from 'vitest'
import { createJournal } from '../engine/journal.ts'
import { createTable, type Row } from '../engine/table.ts'
import { heldStore } from './testing.ts'
import { createWriter, type Writer } from './writer.ts'

interface Thing extends Row {
  readonly colour: string
}

const thing = (id: string, colour = 'red'): Thing => ({ id, accountId: 'a', regionId: 'r', colour })

const meta = {
  accountId: 'a',
  accessKeyId: 'k',
  seed: undefined,
  chance: { key: '00', position: 0 },
  clock: { mode: 'manual', at: 0, machineAt: 0 },
} as const

function world() {
  const journal = createJournal()
  const table = createTable<Thing>('things', journal, {})
  const held = heldStore()
  const seen: string[] = []
  const writer: Writer = createWriter({
    store: held.store,
    meta: () => meta,
    format: 1,
    settled: () => seen.push('settled'),
    tookBack: () => seen.push('took back'),
  })
  /** One request that puts or deletes rows. */
  const commit = (change: () => void) => {
    change()
    writer.keep(journal.take())
    return writer.saved() as Promise<void>
  }
  const colours = () => Object.fromEntries(table.all().map((row) => [row.id, row.colour]))
  return { ...held, table, writer, commit, colours, seen }
}

describe('bringing changes to the disk', () => {
  it('writes those of many requests at once, each row as it is in the end', async () => {
    const { table, commit, pass, writer } = world()
    const first = commit(() => table.put(thing('1')))
    const second = commit(() => {
      table.put(thing('1', 'blue'))
      table.put(thing('2'))
      table.delete('2')
    })
    const batch = await pass()
    await Promise.all([first, second])
    expect([...(batch.rows.get(1) ?? [])]).toEqual([
      { table: 'things', number: 1, row: thing('1', 'blue') },
      { table: 'things', number: 2, row: undefined },
    ])
    expect(writer.saved()).toBeUndefined()
  })

  it('does not let an answer go before its own write is done, and writes in order', async () => {
    const { table, commit, pass, next } = world()
    const told: string[] = []
    const first = commit(() => table.put(thing('1'))).then(() => told.push('first'))
    const write = await next()
    const second = commit(() => table.put(thing('2'))).then(() => told.push('second'))
    expect(told).toEqual([])
    write.resolve()
    await first
    expect(told).toEqual(['first'])
    await pass()
    await second
    expect(told).toEqual(['first', 'second'])
  })

  it('takes back everything that did not reach the disk when a write fails, that of later requests too, and goes on', async () => {
    const { table, commit, pass, next, colours, seen, writer } = world()
    const kept = commit(() => table.put(thing('1')))
    await pass()
    await kept
    const lost = commit(() => {
      table.put(thing('1', 'blue'))
      table.put(thing('2'))
    })
    const write = await next()
    const later = commit(() => table.delete('1'))
    write.reject(new Error('no space'))
    await expect(lost).rejects.toThrow('no space')
    await expect(later).rejects.toThrow('no space')
    expect(colours()).toEqual({ 1: 'red' })
    expect(writer.saved()).toBeUndefined()
    expect(seen).toContain('took back')
    const again = commit(() => table.put(thing('3')))
    await pass()
    await again
    expect(colours()).toEqual({ 1: 'red', 3: 'red' })
  })

  it('writes another cloud in the place of one as a generation of its own, or brings the old one back', async () => {
    const { table, commit, pass, fail, writer, seen } = world()
    writer.renew(() => seen.push('old one back'))
    const lost = commit(() => table.put(thing('1')))
    await fail()
    await expect(lost).rejects.toThrow('no space')
    expect(seen).toContain('old one back')
    writer.renew(() => {})
    const kept = commit(() => table.put(thing('2')))
    const { meta: written, rows } = await pass()
    await kept
    expect([...rows.keys()]).toEqual([written.generation])
    expect(written.generation).not.toBe(1)
  })

  it('asks for patience when the disk falls behind', async () => {
    const { table, commit, pass, writer } = world()
    let last: Promise<void> | undefined
    for (let id = 0; id <= 10_001; id++) last = commit(() => table.put(thing(String(id))))
    const room = writer.room()
    expect(room).toBeDefined()
    await pass()
    await Promise.all([last, room])
    expect(writer.room()).toBeUndefined()
  })

  it('closes with a note that it was closed in good order', async () => {
    const { table, commit, pass, writer, written } = world()
    void commit(() => table.put(thing('1')))
    const closing = writer.close()
    await pass()
    await pass()
    await closing
    expect(written.map((batch) => batch.meta.closed)).toEqual([false, true])
  })
})
