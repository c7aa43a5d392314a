import { expect, test } from 'vitest'
import { createJournal } from '../engine/journal.ts'
import { outlineSpan, readOutline } from '../engine/outline.ts'
import { createTable, type Row } from '../engine/table.ts'
import { openStore } from './lmdb.ts'
import { createOutlining } from './outlining.ts'
import type { Meta } from './store.ts'
import { temporaryFolder } from './testing.ts'
import { createWriter } from './writer.ts'

const seed = 7
const meta: Omit<Meta, 'generation' | 'closed' | 'format'> = {
  accountId: '1',
  accessKeyId: 'k',
  chance: { key: '00', position: 0 },
  clock: { mode: 'manual', at: 0, machineAt: 0 },
}

const rowOf = (number: number): Row => ({ id: `t-${number}`, accountId: '1', regionId: 'r' })

async function begin(few: number) {
  const folder = temporaryFolder()
  const store = await openStore(folder)
  const journal = createJournal()
  const table = createTable<Row>('things', journal, {})
  const writer = createWriter({
    store,
    format: 1,
    meta: () => meta,
    settled: () => {},
    tookBack: () => {},
    toOutline: createOutlining(store, () => ({ tables: [table], loading: undefined, seed }), few),
  })
  const commit = async () => {
    writer.keep(journal.take())
    while (writer.saved() !== undefined) await writer.saved()
  }
  return { folder, store, table, writer, commit }
}

test('rows of a large table are outlined while the cloud goes on, but for the newest; what is changed later is noted', async () => {
  const { folder, store, table, writer, commit } = await begin(100)
  const count = outlineSpan * 36
  for (let number = 1; number <= count; number++) table.put(rowOf(number))
  await commit()
  const firsts = store.outlines(1, 'things')
  expect(firsts.length).toBeGreaterThanOrEqual(4)
  expect(store.withoutOutline(1, 'things').length).toBeLessThanOrEqual(32)
  table.delete('t-5')
  await commit()
  await writer.close()

  const again = await openStore(folder)
  expect(again.outlines(1, 'things')).toEqual(firsts)
  const { bytes, changed } = again.outline(1, 'things', 0) ?? {}
  expect(changed).toEqual([5])
  expect(readOutline(0, bytes ?? new Uint8Array(), table.outlinedBy(seed))?.numbers).toEqual(
    Float64Array.from({ length: outlineSpan - 1 }, (_, at) => at + 1),
  )
  await again.close()
})

test('rows of a small table are not', async () => {
  const { store, table, writer, commit } = await begin(outlineSpan * 50)
  for (let number = 1; number <= outlineSpan * 36; number++) table.put(rowOf(number))
  await commit()
  expect(store.outlines(1, 'things')).toEqual([])
  await writer.close()
})
