import { demand } from '../../fault.ts'
import { demandOneOf } from '../values.ts'

/** Hours of some days in which a reservation holds. */
export interface Recurrence {
  readonly RecurrenceType?: string | undefined
  /** Every so many days; days of the week from 0, Sunday, or days of the month, by comma. */
  readonly RecurrenceValue?: string | undefined
  readonly StartHour?: number | undefined
  readonly EndHour?: number | undefined
}

/** A month is taken as 30 days. */
const days = { Daily: 30, Weekly: 7, Monthly: 30 }

function shareOfOne({ RecurrenceType = 'Daily', RecurrenceValue = '1', StartHour = 0, EndHour = 24 }: Recurrence): number {
  demandOneOf(RecurrenceType, Object.keys(days), 'RecurrenceRules.RecurrenceType', 'InvalidParameter')
  const hours = [StartHour, EndHour].every((hour) => Number.isInteger(hour) && hour >= 0 && hour <= 24) && StartHour < EndHour
  demand(hours, 'InvalidParameter', 'The specified RecurrenceRules.StartHour or EndHour is not valid.')
  const values = RecurrenceValue.split(',').map(Number)
  const known = values.length <= 31 && values.every((value) => Number.isInteger(value) && value >= 0 && value <= 31)
  demand(known, 'InvalidParameter', 'The specified RecurrenceRules.RecurrenceValue is not valid.')
  const ofDay = (EndHour - StartHour) / 24
  if (RecurrenceType === 'Daily') return ofDay / Math.max(1, values[0] ?? 1)
  return (ofDay * new Set(values).size) / (RecurrenceType === 'Weekly' ? days.Weekly : days.Monthly)
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
