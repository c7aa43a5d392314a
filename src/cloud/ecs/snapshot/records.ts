import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'

/** A promise not to delete a snapshot: it can be taken back only while it cools off. */
export interface SnapshotLock {
  readonly lockMode: string
  readonly lockDurationDays: number
  readonly coolOffHours: number
  readonly createdAt: number
}

/** Times are milliseconds since 1970. */
export interface Snapshot extends Row {
  readonly status: 'progressing' | 'accomplished' | 'failed'
  /** When it will be accomplished, as it looked when it was begun. */
  readonly readyAt: number
  readonly createdAt: number
  readonly modifiedAt: number
  readonly snapshotName: string
  readonly description: string
  readonly snapshotType: 'user' | 'auto'
  readonly category: 'Standard' | 'Flash' | 'Archive'
  readonly serialNumber: string
  readonly sourceDiskId: string
  readonly sourceDiskType: 'system' | 'data'
  /** GiB. */
  readonly sourceDiskSize: number
  readonly sourceStorageType: string
  readonly encrypted: boolean
  readonly kmsKeyId: string
  /** Of a system disk: the image it ran. */
  readonly imageId?: string
  /** Undefined: kept until it is deleted. */
  readonly retentionDays: number | undefined
  readonly instantAccess: boolean
  readonly instantAccessRetentionDays: number | undefined
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
  /** Of a copy: what it is a copy of. */
  readonly sourceSnapshotId: string
  readonly sourceRegionId: string
  readonly groupId?: string
  /** The policy that made it. */
  readonly policyId?: string
  readonly lock?: SnapshotLock
}

export interface SnapshotGroup extends Row {
  readonly name: string
  readonly description: string
  readonly instanceId: string
  readonly createdAt: number
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}

export interface AutoSnapshotPolicy extends Row {
  readonly name: string
  /** Hours of the day in UTC+8, 0 to 23. */
  readonly timePoints: readonly number[]
  /** 1 is Monday, 7 is Sunday. */
  readonly repeatWeekdays: readonly number[]
  /** Undefined: kept until deleted. */
  readonly retentionDays: number | undefined
  readonly copyRegionIds: readonly string[]
  readonly copiesRetentionDays: number | undefined
  readonly copiesEncrypted: boolean
  readonly copiesKmsKeyId: string
  readonly associationType: 'AssociatedWithDisk' | 'AssociatedWithInstanceTag'
  /** The instances whose disks it covers, where it goes by tags. */
  readonly targetTags: readonly Tag[]
  readonly createdAt: number
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}
