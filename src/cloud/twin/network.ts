import type { KeyPair, SecurityGroup, SecurityGroupRule } from '../ecs/records.ts'
import { newId, newRuleId } from '../ids.ts'
import { keyPairKey } from '../state.ts'
import type { Eip, VSwitch, Vpc } from '../vpc/records.ts'
import { chargeOf, type Origin, owner, tagsOf, timeOf } from './fields.ts'
import type { GroupView, RegionView, RuleView } from './views.ts'

/** A VPC. The answer that lists VPCs may leave its route table to its vSwitches. */
export function vpcRow(view: RegionView['vpcs'][number], { vSwitches }: RegionView, origin: Origin): Vpc {
  const id = view.VpcId ?? ''
  const table = vSwitches.find((vSwitch) => vSwitch.VpcId === id)?.RouteTable?.RouteTableId
  return {
    ...owner(origin),
    id,
    vpcName: view.VpcName ?? '',
    description: view.Description ?? '',
    cidrBlock: view.CidrBlock ?? '',
    status: 'Available',
    isDefault: view.IsDefault ?? false,
    vRouterId: view.VRouterId || newId('vrt', origin.regionId, origin.random),
    routeTableId: view.RouterTableIds?.RouterTableIds?.[0] || table || newId('vtb', origin.regionId, origin.random),
    resourceGroupId: view.ResourceGroupId ?? '',
    createdAt: timeOf(view.CreationTime) ?? origin.now,
    tags: tagsOf(view.Tags),
  }
}

export const vSwitchRow = (view: RegionView['vSwitches'][number], origin: Origin): VSwitch => ({
  ...owner(origin),
  id: view.VSwitchId ?? '',
  vpcId: view.VpcId ?? '',
  zoneId: view.ZoneId ?? '',
  vSwitchName: view.VSwitchName ?? '',
  description: view.Description ?? '',
  cidrBlock: view.CidrBlock ?? '',
  status: 'Available',
  isDefault: view.IsDefault ?? false,
  resourceGroupId: view.ResourceGroupId ?? '',
  createdAt: timeOf(view.CreationTime) ?? origin.now,
  tags: tagsOf(view.Tags),
})

const ruleRow = (view: RuleView, origin: Origin): SecurityGroupRule => ({
  id: view.SecurityGroupRuleId || newRuleId(origin.regionId, origin.random),
  direction: view.Direction === 'egress' ? 'egress' : 'ingress',
  ipProtocol: view.IpProtocol ?? '',
  portRange: view.PortRange ?? '',
  sourcePortRange: view.SourcePortRange ?? '',
  sourceCidrIp: view.SourceCidrIp ?? '',
  destCidrIp: view.DestCidrIp ?? '',
  ipv6SourceCidrIp: view.Ipv6SourceCidrIp ?? '',
  ipv6DestCidrIp: view.Ipv6DestCidrIp ?? '',
  sourceGroupId: view.SourceGroupId ?? '',
  destGroupId: view.DestGroupId ?? '',
  sourcePrefixListId: view.SourcePrefixListId ?? '',
  destPrefixListId: view.DestPrefixListId ?? '',
  policy: view.Policy?.toLowerCase() === 'drop' ? 'Drop' : 'Accept',
  priority: Number(view.Priority) || 1,
  nicType: view.NicType ?? 'intranet',
  description: view.Description ?? '',
  createdAt: timeOf(view.CreateTime) ?? origin.now,
})

export const groupRow = ({ group, innerAccessPolicy, rules }: GroupView, origin: Origin): SecurityGroup => ({
  ...owner(origin),
  id: group.SecurityGroupId ?? '',
  vpcId: group.VpcId ?? '',
  securityGroupName: group.SecurityGroupName ?? '',
  description: group.Description ?? '',
  securityGroupType: group.SecurityGroupType === 'enterprise' ? 'enterprise' : 'normal',
  innerAccessPolicy: innerAccessPolicy === 'Drop' ? 'Drop' : 'Accept',
  resourceGroupId: group.ResourceGroupId ?? '',
  createdAt: timeOf(group.CreationTime) ?? origin.now,
  rules: rules.map((rule) => ruleRow(rule, origin)),
  tags: tagsOf(group.Tags),
})

/** An elastic address. One that is bound to what a local cloud does not have (a load balancer, a NAT gateway) is free. */
export function eipRow(view: RegionView['eips'][number], origin: Origin, privateAddress: (instanceId: string) => string): Eip {
  const boundTo = view.InstanceType === 'EcsInstance' || view.InstanceType === 'NetworkInterface' ? view.InstanceType : ''
  const chargeType = chargeOf(view.ChargeType)
  return {
    ...owner(origin),
    id: view.AllocationId ?? '',
    ipAddress: view.IpAddress ?? '',
    name: view.Name ?? '',
    description: view.Description ?? '',
    status: boundTo === '' ? 'Available' : 'InUse',
    bandwidth: Number(view.Bandwidth) || 0,
    internetChargeType: view.InternetChargeType ?? '',
    chargeType,
    expiresAt: chargeType === 'PrePaid' ? timeOf(view.ExpiredTime) : undefined,
    isp: view.ISP ?? '',
    zone: view.Zone ?? '',
    instanceId: boundTo === '' ? '' : (view.InstanceId ?? ''),
    instanceType: boundTo,
    privateIpAddress: boundTo === '' ? '' : view.PrivateIpAddress || privateAddress(view.InstanceId ?? ''),
    vpcId: boundTo === '' ? '' : (view.VpcId ?? ''),
    mode: view.Mode ?? 'NAT',
    resourceGroupId: view.ResourceGroupId ?? '',
    createdAt: timeOf(view.AllocationTime) ?? origin.now,
    tags: tagsOf(view.Tags),
  }
}

/** A key pair by its name and fingerprint. No answer tells its id; its keys are not asked for. */
export const keyPairRow = (view: RegionView['keyPairs'][number], origin: Origin): KeyPair => ({
  ...owner(origin),
  id: keyPairKey(origin, view.KeyPairName ?? ''),
  keyPairName: view.KeyPairName ?? '',
  keyPairId: newId('ssh', origin.regionId, origin.random),
  fingerPrint: view.KeyPairFingerPrint ?? '',
  publicKey: '',
  resourceGroupId: view.ResourceGroupId ?? '',
  createdAt: timeOf(view.CreationTime) ?? origin.now,
  tags: tagsOf(view.Tags),
})
