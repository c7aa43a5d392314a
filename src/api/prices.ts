import { readFacts } from './catalogue.ts'
import type { InstanceType } from './instance-types.ts'

type Numbers = Readonly<Record<string, number>>

/** `api/prices.json`: a dated model, made by formula. Nobody's price list. */
export interface PriceModel {
  readonly about: string
  /** `yyyy-MM-dd`. */
  readonly date: string
  readonly currency: string
  readonly hour: { readonly core: number; readonly gib: number; readonly gpu: Numbers; readonly otherGpu: number }
  readonly factors: { readonly level: Numbers; readonly category: Numbers; readonly architecture: Numbers }
  readonly subscription: { readonly hoursPerMonth: number; readonly monthFactor: number; readonly months: Numbers }
  readonly diskGibMonth: Numbers
  readonly provisionedIopsMonth: number
  readonly bandwidthMonth: { readonly upTo5: number; readonly above5: number }
  readonly trafficGib: number
  readonly reservation: { readonly assuranceFactor: number }
  /** What a commitment asks more that is not all paid at once, by how it is paid. */
  readonly commitment: Numbers
}

let model: PriceModel | undefined

/** The price model; read on first use. */
export const priceModel = (): PriceModel => (model ??= readFacts<PriceModel>('prices.json'))

/** Prices are told with three decimals. */
export const rounded = (price: number): number => Math.round(price * 1000) / 1000

/** How long something is paid for: by the hour, or in advance by the month. */
export interface Term {
  readonly unit: 'Hour' | 'Month'
  /** How many; a part of a month counts as a part. */
  readonly count: number
}

/** What the model asks for an hour of a type, pay-as-you-go. */
export function hourlyPrice(type: InstanceType): number {
  const { hour, factors } = priceModel()
  const machine = type.CpuCoreCount * hour.core + type.MemorySize * hour.gib
  const gpu = type.GPUAmount * (hour.gpu[type.GPUSpec] ?? hour.otherGpu)
  const factor =
    (factors.level[type.InstanceFamilyLevel] ?? 1) *
    (factors.category[type.InstanceCategory] ?? 1) *
    (factors.architecture[type.CpuArchitecture] ?? 1)
  return rounded(machine * factor + gpu)
}

/** What part of the price a subscription of so many months asks: the largest step reached. */
export function periodFactor(months: number): number {
  const reached = Object.entries(priceModel().subscription.months).filter(([step]) => months >= Number(step))
  return Math.min(1, ...reached.map(([, factor]) => factor))
}

/** The price of something by the hour over a term, without the discount of long periods. */
export function overTerm(hourly: number, { unit, count }: Term): number {
  const { hoursPerMonth, monthFactor } = priceModel().subscription
  return unit === 'Hour' ? hourly * count : hourly * hoursPerMonth * monthFactor * count
}

/** What part of the price by the hour is asked from whoever commits to it for so many months; `offeringType` says how that is paid. */
export const commitmentFactor = (offeringType: string, months: number): number =>
  priceModel().subscription.monthFactor * periodFactor(months) * (priceModel().commitment[offeringType] ?? 1)

/** What a price by the month comes to by the hour when nothing is paid in advance. */
const byHour = (monthly: number): number => {
  const { hoursPerMonth, monthFactor } = priceModel().subscription
  return monthly / hoursPerMonth / monthFactor
}

/** A disk by the hour; `size` in GiB. */
export const diskHour = (category: string, performanceLevel: string, size: number, provisionedIops = 0): number => {
  const { diskGibMonth, provisionedIopsMonth } = priceModel()
  const gib = diskGibMonth[category === 'cloud_essd' ? `cloud_essd/${performanceLevel || 'PL1'}` : category] ?? 0
  return byHour(gib * size + provisionedIopsMonth * provisionedIops)
}

/** Bandwidth by the hour, in Mbit/s, when paid by bandwidth. */
export const bandwidthHour = (mbits: number): number => {
  const { upTo5, above5 } = priceModel().bandwidthMonth
  return byHour(Math.min(mbits, 5) * upTo5 + Math.max(mbits - 5, 0) * above5)
}
