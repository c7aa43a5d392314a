import { toSeconds } from '../../../api/time.ts'
import type { Disk, LockReason } from '../records.ts'
import { shownTags } from '../tags.ts'
import { mountsOf } from './find.ts'
import { performanceOf } from './performance.ts'

/** What a pay-as-you-go disk says of its end. */
const never = '2999-09-08T16:00Z'
const time = (ms: number | undefined) => (ms === undefined ? '' : toSeconds(ms))

/** A lock's reason as disks have it: the one that instances spell with a capital is small here. */
export const spelled = (reason: LockReason): string => (reason === 'Recycling' ? 'recycling' : reason)

/** A disk as DescribeDisks shows it. */
export function diskView(disk: Disk) {
  const mounts = mountsOf(disk).map((mount) => ({
    InstanceId: mount.instanceId,
    Device: mount.device,
    AttachedTime: time(mount.attachedAt),
  }))
  return {
    DiskId: disk.id,
    DiskName: disk.diskName,
    Description: disk.description,
    SerialNumber: disk.id.replace(/^d-/, ''),
    RegionId: disk.regionId,
    ZoneId: disk.zoneId,
    Status: disk.status,
    Type: disk.type,
    Category: disk.category,
    PerformanceLevel: disk.performanceLevel,
    Size: disk.size,
    InstanceId: disk.instanceId,
    Device: disk.device,
    ImageId: disk.imageId,
    ProductCode: '',
    SourceSnapshotId: disk.sourceSnapshotId,
    SourceDiskId: disk.clonedFrom ?? '',
    // The first, where it is under several (unconfirmed).
    AutoSnapshotPolicyId: disk.autoSnapshotPolicyIds?.[0] ?? '',
    Encrypted: disk.encrypted,
    KMSKeyId: disk.kmsKeyId,
    Portable: disk.portable,
    DeleteWithInstance: disk.deleteWithInstance,
    DeleteAutoSnapshot: disk.deleteAutoSnapshot,
    EnableAutoSnapshot: disk.enableAutoSnapshot,
    EnableAutomatedSnapshotPolicy: (disk.autoSnapshotPolicyIds?.length ?? 0) > 0,
    MultiAttach: disk.multiAttach ? 'Enabled' : 'Disabled',
    BurstingEnabled: disk.burstingEnabled ?? false,
    ProvisionedIops: disk.provisionedIops ?? 0,
    DiskChargeType: disk.diskChargeType,
    CreationTime: toSeconds(disk.createdAt),
    AttachedTime: time(disk.attachedAt),
    DetachedTime: time(disk.detachedAt),
    ExpiredTime: disk.expiresAt === undefined ? never : toSeconds(disk.expiresAt),
    ResourceGroupId: disk.resourceGroupId,
    StorageSetId: disk.storageSet?.id ?? '',
    ...(disk.storageSet && { StorageSetPartitionNumber: disk.storageSet.partition }),
    StorageClusterId: '',
    MountInstanceNum: mounts.length,
    MountInstances: { MountInstance: mounts },
    Attachments: { Attachment: mounts },
    // Every disk of ours is in one zone.
    Placement: { ZoneIds: disk.zoneId },
    OperationLocks: { OperationLock: (disk.locks ?? []).map((reason) => ({ LockReason: spelled(reason) })) },
    Tags: shownTags(disk.tags),
  }
}

/** The same with what `AdditionalAttributes: IOPS` asks for: what it reads and writes in a second, the most for each (unconfirmed). */
export function diskWithPerformanceView(disk: Disk) {
  const { iops, throughput } = performanceOf(disk)
  const rates = { IOPS: iops, IOPSRead: iops, IOPSWrite: iops }
  return { ...diskView(disk), ...rates, Throughput: throughput, ThroughputRead: throughput, ThroughputWrite: throughput }
}
