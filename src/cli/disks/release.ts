import type { Text } from '../../api/text.ts'
import { deedCommand } from '../safety/command.ts'
import { diskDeed } from './deeds.ts'
import type { Disk } from './disk.ts'

const kind = { en: 'disk with all its data', zh: '云盘及其全部数据' } as const

/** What the service would refuse anyway is told before anything is done. */
function refusal({ Status, InstanceId, Portable, DiskChargeType }: Disk): Text | undefined {
  if (Status === 'In_use') return { en: `is attached to ${InstanceId}; detach it first`, zh: `已挂载到 ${InstanceId}；请先卸载` }
  if (DiskChargeType === 'PrePaid' && !Portable) return { en: 'is a subscription', zh: '为包年包月云盘' }
  return undefined
}

/** `tanxing disks release`: releases disks that are attached to nothing, and waits until they are gone. */
export const command = deedCommand({
  ...diskDeed,
  verb: { en: 'release', zh: '释放' },
  done: { en: 'released', zh: '已释放' },
  action: 'DeleteDisk',
  undo: 'disks release',
  goal: 'Deleted',
  limit: 50,
  losses: (items) => Promise.resolve(new Map(items.map(({ DiskId, Size }) => [DiskId, [{ kind, what: `${DiskId} ${Size} GiB` }]]))),
  refusal,
})
