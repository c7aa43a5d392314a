import type { Row } from '../engine/table.ts'
import type { Tag } from '../vpc/records.ts'
import type { BoundEip, InterfaceSettings, AttachedInterface } from './network-interface/records.ts'

export type InstanceStatus = 'Pending' | 'Starting' | 'Running' | 'Stopping' | 'Stopped'

/** What runs on an instance, as an image tells it. */
export interface OperatingSystem {
  readonly type: 'linux' | 'windows'
  readonly platform: string
  readonly name: string
  readonly nameEn: string
  readonly architecture: string
  /** Whether it takes NVMe disks; undefined where nobody says. */
  readonly nvme?: boolean
}

/** Times are milliseconds since 1970. What DescribeInstances answers for an instance is made from this row alone. */
export interface Instance extends Row {
  readonly zoneId: string
  readonly status: InstanceStatus
  readonly instanceType: string
  readonly imageId: string
  /** Of one that runs on an image of an account's own: what that says of its system, since it may go before the instance does. */
  readonly os?: OperatingSystem | undefined
  readonly instanceName: string
  readonly hostName: string
  readonly description: string
  readonly serialNumber: string
  readonly vpcId: string
  readonly vSwitchId: string
  readonly privateIpAddress: string
  readonly macAddress: string
  /** What is special about its primary interface, whose id and the rest come from this row; most have nothing. */
  readonly primaryInterface?: InterfaceSettings
  /** Its secondary interfaces as its own answers show them. */
  readonly attachedInterfaces?: readonly AttachedInterface[] | undefined
  /** The elastic address of its primary private address. */
  readonly eip?: BoundEip | undefined
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
  /** A spot instance that is being taken back: when it ends. */
  readonly recyclingAt?: number
  readonly httpEndpoint: string
  readonly httpTokens: string
  /** 1 unless set. */
  readonly httpPutResponseHopLimit?: number
  /** Whether the guest may read its tags; they stay hidden unless this is `enabled`. */
  readonly instanceMetadataTags?: string
  /** What Alibaba Cloud has locked it for; most have nothing. */
  readonly locks?: readonly OperationLock[]
  readonly stoppedAt?: number
  readonly maintenance?: Maintenance
  readonly privatePool?: PrivatePool
  /** The reserved capacity that it has its stock from; means nothing while it holds none. */
  readonly poolId?: string | undefined
  /** The auto provisioning group that it belongs to. */
  readonly provisioning?: Provisioning | undefined
  /** When its screen was looked at last. */
  readonly screenshotAt?: number
  /** How its subscription goes on; undefined while nothing was said. */
  readonly renewal?: Renewal
  /** When its type was changed last. */
  readonly specChangedAt?: number
  /** What an order is turning it into. */
  readonly becoming?: Becoming
  /** What it was before it was given a larger type for a while, and is again after that. */
  readonly formerType?: string
  /** More bandwidth for a while. */
  readonly moreBandwidth?: MoreBandwidth
  /** How it shares its bandwidth between network and disks: `Default`, `Vpc-L1`, … */
  readonly bandwidthWeighting?: string
  readonly jumboFrame?: boolean
  readonly networkEncryption?: boolean
  /** The precise clock is on. */
  readonly ptp?: boolean
  readonly secureBoot?: boolean
  /** It has a trusted system, and an enclave besides. */
  readonly trusted?: boolean
  readonly enclave?: true
  /** Its first user is not root. */
  readonly loginAsNonRoot?: boolean
  /** What its processor is like where that was said. */
  readonly cpu?: Cpu
  readonly privateDns?: PrivateDns
  readonly recyclable?: boolean
  /** Most are in none. */
  readonly deploymentSet?: InDeploymentSet
  /** The dedicated host that it is on; most share a machine with others'. */
  readonly dedicatedHost?: OnDedicatedHost | undefined
  readonly hpcClusterId?: string
  /** It can be put to sleep; most cannot. */
  readonly hibernation?: true
  readonly tags: readonly Tag[]
}

/** What was said of a processor beside the type. */
export interface Cpu {
  /** 1 where the second thread of each core is turned off. */
  readonly threadsPerCore?: number
  /** How threads are numbered: `ContinuousCoreToHTMapping` or `DiscreteCoreToHTMapping`. */
  readonly topology?: string
  /** It can be a host of others itself. */
  readonly nested?: boolean
}

/** What an instance is called within its VPC, and which records there are of that. */
export interface PrivateDns {
  /** `Custom`, `IpBased` or `InstanceIdBased`; empty where nothing was said. */
  readonly hostnameType: string
  readonly ipA: boolean
  readonly ipPtr: boolean
  readonly idA: boolean
  readonly idAaaa: boolean
}

/** What an instance is in its deployment set. */
export interface InDeploymentSet {
  readonly id: string
  /** 0 in a set without groups. */
  readonly groupNo: number
}

/** How an instance is on a dedicated host, and what its answers show of that. */
export interface OnDedicatedHost {
  readonly id: string
  readonly name: string
  readonly clusterId: string
  /** `host`: it comes back to this host after it was stopped in economical mode. */
  readonly affinity: 'default' | 'host'
  /** Of which of the machine's sockets it is; -1 for one that takes all of them. */
  readonly socket: number
}

export type LockReason = 'financial' | 'security' | 'Recycling' | 'dedicatedhostfinancial' | 'refunded'

export interface Renewal {
  /** `AutoRenewal`: by itself; `Normal`: by hand; `NotRenewal`: not at all. */
  readonly status: string
  /** How many units at a time; 0 unless by itself. */
  readonly duration: number
  /** `Week`, `Month` or `Year`; empty unless by itself. */
  readonly unit: string
}

/** Bandwidth to the internet that an instance has from one moment to another, in Mbit/s. */
export interface MoreBandwidth {
  readonly out: number
  readonly until: number
  /** What it has again after that; undefined until it begins. */
  readonly before?: number
}

/** A new type that was ordered for a subscription. */
export interface Becoming {
  readonly instanceType: string
  /** The order is done: the instance has the type from its next start. */
  readonly ready?: true
  /** When it restarts for that by itself. */
  readonly rebootAt?: number
}

export interface OperationLock {
  readonly reason: LockReason
  readonly message: string
}

/** How an instance wants to be maintained; what is undefined is as it comes. */
export interface Maintenance {
  readonly action?: string
  /** Whole hours of UTC+8 as `HH:mm:ss`. */
  readonly window?: { readonly start: string; readonly end: string }
  readonly notify?: boolean
}

/** An auto provisioning group, and how much of its target an instance is. */
export interface Provisioning {
  readonly groupId: string
  readonly weight: number
}

/** Which reserved capacity an instance starts on. */
export interface PrivatePool {
  readonly matchCriteria: string
  /** Empty unless the criteria are Target. */
  readonly id: string
}

export type DiskStatus = 'Creating' | 'Available' | 'Attaching' | 'In_use' | 'Detaching' | 'ReIniting'

/** One instance that a disk is attached to. */
export interface Mount {
  readonly instanceId: string
  readonly device: string
  readonly attachedAt: number | undefined
}

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
  /** It can be attached to several instances at once: `mounts` tells which, and `instanceId` stays empty. */
  readonly multiAttach?: true
  readonly mounts?: readonly Mount[]
  /** The instance that a detached system disk belongs to. */
  readonly formerInstanceId?: string
  readonly burstingEnabled?: boolean
  readonly provisionedIops?: number
  /** The disk that it began as a copy of. */
  readonly clonedFrom?: string
  readonly autoSnapshotPolicyIds?: readonly string[]
  /** What ModifyDiskSpec is turning it into. */
  readonly becoming?: Partial<Pick<Disk, 'category' | 'performanceLevel' | 'provisionedIops'>>
  readonly specChangedAt?: number
  /** Most are in none. */
  readonly storageSet?: InStorageSet
  /** Why it is locked, with the instance that it is attached to. */
  readonly locks?: readonly LockReason[]
}

/** Which partition of a storage set a disk is in, from 1. */
export interface InStorageSet {
  readonly id: string
  readonly partition: number
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
  /** The port list that stands in place of `portRange`; most name none. */
  readonly portRangeListId?: string
  readonly policy: 'Accept' | 'Drop'
  readonly priority: number
  readonly nicType: string
  readonly description: string
  readonly createdAt: number
}

export interface KeyPair extends Row {
  readonly keyPairName: string
  readonly keyPairId: string
  readonly fingerPrint: string
  /** A line as OpenSSH writes it. */
  readonly publicKey: string
  readonly resourceGroupId: string
  readonly createdAt: number
  readonly tags: readonly Tag[]
}
