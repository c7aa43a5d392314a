import type { Row } from '../../engine/table.ts'

/** Where instances that reach each other's memory are put. */
export interface HpcCluster extends Row {
  readonly hpcClusterName: string
  readonly description: string
}
