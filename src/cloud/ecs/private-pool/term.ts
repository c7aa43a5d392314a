import { demand } from '../../fault.ts'
import { type RenewalRules, renewalWish } from '../instance/renewal-wish.ts'
import type { Renewal } from '../records.ts'

interface TermInput {
  readonly Period?: number | undefined
  readonly PeriodUnit?: string | undefined
}

const upTo = (most: number) => Array.from({ length: most }, (_, at) => at + 1)

/** How long an assurance is bought for. Days and weeks are not for every call. */
const lengths: ReadonlyMap<string, readonly number[]> = new Map([
  ['Day', upTo(365)],
  ['Weekly', upTo(3)],
  ['Month', upTo(9)],
  ['Year', upTo(5)],
])

const badPeriod: readonly [string] = ['InvalidParameter.Period']
const badUnit: readonly [string] = ['InvalidParameter.PeriodUnit']

/**
 * A time that is bought: a year where nothing is said. `unit` is as `periodEnd` takes it.
 * @param also units beside months and years
 * @throws Fault InvalidParameter.PeriodUnit, InvalidParameter.Period
 */
export function termOf({ Period = 1, PeriodUnit }: TermInput, also: readonly string[]): { readonly period: number; readonly unit: string } {
  const unit = PeriodUnit || 'Year'
  const known = unit === 'Month' || unit === 'Year' || also.includes(unit)
  demand(known, badUnit[0], 'The specified PeriodUnit is not valid.')
  demand(lengths.get(unit)?.includes(Period), badPeriod[0], 'The specified Period is not valid.')
  return { period: Period, unit: unit === 'Weekly' ? 'Week' : unit }
}

interface AutoRenewInput extends TermInput {
  readonly AutoRenew?: boolean | undefined
  readonly AutoRenewPeriod?: number | undefined
}

const refused = { badStatus: ['InvalidParameter.RenewalStatus', 403], badUnit, badDuration: badPeriod } as const
const bought: RenewalRules = { ...refused, lengths: new Map([['Month', [1, 2, 3, 6, 12, 24, 36]]]) }

/**
 * How an assurance that is bought goes on: by hand unless it renews itself, by so many months.
 * @throws Fault InvalidParameter.Period
 */
export function monthlyRenewal({ AutoRenew, AutoRenewPeriod, PeriodUnit }: AutoRenewInput): Renewal {
  const usual = PeriodUnit === 'Month' ? 1 : 12
  return renewalWish({ status: AutoRenew ? 'AutoRenewal' : 'Normal', duration: AutoRenewPeriod ?? usual, unit: 'Month' }, bought)
}

/** What can be said of its renewal later. */
export const laterRules: RenewalRules = {
  ...refused,
  lengths: new Map([
    ['Month', [1]],
    ['Year', [1, 3, 5]],
  ]),
}
