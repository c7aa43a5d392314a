import type { Row } from '../engine/table.ts'

export interface Vpc extends Row {
  readonly vpcName: string
  readonly description: string
  readonly cidrBlock: string
  readonly status: 'Pending' | 'Available'
  readonly isDefault: boolean
  readonly vRouterId: string
  readonly routeTableId: string
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}

export interface VSwitch extends Row {
  readonly vpcId: string
  readonly zoneId: string
  readonly vSwitchName: string
  readonly description: string
  readonly cidrBlock: string
  readonly status: 'Pending' | 'Available'
  readonly isDefault: boolean
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}

export interface Tag {
  readonly key: string
  readonly value: string
}
