import { describe, expect, it, vi } from 'vitest'
import { createClock, manualStart } from './clock.ts'

describe('a clock', () => {
  it('stands still when manual, and moves as told, forwards only', () => {
    const clock = createClock('manual')
    expect(clock.now()).toBe(manualStart)
    clock.advance(60_000)
    expect(clock.now()).toBe(manualStart + 60_000)
    expect(() => clock.set(manualStart)).toThrow(RangeError)
    expect(clock.now()).toBe(manualStart + 60_000)
  })

  it('that stands still is the same whatever the machine shows', () => {
    const clock = createClock('manual')
    expect(clock.state()).toEqual({ mode: 'manual', at: manualStart, machineAt: manualStart })
  })

  it('can be frozen and moved on while the machine is never asked the same time twice', () => {
    let machine = 0
    const time = vi.spyOn(Date, 'now').mockImplementation(() => machine++)
    try {
      const clock = createClock('real')
      clock.advance(0)
      clock.freeze()
      expect(clock.now()).toBe(clock.now())
    } finally {
      time.mockRestore()
    }
  })

  it('can be frozen', () => {
    const clock = createClock({ scale: 1_000_000 })
    clock.freeze()
    const then = clock.now()
    expect(clock.mode).toBe('manual')
    expect(clock.now()).toBe(then)
  })
})
