import { describe, expect, it } from 'vitest'
import { nearest } from './nearest.ts'

describe('the nearest word', () => {
  it.each([
    ['lits', 'list'],
    ['LIST', 'list'],
    ['relaese', 'release'],
    ['strat', 'start'],
    ['stopp', 'stop'],
    ['top', 'stop'],
    ['frobnicate', undefined],
    ['', undefined],
    ['x', undefined],
  ])('to %j is %j', (word, meant) => {
    expect(nearest(word, ['list', 'release', 'start', 'stop'])).toBe(meant)
  })

  it('takes a word of any length', () => {
    expect(nearest('x'.repeat(1_000_000), ['list'])).toBeUndefined()
  })
})
