import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'

/** A virtual storage channel: how an instance reaches file systems without a network. Times are milliseconds since 1970. */
export interface StorageChannel extends Row {
  readonly instanceId: string
  readonly name: string
  readonly description: string
  readonly type: 'Primary' | 'Standard'
  readonly status: 'Attaching' | 'In_use' | 'Detaching'
  readonly createdAt: number
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}
