import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'

/** One line of a list: a CIDR block of a prefix list, or a range of ports of a port list. */
export interface ListEntry {
  readonly value: string
  readonly description: string
}

/** What prefix lists and port lists have in common. */
export interface EntryList extends Row {
  readonly name: string
  readonly description: string
  /** How many entries it has room for: set once. */
  readonly maxEntries: number
  readonly entries: readonly ListEntry[]
  readonly createdAt: number
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}

export interface PrefixList extends EntryList {
  readonly addressFamily: 'IPv4' | 'IPv6'
}
