import { describe, expect, it } from 'vitest'
import { rowShapes } from '../generated/row-shapes.ts'
import { createCloud } from '../index.ts'
import { createState } from '../state.ts'
import { misfit, type RowShape } from './row-shape.ts'

const vpc: RowShape = {
  fields: {
    id: 'string',
    at: { optional: 'number' },
    status: { is: ['Available', 'Pending'] },
    tags: [{ fields: { key: 'string' } }],
    of: { each: 'boolean' },
    range: { tuple: ['number', 'number'] },
    amount: { oneOf: ['number', { is: ['none'] }] },
  },
}
const fitting = { id: 'vpc-1', status: 'Pending', tags: [{ key: 'a' }], of: { x: true }, range: [1, 2], amount: 'none' }

describe('a row held against the shape of its table', () => {
  it('fits with or without what it may lack', () => {
    expect(misfit(fitting, vpc)).toBeUndefined()
    expect(misfit({ ...fitting, at: 1, amount: 3 }, vpc)).toBeUndefined()
  })

  it.each([
    ['of another type', { id: 1 }, 'id'],
    ['absent', { status: undefined }, 'status'],
    ['null', { at: null }, 'at'],
    ['one too many', { more: 1 }, 'more'],
    ['of the language', JSON.parse('{"__proto__":{}}'), '__proto__'],
    ['none of its values', { status: 'Gone' }, 'status'],
    ['a list of other things', { tags: [{ key: 'a' }, { key: 2 }] }, 'tags[1].key'],
    ['no list', { tags: {} }, 'tags'],
    ['a list in place of an object', { of: [] }, 'of'],
    ['an object of other things', { of: { x: 1 } }, 'of.x'],
    ['too short', { range: [1] }, 'range'],
    ['none of several', { amount: 'all' }, 'amount'],
  ])('is told the path of a field that is %s', (_, change: object, path) => {
    const row: object = Object.defineProperties({ ...fitting }, Object.getOwnPropertyDescriptors(change))
    expect(misfit(row, vpc)).toBe(path)
  })

  it('is no row when it is something else', () => {
    for (const value of [undefined, null, 1, [], 'x']) expect(misfit(value, vpc)).toBe('the row')
  })
})

describe('an imported file', () => {
  it('may have every table there is', () => {
    expect(Object.keys(rowShapes).toSorted()).toEqual(
      createState()
        .tables.map(({ name }) => name)
        .toSorted(),
    )
  })

  it('is refused, and nothing of it taken in, when a row lacks what the code reads', async () => {
    const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
    const exported = () => JSON.parse(Buffer.from(cloud.exportState()).toString()) as { tables: { vpcs: Record<string, unknown>[] } }
    const [file, { tables }] = [exported(), exported()]
    delete file.tables.vpcs[0]?.tags
    await expect(cloud.importState(Buffer.from(JSON.stringify(file)))).rejects.toThrow(/tags of the row vpc-\S+ of vpcs/)
    expect(exported().tables).toEqual(tables)
  })
})
