import { describe, expect, it } from 'vitest'
import { openGate } from './gate.ts'

/** Acts that end when they are told to. */
function acts() {
  const ends: (() => void)[] = []
  const act = () => new Promise<void>((resolve) => ends.push(resolve))
  return { ends, act }
}
const settled = () =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

describe('a gate', () => {
  it('lets so many through, the others in their order, each when one has ended', async () => {
    const gate = openGate(2)
    const { ends, act } = acts()
    const all = Array.from({ length: 5 }, () => gate(act, undefined))
    for (let ended = 0; ended < 5; ended++) {
      await settled()
      expect(ends).toHaveLength(Math.min(ended + 2, 5))
      ends[ended]?.()
    }
    await Promise.all(all)
  })

  it('gives the place of one that fails to the next', async () => {
    const gate = openGate(1)
    const failing = gate(() => Promise.reject(new Error('broken')), undefined)
    const next = gate(async () => 'through', undefined)
    await expect(failing).rejects.toThrow('broken')
    await expect(next).resolves.toBe('through')
  })

  it('lets one that waits leave when its signal is aborted, and the next one takes its turn', async () => {
    const gate = openGate(1)
    const { ends, act } = acts()
    const controller = new AbortController()
    const under = gate(act, undefined)
    const leaving = gate(act, controller.signal)
    const next = gate(async () => 'through', undefined)
    controller.abort(new Error('enough'))
    await expect(leaving).rejects.toThrow('enough')
    await expect(gate(act, controller.signal)).rejects.toThrow('enough')
    ends[0]?.()
    await under
    await expect(next).resolves.toBe('through')
    expect(ends).toHaveLength(1)
  })
})
