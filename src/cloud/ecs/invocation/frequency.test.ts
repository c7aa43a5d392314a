import { describe, expect, it } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { nextDue } from './frequency.ts'

const now = Date.UTC(2026, 0, 1)
const due = (frequency: string) => {
  const at = nextDue(frequency, now)
  return at === undefined ? undefined : toSeconds(at)
}

describe('a frequency', () => {
  it.each([
    ['rate(5m)', '2026-01-01T00:05:00Z'],
    ['at(2026-01-02 03:04:05)', '2026-01-01T19:04:05Z'],
    ['at(2026-01-02 03:04:05 UTC)', '2026-01-02T03:04:05Z'],
    ['0 0 12 * * ?', '2026-01-01T04:00:00Z'],
    ['0 */15 * * * ? UTC', '2026-01-01T00:15:00Z'],
    ['0 30 9 ? * MON-FRI * Asia/Shanghai', '2026-01-01T01:30:00Z'],
    ['0 0 0 29 2 ? * GMT', '2028-02-29T00:00:00Z'],
  ])('%s is due next at %s', (frequency, at) => {
    expect(due(frequency)).toBe(at)
  })

  it.each(['', 'rate(1s)', '* * * * * ?', '0 60 * * * ?', '0 0 0 31 2 ?', '0 0 0 L * ?', '0 0 0 * * ? 2026 Nowhere/Else'])(
    '%j is none, or never due',
    (frequency) => {
      expect(due(frequency)).toBeUndefined()
    },
  )
})
