import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { demandDiskQuota } from '../market/sale.ts'
import type { Disk } from '../records.ts'
import { beginTask } from '../task/begin.ts'
import { newTags } from '../tags.ts'
import { demandName, demandOneOf } from '../values.ts'
import { demandMultiAttach, kindOf } from './create.ts'
import { encryptionOf } from './encryption.ts'
import { demandStatus, diskOf, mountsOf } from './find.ts'
import { demandAutoOptions } from './performance.ts'
import { sizeRange } from './sizes.ts'

/** ESSDs of all kinds, which alone are cloned and cloned to. */
const cloneable = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry']

/** Milliseconds of the cloud's time until a clone can be used (unconfirmed). */
const cloneMs = 10_000

/**
 * The disk to be cloned: it has been used, its instances are at rest, and it is not being changed.
 * @throws Fault InvalidDiskId.NotFound, InvalidDiskCategory.NotSupported, IncorrectDiskStatus and .NeverAttached, IncorrectInstanceStatus (which code refuses what is unconfirmed)
 */
function sourceOf(id: string, context: Context): Disk {
  const disk = diskOf(id, context)
  demand(cloneable.includes(disk.category), 'InvalidDiskCategory.NotSupported', 'The category of the source disk is not cloned.', 403)
  demandStatus(disk, 'In_use', 'Available')
  demand(disk.becoming === undefined, 'IncorrectDiskStatus', 'The source disk is being changed.')
  const used = disk.attachedAt !== undefined || disk.detachedAt !== undefined
  demand(used, 'IncorrectDiskStatus.NeverAttached', 'The specified disk has never been attached to any instance.')
  for (const { instanceId } of mountsOf(disk)) {
    const host = context.state.instances.get(instanceId)
    const atRest = (host?.status === 'Running' || host?.status === 'Stopped') && !host.releasing
    demand(atRest, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
  }
  return disk
}

interface KindInput {
  readonly DiskCategory: string
  readonly PerformanceLevel?: string | undefined
  readonly Size: number
}

/** What the clone is to be: no smaller than its source. */
function shapeOf({ DiskCategory, PerformanceLevel, Size }: KindInput, source: Disk) {
  demand(DiskCategory !== 'cloud_regional_disk_auto', 'InvalidDiskCategory.NotSupported', 'A zonal disk has zonal clones.', 403)
  demandOneOf(DiskCategory, cloneable, 'DiskCategory', 'InvalidDiskCategory.ValueNotSupported')
  const told = DiskCategory !== 'cloud_essd' || PerformanceLevel
  demand(told, 'MissingParameter', 'PerformanceLevel must be specified for the category cloud_essd.')
  const kind = kindOf({ DiskCategory, PerformanceLevel })
  const { least, most } = sizeRange('data', kind.category, kind.performanceLevel)
  const fits = Number.isInteger(Size) && Size >= least && Size <= most
  demand(fits, 'InvalidDataDiskSize.ValueNotSupported', 'The specified Size is not valid.')
  demand(Size >= source.size, 'InvalidDiskSize.TooSmall', 'The specified Size is less than that of the source disk.')
  return { ...kind, size: Size }
}

/** Makes a data disk that begins as another disk is now, in its zone. The task says when it is done, and which disk it is. */
export const CloneDisks = ecs(
  'CloneDisks',
  [
    'SourceDiskId',
    'DiskCategory',
    'PerformanceLevel',
    'Size',
    'DiskName',
    'Encrypted',
    'KmsKeyId',
    'MultiAttach',
    'BurstingEnabled',
    'ProvisionedIops',
    'ResourceGroupId',
    'Tag',
  ],
  (input, context) => {
    const { state, random, now, accountId, regionId, schedule } = context
    const source = sourceOf(input.SourceDiskId, context)
    const shape = shapeOf(input, source)
    demandName(input.DiskName, 'DiskName', 'InvalidDiskName.Malformed')
    demandMultiAttach(input.MultiAttach, shape.category, undefined)
    demandAutoOptions(shape.category, shape.size, input)
    demandDiskQuota(shape.size, context)
    const disk = state.disks.put({
      id: newId('d', regionId, random),
      accountId,
      regionId,
      zoneId: source.zoneId,
      status: 'Creating',
      type: 'data',
      ...shape,
      diskName: input.DiskName ?? '',
      description: '',
      instanceId: '',
      device: '',
      imageId: '',
      sourceSnapshotId: '',
      clonedFrom: source.id,
      ...encryptionOf({ Encrypted: input.Encrypted, KMSKeyId: input.KmsKeyId }, source, context),
      portable: true,
      deleteWithInstance: false,
      deleteAutoSnapshot: false,
      enableAutoSnapshot: true,
      diskChargeType: 'PostPaid',
      createdAt: now,
      attachedAt: undefined,
      detachedAt: undefined,
      expiresAt: undefined,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      tags: newTags(input.Tag),
      ...(input.MultiAttach === 'Enabled' && { multiAttach: true, mounts: [] }),
      ...(input.BurstingEnabled && { burstingEnabled: true }),
      ...(input.ProvisionedIops && { provisionedIops: input.ProvisionedIops }),
    })
    schedule('disk.created', disk.id, cloneMs)
    const groupId = newId('g', regionId, random)
    beginTask({ accountId, regionId, action: 'CloneDisks', resourceId: disk.id, groupId }, cloneMs, context)
    return { TaskGroupId: groupId }
  },
)
