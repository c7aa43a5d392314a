import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'

/** Partitions that disks are put in so that they fail apart from one another. */
export interface StorageSet extends Row {
  readonly zoneId: string
  readonly storageSetName: string
  readonly description: string
  readonly partitions: number
  readonly resourceGroupId: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly tags: readonly Tag[]
}
