import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { demandRunsOn, type UsableImage, usableImage } from '../image/find.ts'
import { demandUnlocked } from '../instance/locks.ts'
import { demandPassword } from '../instance/login.ts'
import { instanceOf } from '../instance/power.ts'
import { keyPairNameOf } from '../key-pair/find.ts'
import type { Disk, Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { encryptionOf } from './encryption.ts'
import { demandNoSnapshot, demandStatus } from './find.ts'
import { removeDisk } from './leaving.ts'
import { durations } from './lifecycles.ts'
import { sizeRange } from './sizes.ts'

/** The image named, or the one that the instance runs on. An image's data disks are no part of it. */
function imageFor(ImageId: string | undefined, instance: Instance, context: Context): UsableImage {
  const image = usableImage(ImageId || instance.imageId, { ...context, regionId: instance.regionId })
  demandRunsOn(image, instanceTypeOf(instance.instanceType))
  return image
}

/** At least as large as the disk that is replaced and as the image. */
function sizeOf(asked: number | undefined, old: Disk, image: UsableImage): number {
  const size = asked ?? Math.max(old.size, image.Size)
  const { most } = sizeRange('system', old.category, old.performanceLevel)
  const fits = Number.isInteger(size) && size >= old.size && size <= most
  demand(fits, 'InvalidSystemDiskSize.ValueNotSupported', 'The specified SystemDisk.Size is not valid.')
  demand(size >= image.Size, 'InvalidSystemDiskSize.LessThanImageSize', 'The specified SystemDisk.Size is less than the image size.', 404)
  return size
}

function systemDiskOf(instance: Instance, diskId: string | undefined, { state }: Context): Disk {
  const disk = state.disks.by('instance', instance.id).find((one) => one.type === 'system')
  demand(disk, 'InvalidInstance.NotFoundSystemDisk', 'The instance has no system disk.', 400)
  demand(!diskId || diskId === disk.id, 'InvalidDiskId.NotFound', 'The specified disk is not the system disk of the instance.', 400)
  return disk
}

const architectures = ['i386', 'x86_64', 'arm64']

/**
 * Gives a stopped instance a new system disk, of the old one's category and charge type. The old one and its automatic snapshots go.
 * A password is checked and not kept.
 */
export const ReplaceSystemDisk = ecs(
  'ReplaceSystemDisk',
  [
    'InstanceId',
    'ImageId',
    'DiskId',
    'SystemDisk.Size',
    'Password',
    'PasswordInherit',
    'KeyPairName',
    'Encrypted',
    'EncryptAlgorithm',
    'KMSKeyId',
    'SecurityEnhancementStrategy',
    'Architecture',
    'UseAdditionalService',
  ],
  (input, context) => {
    const { state, random, now } = context
    const instance = instanceOf(input.InstanceId, context)
    demandUnlocked('ReplaceSystemDisk', instance)
    const stopped = instance.status === 'Stopped' && !instance.releasing
    demand(stopped, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
    const old = systemDiskOf(instance, input.DiskId, context)
    demandStatus(old, 'In_use')
    demandNoSnapshot(old, state)
    const image = imageFor(input.ImageId, instance, context)
    demandOneOf(input.Architecture, architectures, 'Architecture', 'InvalidArchitecture.Malformed', 400)
    const both = input.PasswordInherit === true && Boolean(input.Password)
    demand(!both, 'InvalidPasswordParam.Mismatch', 'The input password should be null when passwdInherit is true.')
    demandPassword(input.Password, image.OSType)
    demandOneOf(input.SecurityEnhancementStrategy, ['Active', 'Deactive'], 'SecurityEnhancementStrategy', 'InvalidParameter')
    const disk = state.disks.put({
      ...old,
      id: newId('d', old.regionId, random),
      status: 'Creating',
      size: sizeOf(input.SystemDisk?.Size, old, image),
      imageId: image.ImageId,
      sourceSnapshotId: '',
      ...encryptionOf(input, image.encrypted ? { encrypted: true, kmsKeyId: '' } : undefined, { ...context, regionId: old.regionId }),
      createdAt: now,
      attachedAt: undefined,
      detachedAt: undefined,
    })
    removeDisk(old, context)
    const keyPairName = keyPairNameOf(input.KeyPairName, image.OSType, { ...context, regionId: old.regionId }) || instance.keyPairName
    const { os: _before, ...rest } = instance
    state.instances.put({ ...rest, imageId: image.ImageId, keyPairName, ...(image.os && { os: image.os }) })
    context.schedule('disk.created', disk.id, durations.create)
    return { DiskId: disk.id }
  },
)
