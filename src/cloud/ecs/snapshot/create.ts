import { regionFacts } from '../../../api/regions.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { demandUnlocked } from '../instance/locks.ts'
import { encryptionOf } from '../disk/encryption.ts'
import { demandStatus, diskOf, mountsOf } from '../disk/find.ts'
import { demandResourceGroup } from '../instance/places.ts'
import type { Disk } from '../records.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandOneOf } from '../values.ts'
import { readySnapshotOf } from './find.ts'
import { type Asked, copySnapshot, makeSnapshot } from './make.ts'

/** By hand, of one disk. */
const mostSnapshots = 256
export const longestRetentionDays = 65_536

/** 2 to 128 characters, not like a URL, and not like the names that automatic snapshots have. */
export function demandSnapshotName(name: string | undefined, parameter: string): void {
  const fits = !name || (name.length >= 2 && name.length <= 128 && !/^(?:https?:\/\/|auto)/.test(name))
  demand(fits, 'InvalidSnapshotName.Malformed', `The specified ${parameter} is not valid.`)
}

/** @throws Fault InvalidRetentionDays.Malformed */
export function demandRetentionDays(days: number | undefined, parameter = 'RetentionDays'): void {
  const fits = days === undefined || (Number.isInteger(days) && days >= 1 && days <= longestRetentionDays)
  demand(fits, 'InvalidRetentionDays.Malformed', `The specified ${parameter} is not valid.`, 400)
}

/**
 * Checks that a snapshot can be made of a disk: it has been used, none is being made, and the instances it is in are at rest.
 * @throws Fault IncorrectDiskStatus and what follows it, IncorrectInstanceStatus, QuotaExceed.Snapshot
 */
export function demandSnapshotable(disk: Disk, { state }: Context): void {
  demandStatus(disk, 'In_use', 'Available')
  const used = disk.attachedAt !== undefined || disk.detachedAt !== undefined
  demand(used || disk.sourceSnapshotId === '', 'IncorrectDiskStatus.NeverUsed', 'The disk was made of a snapshot and has never been used.')
  demand(used, 'IncorrectDiskStatus.NeverAttached', 'The specified disk has never been attached to any instance.')
  demand(state.snapshots.count('making', disk.id) === 0, 'IncorrectDiskStatus.CreatingSnapshot', 'A previous snapshot is being created.')
  for (const { instanceId } of mountsOf(disk)) {
    const host = state.instances.get(instanceId)
    if (host) demandUnlocked('CreateSnapshot', host)
    const atRest = (host?.status === 'Running' || host?.status === 'Stopped') && !host.releasing
    demand(atRest, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.', 400)
  }
  const manual = state.snapshots.by('disk', disk.id).filter((snapshot) => snapshot.snapshotType === 'user')
  demand(manual.length < mostSnapshots, 'QuotaExceed.Snapshot', 'The snapshot quota of the disk is exceeded.')
}

export const CreateSnapshot = ecs(
  'CreateSnapshot',
  [
    'DiskId',
    'SnapshotName',
    'Description',
    'RetentionDays',
    'Category',
    'InstantAccess',
    'InstantAccessRetentionDays',
    'ResourceGroupId',
    'Tag',
  ],
  (input, context) => {
    const disk = diskOf(input.DiskId, context)
    demandSnapshotName(input.SnapshotName, 'SnapshotName')
    demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed', 404)
    demandRetentionDays(input.RetentionDays)
    demandRetentionDays(input.InstantAccessRetentionDays, 'InstantAccessRetentionDays')
    const category = input.Category?.toLowerCase()
    demandOneOf(category, ['standard', 'flash'], 'Category', 'InvalidSnapshotCategory.Malformed')
    demandResourceGroup(input.ResourceGroupId)
    demandSnapshotable(disk, context)
    const asked: Asked = {
      snapshotName: input.SnapshotName ?? '',
      description: input.Description ?? '',
      snapshotType: 'user',
      category: category === 'flash' ? 'Flash' : 'Standard',
      retentionDays: input.RetentionDays,
      instantAccess: input.InstantAccess === true,
      instantAccessRetentionDays: input.InstantAccess ? input.InstantAccessRetentionDays : undefined,
      resourceGroupId: input.ResourceGroupId ?? '',
      tags: newTags(input.Tag),
    }
    return { SnapshotId: makeSnapshot(disk, asked, context).id }
  },
)

/** Copies a snapshot to another region, or within its own to encrypt it. The copy takes its time there. */
export const CopySnapshot = ecs(
  'CopySnapshot',
  [
    'SnapshotId',
    'DestinationRegionId',
    'DestinationSnapshotName',
    'DestinationSnapshotDescription',
    'RetentionDays',
    'Encrypted',
    'KMSKeyId',
    'ResourceGroupId',
    'Tag',
  ],
  (input, context) => {
    const { DestinationRegionId: regionId } = input
    const source = readySnapshotOf(input.SnapshotId, context, 403)
    demand(regionFacts(regionId), 'InvalidRegionId.NotFound', 'The specified DestinationRegionId does not exist.', 404)
    const reencrypts = input.Encrypted === true && !source.encrypted
    demand(regionId !== source.regionId || reencrypts, 'InvalidParameter', 'The snapshot is in the destination region already.')
    demandSnapshotName(input.DestinationSnapshotName, 'DestinationSnapshotName')
    demandDescription(input.DestinationSnapshotDescription, 'DestinationSnapshotDescription', 'InvalidDescription.Malformed')
    demandRetentionDays(input.RetentionDays)
    demandResourceGroup(input.ResourceGroupId)
    const asked = {
      snapshotName: input.DestinationSnapshotName,
      description: input.DestinationSnapshotDescription,
      snapshotType: 'user',
      retentionDays: input.RetentionDays,
      resourceGroupId: input.ResourceGroupId ?? '',
      tags: newTags(input.Tag),
      ...encryptionOf(input, source.encrypted ? { encrypted: true, kmsKeyId: '' } : undefined, { ...context, regionId }),
    } as const
    return { SnapshotId: copySnapshot(source, regionId, asked, context).id }
  },
)
