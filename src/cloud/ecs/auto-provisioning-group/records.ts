import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'
import type { LaunchInput } from '../instance/launch-input.ts'

/** `request` launches once, later; `instant` once, within the call; `maintain` as long as it is there. */
export type GroupType = 'request' | 'instant' | 'maintain'
export type GroupStatus = 'submitted' | 'active' | 'modifying' | 'deleted-running' | 'deleted'
/** How instances are paid for. */
export type Kind = 'spot' | 'payAsYouGo'

/** Where a group may launch, and what. Without a type those that fit the rest; without that too the type of the launch template. */
export interface LaunchConfig {
  readonly instanceType: string
  readonly vSwitchId: string
  /** How much of the target one instance is. */
  readonly weight: number
  /** By the hour, of a spot instance; undefined for the market's. */
  readonly maxPrice?: number | undefined
  /** 0 comes first, what has none last. */
  readonly priority?: number | undefined
  /** So many instances of it are the most. */
  readonly maxQuantity?: number | undefined
  readonly imageId: string
  readonly cores: readonly number[]
  /** GiB. */
  readonly memories: readonly number[]
  readonly architectures: readonly string[]
  readonly excludedTypes: readonly string[]
  readonly familyLevel: string
  readonly burstable: string
}

/** In weighted units. What the two leave of the total goes to the default kind. */
export interface Targets {
  readonly total: number
  readonly payAsYouGo: number
  readonly spot: number
  readonly defaultKind: Kind
}

/** What a group that buys subscriptions says of them. */
export interface Subscription {
  readonly period?: number | undefined
  readonly unit?: string | undefined
  /** Whether they go on by themselves, and for how long each time. */
  readonly renews?: boolean | undefined
  readonly renewal?: number | undefined
  /** How much of some types there has to be for anything to be bought. */
  readonly shares: readonly { readonly types: readonly string[]; readonly least: number }[]
}

/** What its launches have in common; a launch template says the rest, or `configuration` does. */
export interface LaunchSettings {
  readonly templateId: string
  readonly templateVersion: number
  readonly configuration: LaunchInput | undefined
  readonly systemDiskCategories: readonly string[]
  readonly dataDiskCategories: readonly string[]
  readonly hibernation: boolean
  readonly spotInterruptionBehavior: 'Terminate' | 'Stop'
  readonly spotDuration?: number | undefined
  /** `PublicPoolOnly`, `PrivatePoolFirst` or `PrivatePoolOnly`, for pay-as-you-go instances. */
  readonly poolStrategy: string
  readonly poolIds: readonly string[]
  readonly subscription?: Subscription | undefined
}

/** Times are milliseconds since 1970. */
export interface Group extends Row {
  readonly name: string
  readonly description: string
  readonly type: GroupType
  readonly status: GroupStatus
  readonly settings: LaunchSettings
  readonly configs: readonly LaunchConfig[]
  readonly targets: Targets
  readonly spotStrategy: string
  readonly spotPoolsToUse: number
  readonly payAsYouGoStrategy: string
  readonly maxSpotPrice?: number | undefined
  readonly terminatesExcess: boolean
  readonly terminatesOnDeletion: boolean
  readonly terminatesOnExpiration: boolean
  readonly validFrom: number
  readonly validUntil: number
  readonly createdAt: number
  /** How many scheduling tasks in a row have not reached the target. */
  readonly failures: number
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}

export interface LaunchError {
  readonly code: string
  readonly message: string
}

/** One thing a scheduling task did. */
export interface Activity {
  readonly status: 'Successful' | 'Failed' | 'Warning'
  readonly detail: string
  readonly created: readonly string[]
  readonly destroyed: readonly string[]
  readonly errors: readonly LaunchError[]
}

/** What a group did at a time. */
export interface ScheduledTask extends Row {
  readonly groupId: string
  readonly status: 'success' | 'failed'
  readonly startedAt: number
  readonly activities: readonly Activity[]
}
