import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'
import type { Script } from '../command/records.ts'

export type RunStatus =
  | 'Pending'
  | 'Scheduled'
  | 'Running'
  | 'Success'
  | 'Failed'
  | 'Timeout'
  | 'Aborted'
  | 'Cancelled'
  | 'Stopping'
  | 'Terminated'

export type InvocationStatus = 'Pending' | 'Scheduled' | 'Running' | 'Success' | 'Failed' | 'PartialFailed' | 'Stopping' | 'Stopped'

export type RepeatMode = 'Once' | 'Period' | 'NextRebootOnly' | 'EveryReboot'

/** A command that is run: the script as it was then, and how. */
export interface Execution extends Script {
  readonly commandId: string
  readonly repeatMode: RepeatMode
  /** As given; empty unless it is run by the clock. */
  readonly frequency: string
  /** Values of the custom parameters. */
  readonly parameters: Readonly<Record<string, string>>
  readonly username: string
  readonly terminationMode: string
  readonly containerId: string
  readonly containerName: string
}

/** A file that is sent. */
export interface SentFile {
  readonly name: string
  readonly description: string
  readonly targetDir: string
  /** Plain text, or Base64 where `contentType` says so. */
  readonly content: string
  readonly contentType: string
  readonly owner: string
  readonly group: string
  readonly mode: string
  readonly overwrite: boolean
  /** Seconds. */
  readonly timeout: number
}

/** What runs on instances: a command, or a file that is sent. Its instances are rows of their own. */
export interface Invocation extends Row {
  /** Made from the instances' status. */
  readonly status: InvocationStatus
  readonly execution?: Execution
  readonly file?: SentFile
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}

/** How one run on one instance came out, or how it stands. */
export interface RunResult {
  readonly status: RunStatus
  readonly startedAt?: number
  readonly finishedAt?: number
  /** When it was asked to stop. */
  readonly stoppedAt?: number
  readonly output: string
  /** Bytes of output that were too many. */
  readonly dropped: number
  readonly exitCode?: number
  readonly errorCode: string
  readonly errorInfo: string
}

/** One instance of an invocation; its id is `<invocation>/<instance>`. */
export interface Run extends Row, RunResult {
  readonly invokeId: string
  readonly instanceId: string
  readonly createdAt: number
  readonly changedAt: number
  /** It is run when the instance starts. */
  readonly atBoot?: true
  /** An executor runs it, or ran it last; the others are simulated. */
  readonly executor?: true
  /** How often it has been run. */
  readonly repeats: number
  /** Runs before the one that counts, newest first. */
  readonly history: readonly RunResult[]
}
