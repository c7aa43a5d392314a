import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { State } from '../../state.ts'
import { demandUnlocked } from '../instance/locks.ts'
import type { Disk, Instance, Mount } from '../records.ts'

/**
 * The caller's disk: in the region asked for, or in any for a call that takes no RegionId.
 * @throws Fault InvalidDiskId.NotFound
 */
export function diskOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>, status?: number): Disk {
  const disk = owned(context.state.disks.get(id), context)
  demand(disk, 'InvalidDiskId.NotFound', 'The specified disk does not exist.', status)
  return disk
}

/** Every instance that a disk is attached to: at most one, unless it can be attached to several. */
export const mountsOf = (disk: Disk): readonly Mount[] =>
  disk.mounts ?? (disk.instanceId === '' ? [] : [{ instanceId: disk.instanceId, device: disk.device, attachedAt: disk.attachedAt }])

/** @throws Fault DiskCreatingSnapshot while a snapshot of the disk is being made */
export function demandNoSnapshot(disk: Disk, state: State): void {
  demand(
    state.snapshots.count('making', disk.id) === 0,
    'DiskCreatingSnapshot',
    'The operation is denied while a snapshot is being created.',
  )
}

/** The instance that a disk is attached to, if it is. */
export const hostOf = (disk: Disk, state: State): Instance | undefined => state.instances.get(disk.instanceId)

/** @throws Fault IncorrectDiskStatus */
export function demandStatus(disk: Disk, ...statuses: readonly Disk['status'][]): void {
  demand(statuses.includes(disk.status), 'IncorrectDiskStatus', 'The current disk status does not support this operation.')
}

/**
 * Goes on only when every instance that the disk is attached to is in one of the states, and not locked against the operation.
 * @throws Fault IncorrectInstanceStatus, or a lock's code
 */
export function demandHost(
  disk: Disk,
  state: State,
  operation: Parameters<typeof demandUnlocked>[0],
  ...statuses: readonly Instance['status'][]
): void {
  for (const { instanceId } of mountsOf(disk)) {
    const host = state.instances.get(instanceId)
    if (host) demandUnlocked(operation, host)
    const fits = host !== undefined && statuses.includes(host.status) && !host.releasing
    demand(fits, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
  }
}
