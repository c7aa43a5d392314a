import type { Text } from '../../api/text.ts'
import type * as Vpc from '../../api/generated/vpc.ts'
import { isCharged } from '../cost/costing.ts'
import type { Disk } from '../disks/disk.ts'
import { dayMs } from '../expiring/ends.ts'
import type { Instance } from '../instances/instance.ts'
import type { Snapshot } from '../snapshots/snapshot.ts'
import type { Load } from './load.ts'

/** Something that costs and seems to do nothing, with the reason. */
export interface Finding {
  readonly Id: string
  readonly Name: string
  readonly Kind: 'instance' | 'disk' | 'eip' | 'snapshot'
  readonly Reason: 'quiet' | 'stopped' | 'unattached' | 'unbound' | 'old'
  /** The reason with its figures. */
  readonly why: Text
}

/** From where on something counts as idle. */
export interface Thresholds {
  readonly days: number
  /** Percent. */
  readonly cpu: number
  /** Kbit a second. */
  readonly network: number
  readonly snapshotDays: number
}

/** Less than a day of figures proves nothing. */
const leastHours = 24
const date = (time: string) => time.slice(0, 10)

/** A running instance whose processor and network are both below the thresholds; undefined when it is used, or not known long enough. */
export function quiet({ InstanceId, InstanceName }: Instance, load: Load, { days, cpu, network }: Thresholds): Finding | undefined {
  if (load.hours < leastHours || load.cpu >= cpu || load.network >= network) return undefined
  const [mean, most, traffic] = [load.cpu.toFixed(1), load.cpuMost.toFixed(1), Math.round(load.network).toLocaleString('en')]
  return {
    Id: InstanceId,
    Name: InstanceName,
    Kind: 'instance',
    Reason: 'quiet',
    why: {
      en: `CPU ${mean}% (busiest hour ${most}%), network ${traffic} kbit/s in ${days} d`,
      zh: `${days} 天内 CPU ${mean}%（最忙一小时 ${most}%），网络 ${traffic} kbit/s`,
    },
  }
}

/** Stopped instances that are paid for all the same. */
export function stopped(instances: readonly Instance[]): Finding[] {
  return instances
    .filter((one) => one.Status === 'Stopped' && isCharged(one))
    .map(({ InstanceId, InstanceName, InstanceChargeType, ExpiredTime }) => ({
      Id: InstanceId,
      Name: InstanceName,
      Kind: 'instance',
      Reason: 'stopped',
      why:
        InstanceChargeType === 'PrePaid'
          ? { en: `stopped; subscribed until ${date(ExpiredTime)}`, zh: `已停止；包年包月至 ${date(ExpiredTime)}` }
          : { en: 'stopped, and charged as if it ran', zh: '已停止，但为普通停机模式，仍在计费' },
    }))
}

/** Disks that are attached to nothing. */
export const unattached = (disks: readonly Disk[]): Finding[] =>
  disks
    .filter(({ Status }) => Status === 'Available')
    .map(({ DiskId, DiskName, DetachedTime, CreationTime, Size }) => ({
      Id: DiskId,
      Name: DiskName,
      Kind: 'disk',
      Reason: 'unattached',
      why: {
        en: `${Size} GiB, attached to nothing since ${date(DetachedTime || CreationTime)}`,
        zh: `${Size} GiB，自 ${date(DetachedTime || CreationTime)} 起未挂载`,
      },
    }))

/** Elastic addresses that are bound to nothing. */
export const unbound = (eips: readonly Vpc.Items['DescribeEipAddresses'][]): Finding[] =>
  eips
    .filter(({ Status, InstanceId }) => Status === 'Available' && !InstanceId)
    .map(({ AllocationId, Name, IpAddress }) => ({
      Id: AllocationId,
      Name,
      Kind: 'eip',
      Reason: 'unbound',
      why: { en: `${IpAddress}, bound to nothing`, zh: `${IpAddress}，未绑定` },
    }))

/** Snapshots taken by hand or by a policy longer ago than the threshold. */
export const old = (snapshots: readonly Snapshot[], now: number, { snapshotDays }: Thresholds): Finding[] =>
  snapshots.flatMap(({ SnapshotId, SnapshotName, CreationTime, SourceDiskSize }): Finding[] => {
    const days = Math.floor((now - Date.parse(CreationTime)) / dayMs)
    if (!(days >= snapshotDays)) return []
    const why = { en: `taken ${days} d ago of ${SourceDiskSize} GiB`, zh: `${days} 天前创建，源盘 ${SourceDiskSize} GiB` }
    return [{ Id: SnapshotId, Name: SnapshotName, Kind: 'snapshot', Reason: 'old', why }]
  })
