import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'
import type { OperatingSystem } from '../records.ts'

export type ImageStatus = 'Creating' | 'Waiting' | 'Available' | 'UnAvailable' | 'CreateFailed' | 'Deprecated'

/** One disk that an instance of the image gets. */
export interface ImageDisk {
  readonly device: string
  readonly type: 'system' | 'data'
  /** GiB. */
  readonly size: number
  /** Empty for a disk that holds nothing. */
  readonly snapshotId: string
  readonly encrypted: boolean
  /** Of an imported image: what it was imported from. */
  readonly imported?: { readonly format: string; readonly bucket: string; readonly object: string }
}

/** What an image can do beside its system; empty where nothing is known. */
export interface ImageFeatures {
  readonly bootMode: string
  readonly imdsSupport: string
  readonly nvmeSupport: string
  readonly secureBoot: string
}

/** An image of an account's own. Times are milliseconds since 1970. */
export interface Image extends Row, ImageFeatures {
  readonly status: ImageStatus
  /** When it will be done, as it looked when it was begun. */
  readonly readyAt: number
  readonly createdAt: number
  readonly imageName: string
  readonly description: string
  readonly imageFamily: string
  readonly imageVersion: string
  readonly os: OperatingSystem
  /** GiB of its system disk. */
  readonly size: number
  readonly disks: readonly ImageDisk[]
  /** The instance it is made of; looked at until it is done. */
  readonly instanceId?: string
  /** Of a copy: what it is a copy of. */
  readonly source?: { readonly imageId: string; readonly regionId: string; readonly encrypted: boolean; readonly kmsKeyId: string }
  /** The tasks that import it or export it now. */
  readonly importTaskId?: string
  readonly exportTaskId?: string
  readonly licenseType: string
  /** Whether it is examined for what would keep it from starting. */
  readonly detected: boolean
  readonly sharedWith: readonly { readonly accountId: string; readonly at: number }[]
  readonly isPublic: boolean
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}
