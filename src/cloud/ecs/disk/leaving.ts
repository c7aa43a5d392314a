import type { LifeContext } from '../../lifecycle.ts'
import type { Disk } from '../records.ts'
import { isLocked } from '../snapshot/locks.ts'
import { mountsOf } from './find.ts'

type Leaving = Pick<LifeContext, 'state' | 'now'>

/** Deletes a disk, and the automatic snapshots of it if they are to go with it. Locked ones stay. */
export function removeDisk(disk: Disk, { state, now }: Leaving): void {
  if (disk.deleteAutoSnapshot)
    for (const snapshot of state.snapshots.by('disk', disk.id)) {
      if (snapshot.snapshotType === 'auto' && !isLocked(snapshot, now)) state.snapshots.delete(snapshot.id)
    }
  state.disks.delete(disk.id)
}

/** A disk that is not attached to the instance any more. */
export function freed(disk: Disk, instanceId: string, now: number): Disk {
  const mounts = mountsOf(disk).filter((mount) => mount.instanceId !== instanceId)
  // Its locks were the instance's.
  const { locks: _, ...rest } = disk
  return {
    ...rest,
    ...(disk.multiAttach && { mounts }),
    ...(disk.type === 'system' && { formerInstanceId: instanceId }),
    instanceId: '',
    device: '',
    status: mounts.length > 0 ? 'In_use' : 'Available',
    attachedAt: undefined,
    detachedAt: now,
  }
}

/** What becomes of the disks of an instance that goes: those that go with it, or all of them, are deleted, the others are free. */
export function leaveInstance(instanceId: string, all: boolean, context: Leaving): void {
  const { state, now } = context
  for (const disk of state.disks.by('instance', instanceId))
    if ((all || disk.deleteWithInstance) && !disk.multiAttach) removeDisk(disk, context)
    else state.disks.put(freed(disk, instanceId, now))
  for (const disk of state.disks.by('former', instanceId)) if (disk.deleteWithInstance) removeDisk(disk, context)
}
