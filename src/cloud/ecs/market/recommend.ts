import { type InstanceType, instanceTypeOf, instanceTypes } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { marketOf, priceAt, saleOf, spotPriceAt } from '../../market/model.ts'
import { type Context, ecs } from '../../operation.ts'
import { demandOneOf } from '../values.ts'
import { takesDisk, zonesOf } from './offers.ts'

/** How many are recommended. */
const most = 10

/** The digit in a family's name tells how new it is. */
const generation = ({ InstanceTypeFamily }: InstanceType) => Number(/\d/.exec(InstanceTypeFamily)?.[0] ?? 0)

interface Candidate {
  readonly type: InstanceType
  readonly zones: readonly string[]
  /** The lowest by the hour among its zones. */
  readonly price: number
}

/** How two candidates compare, by the strategy; equal ones go by id, so that the order is always the same. */
const strategies: Readonly<Record<string, (a: Candidate, b: Candidate) => number>> = {
  InventoryFirst: (a, b) => b.zones.length - a.zones.length || a.price - b.price,
  PriceFirst: (a, b) => a.price - b.price,
  NewProductFirst: (a, b) => generation(b.type) - generation(a.type) || a.price - b.price,
}

function candidateOf(type: InstanceType, zones: readonly string[], spot: boolean, { state, now }: Context): Candidate {
  const market = marketOf(state)
  const places = zones
    .map((zoneId) => ({ zoneId, instanceType: type.InstanceTypeId }))
    .filter((place) => saleOf(state, place, now).left > 0)
  const prices = places.map((place) => (spot ? spotPriceAt(market, place, now) : priceAt(market, place, now)))
  return { type, zones: places.map((place) => place.zoneId), price: Math.min(...prices) }
}

/** In place of a type (its cores and memory at least) or for so many cores and so much memory: what is on sale, the best first. */
export const DescribeRecommendInstanceType = ecs(
  'DescribeRecommendInstanceType',
  [
    'NetworkType',
    'Cores',
    'Memory',
    'InstanceType',
    'InstanceTypeFamily',
    'InstanceFamilyLevel',
    'InstanceChargeType',
    'IoOptimized',
    'MaxPrice',
    'PriorityStrategy',
    'Scene',
    'SpotStrategy',
    'SystemDiskCategory',
    'ZoneId',
    'ZoneMatchMode',
  ],
  (input, context) => {
    const { NetworkType, InstanceTypeFamily = [], MaxPrice, SystemDiskCategory, ZoneId } = input
    const chargeType = input.InstanceChargeType || 'PostPaid'
    const strategy = input.SpotStrategy || 'NoSpot'
    const scene = input.Scene || 'CREATE'
    demandOneOf(NetworkType, ['vpc', 'classic'], 'NetworkType', 'InvalidNetworkType.ValueNotSupported', 400)
    demandOneOf(scene, ['UPGRADE', 'CREATE'], 'Scene', 'InvalidParameter.Scene')
    demandOneOf(chargeType, ['PrePaid', 'PostPaid'], 'InstanceChargeType', 'InvalidParameter')
    demandOneOf(strategy, ['NoSpot', 'SpotWithPriceLimit', 'SpotAsPriceGo'], 'SpotStrategy', 'InvalidParameter')
    demandOneOf(input.IoOptimized, ['optimized', 'none'], 'IoOptimized', 'InvalidParameter')
    const levels = ['EntryLevel', 'EnterpriseLevel', 'CreditEntryLevel']
    demandOneOf(input.InstanceFamilyLevel, levels, 'InstanceFamilyLevel', 'InvalidParameter')
    demandOneOf(input.ZoneMatchMode, ['Strict', 'Include'], 'ZoneMatchMode', 'InvalidParameter')
    const priority = input.PriorityStrategy || 'InventoryFirst'
    const by = Object.hasOwn(strategies, priority) ? strategies[priority] : undefined
    demand(by, 'InvalidPriorityStrategy.ValueNotSupported', 'The specified PriorityStrategy is not valid.', 400)
    const like = input.InstanceType ? instanceTypeOf(input.InstanceType) : undefined
    demand(!input.InstanceType || like, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType is not valid.', 400)
    const inRegion = zonesOf(undefined, context.regionId)
    const zones = ZoneId && input.ZoneMatchMode !== 'Include' ? zonesOf(ZoneId, context.regionId) : inRegion
    const fits = (type: InstanceType) =>
      (input.Cores === undefined || type.CpuCoreCount === input.Cores) &&
      (input.Memory === undefined || type.MemorySize === input.Memory) &&
      (like === undefined ||
        (type.CpuCoreCount >= like.CpuCoreCount && type.MemorySize >= like.MemorySize && type.CpuArchitecture === like.CpuArchitecture)) &&
      (InstanceTypeFamily.length === 0 || InstanceTypeFamily.includes(type.InstanceTypeFamily)) &&
      (!input.InstanceFamilyLevel || type.InstanceFamilyLevel === input.InstanceFamilyLevel) &&
      (!SystemDiskCategory || takesDisk(type, SystemDiskCategory))
    const closed = NetworkType === 'classic' || input.IoOptimized === 'none'
    const candidates = (closed ? [] : [...instanceTypes().values()].filter(fits))
      .map((type) => candidateOf(type, zones, strategy !== 'NoSpot', context))
      .filter((one) => one.zones.length > 0 && (MaxPrice === undefined || one.price <= MaxPrice))
      .filter((one) => !ZoneId || one.zones.includes(ZoneId))
      .toSorted((a, b) => by(a, b) || (a.type.InstanceTypeId < b.type.InstanceTypeId ? -1 : 1))
    return {
      Data: {
        RecommendInstanceType: candidates.slice(0, most).map(({ type, zones: offered }, index) => ({
          RegionId: context.regionId,
          ZoneId: ZoneId || (offered[0] ?? ''),
          CommodityCode: 'ecs',
          InstanceChargeType: chargeType,
          SpotStrategy: strategy,
          Scene: scene,
          NetworkType,
          Priority: index + 1,
          InstanceType: {
            InstanceType: type.InstanceTypeId,
            InstanceTypeFamily: type.InstanceTypeFamily,
            Generation: `ecs-${Math.min(Math.max(generation(type) - 1, 3), 6)}`,
            Cores: type.CpuCoreCount,
            // MiB (unconfirmed).
            Memory: type.MemorySize * 1024,
            SupportIoOptimized: 'optimized',
          },
          Zones: { zone: offered.map((ZoneNo) => ({ ZoneNo, NetworkTypes: { NetworkType: ['vpc'] } })) },
        })),
      },
    }
  },
)
