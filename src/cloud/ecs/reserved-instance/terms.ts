import { demand } from '../../fault.ts'
import { type RenewalRules, renewalWish } from '../instance/renewal-wish.ts'
import type { Renewal } from '../records.ts'

/** For how long one is bought, renewed, and renewed by itself when that is said later. */
export const lengths: ReadonlyMap<string, readonly number[]> = new Map([
  ['Month', [1]],
  ['Year', [1, 3, 5]],
])

export interface TermInput {
  readonly Period?: number | undefined
  readonly PeriodUnit?: string | undefined
}

/** The codes that a unit and a length which are none are refused by. */
export type TermCodes = readonly [unit: string, period: string]

/**
 * A month where nothing is said.
 * @throws Fault with the codes
 */
export function termOf({ Period: period = 1, PeriodUnit }: TermInput, [badUnit, badPeriod]: TermCodes) {
  const unit = PeriodUnit || 'Month'
  const known = lengths.get(unit)
  demand(known, badUnit, 'The specified PeriodUnit is not valid.')
  demand(known.includes(period), badPeriod, 'The specified Period is not valid.')
  return { period, unit }
}

const rules: RenewalRules = {
  lengths: new Map([['Month', [1, 12, 36, 60]]]),
  badStatus: ['InvalidParameter.RenewalStatus'],
  badUnit: ['InvalidParameter.PeriodUnit'],
  // Which code it is refused by is unconfirmed.
  badDuration: ['InvalidAutoRenewPeriod.ValueNotSupported'],
}

interface AutoRenewInput extends TermInput {
  readonly AutoRenew?: boolean | undefined
  readonly AutoRenewPeriod?: number | undefined
}

/**
 * By hand unless it is to be by itself, by so many months: one, or twelve where years are bought.
 * @throws Fault InvalidAutoRenewPeriod.ValueNotSupported
 */
export function boughtRenewal({ AutoRenew, AutoRenewPeriod, PeriodUnit }: AutoRenewInput): Renewal {
  const duration = AutoRenewPeriod ?? (PeriodUnit === 'Year' ? 12 : 1)
  return renewalWish({ status: AutoRenew ? 'AutoRenewal' : 'Normal', duration, unit: 'Month' }, rules)
}
