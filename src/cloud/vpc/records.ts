import type { Row } from '../engine/table.ts'

export interface Vpc extends Row {
  readonly vpcName: string
  readonly description: string
  readonly cidrBlock: string
  /** `2001:db8:1:200::/56`; most have no IPv6. */
  readonly ipv6CidrBlock?: string
  readonly ipv6Isp?: string
  /** Blocks that were added to it, of either version. */
  readonly secondaryCidrBlocks?: readonly string[]
  readonly secondaryIpv6Blocks?: readonly string[]
  /** Public blocks that are taken for private ones. */
  readonly userCidrs?: readonly string[]
  /** Whether its instances have public names. */
  readonly dnsHostname?: boolean
  readonly status: 'Pending' | 'Available'
  readonly isDefault: boolean
  readonly vRouterId: string
  /** Of its router; undefined until it is given one. */
  readonly vRouterName?: string | undefined
  readonly vRouterDescription?: string | undefined
  readonly routeTableId: string
  /** Of its table; each undefined until it is changed. */
  readonly routeTableName?: string
  readonly routeTableDescription?: string
  readonly routePropagation?: boolean
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}

export interface VSwitch extends Row {
  readonly vpcId: string
  readonly zoneId: string
  readonly vSwitchName: string
  readonly description: string
  readonly cidrBlock: string
  /** A /64 of its VPC's. */
  readonly ipv6CidrBlock?: string
  readonly status: 'Pending' | 'Available'
  readonly isDefault: boolean
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}

/** An entry of a route table that a user made. The system's are read off the VPC and its vSwitches. */
export interface RouteEntry extends Row {
  readonly routeTableId: string
  readonly name: string
  readonly description: string
  readonly cidrBlock: string
  readonly nextHopId: string
  readonly nextHopType: 'Instance' | 'NetworkInterface' | 'HaVip' | 'NatGateway' | 'RouterInterface'
  /** Router interfaces that share what it catches, by weight; `nextHopId` is empty then. */
  readonly nextHops?: readonly { readonly id: string; readonly weight: number }[] | undefined
  readonly status: 'Pending' | 'Available' | 'Modifying' | 'Deleting'
  readonly modifiedAt: number
  /** Set when it came with a NAT gateway, with which it goes: as the system's own, or as one that its user may change. */
  readonly madeBy?: 'system' | 'gateway'
}

export interface Tag {
  readonly key: string
  readonly value: string
}

export type EipStatus = 'Available' | 'Associating' | 'InUse' | 'Unassociating' | 'Releasing'

export interface Eip extends Row {
  readonly ipAddress: string
  readonly name: string
  readonly description: string
  readonly status: EipStatus
  /** Mbit/s. */
  readonly bandwidth: number
  readonly internetChargeType: string
  readonly chargeType: 'PostPaid' | 'PrePaid'
  readonly expiresAt: number | undefined
  readonly isp: string
  readonly zone: string
  /** What it is bound to: an instance, a secondary interface, a NAT gateway or a HaVip; empty when to nothing. */
  readonly instanceId: string
  readonly instanceType: '' | 'EcsInstance' | 'NetworkInterface' | 'Nat' | 'HaVip'
  readonly privateIpAddress: string
  readonly vpcId: string
  readonly mode: string
  /** Set while it shares a bandwidth. `limit` is in Mbit/s; without one it may use all of it. */
  readonly shared?: { readonly packageId: string; readonly status: 'BINDING' | 'BINDED' | 'UNBINDING'; readonly limit?: number }
  readonly deletionProtection?: boolean
  readonly securityProtectionTypes?: readonly string[]
  /** Where figures of every second are to be written; undefined while it is not watched so closely. */
  readonly monitorLog?: { readonly project: string; readonly store: string }
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}
