import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'

/** When maintenance of some instances may happen. Times are milliseconds since 1970. */
export interface PlanWindow extends Row {
  readonly name: string
  readonly enabled: boolean
  readonly action: 'Reboot' | 'Redeploy'
  /** As it was given; what it counts is not published. */
  readonly minInterval?: number
  readonly target: WindowTarget
  readonly period: WindowPeriod
  readonly createdAt: number
  readonly modifiedAt: number
}

/** The instances: those with one of the tags, or those of a resource group. */
export interface WindowTarget {
  readonly scope: 'Tag' | 'ResourceGroup'
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}

/** Ranges of a day or a week, in UTC: `22:00` or `Monday,22:00`. One that ends before it starts goes on into the next day or week. */
export interface WindowPeriod {
  readonly unit: 'Daily' | 'Weekly'
  readonly ranges: readonly { readonly start: string; readonly end: string }[]
}
