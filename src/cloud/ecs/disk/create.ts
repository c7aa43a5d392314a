import { regionFacts } from '../../../api/regions.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { orderId } from '../instance/charge.ts'
import { demandUnlocked } from '../instance/locks.ts'
import { instanceOf } from '../instance/power.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { demandDiskQuota } from '../market/sale.ts'
import type { Disk, Instance } from '../records.ts'
import { dataSnapshotOf } from '../snapshot/find.ts'
import type { Snapshot } from '../snapshot/records.ts'
import { partitionsFor } from '../storage-set/join.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandName, demandOneOf } from '../values.ts'
import { freeDevice } from './devices.ts'
import { encryptionOf } from './encryption.ts'
import { durations } from './lifecycles.ts'
import { demandAutoOptions } from './performance.ts'
import { categories, performanceLevels, sizeRange } from './sizes.ts'

/** Documented, but nothing is made of them here. */
const otherCategories = ['cloud_regional_disk_auto', 'elastic_ephemeral_disk_standard', 'elastic_ephemeral_disk_premium']
const multiAttachCategories = ['cloud_essd', 'cloud_auto']

/** Where the disk will be: the zone named, or that of the subscription instance that it is made for. */
function placeOf(ZoneId: string | undefined, InstanceId: string | undefined, context: Context): { zoneId: string; instance?: Instance } {
  demand(ZoneId || InstanceId, 'MissingParameter', 'One of ZoneId and InstanceId must be given.')
  demand(!ZoneId || !InstanceId, 'InvalidParameter.Conflict', 'ZoneId and InstanceId cannot both be given.')
  if (InstanceId) {
    const instance = instanceOf(InstanceId, context)
    demandUnlocked('CreateDisk', instance)
    // Which code refuses a pay-as-you-go instance is unconfirmed.
    demand(instance.instanceChargeType === 'PrePaid', 'InvalidPayMethod', 'The specified instance is not a subscription.', 403)
    return { zoneId: instance.zoneId, instance }
  }
  const known = regionFacts(context.regionId)?.Zones.includes(ZoneId ?? '')
  demand(known, 'InvalidZoneId.NotFound', 'The specified zone does not exist.', 404)
  return { zoneId: ZoneId ?? '' }
}

interface KindInput {
  readonly DiskCategory?: string | undefined
  readonly PerformanceLevel?: string | undefined
}

/**
 * The category and level of a new data disk.
 * @throws Fault InvalidDiskCategory.NotSupported, InvalidDiskCategory.ValueNotSupported, InvalidPerformanceLevel.Malformed
 */
export function kindOf({ DiskCategory, PerformanceLevel }: KindInput): Pick<Disk, 'category' | 'performanceLevel'> {
  const category = DiskCategory || 'cloud'
  demand(!otherCategories.includes(category), 'InvalidDiskCategory.NotSupported', 'The specified disk category is not supported here.', 403)
  demandOneOf(category, categories, 'DiskCategory', 'InvalidDiskCategory.ValueNotSupported')
  demandOneOf(PerformanceLevel, performanceLevels, 'PerformanceLevel', 'InvalidPerformanceLevel.Malformed')
  return { category, performanceLevel: category === 'cloud_essd' ? PerformanceLevel || 'PL1' : '' }
}

/** A snapshot larger than what was asked for gives the size. */
function sizeOf(Size: number | undefined, snapshot: Snapshot | undefined, kind: Pick<Disk, 'category' | 'performanceLevel'>): number {
  demand(Size !== undefined || snapshot, 'MissingParameter', 'One of Size and SnapshotId must be given.')
  const size = Math.max(Size ?? 0, snapshot?.sourceDiskSize ?? 0)
  const { least, most } = sizeRange('data', kind.category, kind.performanceLevel)
  const fits = Number.isInteger(size) && size >= least && size <= most
  demand(fits, 'InvalidDataDiskSize.ValueNotSupported', 'The specified Size is not valid.')
  return size
}

/** @throws Fault InvalidParameter.MultiAttach, InvalidParameter.DiskCategoryAndMultiAttachNotMatch, InvalidParameter.MultiAttachAndInstanceIdConflict */
export function demandMultiAttach(MultiAttach: string | undefined, category: string, instance: Instance | undefined): void {
  demandOneOf(MultiAttach, ['Enabled', 'Disabled'], 'MultiAttach', 'InvalidParameter.MultiAttach')
  if (MultiAttach !== 'Enabled') return
  const fits = multiAttachCategories.includes(category)
  const code = 'InvalidParameter.DiskCategoryAndMultiAttachNotMatch'
  demand(fits, code, 'The specified disk category cannot be attached to several instances.', 403)
  demand(!instance, 'InvalidParameter.MultiAttachAndInstanceIdConflict', 'MultiAttach and InstanceId cannot both be given.', 403)
}

export const CreateDisk = ecs(
  'CreateDisk',
  [
    'ZoneId',
    'InstanceId',
    'SnapshotId',
    'Size',
    'DiskCategory',
    'PerformanceLevel',
    'DiskName',
    'Description',
    'Encrypted',
    'EncryptAlgorithm',
    'KMSKeyId',
    'MultiAttach',
    'BurstingEnabled',
    'ProvisionedIops',
    'ResourceGroupId',
    'StorageSetId',
    'StorageSetPartitionNumber',
    'Tag',
  ],
  (input, context) => {
    const { state, random, now, accountId, regionId } = context
    const { zoneId, instance } = placeOf(input.ZoneId, input.InstanceId, context)
    const kind = kindOf(input)
    const snapshot = input.SnapshotId ? dataSnapshotOf(input.SnapshotId, context) : undefined
    const size = sizeOf(input.Size, snapshot, kind)
    demandName(input.DiskName, 'DiskName', 'InvalidDiskName.Malformed')
    demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed')
    demandMultiAttach(input.MultiAttach, kind.category, instance)
    demandAutoOptions(kind.category, size, input)
    if (!instance) demandDiskQuota(size, context)
    demandResourceGroup(input.ResourceGroupId)
    const [storageSet] = partitionsFor(input, zoneId, 1, context)
    const disk = state.disks.put({
      id: newId('d', regionId, random),
      accountId,
      regionId,
      zoneId,
      status: 'Creating',
      type: 'data',
      ...kind,
      size,
      diskName: input.DiskName ?? '',
      description: input.Description ?? '',
      instanceId: instance?.id ?? '',
      device: instance ? freeDevice(instance, undefined, state) : '',
      imageId: '',
      sourceSnapshotId: snapshot?.id ?? '',
      ...encryptionOf(input, snapshot, context),
      portable: instance === undefined,
      deleteWithInstance: false,
      deleteAutoSnapshot: false,
      enableAutoSnapshot: true,
      diskChargeType: instance ? 'PrePaid' : 'PostPaid',
      createdAt: now,
      attachedAt: undefined,
      detachedAt: undefined,
      expiresAt: instance?.expiresAt,
      resourceGroupId: input.ResourceGroupId ?? '',
      tags: newTags(input.Tag),
      ...(storageSet && { storageSet }),
      ...(input.MultiAttach === 'Enabled' && { multiAttach: true, mounts: [] }),
      ...(input.BurstingEnabled && { burstingEnabled: true }),
      ...(input.ProvisionedIops && { provisionedIops: input.ProvisionedIops }),
    })
    context.schedule('disk.created', disk.id, durations.create)
    return { DiskId: disk.id, ...(instance && { OrderId: orderId(context) }) }
  },
)
