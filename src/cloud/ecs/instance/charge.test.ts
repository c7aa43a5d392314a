import { describe, expect, it } from 'vitest'
import { periodEnd } from './charge.ts'

const after = (from: string, period: number, unit: string) => new Date(periodEnd(Date.parse(from), period, unit)).toISOString().slice(0, 10)

describe('the end of a subscription', () => {
  it('is the same day some weeks or months later', () => {
    expect(after('2026-01-15T00:00:00Z', 2, 'Week')).toBe('2026-01-29')
    expect(after('2026-01-15T00:00:00Z', 12, 'Month')).toBe('2027-01-15')
  })

  it('is the last day of a month that has no such day', () => {
    expect(after('2026-01-31T10:00:00Z', 1, 'Month')).toBe('2026-02-28')
    expect(after('2026-08-31T10:00:00Z', 1, 'Month')).toBe('2026-09-30')
  })
})
