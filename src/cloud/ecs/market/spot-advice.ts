import { type InstanceType, instanceTypes } from '../../../api/instance-types.ts'
import { regionFacts } from '../../../api/regions.ts'
import { demand } from '../../fault.ts'
import { marketOf, type Place, priceAt, saleOf, spotPriceAt } from '../../market/model.ts'
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

/** How a place did: the average price in percent of the pay-as-you-go price, and how often it surged. */
function adviceOf(market: Market, place: Place, now: number) {
  const fractions = samples.map((ago) => spotPriceAt(market, place, now - ago) / priceAt(market, place, now - ago))
  const rate = fractions.filter((fraction) => fraction > surge).length / fractions.length
  return {
    InstanceType: place.instanceType,
    AverageSpotDiscount: Math.round((fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length) * 100),
    InterruptionRate: Math.round(rate * 10_000) / 100,
    InterruptRateDesc: bands.find(([most]) => rate <= most)?.[1] ?? '',
  }
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
