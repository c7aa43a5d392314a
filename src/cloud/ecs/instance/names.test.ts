import { describe, expect, it } from 'vitest'
import { defaultHostName, isHostName, nameAt } from './names.ts'

const names = (name: string, amount: number, uniqueSuffix = false) =>
  Array.from({ length: amount }, (_, index) => nameAt(name, index, { amount, uniqueSuffix }))

describe('the names of instances made together', () => {
  it('are all the same when the name says no order', () => {
    expect(names('web', 2)).toEqual(['web', 'web'])
  })

  it.each([
    ['k8s-node-[1,4]-alibabacloud', ['k8s-node-0001-alibabacloud', 'k8s-node-0002-alibabacloud']],
    ['web[]', ['web000000', 'web000001']],
    ['web[,]', ['web000000', 'web000001']],
    ['web[,3]-x', ['web000-x', 'web001-x']],
    ['web[7,]', ['web000007', 'web000008']],
    ['web[1234,2]', ['web001234', 'web001235']],
    ['web[999999,1]', ['web999999', 'web999999']],
    ['web[ 1,4]', ['web[ 1,4]', 'web[ 1,4]']],
    ['web[1,9]', ['web[1,9]', 'web[1,9]']],
  ])('follow the order of %s', (name, expected) => {
    expect(names(name, 2)).toEqual(expected)
  })

  it('take a unique suffix, but not after the brackets of an order', () => {
    expect(names('web', 2, true)).toEqual(['web001', 'web002'])
    expect(names('web[0,2]-x', 2, true)).toEqual(['web00-x001', 'web01-x002'])
    expect(names('web[0,2]', 2, true)).toEqual(['web00', 'web01'])
    expect(names('web', 1, true)).toEqual(['web'])
  })
})

describe('a host name', () => {
  it('is made from the instance id when none is given', () => {
    expect(defaultHostName('i-2zec1slzwdzrwmvlr4w2')).toBe('iZ2zec1slzwdzrwmvlr4w2Z')
  })

  it.each([
    ['web-1.example', 'linux', true],
    ['-web', 'linux', false],
    ['web--1', 'linux', false],
    ['a', 'linux', false],
    ['a'.repeat(65), 'linux', false],
    ['web-1', 'windows', true],
    ['web.1', 'windows', false],
    ['12345', 'windows', false],
    ['a'.repeat(16), 'windows', false],
  ])('%s on %s: %s', (name, osType, fits) => {
    expect(isHostName(name, osType)).toBe(fits)
  })
})
