import { toSeconds } from '../../api/time.ts'
import { takenAddresses } from '../ecs/network-interface/addresses.ts'
import type { State } from '../state.ts'
import { usableAddresses } from './cidr.ts'
import type { Tag, VSwitch, Vpc } from './records.ts'
import { ipv6BlocksOf } from './vpc-blocks.ts'

/** Tags as the answers of VPC show them; those of ECS say TagKey and TagValue. */
export const shownTags = (tags: readonly Tag[]) => ({ Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) })

const ipv6View = ({ ipv6CidrBlock }: Pick<Vpc, 'ipv6CidrBlock'>) => ({
  EnabledIpv6: ipv6CidrBlock !== undefined,
  Ipv6CidrBlock: ipv6CidrBlock ?? '',
})

/** What every answer about a VPC shows. Its vSwitches are rows of their own, so it cannot be kept ready. */
export const vpcView = (row: Vpc, state: State) => ({
  VpcId: row.id,
  VpcName: row.vpcName,
  Description: row.description,
  RegionId: row.regionId,
  CidrBlock: row.cidrBlock,
  Status: row.status,
  IsDefault: row.isDefault,
  VRouterId: row.vRouterId,
  ResourceGroupId: row.resourceGroupId,
  CreationTime: toSeconds(row.createdAt),
  OwnerId: Number(row.accountId),
  VSwitchIds: { VSwitchId: state.vSwitches.by('vpc', row.id).map((vSwitch) => vSwitch.id) },
  SecondaryCidrBlocks: { SecondaryCidrBlock: row.secondaryCidrBlocks ?? [] },
  UserCidrs: { UserCidr: row.userCidrs ?? [] },
  DnsHostnameStatus: row.dnsHostname ? 'ENABLED' : 'DISABLED',
  DhcpOptionsSetId: '',
  DhcpOptionsSetStatus: '',
  Ipv6CidrBlocks: { Ipv6CidrBlock: ipv6BlocksOf(row).map((block) => ({ Ipv6CidrBlock: block, Ipv6Isp: row.ipv6Isp ?? 'BGP' })) },
  Tags: shownTags(row.tags),
  ...ipv6View(row),
})

/** What every answer about a vSwitch shows; how many addresses are free depends on who has the others. */
export const vSwitchView = (row: VSwitch, state: State) => ({
  VSwitchId: row.id,
  VSwitchName: row.vSwitchName,
  Description: row.description,
  VpcId: row.vpcId,
  ZoneId: row.zoneId,
  CidrBlock: row.cidrBlock,
  Status: row.status,
  IsDefault: row.isDefault,
  AvailableIpAddressCount: usableAddresses(row.cidrBlock) - takenAddresses(row.id, state),
  ResourceGroupId: row.resourceGroupId,
  CreationTime: toSeconds(row.createdAt),
  OwnerId: Number(row.accountId),
  NetworkAclId: '',
  ShareType: '',
  RouteTable: { RouteTableId: state.vpcs.get(row.vpcId)?.routeTableId ?? '', RouteTableType: 'System' },
  Tags: shownTags(row.tags),
  ...ipv6View(row),
})
