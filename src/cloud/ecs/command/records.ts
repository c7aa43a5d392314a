import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'

export type CommandType = 'RunBatScript' | 'RunPowerShellScript' | 'RunShellScript'

/** What a command is made of; an invocation keeps a copy, so that a change of the command does not reach it. */
export interface Script {
  readonly name: string
  readonly type: CommandType
  /** Plain text. */
  readonly content: string
  readonly description: string
  readonly workingDir: string
  /** Seconds. */
  readonly timeout: number
  readonly enableParameter: boolean
  readonly launcher: string
}

/** Times are milliseconds since 1970. */
export interface Command extends Row, Script {
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly invokeTimes: number
  readonly tags: readonly Tag[]
}
