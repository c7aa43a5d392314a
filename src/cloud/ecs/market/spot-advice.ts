import { type InstanceType, instanceTypes } from '../../../api/instance-types.ts'
import { regionFacts } from '../../../api/regions.ts'
import { demand } from '../../fault.ts'
import { marketOf, type Place, placeKey, priceAt, saleOf, spotPriceAt } from '../../market/model.ts'
import type { Market } from '../../market/records.ts'
import { ecs } from '../../operation.ts'
import { demandOneOf, equalities, passes, type Test } from '../values.ts'

const hourMs = 3_600_000
/** The last 30 days are looked at, one hour in six. */
const samples = Array.from({ length: 120 }, (_, index) => index * 6 * hourMs)
/** A price above this part of the pay-as-you-go price counts as an hour in which instances are taken back. */
const surge = 0.4

const bands = [
  [0.03, '0-3%'],
  [0.05, '3-5%'],
  [0.1, '5-10%'],
  [1, '10-100%'],
] as const

interface Advice {
  readonly InstanceType: string
  readonly AverageSpotDiscount: number
  readonly InterruptionRate: number
  readonly InterruptRateDesc: string
}

/** How a place did until an hour began: the average price in percent of the pay-as-you-go price, and how often it surged. */
function adviceUntil(market: Market, place: Place, hour: number): Advice {
  const fractions = samples.map((ago) => spotPriceAt(market, place, hour - ago) / priceAt(market, place, hour - ago))
  const rate = fractions.filter((fraction) => fraction > surge).length / fractions.length
  return {
    InstanceType: place.instanceType,
    AverageSpotDiscount: Math.round((fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length) * 100),
    InterruptionRate: Math.round(rate * 10_000) / 100,
    InterruptRateDesc: bands.find(([most]) => rate <= most)?.[1] ?? '',
  }
}

const kept = new WeakMap<Market, { readonly hour: number; readonly advice: Map<string, Advice> }>()

/** Worked out once an hour of the cloud's time: for all types of a region it takes a fifth of a second. */
function adviceOf(market: Market, place: Place, now: number): Advice {
  const hour = now - (now % hourMs)
  let known = kept.get(market)
  if (known?.hour !== hour) kept.set(market, (known = { hour, advice: new Map() }))
  const key = placeKey(place)
  const advice = known.advice.get(key) ?? adviceUntil(market, place, hour)
  known.advice.set(key, advice)
  return advice
}

const atLeast = (wanted: number | undefined, field: (type: InstanceType) => number): Test<InstanceType> =>
  wanted === undefined ? undefined : (type) => field(type) >= wanted

/** Types that cannot be had at the moment are left out. */
export const DescribeSpotAdvice = ecs(
  'DescribeSpotAdvice',
  [
    'ZoneId',
    'InstanceTypes',
    'InstanceTypeFamily',
    'InstanceFamilyLevel',
    'Cores',
    'Memory',
    'MinCores',
    'MinMemory',
    'GpuSpec',
    'GpuAmount',
  ],
  (input, { state, now, regionId }) => {
    const region = regionFacts(regionId)
    demand(region, 'Invalid.RegionId', 'The specified RegionId does not exist.', 404)
    const { ZoneId, InstanceTypes = [] } = input
    demand(!ZoneId || region.Zones.includes(ZoneId), 'Invalid.Param', 'The specified ZoneId is not valid.', 400)
    const levels = ['EntryLevel', 'EnterpriseLevel', 'CreditEntryLevel']
    demandOneOf(input.InstanceFamilyLevel, levels, 'InstanceFamilyLevel', 'Invalid.Param', 400)
    const sized = input.Cores !== undefined || input.Memory !== undefined
    demand(
      InstanceTypes.length === 0 || !sized,
      'InvalidParam.TypeAndCpuMem.Conflict',
      'InstanceTypes goes with neither Cores nor Memory.',
      403,
    )
    const fits = passes<InstanceType>([
      ...equalities<InstanceType, typeof input>(input, {
        InstanceTypeFamily: (type) => type.InstanceTypeFamily,
        InstanceFamilyLevel: (type) => type.InstanceFamilyLevel,
        Cores: (type) => type.CpuCoreCount,
        Memory: (type) => type.MemorySize,
        GpuSpec: (type) => type.GPUSpec,
        GpuAmount: (type) => type.GPUAmount,
      }),
      atLeast(input.MinCores, (type) => type.CpuCoreCount),
      atLeast(input.MinMemory, (type) => type.MemorySize),
      InstanceTypes.length > 0 ? (type) => InstanceTypes.includes(type.InstanceTypeId) : undefined,
    ])
    const types = [...instanceTypes().values()].filter(fits ?? (() => true)).map((type) => type.InstanceTypeId)
    const market = marketOf(state)
    const zones = ZoneId ? [ZoneId] : region.Zones
    return {
      RegionId: regionId,
      AvailableSpotZones: {
        AvailableSpotZone: zones.map((zoneId) => ({
          ZoneId: zoneId,
          AvailableSpotResources: {
            AvailableSpotResource: types
              .map((instanceType) => ({ zoneId, instanceType }))
              .filter((place) => saleOf(state, place, now).left > 0)
              .map((place) => adviceOf(market, place, now)),
          },
        })),
      },
    }
  },
)
