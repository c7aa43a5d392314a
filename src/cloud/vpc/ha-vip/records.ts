import type { Row } from '../../engine/table.ts'
import type { Tag } from '../records.ts'

/** A private address that several instances, or several interfaces, stand ready to serve. */
export interface HaVip extends Row {
  readonly vpcId: string
  readonly vSwitchId: string
  readonly ipAddress: string
  readonly name: string
  readonly description: string
  readonly status: 'Creating' | 'Available' | 'Associating' | 'InUse' | 'Unassociating' | 'Deleting'
  /** Ids of what serves it, all of one type. */
  readonly servers: readonly string[]
  readonly serverType: '' | 'EcsInstance' | 'NetworkInterface'
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}
