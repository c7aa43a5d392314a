import { instanceTypeOf } from '../../../api/instance-types.ts'
import { priceModel } from '../../../api/prices.ts'
import { regionFacts } from '../../../api/regions.ts'
import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { marketOf, priceAt, spotPriceAt } from '../../market/model.ts'
import { type Context, ecs } from '../../operation.ts'
import { hostPrice } from '../dedicated-host/types.ts'
import { categories, defaultCategory, performanceLevels, sizeRange } from '../disk/sizes.ts'
import { usableImage } from '../image/find.ts'
import { demandOneOf } from '../values.ts'
import { type Recurrence, shareOf } from './recurrence.ts'
import { bandwidthItem, demandType, diskItem, type Item, type Paid, paidFor, priceInfo } from './amounts.ts'

interface DiskInput {
  readonly Category?: string | undefined
  readonly PerformanceLevel?: string | undefined
  readonly Size?: number | undefined
  readonly ProvisionedIops?: number | undefined
  readonly StorageClusterId?: string | undefined
}

interface PriceInput {
  readonly ImageId?: string | undefined
  readonly InstanceType?: string | undefined
  readonly InstanceNetworkType?: string | undefined
  readonly InternetChargeType?: string | undefined
  readonly InternetMaxBandwidthOut?: number | undefined
  readonly IoOptimized?: string | undefined
  readonly SpotDuration?: number | undefined
  readonly SpotStrategy?: string | undefined
  readonly SystemDisk?: DiskInput | undefined
  readonly DataDisk?: readonly DiskInput[] | undefined
  readonly ZoneId?: string | undefined
  readonly InstanceAmount?: number | undefined
  readonly InstanceTypeList?: readonly string[] | undefined
  readonly InstanceCpuCoreCount?: number | undefined
  readonly DedicatedHostType?: string | undefined
  readonly AssuranceTimes?: string | undefined
  readonly StartTime?: string | undefined
  readonly RecurrenceRules?: readonly Recurrence[] | undefined
  readonly SchedulerOptions?: { readonly DedicatedHostId?: string | undefined } | undefined
}

const mostDataDisks = 16
const mostAmount = 1000

/** A disk that is asked about. The codes differ by which disk it is. */
function priced(
  kind: 'System' | 'Data',
  input: DiskInput,
  byDefault: { readonly category: string; readonly level?: string; readonly size: number },
) {
  const category = input.Category || byDefault.category
  demandOneOf(category, categories, `${kind}Disk.Category`, `Invalid${kind}DiskCategory.ValueNotSupported`)
  demandOneOf(input.PerformanceLevel, performanceLevels, `${kind}Disk.PerformanceLevel`, 'InvalidPerformanceLevel.Malformed')
  const byDefaultLevel = input.Category ? 'PL1' : (byDefault.level ?? 'PL1')
  const performanceLevel = category === 'cloud_essd' ? input.PerformanceLevel || byDefaultLevel : ''
  const size = input.Size ?? byDefault.size
  const { least, most } = sizeRange(kind === 'System' ? 'system' : 'data', category, performanceLevel)
  const fits = Number.isInteger(size) && size >= least && size <= most
  demand(fits, `Invalid${kind}DiskSize.ValueNotSupported`, `The specified ${kind}Disk.Size is not valid.`, 400)
  const provisionedIops = input.ProvisionedIops ?? 0
  const iops = Number.isInteger(provisionedIops) && provisionedIops >= 0 && provisionedIops <= 50_000
  demand(iops, 'InvalidParameter', 'The specified ProvisionedIops is not valid.')
  const resource = kind === 'System' ? 'systemDisk' : 'dataDisk'
  // In a cluster of one's own a disk costs nothing more (unconfirmed).
  if (input.StorageClusterId) return { resource, hourly: 0 }
  return diskItem(resource, { category, performanceLevel, size, provisionedIops })
}

function dataDisks(inputs: readonly DiskInput[], category: string): Item[] {
  demand(inputs.length <= mostDataDisks, 'InstanceDiskNumber.LimitExceed', 'The number of specified disks exceeds the limit.')
  return inputs.map((input) => priced('Data', input, { category, size: 20 }))
}

function bandwidth(input: PriceInput): Item {
  const { InternetChargeType: charge, InternetMaxBandwidthOut: out = 0 } = input
  demandOneOf(charge, ['PayByBandwidth', 'PayByTraffic'], 'InternetChargeType', 'InvalidInternetChargeType.ValueNotSupported')
  const fits = Number.isInteger(out) && out >= 0 && out <= 200
  demand(fits, 'InvalidInternetMaxBandwidthOut.ValueNotSupported', 'The specified InternetMaxBandwidthOut is not valid.')
  return bandwidthItem(charge || 'PayByTraffic', out)
}

/** Where the price is asked for: the zone named, else the region's first (prices differ by zone only by script or for spot instances). */
function zoneOf(ZoneId: string | undefined, regionId: string): string {
  const zones = regionFacts(regionId)?.Zones ?? []
  demand(!ZoneId || zones.includes(ZoneId), 'InvalidZoneId.NotFound', 'The specified ZoneId does not exist.', 404)
  return ZoneId || (zones[0] ?? '')
}

/** The price of a type by the hour; with a SpotStrategy what is asked is the market's. */
export function typeItem(InstanceType: string, input: PriceInput, paid: Paid, { state, now, regionId }: Context): Item {
  demandType(InstanceType)
  demandOneOf(input.SpotStrategy, ['NoSpot', 'SpotWithPriceLimit', 'SpotAsPriceGo'], 'SpotStrategy', 'InvalidParameter')
  const { SpotDuration: duration = 1 } = input
  demand(duration === 0 || duration === 1, 'InvalidParameter', 'The specified SpotDuration is not valid.')
  const place = { zoneId: zoneOf(input.ZoneId, regionId), instanceType: InstanceType }
  const market = marketOf(state)
  const hourly = priceAt(market, place, now)
  const spot = Boolean(input.SpotStrategy) && input.SpotStrategy !== 'NoSpot'
  demand(!spot || paid.unit === 'Hour', 'InvalidParameter.Conflict', 'The specified SpotStrategy does not go with the specified PriceUnit.')
  return { resource: 'instanceType', hourly, ...(spot && { asked: spotPriceAt(market, place, now) }) }
}

function instanceItems(input: PriceInput, paid: Paid, context: Context): Item[] {
  const { InstanceType, ImageId } = input
  demand(InstanceType, 'InvalidInstanceType.Missing', 'The InstanceType is required.', 404)
  demandOneOf(input.InstanceNetworkType, ['vpc', 'classic'], 'InstanceNetworkType', 'InvalidNetworkType.ValueNotSupported', 404)
  demandOneOf(input.IoOptimized, ['optimized', 'none'], 'IoOptimized', 'InvalidIoOptimizedValue.ValueNotSupported')
  // On a dedicated host only the host is paid for (unconfirmed).
  const type = input.SchedulerOptions?.DedicatedHostId
    ? { resource: 'instanceType', hourly: 0 }
    : typeItem(InstanceType, input, paid, context)
  const image = ImageId ? usableImage(ImageId, context) : undefined
  const size = Math.max(40, image?.Size ?? 0)
  const category = defaultCategory(instanceTypeOf(InstanceType)?.InstanceTypeFamily ?? '')
  const tooSmall = input.SystemDisk?.Size !== undefined && input.SystemDisk.Size < (image?.Size ?? 0)
  demand(!tooSmall, 'InvalidSystemDiskSize.LessThanImageSize', 'The specified SystemDisk.Size is less than the image size.', 404)
  const systemDisk = priced('System', input.SystemDisk ?? {}, { category, level: 'PL0', size })
  const disks = [systemDisk, ...dataDisks(input.DataDisk ?? [], category)]
  // The images here cost nothing.
  return [type, ...disks, bandwidth(input), ...(image ? [{ resource: 'image', hourly: 0 }] : [])]
}

function diskItems(input: PriceInput): Item[] {
  const disks = input.DataDisk ?? []
  demand(disks.length > 0, 'InvalidDiskCategory.Missing', 'A data disk is required.', 404)
  for (const disk of disks) demand(disk.Category, 'InvalidDiskCategory.Missing', 'The DataDisk.Category is required.', 404)
  return dataDisks(disks, '')
}

/** How many instances are reserved: told as such, or as vCPUs. */
function reserved({ InstanceAmount, InstanceCpuCoreCount }: PriceInput, type: string): number {
  const cores = instanceTypeOf(type)?.CpuCoreCount ?? 1
  const count = InstanceAmount ?? (InstanceCpuCoreCount === undefined ? 1 : Math.ceil(InstanceCpuCoreCount / cores))
  demand(
    Number.isInteger(count) && count >= 1 && count <= mostAmount,
    'InvalidAmount.Malformed',
    'The specified InstanceAmount is not valid.',
    403,
  )
  return count
}

/** A reservation of capacity: each instance at a part of its price for assurance, at the whole for immediate reservation. */
function reservation(input: PriceInput, part: number, paid: Paid, context: Context): Item[] {
  const type = input.InstanceType || input.InstanceTypeList?.[0]
  demand(type, 'InvalidInstanceType.Missing', 'The InstanceType is required.', 404)
  demandOneOf(input.AssuranceTimes, ['Unlimited'], 'AssuranceTimes', 'InvalidParameter')
  demand(!input.StartTime || parseTime(input.StartTime) !== undefined, 'InvalidParameter', 'The specified StartTime is not valid.')
  const { resource, hourly } = typeItem(type, input, paid, context)
  return [{ resource, hourly: hourly * reserved(input, type) * part * shareOf(input.RecurrenceRules ?? []) }]
}

function hostItems({ DedicatedHostType }: PriceInput): Item[] {
  const hourly = hostPrice(DedicatedHostType ?? '')
  demand(hourly !== undefined, 'InvalidParameter', 'The specified DedicatedHostType is not valid.')
  return [{ resource: 'ddh', hourly }]
}

type Priced = (input: PriceInput, paid: Paid, context: Context) => Item[]

/** What each ResourceType consists of. */
const kinds: Readonly<Record<string, Priced>> = {
  instance: instanceItems,
  disk: diskItems,
  diskperformance: diskItems,
  bandwidth: (input) => {
    demand(input.InternetMaxBandwidthOut, 'InvalidInternetMaxBandwidthOut.ValueNotSupported', 'The InternetMaxBandwidthOut is required.')
    return [bandwidth(input)]
  },
  ddh: hostItems,
  ElasticityAssurance: (input, paid, context) => reservation(input, priceModel().reservation.assuranceFactor, paid, context),
  CapacityReservation: (input, paid, context) => reservation(input, 1, paid, context),
}

// Not honoured: Capacity and OfferingType, which belong to resources that this operation names no type for.
export const DescribePrice = ecs(
  'DescribePrice',
  [
    'ResourceType',
    'ImageId',
    'InstanceType',
    'InstanceNetworkType',
    'InternetChargeType',
    'InternetMaxBandwidthOut',
    'IoOptimized',
    'Isp',
    'Amount',
    'InstanceAmount',
    'Period',
    'Platform',
    'PriceUnit',
    'Scope',
    'SpotDuration',
    'SpotStrategy',
    'SystemDisk.Category',
    'SystemDisk.PerformanceLevel',
    'SystemDisk.Size',
    'DataDisk.Category',
    'DataDisk.PerformanceLevel',
    'DataDisk.Size',
    'DataDisk.ProvisionedIops',
    'ZoneId',
    'AssuranceTimes',
    'DedicatedHostType',
    'InstanceCpuCoreCount',
    'InstanceTypeList',
    'RecurrenceRules',
    'SchedulerOptions',
    'StartTime',
    'SystemDisk.StorageClusterId',
    'DataDisk.StorageClusterId',
  ],
  (input, context) => {
    const asked = input.ResourceType || 'instance'
    const kind = Object.hasOwn(kinds, asked) ? kinds[asked] : undefined
    demand(kind, 'InvalidResourceType.ValueNotSupported', 'The specified ResourceType is not valid.', 400)
    const amount = input.Amount ?? 1
    demand(
      Number.isInteger(amount) && amount >= 1 && amount <= mostAmount,
      'InvalidAmount.Malformed',
      'The specified Amount is not valid.',
      403,
    )
    // The next ones change no price here.
    demandOneOf(input.Isp, ['cmcc', 'telecom', 'unicom', 'multiCarrier', 'BGP'], 'Isp', 'InvalidParameter')
    demandOneOf(input.Platform, ['Windows', 'Linux'], 'Platform', 'InvalidParameter')
    demandOneOf(input.Scope, ['Region', 'Zone'], 'Scope', 'InvalidParameter')
    const strategies = ['Availability', 'AvailabilityGroup', 'LowLatency', 'ProximityLooseDispersion']
    demandOneOf(input.SchedulerOptions?.DeploymentSetStrategy, strategies, 'SchedulerOptions.DeploymentSetStrategy', 'InvalidParameter')
    const paid = paidFor(input.PriceUnit, input.Period, ['Hour', 'Day', 'Week', 'Month', 'Year'], 'Hour')
    return priceInfo(kind(input, paid, context), paid, amount)
  },
)
