import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { osTypeOf } from '../image/find.ts'
import { demandTakesDisk } from '../market/offers.ts'
import { demandUnlocked } from '../instance/locks.ts'
import { demandPassword } from '../instance/login.ts'
import { instanceOf } from '../instance/power.ts'
import { keyPairNameOf } from '../key-pair/find.ts'
import type { Disk, Instance } from '../records.ts'
import { freeDevice } from './devices.ts'
import { demandNoSnapshot, demandStatus, diskOf, mountsOf } from './find.ts'
import { attachment, durations } from './lifecycles.ts'

/** How many instances hold a disk that can be attached to several. */
const mostMounts = 16

/** A basic disk that belongs to a subscription goes with its instance. @throws Fault DeleteWithInstance.Conflict */
export function demandKeepable(disk: Disk, deleteWithInstance: boolean | undefined): void {
  const bound = disk.category === 'cloud' && !disk.portable && disk.type === 'data'
  demand(
    !bound || deleteWithInstance !== false,
    'DeleteWithInstance.Conflict',
    'The specified disk is not a portable disk and cannot be set to DeleteWithInstance attribute.',
  )
}

function demandMultiAttach(disk: Disk, instance: Instance): void {
  if (!disk.multiAttach) return
  const mounts = mountsOf(disk)
  demand(
    mounts.every((mount) => mount.instanceId !== instance.id),
    'InvalidDisk.InUse',
    'The disk is attached to the instance already.',
  )
  demand(mounts.length < mostMounts, 'DiskAttachedNumberExceeded', 'The disk is attached to as many instances as it can be.', 403)
  const nvme = instanceTypeOf(instance.instanceType)?.NvmeSupport !== 'unsupported'
  demand(nvme, 'InvalidInstanceType.NotSupportMultiAttachDisk', 'The instance type does not take disks that are attached to several.')
}

interface SystemInput {
  readonly Bootable?: boolean | undefined
  readonly Password?: string | undefined
  readonly KeyPairName?: string | undefined
  readonly Device?: string | undefined
}

/** A system disk goes back to the instance it came from, which is stopped and has none. The codes are unconfirmed. */
function systemDevice(disk: Disk, instance: Instance, input: SystemInput, context: Context): string {
  const { Bootable, Password, KeyPairName, Device } = input
  const own = disk.formerInstanceId === instance.id && Bootable !== false
  demand(own, 'DiskId.ValueNotSupported', 'A system disk can be attached to the instance it came from alone, as its system disk.')
  demand(
    instance.status === 'Stopped',
    'IncorrectInstanceStatus',
    'The current status of the resource does not support this operation.',
    400,
  )
  const first = context.state.disks.by('instance', instance.id).every((other) => other.type !== 'system')
  demand(first, 'InstanceDiskLimitExceeded', 'The instance has a system disk already.')
  demand(!Device || Device === '/dev/xvda', 'InvalidDevice.Malformed', 'The specified Device is not valid.', 400)
  const osType = osTypeOf(instance)
  demandPassword(Password, osType)
  const keyPairName = keyPairNameOf(KeyPairName, osType, { ...context, regionId: instance.regionId })
  if (keyPairName) context.state.instances.put({ ...instance, keyPairName })
  return '/dev/xvda'
}

function dataDevice(instance: Instance, { Bootable, Password, KeyPairName, Device }: SystemInput, { state }: Context): string {
  demand(!Bootable, 'DiskId.ValueNotSupported', 'A data disk cannot be attached as a system disk.')
  demand(!Password && !KeyPairName, 'UnsupportedParameter', 'Password and KeyPairName are for a system disk that is attached.')
  return freeDevice(instance, Device, state)
}

/**
 * Attaches a disk that is free to an instance in its zone. A password is checked and not kept.
 * Attached to nothing but instances, it goes with none of them unless DeleteWithInstance says so.
 */
export const AttachDisk = ecs(
  'AttachDisk',
  ['DiskId', 'InstanceId', 'DeleteWithInstance', 'Device', 'Bootable', 'Password', 'KeyPairName', 'Force'],
  (input, context) => {
    const { state, now } = context
    const disk = diskOf(input.DiskId, context)
    const instance = instanceOf(input.InstanceId, context)
    demandUnlocked('AttachDisk', instance)
    // Only a disk of a whole region can be torn from a zone that fails, and there is none here. The code is unconfirmed.
    demand(!input.Force, 'DiskCategory.OperationNotSupported', 'Force is for disks of the category cloud_regional_disk_auto.', 400)
    demand(disk.zoneId === instance.zoneId, 'ResourcesNotInSameZone', 'The disk and the instance are not in the same zone.')
    const type = instanceTypeOf(instance.instanceType)
    if (type) demandTakesDisk(type, disk.category)
    demandMultiAttach(disk, instance)
    demandStatus(disk, 'Available', ...(disk.multiAttach ? (['In_use'] as const) : []))
    const fits = (instance.status === 'Running' || instance.status === 'Stopped') && !instance.releasing
    demand(fits, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.', 400)
    const expired = instance.expiresAt !== undefined && instance.expiresAt <= now
    demand(!expired, 'InstanceExpiredOrInArrears', 'The specified instance has expired or is in arrears.', 403)
    demandKeepable(disk, input.DeleteWithInstance)
    const device = disk.type === 'system' ? systemDevice(disk, instance, input, context) : dataDevice(instance, input, context)
    const { formerInstanceId: _left, ...kept } = disk
    const mount = { instanceId: instance.id, device, attachedAt: undefined }
    state.disks.put({
      ...kept,
      ...(disk.multiAttach ? { mounts: [...mountsOf(disk), mount] } : { instanceId: instance.id, device, attachedAt: undefined }),
      status: 'Attaching',
      deleteWithInstance: input.DeleteWithInstance ?? false,
    })
    context.schedule('disk.attached', attachment(disk.id, instance.id), durations.attach)
    return {}
  },
)

/** A detached system disk still belongs to its instance: it goes with it unless DeleteWithInstance is false. */
export const DetachDisk = ecs('DetachDisk', ['DiskId', 'InstanceId', 'DeleteWithInstance'], (input, context) => {
  const { state } = context
  const disk = diskOf(input.DiskId, context)
  const instance = instanceOf(input.InstanceId, context)
  demandUnlocked('DetachDisk', instance)
  const there = mountsOf(disk).some((mount) => mount.instanceId === instance.id)
  demand(there, 'InvalidDisk.AlreadyDetached', 'The specified disk has been detached.')
  demandStatus(disk, 'In_use')
  const system = disk.type === 'system'
  demand(system || disk.portable, 'DiskNotPortable', 'The specified disk is not a portable disk.')
  const fits = system ? instance.status === 'Stopped' : instance.status !== 'Pending'
  demand(fits && !instance.releasing, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
  demandNoSnapshot(disk, state)
  demandKeepable(disk, input.DeleteWithInstance)
  state.disks.put({ ...disk, status: 'Detaching', deleteWithInstance: input.DeleteWithInstance ?? system })
  context.schedule('disk.detached', attachment(disk.id, instance.id), durations.detach)
  return {}
})
