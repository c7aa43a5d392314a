import type { Tag } from '../../vpc/records.ts'
import type { Voucher } from '../term-life.ts'

/** Disk space of pay-as-you-go disks that is paid for in advance, whichever these are. Times are milliseconds since 1970. */
export interface StorageCapacityUnit extends Voucher {
  readonly name: string
  readonly description: string
  /** GiB. */
  readonly capacity: number
  readonly createdAt: number
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}
