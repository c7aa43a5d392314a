import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { orderId } from '../instance/charge.ts'
import type { Disk } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { demandHost, demandNoSnapshot, demandStatus, diskOf, hostOf } from './find.ts'
import { sizeRange } from './sizes.ts'

function demandOnline(disk: Disk, { state }: Context): void {
  const several = 'InvalidOperation.MultiAttachDiskNotSupportResizeOnline'
  demand(!disk.multiAttach, several, 'A disk that can be attached to several instances cannot be resized online.', 403)
  demand(disk.category !== 'cloud', 'InvalidDiskCategory.NotSupported', 'The disk category cannot be resized online.', 403)
  const running = hostOf(disk, state)?.status === 'Running'
  demand(running, 'InvalidInstanceStatus.NotRunning', 'The instance that the disk is attached to is not Running.', 403)
}

/**
 * Gives a disk more room. The API shows the new size at once; what the guest sees after an offline resize, it sees after a restart.
 * A subscription's disk is an order.
 */
export const ResizeDisk = ecs('ResizeDisk', ['DiskId', 'NewSize', 'Type'], ({ DiskId, NewSize, Type }, context) => {
  const { state } = context
  const disk = diskOf(DiskId, context)
  demandOneOf(Type, ['offline', 'online'], 'Type', 'InvalidParam.Type')
  demandStatus(disk, 'In_use', 'Available')
  demandNoSnapshot(disk, state)
  if (Type === 'online') demandOnline(disk, context)
  else demandHost(disk, state, 'ResizeDisk', 'Running', 'Stopped')
  demand(NewSize > disk.size, 'InvalidDiskSize.TooSmall', 'The specified NewSize is not greater than the size of the disk.')
  const { most } = sizeRange(disk.type, disk.category, disk.performanceLevel)
  const code = disk.type === 'system' ? 'InvalidSystemDiskSize.ValueNotSupported' : 'InvalidDataDiskSize.ValueNotSupported'
  demand(Number.isInteger(NewSize) && NewSize <= most, code, 'The specified NewSize is beyond the permitted range.')
  state.disks.put({ ...disk, size: NewSize })
  return disk.diskChargeType === 'PrePaid' ? { OrderId: orderId(context) } : {}
})
