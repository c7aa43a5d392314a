import { instanceTypeOf } from '../../../api/instance-types.ts'
import { bandwidthHour, diskHour, overTerm, periodFactor, priceModel, rounded, type Term } from '../../../api/prices.ts'
import { demand } from '../../fault.ts'

/** One thing that is paid for, by the hour. */
export interface Item {
  /** As answers call it: instanceType, systemDisk, dataDisk, bandwidth and so on. */
  readonly resource: string
  readonly hourly: number
  /** What is really asked, where that is another price: a spot instance's. */
  readonly asked?: number
}

/** How long something is paid for in advance, or by the hour. `months` is what the discount of long periods goes by. */
export interface Paid extends Term {
  readonly months: number
}

const weekMonths = 7 / 30

/**
 * The term that PriceUnit and Period tell; an hour when nothing does.
 * @throws Fault InvalidPriceUnit.ValueNotSupported, InvalidPeriod
 */
export function paidFor(unit: string | undefined, period: number | undefined, units: readonly string[], byDefault: string): Paid {
  const named = unit || byDefault
  demand(units.includes(named), 'InvalidPriceUnit.ValueNotSupported', 'The specified PriceUnit is not valid.')
  const count = period ?? 1
  const most = { Hour: 1, Day: 7, Week: 4, Month: 60, Year: 5 }[named] ?? 1
  demand(Number.isInteger(count) && count >= 1 && count <= Math.max(most, 12), 'InvalidPeriod', 'The specified Period is not valid.')
  if (named === 'Hour') return { unit: 'Hour', count, months: 0 }
  if (named === 'Day') return { unit: 'Hour', count: count * 24, months: 0 }
  const months = named === 'Year' ? count * 12 : named === 'Week' ? count * weekMonths : count
  return { unit: 'Month', count: months, months }
}

/** A rule by which a price is lower. */
const rulesOf = (discount: number, months: number) =>
  discount > 0 && months > 0
    ? [{ RuleId: months, Description: `Subscription of ${months} months: ${Math.round(periodFactor(months) * 100)}% of the price.` }]
    : []

/** The prices of items over a term, as answers tell them: together, and one by one. */
export function priceInfo(items: readonly Item[], paid: Paid, amount = 1) {
  const factor = paid.unit === 'Month' ? periodFactor(paid.months) : 1
  const details = items.map(({ resource, hourly, asked = hourly }) => {
    const OriginalPrice = rounded(overTerm(hourly, paid) * amount)
    const TradePrice = rounded(overTerm(asked, paid) * factor * amount)
    const DiscountPrice = rounded(OriginalPrice - TradePrice)
    return { Resource: resource, OriginalPrice, DiscountPrice, TradePrice, SubRules: { Rule: rulesOf(DiscountPrice, paid.months) } }
  })
  const sum = (field: 'OriginalPrice' | 'DiscountPrice' | 'TradePrice') => rounded(details.reduce((total, one) => total + one[field], 0))
  const DiscountPrice = sum('DiscountPrice')
  return {
    PriceInfo: {
      Price: {
        Currency: priceModel().currency,
        OriginalPrice: sum('OriginalPrice'),
        DiscountPrice,
        TradePrice: sum('TradePrice'),
        DetailInfos: { DetailInfo: details },
      },
      Rules: { Rule: rulesOf(DiscountPrice, paid.months) },
    },
  }
}

/** A disk as prices know it. */
export interface PricedDisk {
  readonly category: string
  readonly performanceLevel: string
  /** GiB. */
  readonly size: number
  readonly provisionedIops?: number | undefined
}

export const diskItem = (resource: 'systemDisk' | 'dataDisk', disk: PricedDisk): Item => ({
  resource,
  hourly: diskHour(disk.category, disk.performanceLevel, disk.size, disk.provisionedIops),
})

/** Public bandwidth in Mbit/s; paid by traffic it costs nothing in advance. */
export const bandwidthItem = (internetChargeType: string, mbits: number): Item => ({
  resource: 'bandwidth',
  hourly: internetChargeType === 'PayByBandwidth' ? bandwidthHour(mbits) : 0,
})

/** @throws Fault InvalidInstanceType.ValueNotSupported when there is no such type */
export function demandType(id: string): void {
  demand(instanceTypeOf(id) !== undefined, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType is not valid.', 400)
}
