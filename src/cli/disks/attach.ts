import type { Text } from '../../api/text.ts'
import { instances } from '../instances/instance.ts'
import { demanded } from '../numbers.ts'
import { deedCommand } from '../safety/command.ts'
import { named } from '../select/select.ts'
import { diskDeed } from './deeds.ts'
import type { Disk } from './disk.ts'

/** `tanxing disks attach`: attaches disks to an instance of their zone and waits until they are. */
export const command = deedCommand<Disk>({
  ...diskDeed,
  verb: { en: 'attach', zh: '挂载' },
  done: { en: 'attached', zh: '已挂载' },
  goal: 'In_use',
  options: {
    to: { type: 'string', value: 'ID|NAME', help: { en: 'the instance that gets them', zh: '要挂载到的实例' } },
    'delete-with-instance': { type: 'boolean', help: { en: 'they go when the instance is released', zh: '随实例释放' } },
  },
  input: (invocation) => {
    demanded(invocation, 'to', 'instances list')
    return invocation.values.flag('delete-with-instance') ? { DeleteWithInstance: true } : {}
  },
  look: async (_, connected, invocation) => {
    const [instance] = await named([demanded(invocation, 'to')], instances, connected, invocation.world.signal)
    return { InstanceId: instance?.InstanceId }
  },
  refusal: ({ Status, InstanceId, MultiAttach }): Text | undefined =>
    Status === 'In_use' && MultiAttach !== 'Enabled' ? { en: `is attached to ${InstanceId}`, zh: `已挂载到 ${InstanceId}` } : undefined,
  action: ({ DiskId }, input) => ({ action: 'AttachDisk', input: { ...input, DiskId } }),
})
