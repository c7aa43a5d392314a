import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concurrently } from './concurrent.ts'

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

  it.each([0, 1.5, 1001, Number.NaN])('refuses a concurrency of %d', async (concurrency) => {
    await expect(concurrently([1], concurrency, async () => 1)).rejects.toMatchObject({ code: 'InvalidOption' })
  })
})
