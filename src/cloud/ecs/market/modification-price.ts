import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { marketOf, priceAt } from '../../market/model.ts'
import { type Context, ecs } from '../../operation.ts'
import { categories, performanceLevels } from '../disk/sizes.ts'
import { usableImage } from '../image/find.ts'
import type { Disk, Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { bandwidthItem, demandType, diskItem, type Item, priceInfo } from './amounts.ts'
import { subscriptionOf } from './renewal-price.ts'

interface DiskChange {
  readonly Category?: string | undefined
  readonly PerformanceLevel?: string | undefined
  readonly Size?: number | undefined
  readonly DiskId?: string | undefined
}

const monthMs = 30 * 24 * 3_600_000
const greatestDisk = 65_536

/** What a new price asks above the old one: a change to something cheaper costs nothing, and gives nothing back here. */
const above = (after: Item, before: Item | undefined): Item => ({
  resource: after.resource,
  hourly: Math.max(0, after.hourly - (before?.hourly ?? 0)),
})

/** A disk as it is to be: what is not said stays, or is the default for a new one. */
function changedDisk(kind: 'system' | 'data', change: DiskChange, disk: Disk | undefined): Item {
  const name = kind === 'system' ? 'SystemDisk' : 'DataDisk'
  const category = change.Category || disk?.category || 'cloud_efficiency'
  demandOneOf(category, categories, `${name}.Category`, `Invalid${name}Category.ValueNotSupported`)
  demandOneOf(change.PerformanceLevel, performanceLevels, `${name}.PerformanceLevel`, 'InvalidPerformanceLevel.Malformed')
  const size = change.Size ?? disk?.size ?? 20
  const fits = Number.isInteger(size) && size >= 1 && size <= greatestDisk
  demand(fits, 'InvalidParameter', `The specified ${name}.Size is not valid.`)
  const performanceLevel = change.PerformanceLevel || disk?.performanceLevel || ''
  const resource = kind === 'system' ? 'systemDisk' : 'dataDisk'
  return above(diskItem(resource, { category, performanceLevel, size }), disk && diskItem(resource, disk))
}

function typeChange(InstanceType: string, instance: Instance, { state, now }: Context): Item {
  demandType(InstanceType)
  const market = marketOf(state)
  const of = (instanceType: string) => priceAt(market, { zoneId: instance.zoneId, instanceType }, now)
  return above({ resource: 'instanceType', hourly: of(InstanceType) }, { resource: 'instanceType', hourly: of(instance.instanceType) })
}

function bandwidthChange(charge: string | undefined, mbits: number | undefined, instance: Instance): Item {
  demandOneOf(charge, ['PayByBandwidth', 'PayByTraffic'], 'InternetChargeType', 'InvalidInternetChargeType.ValueNotSupported')
  const wanted = mbits ?? instance.internetMaxBandwidthOut
  const fits = Number.isInteger(wanted) && wanted >= 0 && wanted <= 200
  demand(fits, 'InvalidParameter', 'The specified InternetMaxBandwidthOut is not valid.')
  return above(
    bandwidthItem(charge || instance.internetChargeType, wanted),
    bandwidthItem(instance.internetChargeType, instance.internetMaxBandwidthOut),
  )
}

/** The months that are paid for: what is left of the subscription, or the window of a bandwidth that is higher for a time. */
function monthsOf(from: string | undefined, to: string | undefined, expiresAt: number, now: number): number {
  const read = (text: string | undefined, byDefault: number): number => {
    const at = text ? parseTime(text) : byDefault
    demand(at !== undefined, 'InvalidParameter', 'The specified time is not valid.')
    return at
  }
  const [start, end] = [read(from, now), read(to, expiresAt)]
  demand(start < end && end <= expiresAt, 'InvalidParameter', 'The specified EndTime is not valid.')
  return (end - Math.max(start, now)) / monthMs
}

/** What a change of a subscription costs for the rest of its time, before it is made. */
export const DescribeInstanceModificationPrice = ecs(
  'DescribeInstanceModificationPrice',
  [
    'InstanceId',
    'InstanceType',
    'ImageId',
    'InternetChargeType',
    'InternetMaxBandwidthOut',
    'StartTime',
    'EndTime',
    'SystemDisk.Category',
    'SystemDisk.PerformanceLevel',
    'SystemDisk.Size',
    'DataDisk.Category',
    'DataDisk.DiskId',
    'DataDisk.PerformanceLevel',
    'DataDisk.Size',
  ],
  (input, context) => {
    const { state, now } = context
    const instance = subscriptionOf(input.InstanceId, context)
    demand(instance.expiresAt > now, 'InstanceExpired', 'The specified instance has expired.', 403)
    const { InstanceType, InternetChargeType, InternetMaxBandwidthOut, SystemDisk, DataDisk = [] } = input
    const bandwidth = Boolean(InternetChargeType) || InternetMaxBandwidthOut !== undefined
    const something = InstanceType || SystemDisk || DataDisk.length > 0 || bandwidth
    demand(something, 'MissingParameter.InstanceTypeOrDataDisk', 'An InstanceType or a DataDisk is required.', 400)
    if (input.ImageId) usableImage(input.ImageId, context)
    const disks = state.disks.by('instance', instance.id)
    const known = (id: string | undefined): Disk | undefined => {
      const disk = disks.find((one) => one.id === id)
      demand(!id || disk, 'InvalidDiskId.NotFound', 'The specified disk does not exist.', 404)
      return disk
    }
    const items = [
      ...(InstanceType ? [typeChange(InstanceType, instance, context)] : []),
      ...(SystemDisk
        ? [
            changedDisk(
              'system',
              SystemDisk,
              disks.find((disk) => disk.type === 'system'),
            ),
          ]
        : []),
      ...DataDisk.map((change) => changedDisk('data', change, known(change.DiskId))),
      ...(bandwidth ? [bandwidthChange(InternetChargeType, InternetMaxBandwidthOut, instance)] : []),
    ]
    const count = monthsOf(input.StartTime, input.EndTime, instance.expiresAt, now)
    return priceInfo(items, { unit: 'Month', count, months: 0 })
  },
)
