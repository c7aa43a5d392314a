import { toSeconds } from '../../../api/time.ts'
import type { State } from '../../state.ts'
import { shownTags } from '../tags.ts'
import { usersOf } from './find.ts'
import type { Snapshot } from './records.ts'

export const gibibyte = 2 ** 30

/** The chain that the snapshots of a disk form; copies form none with them (unconfirmed). */
export const linkId = (snapshot: Snapshot): string => `sl-${(snapshot.sourceSnapshotId || snapshot.sourceDiskId).replace(/^[a-z]+-/, '')}`

/** Terraform's provider compares what it reads with the `standard` or `flash` that was asked for. */
export const shownCategory = ({ category }: Snapshot): string => category.toLowerCase()

/** How far it is: under way it never says 100 %. */
export function progressOf(
  { status, createdAt, readyAt }: Snapshot,
  now: number,
): { readonly percent: number; readonly remainSeconds: number } {
  if (status === 'accomplished') return { percent: 100, remainSeconds: 0 }
  const percent = Math.min(99, Math.floor((100 * (now - createdAt)) / (readyAt - createdAt)))
  return { percent, remainSeconds: Math.max(1, Math.ceil((readyAt - now) / 1_000)) }
}

/** What is made of it: images, disks, both or nothing. */
export function usageOf(snapshot: Snapshot, state: State): 'image' | 'disk' | 'image_disk' | 'none' {
  const { disk, image } = usersOf(snapshot, state)
  return image ? (disk ? 'image_disk' : 'image') : disk ? 'disk' : 'none'
}

/** A snapshot as DescribeSnapshots shows it: its progress is the clock's, so that no JSON of it can be kept. */
export function snapshotView(snapshot: Snapshot, state: State, now: number) {
  const { percent, remainSeconds } = progressOf(snapshot, now)
  const accomplished = snapshot.status === 'accomplished'
  return {
    SnapshotId: snapshot.id,
    SnapshotName: snapshot.snapshotName,
    Description: snapshot.description,
    SnapshotType: snapshot.snapshotType,
    SnapshotSN: snapshot.serialNumber,
    SnapshotLinkId: linkId(snapshot),
    Status: snapshot.status,
    Progress: `${percent}%`,
    RemainTime: remainSeconds,
    // With instant access a snapshot can be used before it is accomplished.
    Available: accomplished || snapshot.instantAccess,
    Category: shownCategory(snapshot),
    RegionId: snapshot.regionId,
    CreationTime: toSeconds(snapshot.createdAt),
    LastModifiedTime: toSeconds(snapshot.modifiedAt),
    ...(snapshot.retentionDays !== undefined && { RetentionDays: snapshot.retentionDays }),
    InstantAccess: snapshot.instantAccess,
    ...(snapshot.instantAccessRetentionDays !== undefined && { InstantAccessRetentionDays: snapshot.instantAccessRetentionDays }),
    SourceDiskId: snapshot.sourceDiskId,
    SourceDiskType: snapshot.sourceDiskType,
    SourceDiskSize: String(snapshot.sourceDiskSize),
    SourceStorageType: snapshot.sourceStorageType,
    SourceSnapshotId: snapshot.sourceSnapshotId,
    SourceRegionId: snapshot.sourceRegionId,
    FullSnapshotSizeInBytes: accomplished ? snapshot.sourceDiskSize * gibibyte : 0,
    Encrypted: snapshot.encrypted,
    KMSKeyId: snapshot.kmsKeyId,
    Usage: usageOf(snapshot, state),
    ProductCode: '',
    ResourceGroupId: snapshot.resourceGroupId,
    Tags: shownTags(snapshot.tags),
  }
}
