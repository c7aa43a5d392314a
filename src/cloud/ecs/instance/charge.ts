import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import type { Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'

export interface ChargeInput {
  readonly InstanceChargeType?: string | undefined
  readonly Period?: number | undefined
  readonly PeriodUnit?: string | undefined
  readonly AutoRenew?: boolean | undefined
  readonly AutoRenewPeriod?: number | undefined
  readonly AutoReleaseTime?: string | undefined
  readonly DeletionProtection?: boolean | undefined
  readonly SpotStrategy?: string | undefined
  readonly SpotPriceLimit?: number | undefined
  readonly SpotDuration?: number | undefined
  readonly SpotInterruptionBehavior?: string | undefined
}

type Charge = Pick<
  Instance,
  | 'instanceChargeType'
  | 'expiresAt'
  | 'renewal'
  | 'autoReleaseAt'
  | 'deletionProtection'
  | 'spotStrategy'
  | 'spotPriceLimit'
  | 'spotDuration'
  | 'spotInterruptionBehavior'
>

const minuteMs = 60_000
/** How long a subscription is bought for, by unit. */
export const periods: ReadonlyMap<string, readonly number[]> = new Map([
  ['Week', [1, 2, 3, 4]],
  ['Month', [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36, 48, 60]],
])

/** The end of a subscription of so many days, weeks, months or years that starts at `now`. */
export function periodEnd(now: number, period: number, unit: string): number {
  if (unit === 'Day' || unit === 'Week') return now + period * (unit === 'Week' ? 7 : 1) * 24 * 60 * minuteMs
  const end = new Date(now)
  const day = end.getUTCDate()
  end.setUTCMonth(end.getUTCMonth() + period * (unit === 'Year' ? 12 : 1))
  // A month without that day ends on its last: January 31 plus a month is no day in March.
  if (end.getUTCDate() !== day) end.setUTCDate(0)
  return end.getTime()
}

/** By how much a subscription can be renewed by itself when it is bought (weeks as they can be set later). */
const renewals: ReadonlyMap<string, readonly number[]> = new Map([
  ['Week', [1, 2, 3, 4]],
  ['Month', [1, 2, 3, 6, 12, 24, 36, 48, 60]],
  ['Year', [1, 2, 3, 4, 5]],
])

/** The number of an order. */
export const orderId = ({ random }: Pick<Context, 'random'>): string => `2${Array.from({ length: 14 }, () => random.integer(10)).join('')}`

/**
 * How a subscription that is bought goes on by itself. The unit is that of the period bought.
 * @throws Fault InvalidAutoRenewPeriod.ValueNotSupported
 */
export function renewalOf({
  AutoRenew,
  AutoRenewPeriod,
  PeriodUnit,
}: Pick<ChargeInput, 'AutoRenew' | 'AutoRenewPeriod' | 'PeriodUnit'>): Pick<Instance, 'renewal'> {
  if (AutoRenew !== true) return {}
  const unit = PeriodUnit || 'Month'
  const duration = AutoRenewPeriod ?? 1
  const fits = renewals.get(unit)?.includes(duration)
  demand(fits, 'InvalidAutoRenewPeriod.ValueNotSupported', 'The specified AutoRenewPeriod is not valid.')
  return { renewal: { status: 'AutoRenewal', duration, unit } }
}

/**
 * When a subscription ends that begins now. `lengths` are what is sold, by unit.
 * @throws Fault InvalidPeriodUnit.ValueNotSupported, InvalidPeriod
 */
export function subscriptionEnd(
  { Period, PeriodUnit }: Pick<ChargeInput, 'Period' | 'PeriodUnit'>,
  now: number,
  lengths: ReadonlyMap<string, readonly number[]> = periods,
): number {
  const unit = PeriodUnit || 'Month'
  const sold = lengths.get(unit)
  demand(sold, 'InvalidPeriodUnit.ValueNotSupported', 'The specified PeriodUnit is not valid.')
  demand(Period !== undefined && sold.includes(Period), 'InvalidPeriod', 'The specified Period is not valid.')
  return periodEnd(now, Period, unit)
}

/**
 * When an instance is to be released by itself: to the minute, at least 30 minutes and at most three years ahead.
 * @throws Fault InvalidAutoReleaseTime.Malformed
 */
export function autoReleaseAt(text: string | undefined, now: number): number | undefined {
  if (!text) return undefined
  const time = parseTime(text)
  const at = time === undefined ? Number.NaN : time - (time % minuteMs)
  const fits = at >= now + 30 * minuteMs - minuteMs && at <= periodEnd(now, 36, 'Month')
  demand(fits, 'InvalidAutoReleaseTime.Malformed', 'The specified AutoReleaseTime is not valid.')
  return at
}

function spotOf(input: ChargeInput, prePaid: boolean) {
  const spotStrategy = input.SpotStrategy || 'NoSpot'
  demandOneOf(spotStrategy, ['NoSpot', 'SpotWithPriceLimit', 'SpotAsPriceGo'], 'SpotStrategy', 'InvalidSpotStrategy')
  if (spotStrategy === 'NoSpot') return { spotStrategy, spotPriceLimit: 0, spotDuration: 0, spotInterruptionBehavior: '' }
  demand(!prePaid, 'InvalidSpotPrepaid', 'The specified Spot type does not support PrePaid instances.')
  const limit = spotStrategy === 'SpotWithPriceLimit' ? (input.SpotPriceLimit ?? 0) : 0
  const priced = spotStrategy === 'SpotAsPriceGo' || (limit > 0 && Number(limit.toFixed(3)) === limit)
  demand(priced, 'InvalidSpotPriceLimit', 'The specified SpotPriceLimit is not valid.')
  const duration = input.SpotDuration ?? 1
  demand(duration === 0 || duration === 1, 'InvalidSpotDuration', 'The specified SpotDuration is not valid.')
  const behavior = input.SpotInterruptionBehavior || 'Terminate'
  demandOneOf(behavior, ['Terminate', 'Stop'], 'SpotInterruptionBehavior', 'InvalidSpotInterruptionBehavior')
  return { spotStrategy, spotPriceLimit: limit, spotDuration: duration, spotInterruptionBehavior: behavior }
}

/**
 * How new instances are paid for and when that ends.
 * @throws Fault for values outside their lists, and for PostPaid's own settings on a PrePaid instance
 */
export function chargeOf(input: ChargeInput, { now }: Pick<Context, 'now'>): Charge {
  demandOneOf(input.InstanceChargeType, ['PostPaid', 'PrePaid'], 'InstanceChargeType', 'InvalidInstanceChargeType.NotFound')
  const prePaid = input.InstanceChargeType === 'PrePaid'
  const releaseAt = autoReleaseAt(input.AutoReleaseTime, now)
  demand(!prePaid || releaseAt === undefined, 'UnsupportedParameter', 'AutoReleaseTime is for PostPaid instances only.')
  demand(!prePaid || input.DeletionProtection !== true, 'ChargeTypeViolation', 'DeletionProtection is for PostPaid instances only.')
  return {
    instanceChargeType: prePaid ? 'PrePaid' : 'PostPaid',
    expiresAt: prePaid ? subscriptionEnd(input, now) : undefined,
    ...(prePaid && renewalOf(input)),
    autoReleaseAt: releaseAt,
    deletionProtection: input.DeletionProtection === true,
    ...spotOf(input, prePaid),
  }
}
