import type { Items as EcsItems } from '../../api/generated/ecs.ts'
import type { Items as VpcItems } from '../../api/generated/vpc.ts'

/** An answer as it may really come: any field may be missing. */
export type Loose<T> = T extends readonly (infer Element)[]
  ? readonly Loose<Element>[]
  : T extends object
    ? { readonly [Name in keyof T]?: Loose<T[Name]> | undefined }
    : T

/** What was read of one region, item by item as the operations list it. */
export interface RegionView {
  readonly regionId: string
  readonly vpcs: readonly Loose<VpcItems['DescribeVpcs']>[]
  readonly vSwitches: readonly Loose<VpcItems['DescribeVSwitches']>[]
  readonly eips: readonly Loose<VpcItems['DescribeEipAddresses']>[]
  readonly securityGroups: readonly GroupView[]
  readonly keyPairs: readonly Loose<EcsItems['DescribeKeyPairs']>[]
  readonly images: readonly ImageView[]
  readonly instances: readonly InstanceView[]
  readonly disks: readonly DiskView[]
  readonly networkInterfaces: readonly InterfaceView[]
}

export type InstanceView = Loose<EcsItems['DescribeInstances']>
export type ImageView = Loose<EcsItems['DescribeImages']>
export type DiskView = Loose<EcsItems['DescribeDisks']>
export type InterfaceView = Loose<EcsItems['DescribeNetworkInterfaces']>

/** A security group, with its rules of both directions. */
export interface GroupView {
  readonly group: Loose<EcsItems['DescribeSecurityGroups']>
  readonly innerAccessPolicy: string
  readonly rules: readonly RuleView[]
}

export interface RuleView {
  readonly SecurityGroupRuleId?: string | undefined
  readonly Direction?: string | undefined
  readonly IpProtocol?: string | undefined
  readonly PortRange?: string | undefined
  readonly SourcePortRange?: string | undefined
  readonly SourceCidrIp?: string | undefined
  readonly DestCidrIp?: string | undefined
  readonly Ipv6SourceCidrIp?: string | undefined
  readonly Ipv6DestCidrIp?: string | undefined
  readonly SourceGroupId?: string | undefined
  readonly DestGroupId?: string | undefined
  readonly SourcePrefixListId?: string | undefined
  readonly DestPrefixListId?: string | undefined
  readonly Policy?: string | undefined
  readonly Priority?: string | undefined
  readonly NicType?: string | undefined
  readonly Description?: string | undefined
  readonly CreateTime?: string | undefined
}
