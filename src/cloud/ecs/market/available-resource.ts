import type { InstanceType } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { roomOn } from '../dedicated-host/capacity.ts'
import { hostOf } from '../dedicated-host/find.ts'
import { hostTypes } from '../dedicated-host/types.ts'
import { demandOneOf } from '../values.ts'
import {
  bestOf,
  categoryOf,
  diskOffers,
  type Offer,
  offer,
  type StatusCategory,
  takesDisk,
  typesOf,
  zoneOffers,
  zonesOf,
} from './offers.ts'

interface Asked {
  readonly zoneId: string
  readonly types: readonly InstanceType[]
  /** Set where one type is named. */
  readonly type: InstanceType | undefined
  readonly context: Context
}

/** How the types asked for are sold in a zone, taken together. */
const sold = ({ zoneId, types, context }: Asked): StatusCategory =>
  bestOf(types.map((type) => categoryOf(zoneId, type.InstanceTypeId, context)))

/** What a zone offers of each kind of resource. Dedicated hosts are sold everywhere (a model). */
const destinations: Readonly<Record<string, (asked: Asked) => Offer[]>> = {
  Zone: (asked) => [offer(asked.zoneId, sold(asked))],
  IoOptimized: (asked) => [offer('optimized', sold(asked))],
  Network: (asked) => [offer('vpc', sold(asked))],
  InstanceType: ({ zoneId, types, context }) =>
    types.map(({ InstanceTypeId }) => offer(InstanceTypeId, categoryOf(zoneId, InstanceTypeId, context))),
  SystemDisk: (asked) => diskOffers('system', asked.type, sold(asked)),
  DataDisk: (asked) => diskOffers('data', asked.type, sold(asked)),
  ddh: () => [...hostTypes.keys()].map((id) => offer(id, 'WithStock')),
}

const disks = ['cloud', 'cloud_efficiency', 'cloud_ssd', 'ephemeral_ssd', 'cloud_essd', 'cloud_auto', 'cloud_essd_entry']

export const DescribeAvailableResource = ecs(
  'DescribeAvailableResource',
  [
    'DestinationResource',
    'ResourceType',
    'InstanceChargeType',
    'SpotStrategy',
    'SpotDuration',
    'IoOptimized',
    'NetworkCategory',
    'Scope',
    'ZoneId',
    'InstanceType',
    'Cores',
    'Memory',
    'SystemDiskCategory',
    'DataDiskCategory',
    'DedicatedHostId',
  ],
  (input, context) => {
    const { DestinationResource: destination, InstanceType, SystemDiskCategory, DataDiskCategory, SpotDuration } = input
    const offersOf = Object.hasOwn(destinations, destination) ? destinations[destination] : undefined
    demand(offersOf, 'Invalid.DestinationResource', 'The specified DestinationResource is not valid.', 404)
    demandOneOf(input.ResourceType, ['instance', 'disk', 'reservedinstance', 'ddh'], 'ResourceType', 'Invalid.ResourceType', 404)
    demandOneOf(input.InstanceChargeType, ['PrePaid', 'PostPaid'], 'InstanceChargeType', 'Invalid.InstanceChargeType', 400)
    const strategies = ['NoSpot', 'SpotWithPriceLimit', 'SpotAsPriceGo']
    demandOneOf(input.SpotStrategy, strategies, 'SpotStrategy', 'Invalid.SpotStrategy', 404)
    const spot = Boolean(input.SpotStrategy) && input.SpotStrategy !== 'NoSpot'
    demand(!spot || input.InstanceChargeType !== 'PrePaid', 'Invalid.InstanceChargeType', 'Spot instances are pay-as-you-go.', 400)
    demand(
      SpotDuration === undefined || SpotDuration === 0 || SpotDuration === 1,
      'Invalid.Param',
      'The specified SpotDuration is not valid.',
      400,
    )
    demandOneOf(input.IoOptimized, ['none', 'optimized'], 'IoOptimized', 'Invalid.IoOptimized', 404)
    demandOneOf(input.NetworkCategory, ['vpc', 'classic'], 'NetworkCategory', 'Invalid.NetworkCategory', 404)
    demandOneOf(input.Scope, ['Region', 'Zone'], 'Scope', 'Invalid.Param', 400)
    demandOneOf(SystemDiskCategory, disks, 'SystemDiskCategory', 'Invalid.Param', 400)
    demandOneOf(DataDiskCategory, disks, 'DataDiskCategory', 'Invalid.Param', 400)
    const host = input.DedicatedHostId ? hostOf(input.DedicatedHostId, context, 403) : undefined
    const zones = zonesOf(input.ZoneId, context.regionId).filter((zoneId) => host === undefined || host.zoneId === zoneId)
    const room = host && roomOn(host, context)
    const fits = (type: InstanceType) =>
      (room === undefined || room.has(type.InstanceTypeId)) &&
      (!SystemDiskCategory || takesDisk(type, SystemDiskCategory)) &&
      (!DataDiskCategory || takesDisk(type, DataDiskCategory))
    const asked = typesOf(input)
    // The classic network is closed, and every type is I/O optimized.
    const none = input.NetworkCategory === 'classic' || input.IoOptimized === 'none'
    const types = none ? [] : asked.filter(fits)
    const type = InstanceType ? asked[0] : undefined
    return {
      AvailableZones: {
        AvailableZone: zones.map((zoneId) => {
          const offers = types.length === 0 ? [] : offersOf({ zoneId, types, type, context })
          return zoneOffers(zoneId, context.regionId, destination, offers)
        }),
      },
    }
  },
)
