import type { Row } from '../engine/table.ts'
import type { Tag } from '../vpc/records.ts'

export type InstanceStatus = 'Pending' | 'Starting' | 'Running' | 'Stopping' | 'Stopped'

/** Times are milliseconds since 1970. What DescribeInstances answers for an instance is made from this row alone. */
export interface Instance extends Row {
  readonly zoneId: string
  readonly status: InstanceStatus
  readonly instanceType: string
  readonly imageId: string
  readonly instanceName: string
  readonly hostName: string
  readonly description: string
  readonly serialNumber: string
  readonly vpcId: string
  readonly vSwitchId: string
  readonly privateIpAddress: string
  readonly networkInterfaceId: string
  readonly macAddress: string
  readonly securityGroupIds: readonly string[]
  /** Empty when the instance has none. */
  readonly publicIpAddress: string
  /** It gave its public address up when it was stopped in economical mode, and gets another one with its next start. */
  readonly regainsPublicIp?: boolean
  readonly internetChargeType: string
  readonly internetMaxBandwidthIn: number
  readonly internetMaxBandwidthOut: number
  readonly instanceChargeType: 'PostPaid' | 'PrePaid'
  readonly createdAt: number
  readonly startedAt: number | undefined
  readonly expiresAt: number | undefined
  readonly autoReleaseAt: number | undefined
  readonly keyPairName: string
  readonly userData: string
  readonly ramRoleName: string
  /** Narrows what the instance may in its role. */
  readonly ramRolePolicy?: string
  readonly resourceGroupId: string
  readonly spotStrategy: string
  readonly spotPriceLimit: number
  readonly spotDuration: number
  readonly spotInterruptionBehavior: string
  readonly creditSpecification: string
  readonly deletionProtection: boolean
  /** How it was stopped last; answers say `Not-applicable` unless it is stopped. */
  readonly stoppedMode: string
  /** It is on its way out: nothing but its release will happen to it any more. */
  readonly releasing?: true
  readonly httpEndpoint: string
  readonly httpTokens: string
  readonly tags: readonly Tag[]
}

export type DiskStatus = 'Creating' | 'Available' | 'Attaching' | 'In_use' | 'Detaching' | 'ReIniting'

export interface Disk extends Row {
  readonly zoneId: string
  readonly status: DiskStatus
  readonly type: 'system' | 'data'
  readonly category: string
  readonly performanceLevel: string
  /** GiB. */
  readonly size: number
  readonly diskName: string
  readonly description: string
  /** Empty when attached to nothing. */
  readonly instanceId: string
  readonly device: string
  readonly imageId: string
  readonly sourceSnapshotId: string
  readonly encrypted: boolean
  readonly kmsKeyId: string
  readonly portable: boolean
  readonly deleteWithInstance: boolean
  readonly deleteAutoSnapshot: boolean
  readonly enableAutoSnapshot: boolean
  readonly diskChargeType: 'PostPaid' | 'PrePaid'
  readonly createdAt: number
  readonly attachedAt: number | undefined
  readonly detachedAt: number | undefined
  readonly expiresAt: number | undefined
  readonly resourceGroupId: string
  readonly tags: readonly Tag[]
}

export interface SecurityGroup extends Row {
  readonly vpcId: string
  readonly securityGroupName: string
  readonly description: string
  readonly securityGroupType: 'normal' | 'enterprise'
  readonly innerAccessPolicy: 'Accept' | 'Drop'
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly rules: readonly SecurityGroupRule[]
  readonly tags: readonly Tag[]
}

/** Peers that a rule does not name are empty strings. */
export interface SecurityGroupRule {
  readonly id: string
  readonly direction: 'ingress' | 'egress'
  readonly ipProtocol: string
  readonly portRange: string
  readonly sourcePortRange: string
  readonly sourceCidrIp: string
  readonly destCidrIp: string
  readonly ipv6SourceCidrIp: string
  readonly ipv6DestCidrIp: string
  readonly sourceGroupId: string
  readonly destGroupId: string
  readonly sourcePrefixListId: string
  readonly destPrefixListId: string
  readonly policy: 'Accept' | 'Drop'
  readonly priority: number
  readonly nicType: string
  readonly description: string
  readonly createdAt: number
}
