import { describe, expect, it } from 'vitest'
import { nextAbove, spotFraction } from './curve.ts'
import { takenBackAt } from './model.ts'

const hour = 3_600_000
const start = Date.UTC(2026, 0, 1)
const year = Array.from({ length: 365 * 24 }, (_, index) => start + index * hour)
const place = 'cn-hangzhou-h/ecs.g7.large'

describe('the spot curve', () => {
  it('lies between a tenth and the whole of the pay-as-you-go price, and is the same within an hour', () => {
    const fractions = year.map((at) => spotFraction('seed', place, at))
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0.1)
    expect(Math.max(...fractions)).toBeLessThanOrEqual(1)
    expect(year.map((at) => spotFraction('seed', place, at + hour - 1))).toEqual(fractions)
  })

  it('moves from hour to hour, is mostly low, and surges now and then', () => {
    const fractions = year.map((at) => spotFraction('seed', place, at))
    expect(new Set(fractions).size).toBeGreaterThan(8000)
    const surged = fractions.filter((fraction) => fraction > 0.4).length / fractions.length
    expect(surged).toBeGreaterThan(0.002)
    expect(surged).toBeLessThan(0.05)
  })

  it('differs by seed and by place', () => {
    const of = (seed: string, where: string) => year.slice(0, 48).map((at) => spotFraction(seed, where, at))
    expect(of('a', place)).not.toEqual(of('b', place))
    expect(of('a', place)).not.toEqual(of('a', 'cn-hangzhou-i/ecs.g7.large'))
  })

  it('is searched for the next hour above a price as if hour by hour', () => {
    for (const least of [0.2, 0.3, 0.5, 0.9, 1]) {
      const above = (fraction: number) => fraction > least
      const found = year.slice(1).find((at) => above(spotFraction('seed', place, at)))
      expect(nextAbove('seed', place, above, start + 1, start + 365 * 24 * hour)).toBe(found)
    }
  })

  it('with a limit above every price never takes back', () => {
    const market = { id: 'market', accountId: '', regionId: '', seed: 's', entries: [] }
    const where = { zoneId: 'cn-hangzhou-h', instanceType: 'ecs.g7.large' }
    expect(takenBackAt(market, where, 100, start, start + 90 * 24 * hour)).toBeUndefined()
    expect(takenBackAt(market, where, undefined, start, start + 90 * 24 * hour)).toBeUndefined()
    expect(takenBackAt(market, where, 0.001, start + 5, start + hour)).toBe(start + 5)
  })
})
