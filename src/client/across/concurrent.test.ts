import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concurrently } from './concurrent.ts'
import { together } from './together.ts'

describe('work on many', () => {
  it('is begun once for each, some at a time, with the results in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.nat(), { maxLength: 30 }), fc.integer({ min: 1, max: 8 }), async (s, items, most) => {
        let now = 0
        let highest = 0
        const begun: number[] = []
        const done = concurrently(items, most, async (item, index) => {
          begun.push(index)
          highest = Math.max(highest, ++now)
          await s.schedule(Promise.resolve())
          now--
          return item * 2
        })
        await s.waitFor(done)
        expect(await done).toEqual(items.map((item) => item * 2))
        expect(begun).toEqual(items.map((_, index) => index))
        expect(highest).toBe(Math.min(most, items.length))
      }),
      { numRuns: 100 },
    )
  })

  it('stops beginning after a failure', async () => {
    const begun: number[] = []
    const work = async (item: number) => {
      begun.push(item)
      if (item === 2) throw new Error('two')
    }
    await expect(concurrently([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow('two')
    expect(begun.length).toBeLessThan(5)
  })
})

describe('calls that end together', () => {
  it('end with the reason of the caller’s signal, which one of them listens to', async () => {
    const stop = new AbortController()
    let listeners = 0
    const { signal } = stop
    const add = signal.addEventListener.bind(signal)
    signal.addEventListener = (...words: Parameters<typeof add>) => {
      listeners++
      add(...words)
    }
    const calls = together(signal)
    const never = (own: AbortSignal) =>
      new Promise<void>((_, reject) => {
        own.addEventListener('abort', () => reject(own.reason as Error))
      })
    const running = Array.from({ length: 20 }, () => calls.run(never))
    stop.abort(new Error('enough'))
    expect(new Set((await Promise.allSettled(running)).map((one) => one.status === 'rejected' && String(one.reason)))).toEqual(
      new Set(['Error: enough']),
    )
    expect(listeners).toBe(1)
    await expect(calls.run(async () => 'late')).rejects.toThrow('enough')
  })
})
