import type { Row } from '../../engine/table.ts'
import type { Tag } from '../../vpc/records.ts'

export type InterfaceStatus = 'Available' | 'Attaching' | 'InUse' | 'Detaching' | 'Deleting'

/** An elastic address as what it is bound to shows it. */
export interface BoundEip {
  readonly allocationId: string
  readonly ipAddress: string
  readonly internetChargeType: string
  /** Mbit/s. */
  readonly bandwidth: number
  readonly privateIpAddress: string
}

/** Seconds that a tracked connection is kept. */
export interface ConnectionTracking {
  readonly tcpEstablished: number
  readonly tcpClosedAndTimeWait: number
  readonly udp: number
}

/** The most that passes through an interface: Kbit/s, packets a second, sessions. Undefined where there is no limit. */
export interface RateLimits {
  readonly bandwidthTx?: number
  readonly bandwidthRx?: number
  readonly ppsTx?: number
  readonly ppsRx?: number
  readonly concurrentConnections?: number
}

/** What an interface has in the guest beside queues; undefined where nothing was said. */
export interface EnhancedNetwork {
  readonly express?: boolean
  readonly rss?: boolean
  readonly sriov?: boolean
  /** Virtual functions, and the queues of all of them. */
  readonly functions?: number
  readonly functionQueues?: number
}

/** What can be said of an interface at will. */
export interface InterfaceSettings {
  readonly networkInterfaceName: string
  readonly description: string
  /** Private addresses beside the primary one. */
  readonly secondaryAddresses: readonly string[]
  readonly deleteOnRelease: boolean
  readonly sourceDestCheck: boolean
  /** Undefined for as many as the instance type gives. */
  readonly queueNumber: number | undefined
  /** It carries RDMA, with so many queue pairs; undefined for all that the instance type has. */
  readonly rdma?: true
  readonly queuePairs?: number
  /** How deep its queues are; undefined for as deep as they come. */
  readonly rxQueueSize?: number
  readonly txQueueSize?: number
  readonly enhanced?: EnhancedNetwork
  readonly connectionTracking?: ConnectionTracking
  /** Blocks of 16 addresses, `10.0.0.16/28`. */
  readonly ipv4Prefixes?: readonly string[]
  readonly ipv6Addresses?: readonly string[]
  /** The first of them stays for as long as the interface has any. */
  readonly primaryIpv6?: true
  /** Blocks of 80 bits. */
  readonly ipv6Prefixes?: readonly string[]
  readonly rateLimits?: RateLimits
  /** Of a primary one that was put into another group than its instance's. */
  readonly resourceGroupId?: string
  readonly tags: readonly Tag[]
}

/** Secondary interfaces are rows of their own; a primary one is made in this shape from its instance's row. */
export interface NetworkInterface extends Row, InterfaceSettings {
  readonly type: 'Primary' | 'Secondary'
  readonly status: InterfaceStatus
  readonly zoneId: string
  readonly vpcId: string
  readonly vSwitchId: string
  readonly macAddress: string
  readonly primaryIpAddress: string
  readonly securityGroupIds: readonly string[]
  /** Empty when attached to nothing. */
  readonly instanceId: string
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly eips: readonly BoundEip[]
}

/** As much of a secondary interface as its instance's answers show. */
export interface AttachedInterface {
  readonly id: string
  readonly macAddress: string
  /** The primary one first. */
  readonly addresses: readonly string[]
  readonly ipv4Prefixes?: readonly string[]
  readonly ipv6Addresses?: readonly string[]
  readonly primaryIpv6?: true
  readonly ipv6Prefixes?: readonly string[]
}
