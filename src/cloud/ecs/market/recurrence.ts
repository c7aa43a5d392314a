import { demand } from '../../fault.ts'
import { demandOneOf } from '../values.ts'

/** Hours of some days in which a reservation holds. */
export interface Recurrence {
  readonly RecurrenceType?: string | undefined
  /** Every so many days (`1`); days of the week from 0, Sunday, by comma (`1,2`), or days of the month (`1-5`, or by comma). */
  readonly RecurrenceValue?: string | undefined
  readonly StartHour?: number | undefined
  readonly EndHour?: number | undefined
}

/** A rule as it is read. */
interface Window {
  readonly type: string
  readonly days: ReadonlySet<number>
  readonly from: number
  readonly until: number
}

/** A month is taken as 30 days. */
const lengths: Readonly<Record<string, number>> = { Daily: 30, Weekly: 7, Monthly: 30 }
const dayMs = 86_400_000
/** The hours of windows are those of UTC+8 (unconfirmed). */
const zoneMs = 8 * 3_600_000

function daysOf(text: string): readonly number[] {
  const range = /^(\d{1,2})-(\d{1,2})$/.exec(text)
  if (range === null) return text.split(',', 32).map(Number)
  const [from, until] = [Number(range[1]), Number(range[2])]
  return until < from ? [Number.NaN] : Array.from({ length: until - from + 1 }, (_, at) => from + at)
}

function windowOf({ RecurrenceType = 'Daily', RecurrenceValue = '1', StartHour = 0, EndHour = 24 }: Recurrence): Window {
  demandOneOf(RecurrenceType || 'none', Object.keys(lengths), 'RecurrenceRules.RecurrenceType', 'InvalidParameter')
  const hours = [StartHour, EndHour].every((hour) => Number.isInteger(hour) && hour >= 0 && hour <= 24) && StartHour < EndHour
  demand(hours, 'InvalidParameter', 'The specified RecurrenceRules.StartHour or EndHour is not valid.')
  const days = daysOf(RecurrenceValue)
  const known = days.length <= 31 && days.every((value) => Number.isInteger(value) && value >= 0 && value <= 31)
  demand(known, 'InvalidParameter', 'The specified RecurrenceRules.RecurrenceValue is not valid.')
  return { type: RecurrenceType, days: new Set(days), from: StartHour, until: EndHour }
}

function shareOfOne(rule: Recurrence): number {
  const { type, days, from, until } = windowOf(rule)
  const ofDay = (until - from) / 24
  if (type === 'Daily') return ofDay / Math.max(1, ...days)
  return (ofDay * days.size) / (lengths[type] ?? 1)
}

/**
 * What part of all hours the windows are together, 1 without any. Overlaps count twice, up to the whole.
 * @throws Fault InvalidParameter
 */
export const shareOf = (rules: readonly Recurrence[]): number =>
  rules.length === 0
    ? 1
    : Math.min(
        1,
        rules.reduce((sum, rule) => sum + shareOfOne(rule), 0),
      )

/** Every so many days counts from 1970. */
function holds({ type, days, from, until }: Window, now: number): boolean {
  const local = new Date(now + zoneMs)
  const hour = local.getUTCHours()
  if (hour < from || hour >= until) return false
  if (type === 'Daily') return Math.floor(local.getTime() / dayMs) % Math.max(1, ...days) === 0
  return days.has(type === 'Weekly' ? local.getUTCDay() : local.getUTCDate())
}

/** Whether a moment lies in one of the windows; always true without any. */
export const isWithin = (rules: readonly Recurrence[], now: number): boolean =>
  rules.length === 0 || rules.some((rule) => holds(windowOf(rule), now))
