import type { Row } from '../../engine/table.ts'
import type { Tag } from '../records.ts'

/** A bandwidth that elastic addresses share: VPC calls it CommonBandwidthPackage. Which addresses do is told by these. */
export interface BandwidthPackage extends Row {
  readonly name: string
  readonly description: string
  /** Mbit/s. */
  readonly bandwidth: number
  readonly internetChargeType: string
  /** Percent of the bandwidth that is paid for in any case. */
  readonly ratio: number
  readonly isp: string
  readonly zone: string
  readonly securityProtectionTypes: readonly string[]
  readonly deletionProtection: boolean
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}
