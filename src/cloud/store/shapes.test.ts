import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Row } from '../engine/table.ts'
import { createShapes } from './shapes.ts'

const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.boolean(),
  fc.constant(undefined),
  fc.array(fc.record({ key: fc.string(), value: fc.string() }, { noNullPrototype: true })),
)

const row = fc
  .tuple(
    fc.record({ id: fc.string(), accountId: fc.string(), regionId: fc.string() }, { noNullPrototype: true }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value),
  )
  .map(([base, more]): Row => ({ ...base, ...more }))

it('reads rows as they were written, fields without a value and the order of fields included, with the names it had before as well', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const shapes = createShapes()
      const bytes = rows.map((one) => shapes.encode(one))
      const later = createShapes(JSON.parse(JSON.stringify(shapes.names)) as string[][])
      const read = bytes.map((one) => later.decode(one))
      expect(read).toStrictEqual(rows)
      expect(read.map((one) => Object.keys(one))).toEqual(rows.map((one) => Object.keys(one)))
    }),
  )
})

it.each(['[7,1]', '[0]', 'x', '{}', 'null'])('refuses bytes that are no row: %s', (text) => {
  const shapes = createShapes([['id', 'accountId', 'regionId']])
  expect(() => shapes.decode(Buffer.from(text))).toThrow()
})
