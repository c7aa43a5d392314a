import type { ObjectShape } from '../../api/shape.ts'
import type { Text } from '../../api/text.ts'
import type { Kind } from './kind.ts'

const tags = [{ Key: 'string', Value: 'string' }] as const

/** What is made of a disk anew. */
const disk = {
  DiskId: 'string',
  DiskName: 'string',
  Description: 'string',
  Category: 'string',
  PerformanceLevel: 'string',
  Size: 'number',
  Encrypted: 'boolean',
  KMSKeyId: 'string',
  ZoneId: 'string',
  ResourceGroupId: 'string',
  Tag: tags,
} as const satisfies ObjectShape

const rule = {
  Direction: 'string',
  Description: 'string',
  IpProtocol: 'string',
  PortRange: 'string',
  PortRangeListId: 'string',
  Policy: 'string',
  Priority: 'string',
  NicType: 'string',
  SourcePortRange: 'string',
  SourceCidrIp: 'string',
  Ipv6SourceCidrIp: 'string',
  SourceGroupId: 'string',
  SourcePrefixListId: 'string',
  DestCidrIp: 'string',
  Ipv6DestCidrIp: 'string',
  DestGroupId: 'string',
  DestPrefixListId: 'string',
} as const satisfies ObjectShape

/** The facts of each kind of recipe: what a deed records of one thing, and what is believed of a file that is read. */
export const shapes = {
  'instances stop': { Status: 'string', PublicIpAddress: ['string'], StoppedMode: 'string' },
  'instances release': {
    Status: 'string',
    InstanceType: 'string',
    ImageId: 'string',
    ZoneId: 'string',
    VSwitchId: 'string',
    SecurityGroupIds: ['string'],
    HostName: 'string',
    Description: 'string',
    KeyPairName: 'string',
    RamRoleName: 'string',
    ResourceGroupId: 'string',
    DeletionProtection: 'boolean',
    CreditSpecification: 'string',
    HttpTokens: 'string',
    DeploymentSetId: 'string',
    InstanceChargeType: 'string',
    SpotStrategy: 'string',
    InternetChargeType: 'string',
    InternetMaxBandwidthOut: 'number',
    PrivateIpAddress: 'string',
    PublicIpAddress: ['string'],
    LocalDisks: 'number',
    EipAllocationId: 'string',
    EipAddress: 'string',
    NetworkInterfaceIds: ['string'],
    Tag: tags,
    SystemDisk: disk,
    DataDisk: [{ ...disk, Device: 'string', Kept: 'boolean' }],
  },
  'disks release': disk,
  'snapshots delete': { SourceDiskId: 'string', SourceDiskSize: 'string', CreationTime: 'string' },
  'security-groups delete': {
    Description: 'string',
    VpcId: 'string',
    SecurityGroupType: 'string',
    InnerAccessPolicy: 'string',
    ResourceGroupId: 'string',
    Tag: tags,
    Rule: [rule],
  },
  'key-pairs delete': { PublicKey: 'string', KeyPairFingerPrint: 'string', ResourceGroupId: 'string', Tag: tags },
} as const satisfies { readonly [kind: string]: ObjectShape }

/** Deeds that write an undo recipe. */
export type KindName = keyof typeof shapes

export const kindNames = Object.keys(shapes) as KindName[]

/** What each deed is called after it was done. */
export const doneTexts: { readonly [kind in KindName]: Text } = {
  'instances stop': { en: 'stopped instances', zh: '停止实例' },
  'instances release': { en: 'released instances', zh: '释放实例' },
  'disks release': { en: 'released disks', zh: '释放云盘' },
  'snapshots delete': { en: 'deleted snapshots', zh: '删除快照' },
  'security-groups delete': { en: 'deleted security groups', zh: '删除安全组' },
  'key-pairs delete': { en: 'deleted key pairs', zh: '删除密钥对' },
}

/** How each kind is recorded and undone; loaded when it is needed. */
export const kinds: { readonly [kind in KindName]: () => Promise<Kind> } = {
  'instances stop': async () => (await import('./stopped.ts')).stopped,
  'instances release': async () => (await import('./released.ts')).released,
  'disks release': async () => (await import('./disks.ts')).disksReleased,
  'snapshots delete': async () => (await import('./gone.ts')).snapshotsDeleted,
  'security-groups delete': async () => (await import('./groups.ts')).groupsDeleted,
  'key-pairs delete': async () => (await import('./gone.ts')).keyPairsDeleted,
}

/** Operations that `tanxing api` calls and that are such a deed, with the parameter that names what it is done to. */
export const ofOperations: { readonly [action: string]: { readonly kind: KindName; readonly ids: string } } = {
  StopInstance: { kind: 'instances stop', ids: 'InstanceId' },
  StopInstances: { kind: 'instances stop', ids: 'InstanceId' },
  DeleteInstance: { kind: 'instances release', ids: 'InstanceId' },
  DeleteInstances: { kind: 'instances release', ids: 'InstanceId' },
  DeleteDisk: { kind: 'disks release', ids: 'DiskId' },
  DeleteSnapshot: { kind: 'snapshots delete', ids: 'SnapshotId' },
  DeleteSecurityGroup: { kind: 'security-groups delete', ids: 'SecurityGroupId' },
  DeleteKeyPairs: { kind: 'key-pairs delete', ids: 'KeyPairNames' },
}
