import type { Row } from '../../engine/table.ts'

export type TaskAction =
  | 'ImportImage'
  | 'ExportImage'
  | 'RedeployInstance'
  | 'ModifyDiskSpec'
  | 'ModifyDiskDeployment'
  | 'ArchiveSnapshot'
  | 'ModifyInstanceNetworkOptions'
  | 'ModifyInstanceClockOptions'
  | 'ExportSnapshot'
  | 'CloneDisks'
export type TaskStatus = 'Waiting' | 'Processing' | 'Finished' | 'Failed' | 'Deleted' | 'Paused'

/** Something that goes on for a while and can be asked for. Times are milliseconds since 1970. */
export interface Task extends Row {
  readonly action: TaskAction
  readonly status: TaskStatus
  readonly resourceId: string
  /** Tasks that were begun together. */
  readonly groupId?: string | undefined
  readonly createdAt: number
  /** When it will be done, as it looked when it was begun. */
  readonly readyAt: number
  readonly finishedAt: number | undefined
  readonly errorCode: string
  readonly errorMessage: string
}
