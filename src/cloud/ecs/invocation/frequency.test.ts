import { describe, expect, it } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { isFrequency, nextDue } from './frequency.ts'

const now = Date.UTC(2026, 0, 1)
const due = (frequency: string) => {
  const at = nextDue(frequency, now)
  return at === undefined ? undefined : toSeconds(at)
}

describe('a frequency', () => {
  it.each([
    ['rate(5m)', '2026-01-01T00:05:00Z'],
    ['at(2026-01-02 03:04:05)', '2026-01-02T03:04:05Z'],
    ['at(2026-01-02 03:04:05 UTC)', '2026-01-02T03:04:05Z'],
    ['at(2026-06-06 13:15:30 Asia/Shanghai)', '2026-06-06T05:15:30Z'],
    ['at(2026-06-06 13:15:30 GMT-7:00)', '2026-06-06T20:15:30Z'],
    ['0 0 12 * * ?', '2026-01-01T04:00:00Z'],
    ['0 */15 * * * ? UTC', '2026-01-01T00:15:00Z'],
    ['10,40 * * * * ? UTC', '2026-01-01T00:00:10Z'],
    ['0 30 9 ? * MON-FRI * Asia/Shanghai', '2026-01-01T01:30:00Z'],
    ['0 15 08 ? * 7 * UTC', '2026-01-04T08:15:00Z'],
    ['0 0/30 10-11 * * ? 2026 GMT+8:00', '2026-01-01T02:00:00Z'],
    ['0 0/5 14 * 10 ? 2026/2 UTC', '2026-10-01T14:00:00Z'],
    ['0 0 0 29 2 ? * UTC', '2028-02-29T00:00:00Z'],
    ['0 15 10 L * ? UTC', '2026-01-31T10:15:00Z'],
    ['0 0 0 LW * ? UTC', '2026-01-30T00:00:00Z'],
    ['0 0 0 31W * ? UTC', '2026-01-30T00:00:00Z'],
    ['0 0 0 1W 2 ? UTC', '2026-02-02T00:00:00Z'],
    ['0 0 0 ? * 5L UTC', '2026-01-30T00:00:00Z'],
    ['0 0 0 ? * FRI#3 UTC', '2026-01-16T00:00:00Z'],
  ])('%s is due next at %s', (frequency, at) => {
    expect(due(frequency)).toBe(at)
  })

  it('of a rate counts from when it was created', () => {
    expect(nextDue('rate(5m)', now, now - 120_000)).toBe(now + 180_000)
  })

  it.each([
    '',
    'rate(1s)',
    '? * * * * ?',
    '0 60 * * * ?',
    '0 0 0 31 2 ?',
    '0 0 0 32W * ?',
    '0 0 0 ? * 8',
    '0 0 0 ? * 6#6',
    '0 15 008 ? * *',
    '0 0 0 * * ? 2025',
    '0 0 0 * * ? 2026 Nowhere/Else',
    '0 0 0 * * ? 2026 CST',
    '0 0 0 * * ? GMT+08:00',
  ])('%j is none, or never due', (frequency) => {
    expect(due(frequency)).toBeUndefined()
  })

  it.each([
    ['rate(60s)', 59_000, true],
    ['rate(60s)', 60_000, false],
    ['0 0/1 * * * ?', 60_000, true],
    ['0 0/1 * * * ?', 61_000, false],
    ['0/10 * * * * ?', 10_000, true],
    ['0/5 * * * * ?', 1_000, false],
    ['55 59 23 * * ?', 3_600_000, true],
    ['0,59 0 0 * * ?', 60_000, false],
  ])('%s leaves a run of %d ms its time: %s', (frequency, timeoutMs, fits) => {
    expect(isFrequency(frequency, now, timeoutMs)).toBe(fits)
  })
})
