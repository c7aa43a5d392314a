import type { Row } from '../../engine/table.ts'
import type { Tag } from '../records.ts'

/** `Allocation Failed` is written with a space. */
export type ConnectionStatus =
  | 'Initial'
  | 'Approved'
  | 'Allocating'
  | 'Allocated'
  | 'Confirmed'
  | 'Enabled'
  | 'Rejected'
  | 'Canceled'
  | 'Allocation Failed'
  | 'Terminating'
  | 'Terminated'

/** A line between a customer's own computing centre and an access point. */
export interface PhysicalConnection extends Row {
  readonly name: string
  readonly description: string
  readonly accessPointId: string
  readonly lineOperator: string
  readonly peerLocation: string
  readonly portType: string
  /** Mbit/s. */
  readonly bandwidth: number
  readonly circuitCode: string
  readonly opticalModuleModel: string
  readonly deviceFeatures: readonly string[]
  /** Milliseconds that a port stays up when the line is down. */
  readonly downDelayMs: number
  readonly redundantId: string
  readonly status: ConnectionStatus
  /** Whether it is about to be Enabled; it stays Confirmed meanwhile. */
  readonly enabling: boolean
  readonly enabledAt: number | undefined
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}

/** Addresses at both ends of a line, as they were given; empty where none were. */
export interface Gateways {
  readonly local: string
  readonly peer: string
  /** `255.255.255.252` for IPv4, a block for IPv6. */
  readonly mask: string
}

/** A router at the cloud's end of a physical connection; `accountId` is its owner's, who need not own the connection. */
export interface BorderRouter extends Row {
  readonly name: string
  readonly description: string
  readonly connectionId: string
  readonly connectionOwnerId: string
  readonly vlanId: number
  readonly vlanInterfaceId: string
  readonly circuitCode: string
  /** Mbit/s. */
  readonly bandwidth: number
  readonly ipv4: Gateways
  readonly ipv6: Gateways
  readonly ipv6Enabled: boolean
  readonly routeTableId: string
  /** Of the packets that find out whether the line is up, milliseconds; 0 while none are set. */
  readonly minTxMs: number
  readonly minRxMs: number
  readonly detectMultiplier: number
  readonly siteLink: boolean
  readonly status: 'unconfirmed' | 'active' | 'terminating' | 'terminated' | 'recovering' | 'deleting'
  readonly activatedAt: number | undefined
  readonly terminatedAt: number | undefined
  readonly recoveredAt: number | undefined
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}

export type InterfaceStatus =
  | 'Idle'
  | 'AcceptingConnecting'
  | 'Connecting'
  | 'Activating'
  | 'Active'
  | 'Deactivating'
  | 'Inactive'
  | 'Deleting'

export type RouterType = 'VRouter' | 'VBR'

/** What an interface is told of the one it is to be connected with: nothing is empty. It is looked at when they are connected. */
export interface Opposite {
  readonly regionId: string
  readonly interfaceId: string
  readonly routerId: string
  readonly routerType: RouterType
  readonly ownerId: string
  readonly accessPointId: string
}

/** One end of a link between two routers. */
export interface RouterInterface extends Row {
  readonly name: string
  readonly description: string
  readonly routerId: string
  readonly routerType: RouterType
  readonly role: 'InitiatingSide' | 'AcceptingSide'
  readonly spec: string
  readonly accessPointId: string
  readonly opposite: Opposite
  /** Empty where nothing checks the link. */
  readonly healthCheckSourceIp: string
  readonly healthCheckTargetIp: string
  /** Milliseconds between two packets that check, and how many of them get lost before it counts. */
  readonly healthCheckRateMs: number
  readonly healthCheckThreshold: number
  readonly fastLink: boolean
  readonly status: InterfaceStatus
  readonly chargeType: 'PrePaid' | 'PostPaid'
  readonly expiresAt: number | undefined
  /** Months that a subscription is renewed for by itself. */
  readonly renewalMonths: number | undefined
  /** Its subscription is over. */
  readonly locked: boolean
  readonly connectedAt: number | undefined
  readonly modifiedAt: number
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}
