import { demand } from '../../fault.ts'
import type { Renewal } from '../records.ts'
import { demandOneOf } from '../values.ts'

export const renewalStatuses = ['AutoRenewal', 'Normal', 'NotRenewal'] as const

/** A code, and the HTTP status it is answered with where that is not the table's. */
type Refusal = readonly [code: string, status?: number]

/** By how much something can be renewed by itself, by unit, and how what is not so is refused. */
export interface RenewalRules {
  readonly lengths: ReadonlyMap<string, readonly number[]>
  readonly badStatus: Refusal
  readonly badUnit: Refusal
  readonly badDuration: Refusal
}

interface Wish {
  readonly status: string
  readonly duration: number
  readonly unit: string
}

/**
 * How something that is paid in advance is to go on. How long counts only where that is by itself.
 * @throws Fault as the rules say
 */
export function renewalWish({ status, duration, unit }: Wish, { lengths, badStatus, badUnit, badDuration }: RenewalRules): Renewal {
  demandOneOf(status, renewalStatuses, 'RenewalStatus', ...badStatus)
  const allowed = lengths.get(unit)
  demand(allowed, badUnit[0], 'The specified PeriodUnit is not valid.', badUnit[1])
  if (status !== 'AutoRenewal') return { status, duration: 0, unit: '' }
  demand(allowed.includes(duration), badDuration[0], 'The specified duration of a renewal is not valid.', badDuration[1])
  return { status, duration, unit }
}
