import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'
import type { Renewal } from '../records.ts'

/** The first while it is made; it is in no list of the documentation (unconfirmed). */
export type HostStatus = 'Creating' | 'Available' | 'UnderAssessment' | 'PermanentFailure' | 'TempUnavailable' | 'Redeploying'

/** A machine that an account has to itself. Times are milliseconds since 1970. */
export interface DedicatedHost extends Row {
  readonly zoneId: string
  /** Empty when it is in none. */
  readonly clusterId: string
  readonly hostType: string
  readonly hostName: string
  readonly description: string
  readonly status: HostStatus
  /** Another one once its instances were moved to another machine. */
  readonly machineId: string
  readonly chargeType: 'PostPaid' | 'PrePaid'
  readonly createdAt: number
  readonly expiresAt: number | undefined
  readonly autoReleaseAt: number | undefined
  readonly renewal?: Renewal | undefined
  /** It is renewed along with the subscriptions on it. */
  readonly renewsWithInstances?: boolean
  readonly autoPlacement: 'on' | 'off'
  readonly actionOnMaintenance: 'Migrate' | 'Stop'
  readonly cpuOverCommitRatio: number
  /** Seconds that UDP sessions are kept; undefined where nothing was said. */
  readonly slbUdpTimeout?: number | undefined
  readonly udpTimeout?: number | undefined
  /** Its subscription is over. */
  readonly locked?: 'financial' | undefined
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}

/** Hosts of one zone that go by one name. */
export interface DedicatedHostCluster extends Row {
  readonly zoneId: string
  readonly clusterName: string
  readonly description: string
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}
