import type { Row } from '../../engine/table.ts'

/** How a session stands on one instance. */
export interface Connection {
  readonly instanceId: string
  readonly status: 'Connecting' | 'Terminated' | 'Failed'
  readonly startedAt: number
  readonly endedAt?: number
  readonly closedReason?: string
}

/** A session of Session Manager. Nobody can connect to it here. Times are milliseconds since 1970. */
export interface TerminalSession extends Row {
  readonly connections: readonly Connection[]
  readonly identityType: string
  readonly principalId: string
  readonly username: string
  readonly targetServer: string
  readonly portNumber?: number
  readonly createdAt: number
}

/** Where one kind of record is delivered to. */
export interface Delivery {
  readonly oss?: OssDelivery
  readonly sls?: { readonly enabled: boolean; readonly projectName: string; readonly logstoreName: string }
}

export interface OssDelivery {
  readonly enabled: boolean
  readonly bucketName: string
  readonly prefix: string
  readonly encryptionType: string
  readonly encryptionAlgorithm: string
  readonly encryptionKeyId: string
}

export interface AgentUpgrade {
  readonly enabled: boolean
  /** `02:00-03:00` in `timeZone`. */
  readonly windows: readonly string[]
  readonly timeZone: string
  readonly bootstrapUpgrade: boolean
  readonly disableUpgrade: boolean
}

export interface ResourceUsage {
  readonly cpuLimit: number
  readonly memoryLimit: string
  readonly overloadLimit: number
  readonly logSizeLimit: string
  readonly logFileCountLimit: number
  readonly keepScriptFile: boolean
}

/** What an account has set of Cloud Assistant in a region; what lies in no region (`regionId` empty) holds for all. */
export interface AssistantSettings extends Row {
  readonly sessionDelivery?: Delivery
  readonly invocationDelivery?: Delivery
  readonly agentUpgrade?: AgentUpgrade
  readonly resourceUsage?: ResourceUsage
  readonly sessionManagerEnabled?: boolean
}
