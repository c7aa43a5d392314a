import type { Tag } from '../../vpc/records.ts'
import type { Renewal } from '../records.ts'
import type { Voucher } from '../term-life.ts'

/** Pay-as-you-go instances that are paid for in advance, whichever these are. Times are milliseconds since 1970. */
export interface ReservedInstance extends Voucher {
  readonly name: string
  readonly description: string
  readonly instanceType: string
  /** How many instances of that type it counts for at the same time. */
  readonly amount: number
  readonly scope: string
  /** Empty for one of a whole region. */
  readonly zoneId: string
  readonly platform: string
  readonly offeringType: string
  readonly renewal: Renewal
  readonly createdAt: number
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}
