import type * as Ecs from '../../api/generated/ecs.ts'
import type { Disk } from '../disks/disk.ts'
import type { Instance } from '../instances/instance.ts'

/** What DescribePrice is asked about one thing, but for the unit of time. */
export type Ask = Omit<Ecs.DescribePriceInput, 'PriceUnit'> & { readonly PriceUnit: 'Hour' | 'Month' }

/** One thing that costs: an instance with the disks that are paid as it is, or a disk that is paid for alone. */
export interface Costing {
  readonly Id: string
  readonly Name: string
  readonly Kind: 'instance' | 'disk'
  /** The instance type, or the disk's category. */
  readonly Type: string
  readonly Charge: 'PostPaid' | 'PrePaid' | 'Spot'
  readonly Tags: readonly { readonly TagKey?: string; readonly TagValue?: string }[]
  readonly ask: Ask
}

/** DescribePrice takes no more in one question. */
const mostDataDisks = 16
type Category = NonNullable<Ecs.DescribePriceInput['SystemDisk']>['Category']

/** Disks of the host machine are in the price of the type. */
const isLocal = ({ Category }: Disk) => /^(?:local_|ephemeral)/.test(Category)

const diskInput = ({ Category, PerformanceLevel, Size, ProvisionedIops }: Disk) => ({
  // The values documented for a price are fewer than those a disk may have; both are the same categories.
  Category: Category as Category,
  ...(PerformanceLevel && { PerformanceLevel }),
  Size,
  ...(ProvisionedIops > 0 && { ProvisionedIops }),
})

function alone(disk: Disk): Costing {
  const prepaid = disk.DiskChargeType === 'PrePaid'
  return {
    Id: disk.DiskId,
    Name: disk.DiskName,
    Kind: 'disk',
    Type: disk.Category,
    Charge: prepaid ? 'PrePaid' : 'PostPaid',
    Tags: disk.Tags?.Tag ?? [],
    ask: { ResourceType: 'disk', PriceUnit: prepaid ? 'Month' : 'Hour', DataDisk: [diskInput(disk)] },
  }
}

function whole(instance: Instance, disks: readonly Disk[]): Costing {
  const { InstanceType, InstanceChargeType, SpotStrategy, ZoneId, InternetChargeType, InternetMaxBandwidthOut } = instance
  const prepaid = InstanceChargeType === 'PrePaid'
  const spot = !prepaid && (SpotStrategy ?? 'NoSpot') !== 'NoSpot' && SpotStrategy !== ''
  const system = disks.find(({ Type }) => Type === 'system')
  const data = disks.filter((disk) => disk !== system).map(diskInput)
  // The same disks in another order are the same configuration.
  const DataDisk = data.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
  const byBandwidth = InternetChargeType === 'PayByBandwidth' && (instance.PublicIpAddress?.IpAddress.length ?? 0) > 0
  const { ProvisionedIops: _, ...SystemDisk } = system ? diskInput(system) : { ProvisionedIops: undefined }
  return {
    Id: instance.InstanceId,
    Name: instance.InstanceName,
    Kind: 'instance',
    Type: InstanceType,
    Charge: prepaid ? 'PrePaid' : spot ? 'Spot' : 'PostPaid',
    Tags: instance.Tags?.Tag ?? [],
    ask: {
      ResourceType: 'instance',
      PriceUnit: prepaid ? 'Month' : 'Hour',
      InstanceType,
      ...(system && { SystemDisk }),
      ...(DataDisk.length > 0 && { DataDisk }),
      ...(byBandwidth && { InternetChargeType, InternetMaxBandwidthOut }),
      // The price limit is no price: what is asked is the market's.
      ...(spot && { SpotStrategy: 'SpotAsPriceGo', ZoneId }),
    },
  }
}

/** Whether an instance's type is paid for now: not while it is stopped in economical mode. */
export const isCharged = ({ InstanceChargeType, Status, StoppedMode }: Instance): boolean =>
  InstanceChargeType === 'PrePaid' || Status !== 'Stopped' || StoppedMode !== 'StopCharging'

/**
 * What costs among some instances and disks. A disk goes with its instance where both are paid for in the same way and the
 * instance is paid for now; else it is one for itself.
 */
export function costingOf(instances: readonly Instance[], disks: readonly Disk[]): Costing[] {
  const charged = new Map(instances.filter(isCharged).map((one) => [one.InstanceId, one]))
  const taken = new Map<string, Disk[]>()
  const others: Disk[] = []
  for (const disk of disks) {
    if (isLocal(disk)) continue
    const host = charged.get(disk.InstanceId)
    const beside = taken.get(disk.InstanceId) ?? []
    const fits = host !== undefined && host.InstanceChargeType === disk.DiskChargeType
    const room = disk.Type === 'system' || beside.filter(({ Type }) => Type !== 'system').length < mostDataDisks
    if (fits && room) taken.set(disk.InstanceId, [...beside, disk])
    else others.push(disk)
  }
  return [...[...charged.values()].map((one) => whole(one, taken.get(one.InstanceId) ?? [])), ...others.map(alone)]
}
