import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outlineSpan } from '../engine/outline.ts'
import { openOutlines, type OutlineFile } from './outlines.ts'

/** A disk: what is on it under keys, and the rows of one table as versions by number. */
function newDisk() {
  const kept = new Map<string, Uint8Array>()
  const file: OutlineFile = {
    keys: (kind) => [...kept.keys()].map((key) => JSON.parse(key) as (string | number)[]).filter((key) => key[1] === kind),
    get: (key) => kept.get(JSON.stringify(key)),
  }
  return { kept, file, rows: new Map<number, number>() }
}

/** What an outline says of rows: their versions, in place of their keys. */
const outlineOf = (rows: ReadonlyMap<number, number>, first: number) =>
  Buffer.from(JSON.stringify([...rows].filter(([number]) => number >= first && number < first + outlineSpan)))

type Disk = ReturnType<typeof newDisk>
type Batch = { readonly numbers: readonly number[]; readonly outline: boolean; readonly written: boolean; readonly reopen: boolean }

/** The rows by the outlines and what was noted as changed. */
function told({ file, rows }: Disk): Map<number, number> {
  const book = openOutlines(file, true)
  const found = new Map<number, number>()
  for (const first of book.firsts(1, 'things')) {
    const { bytes, changed } = book.get(1, 'things', first) ?? { bytes: Buffer.from('[]'), changed: [] as readonly number[] }
    for (const [number, version] of JSON.parse(Buffer.from(bytes).toString()) as [number, number][])
      if (!changed.includes(number)) found.set(number, version)
    for (const number of changed) if (rows.has(number)) found.set(number, rows.get(number) as number)
  }
  return found
}

const outlinedRows = ({ file, rows }: Disk) => {
  const firsts = openOutlines(file, true).firsts(1, 'things')
  return new Map([...rows].filter(([number]) => firsts.includes(number - (number % outlineSpan))))
}

const sorted = (rows: ReadonlyMap<number, number>) => [...rows].sort(([a], [b]) => a - b)

test('whatever is written, fails to be written or is killed: a row is as its outline says, or is noted as changed', () => {
  const number = fc.integer({ min: 1, max: outlineSpan * 2 })
  const batch: fc.Arbitrary<Batch> = fc.record({
    numbers: fc.oneof(fc.array(number, { maxLength: 4 }), fc.constant(Array.from({ length: outlineSpan >> 1 }, (_, at) => at))),
    outline: fc.boolean(),
    written: fc.boolean(),
    reopen: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 12 }), (batches) => {
      const disk = newDisk()
      for (let one = 1; one <= outlineSpan * 2; one++) disk.rows.set(one, 0)
      let book = openOutlines(disk.file, true)
      let version = 0
      for (const { numbers, outline, written, reopen } of batches) {
        if (outline) book.add(1, [{ table: 'things', first: outlineSpan, bytes: outlineOf(disk.rows, outlineSpan) }])
        if (outline) book.add(1, [{ table: 'things', first: 0, bytes: outlineOf(disk.rows, 0) }])
        for (const changed of numbers) book.note(1, 'things', changed)
        const writes = book.writes()
        if (written) {
          for (const [key, bytes] of writes) {
            if (bytes === undefined) disk.kept.delete(JSON.stringify(key))
            else disk.kept.set(JSON.stringify(key), bytes)
          }
          version++
          for (const changed of numbers) {
            if (changed % 7 === 0) disk.rows.delete(changed)
            else disk.rows.set(changed, version)
          }
        }
        book.ended(written)
        expect(sorted(told(disk))).toEqual(sorted(outlinedRows(disk)))
        if (reopen) book = openOutlines(disk.file, true)
      }
    }),
    { numRuns: 50 },
  )
})

test('outlines of which many rows were changed are given up, and told as missing', () => {
  const { file, kept } = newDisk()
  const book = openOutlines(file, true)
  const write = () => {
    for (const [key, bytes] of book.writes()) {
      if (bytes === undefined) kept.delete(JSON.stringify(key))
      else kept.set(JSON.stringify(key), bytes)
    }
    book.ended(true)
  }
  book.add(1, [{ table: 'things', first: 0, bytes: Buffer.from('[]') }])
  write()
  expect(book.without(1, 'things')).toEqual([])
  for (let number = 1; number < outlineSpan; number++) book.note(1, 'things', number)
  write()
  expect([book.firsts(1, 'things'), book.without(1, 'things'), [...kept.keys()]]).toEqual([[], [0], []])
})

test('what was not kept in step with the rows counts for nothing, and is removed with the next batch', () => {
  const { file, kept } = newDisk()
  kept.set('[0,"outline",1,"things",0]', Buffer.from('[]'))
  kept.set('[0,"changed",1,"things",0]', Buffer.from('[3]'))
  const book = openOutlines(file, false)
  expect(book.firsts(1, 'things')).toEqual([])
  expect(book.writes()).toEqual([
    [[0, 'outline', 1, 'things', 0], undefined],
    [[0, 'changed', 1, 'things', 0], undefined],
  ])
})

test('with a generation go its outlines, and no other', () => {
  const { file, kept } = newDisk()
  const book = openOutlines(file, true)
  for (const generation of [1, 11]) book.add(generation, [{ table: 'things', first: 0, bytes: Buffer.from('[]') }])
  for (const [key, bytes] of book.writes()) if (bytes !== undefined) kept.set(JSON.stringify(key), bytes)
  book.ended(true)
  expect(book.forget(1)).toEqual([[0, 'outline', 1, 'things', 0]])
  expect([book.firsts(1, 'things'), book.firsts(11, 'things')]).toEqual([[], [0]])
})
