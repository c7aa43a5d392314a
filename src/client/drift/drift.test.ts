import { describe, expect, it } from 'vitest'
import type { ObjectShape } from '../../api/shape.ts'
import { checkDrift, findDrift } from './drift.ts'

const shape: ObjectShape = {
  RequestId: 'string',
  TotalCount: 'number',
  Disks: { Disk: [{ DiskId: 'string', Portable: 'boolean', Tags: { Tag: [{ TagKey: 'string' }] } }] },
  Names: ['string'],
  Labels: { '*': 'string' },
  Extra: 'any',
}

describe('an answer held against its shape', () => {
  it.each([
    ['as documented', { RequestId: 'R', TotalCount: 1, Disks: { Disk: [{ DiskId: 'd-1', Portable: true }] }, Names: ['a'] }],
    ['without its fields', {}],
    ['with fields that are null', { RequestId: null, Disks: { Disk: [null, { DiskId: null }] } }],
    ['with fields nobody knows', { New: [1], Disks: { Disk: [{ New: {} }], New: 'x' } }],
    ['with anything where anything goes', { Extra: [{ a: 1 }] }],
    ['with free keys', { Labels: { a: 'x', constructor: 'y' } }],
  ])('is fine %s', (_, result) => {
    expect(findDrift(result, shape)).toBeUndefined()
  })

  it.each([
    ['TotalCount', 'number', 'string', { TotalCount: '1' }],
    ['Disks', 'object', 'list', { Disks: [] }],
    ['Disks', 'object', 'string', { Disks: '' }],
    ['Disks.Disk', 'list', 'object', { Disks: { Disk: {} } }],
    ['Disks.Disk[1].Portable', 'boolean', 'string', { Disks: { Disk: [{ Portable: false }, { Portable: 'false' }] } }],
    ['Disks.Disk[0].Tags.Tag[1].TagKey', 'string', 'number', { Disks: { Disk: [{ Tags: { Tag: [{ TagKey: 'a' }, { TagKey: 2 }] } }] } }],
    ['Disks.Disk[0]', 'object', 'string', { Disks: { Disk: ['d-1'] } }],
    ['Names[1]', 'string', 'number', { Names: ['a', 1] }],
    ['Labels.b', 'string', 'boolean', { Labels: { a: 'x', b: true } }],
    ['', 'object', 'list', []],
  ])('tells of %s that is no %s but a %s', (path, expected, found, result) => {
    expect(findDrift(result, shape)).toEqual({ path, expected, found })
  })

  it('looks at the first 10,000 values and no further', () => {
    const names = (count: number) => ({ Names: [...Array.from({ length: count }, () => 'a'), 1] })
    expect(findDrift(names(9_000), shape)?.path).toBe('Names[9000]')
    expect(findDrift(names(10_000), shape)).toBeUndefined()
  })

  it('is read by the catalogue, which knows every operation and forgives what it does not know', async () => {
    expect(await checkDrift('ecs', 'DescribeDisks', { TotalCount: '7' })).toEqual({
      path: 'TotalCount',
      expected: 'number',
      found: 'string',
    })
    expect(await checkDrift('ecs', 'DescribeDisks', { TotalCount: 7 })).toBeUndefined()
    expect(await checkDrift('ecs', 'DescribeNothing', { TotalCount: '7' })).toBeUndefined()
    expect(await checkDrift('ram', 'ListUsers', { Users: { User: {} } })).toMatchObject({ path: 'Users.User', expected: 'list' })
  })
})
