import type { Row } from '../../engine/table.ts'

export type Strategy = 'Availability' | 'AvailabilityGroup' | 'LowLatency'

/** A rule for where instances are put among the machines of a region. Times are milliseconds since 1970. */
export interface DeploymentSet extends Row {
  readonly deploymentSetName: string
  readonly description: string
  readonly strategy: Strategy
  /** What no two instances share: a machine, a rack or a switch. */
  readonly type: 'host' | 'rack' | 'sw'
  /** How many instances may share one even so. */
  readonly affinity: number
  /** 0 where the strategy knows no groups. */
  readonly groupCount: number
  /** What becomes of an instance whose machine fails when there is no other for it. */
  readonly onUnableToRedeploy: string
  readonly createdAt: number
}
