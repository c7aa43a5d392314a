import { expect, it } from 'vitest'
import { createRecent } from './recent.ts'

it('what is asked for again is kept, and the rest is bounded', () => {
  const recent = createRecent<number>(10)
  let made = 0
  const make = () => ++made
  expect(recent.of('mine', make)).toBe(1)
  for (let name = 0; name < 1_000; name++) {
    recent.of(String(name), make)
    expect(recent.of('mine', make)).toBe(1)
    expect(recent.values().length).toBeLessThanOrEqual(20)
    expect(new Set(recent.values()).size).toBe(recent.values().length)
  }
  expect(recent.of('0', make)).toBe(made)
})
