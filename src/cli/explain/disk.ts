import type { Disk } from '../disks/disk.ts'
import { tagText } from '../instances/instance.ts'
import { type Advice, type Explanation, type Fact, same } from './explanation.ts'

/** What a disk is, what governs it, what happens to it next, and what one can do. */
export function explainDisk(disk: Disk, regionId: string): Explanation {
  const {
    DiskId: id,
    Status,
    Type,
    Category,
    Size,
    ZoneId,
    InstanceId,
    Device,
    DiskChargeType,
    ExpiredTime,
    DetachedTime,
    CreationTime,
  } = disk
  const at = ` --region ${regionId}`
  const free = Status === 'Available'
  const tags = tagText(disk.Tags?.Tag)
  const onOff = (on: boolean) => (on ? { en: 'yes', zh: '是' } : { en: 'no', zh: '否' })
  const is: Fact[] = [
    {
      topic: { en: 'disk', zh: '云盘' },
      says: { en: `${Type} disk, ${Category}, ${Size} GiB, in ${ZoneId}`, zh: `${Type}，${Category}，${Size} GiB，位于 ${ZoneId}` },
    },
    {
      topic: { en: 'state', zh: '状态' },
      says: free
        ? {
            en: `${Status}: attached to nothing since ${DetachedTime || CreationTime}`,
            zh: `${Status}：自 ${DetachedTime || CreationTime} 起未挂载`,
          }
        : { en: `${Status}: ${InstanceId} ${Device}`, zh: `${Status}：${InstanceId} ${Device}` },
    },
    ...(tags === '' ? [] : [{ topic: { en: 'tags', zh: '标签' }, says: same(tags) }]),
  ]
  const governs: Fact[] = [
    {
      topic: { en: 'charge', zh: '计费' },
      says:
        DiskChargeType === 'PrePaid'
          ? { en: `subscription until ${ExpiredTime}`, zh: `包年包月，至 ${ExpiredTime}` }
          : { en: 'pay as you go, attached or not', zh: '按量付费，无论是否挂载' },
    },
    { topic: { en: 'goes with its instance', zh: '随实例释放' }, says: onOff(disk.DeleteWithInstance) },
    { topic: { en: 'takes its automatic snapshots along', zh: '自动快照随云盘删除' }, says: onOff(disk.DeleteAutoSnapshot) },
    { topic: { en: 'encrypted', zh: '加密' }, says: onOff(disk.Encrypted) },
    {
      topic: { en: 'snapshot policy', zh: '自动快照策略' },
      says: disk.AutoSnapshotPolicyId ? same(disk.AutoSnapshotPolicyId) : { en: 'none', zh: '无' },
    },
  ]
  const advice: Advice[] = [
    { command: `tanxing snapshots create ${id}${at}`, for: { en: 'keep it as it is', zh: '创建快照' } },
    ...(InstanceId
      ? [{ command: `tanxing explain ${InstanceId}${at}`, for: { en: 'see what its instance is up to', zh: '查看所属实例' } }]
      : []),
    ...(free
      ? [{ command: `tanxing disks release ${id} --dry-run${at}`, for: { en: 'see what a release would take', zh: '查看释放会丢失什么' } }]
      : []),
  ]
  const next =
    DiskChargeType === 'PrePaid' && ExpiredTime
      ? [{ at: ExpiredTime, what: { en: 'the subscription ends, unless renewed', zh: '包年包月到期，除非续费' } }]
      : []
  return { id, name: disk.DiskName, regionId, kind: { en: 'disk', zh: '云盘' }, is, governs, next, advice }
}
