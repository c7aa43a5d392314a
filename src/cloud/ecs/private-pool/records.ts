import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'
import type { Recurrence } from '../market/recurrence.ts'
import type { Renewal } from '../records.ts'

export type PoolStatus = 'Pending' | 'Preparing' | 'Prepared' | 'Active' | 'Released'

/** Room for instances of one type in one zone that an account has to itself. Times are milliseconds since 1970. */
export interface Pool extends Row {
  /** A capacity reservation (`crp-`), paid while it lasts, or an elasticity assurance (`eap-`), paid in advance. */
  readonly kind: 'reservation' | 'assurance'
  readonly name: string
  readonly description: string
  /** An `Open` one serves every instance that takes part; a `Target` one those that name it. */
  readonly matchCriteria: string
  readonly zoneId: string
  readonly instanceType: string
  /** For how many instances there is room. */
  readonly amount: number
  readonly status: PoolStatus
  /** Of the system that bills go by; it says nothing of which instances fit (unconfirmed). */
  readonly platform: 'linux' | 'windows'
  /** It was made for a later start. */
  readonly later: boolean
  readonly startsAt: number
  /** Undefined for one that is released by hand. */
  readonly endsAt: number | undefined
  readonly createdAt: number
  /** The hours in which an assurance can be used; all of them where there are none. */
  readonly windows: readonly Recurrence[]
  /** How many instances were started in it so far. */
  readonly timesUsed: number
  /** Means something for assurances alone. */
  readonly renewal: Renewal
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}
