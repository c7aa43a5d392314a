import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'

/** Lets servers elsewhere register as managed instances for a while. Times are milliseconds since 1970. */
export interface Activation extends Row {
  /** A secret: told once, when it is made. */
  readonly code: string
  readonly description: string
  /** What the names of those that register with it begin with; empty for their host names. */
  readonly instanceName: string
  /** How many can register. */
  readonly instanceCount: number
  readonly timeToLiveInHours: number
  readonly ipAddressRange: string
  readonly disabled: boolean
  readonly registeredCount: number
  readonly deregisteredCount: number
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}

/** A server elsewhere that Cloud Assistant reaches. */
export interface ManagedInstance extends Row {
  readonly activationId: string
  readonly instanceName: string
  readonly hostname: string
  readonly machineId: string
  readonly osType: 'windows' | 'linux' | 'FreeBSD'
  readonly osVersion: string
  readonly agentVersion: string
  readonly intranetIp: string
  readonly internetIp: string
  readonly connected: boolean
  readonly resourceGroupId: string
  readonly registeredAt: number
  readonly tags: readonly Tag[]
}
