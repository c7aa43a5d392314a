import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandNoSnapshot, demandStatus, mountsOf } from './find.ts'
import { removeDisk } from './leaving.ts'

/** Deletes a disk that is attached to nothing. A disk that is not there is deleted already, and that is no refusal. */
export const DeleteDisk = ecs('DeleteDisk', ['DiskId'], ({ DiskId }, context) => {
  const disk = owned(context.state.disks.get(DiskId), context)
  if (disk === undefined) return {}
  const attached = mountsOf(disk).length > 0
  // Once it is detached, a system disk can be deleted (unconfirmed).
  demand(disk.type === 'data' || !attached, 'DiskTypeViolation', 'The operation is not supported due to the type of the disk.')
  demand(!attached, 'DiskStillAttached', 'The specified disk is attached to an instance.')
  demandStatus(disk, 'Available')
  demandNoSnapshot(disk, context.state)
  removeDisk(disk, context)
  return {}
})
