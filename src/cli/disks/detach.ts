import type { Text } from '../../api/text.ts'
import { deedCommand } from '../safety/command.ts'
import { diskDeed } from './deeds.ts'
import type { Disk } from './disk.ts'

/** What the service would refuse anyway is told before anything is done. */
function refusal({ Portable, Type, MultiAttach }: Disk): Text | undefined {
  if (MultiAttach === 'Enabled')
    return {
      en: 'may be attached to several instances; `tanxing api DetachDisk` says from which',
      zh: '可能挂载到多台实例；请用 `tanxing api DetachDisk` 指定实例',
    }
  if (Type === 'data' && !Portable) return { en: 'belongs to a subscription instance', zh: '属于包年包月实例，不可卸载' }
  return undefined
}

/** `tanxing disks detach`: takes disks from their instances and waits until they are free. What is on them stays. */
export const command = deedCommand<Disk>({
  ...diskDeed,
  verb: { en: 'detach', zh: '卸载' },
  done: { en: 'detached', zh: '已卸载' },
  goal: 'Available',
  limit: 50,
  about: ({ Status, InstanceId, Device, Type }) => [Status, InstanceId, Device, Type].filter(Boolean).join('  '),
  already: ({ Status }) => Status === 'Available',
  refusal,
  action: ({ DiskId, InstanceId }) => ({ action: 'DetachDisk', input: { DiskId, InstanceId, DeleteWithInstance: false } }),
})
