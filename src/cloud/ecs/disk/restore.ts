import { demand, Fault } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { osTypeOf } from '../image/find.ts'
import { demandPassword } from '../instance/login.ts'
import { keyPairNameOf } from '../key-pair/find.ts'
import type { Disk } from '../records.ts'
import { readySnapshotOf } from '../snapshot/find.ts'
import { demandOneOf } from '../values.ts'
import { demandHost, demandNoSnapshot, demandStatus, diskOf, hostOf } from './find.ts'
import { durations } from './lifecycles.ts'

/** Nothing is kept of what is on a disk, so that only its state tells that it is being set back. */
function restore(disk: Disk, context: Context, end: 'disk.restored' | 'disk.restoredToStart'): void {
  context.state.disks.put({ ...disk, status: 'ReIniting' })
  context.schedule(end, disk.id, durations.reInit)
}

/**
 * Sets a disk back to what it was when it was made. Its instance is stopped and has been started once.
 * A password is checked and not kept; a system disk's instance is started afterwards if AutoStartInstance says so.
 */
export const ReInitDisk = ecs(
  'ReInitDisk',
  ['DiskId', 'AutoStartInstance', 'Password', 'KeyPairName', 'SecurityEnhancementStrategy'],
  (input, context) => {
    const { state } = context
    const disk = diskOf(input.DiskId, context)
    demand(!disk.multiAttach, 'InvalidOperation.MultiAttachDisk', 'The operation is not for disks that can be attached to several.', 403)
    const own = disk.clonedFrom === undefined
    demand(own, 'InvalidDiskId.OperationNotSupported', 'A disk that was cloned cannot be initialized again.')
    demandStatus(disk, 'In_use')
    demandHost(disk, state, 'ReInitDisk', 'Stopped')
    const host = hostOf(disk, state)
    demand(host?.startedAt !== undefined, 'IncorrectInstanceStatus', 'The instance has never been started.')
    demandNoSnapshot(disk, state)
    demandOneOf(input.SecurityEnhancementStrategy, ['Active', 'Deactive'], 'SecurityEnhancementStrategy', 'InvalidParameter')
    const osType = osTypeOf(host)
    demandPassword(input.Password, osType)
    const keyPairName = keyPairNameOf(input.KeyPairName, osType, { ...context, regionId: host.regionId })
    if (keyPairName) state.instances.put({ ...host, keyPairName })
    restore(disk, context, input.AutoStartInstance && disk.type === 'system' ? 'disk.restoredToStart' : 'disk.restored')
    return {}
  },
)

/** Rolls a disk back to one of its own snapshots. */
function reset(diskId: string, snapshotId: string, context: Context): void {
  const { state } = context
  const disk = diskOf(diskId, context)
  demand(!disk.multiAttach, 'InvalidOperation.MultiAttachDisk', 'The operation is not for disks that can be attached to several.', 403)
  const snapshot = readySnapshotOf(snapshotId, context)
  const own = snapshot.sourceDiskId === disk.id && snapshot.sourceSnapshotId === ''
  demand(own, 'InvalidParameter.Mismatch', 'The specified snapshot is not of the specified disk.', 403)
  demandStatus(disk, 'In_use')
  demandHost(disk, state, 'ResetDisk', 'Stopped')
  demand(state.snapshots.count('making', disk.id) === 0, 'Operation.Conflict', 'A snapshot of the disk is being created.')
  restore(disk, context, 'disk.restored')
}

export const ResetDisk = ecs('ResetDisk', ['DiskId', 'SnapshotId'], ({ DiskId, SnapshotId }, context) => {
  reset(DiskId, SnapshotId, context)
  return {}
})

const mostAtOnce = 10

/** Rolls back disks of one instance, each for itself; the answer tells how each went. */
export const ResetDisks = ecs('ResetDisks', ['Disk'], ({ Disk: pairs }, context) => {
  demand(pairs.length >= 1 && pairs.length <= mostAtOnce, 'InvalidParameter', `From 1 to ${mostAtOnce} Disk can be given.`)
  const hosts = new Set(pairs.map(({ DiskId = '' }) => diskOf(DiskId, context).instanceId))
  demand(hosts.size === 1, 'InvalidParameter.Mismatch', 'The specified disks are not all attached to one instance.', 403)
  const responses = pairs.map(({ DiskId = '', SnapshotId = '' }) => {
    const RelatedItemSet = { RelatedItem: [{ Name: 'DiskId', Value: DiskId }] }
    try {
      reset(DiskId, SnapshotId, context)
      return { OperationStatus: 'Success', ErrorCode: '', ErrorMsg: '', RelatedItemSet }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { OperationStatus: 'Failed', ErrorCode: error.code, ErrorMsg: error.message, RelatedItemSet }
    }
  })
  return { OperationProgressSet: { OperationProgress: responses } }
})
