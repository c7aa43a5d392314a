import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import type { State } from '../../state.ts'
import type { SecurityGroup, SecurityGroupRule } from '../records.ts'
import { shownTags, tagTest } from '../tags.ts'
import { demandOneOf, equalities, passes } from '../values.ts'
import { groupOf } from './find.ts'
import { addressesPerGroup } from './limits.ts'
import { memberCount } from './member-count.ts'

/** What the row alone tells. Members are counted only when asked for, so 0 stands for both figures here. */
const groupView = (group: SecurityGroup) => ({
  SecurityGroupId: group.id,
  SecurityGroupName: group.securityGroupName,
  Description: group.description,
  VpcId: group.vpcId,
  SecurityGroupType: group.securityGroupType,
  CreationTime: toSeconds(group.createdAt),
  ResourceGroupId: group.resourceGroupId,
  ServiceManaged: false,
  ServiceID: 0,
  RuleCount: group.rules.length,
  GroupToGroupRuleCount: group.rules.filter((rule) => rule.sourceGroupId || rule.destGroupId).length,
  EcsCount: 0,
  AvailableInstanceAmount: 0,
  Tags: shownTags(group.tags),
})

function countedView(group: SecurityGroup, state: State) {
  const EcsCount = state.instances.count('securityGroup', group.id)
  const AvailableInstanceAmount = addressesPerGroup[group.securityGroupType] - memberCount(group.id, state)
  return { ...groupView(group), EcsCount, AvailableInstanceAmount }
}

export const DescribeSecurityGroups = ecs(
  'DescribeSecurityGroups',
  [
    'SecurityGroupId',
    'SecurityGroupIds',
    'SecurityGroupName',
    'SecurityGroupType',
    'FuzzyQuery',
    'VpcId',
    'NetworkType',
    'ResourceGroupId',
    'ServiceManaged',
    'IsQueryEcsCount',
    'Tag',
    'PageNumber',
    'PageSize',
    'NextToken',
    'MaxResults',
  ],
  (input, { state, accountId, regionId }) => {
    const { SecurityGroupIds: ids, SecurityGroupName: name, FuzzyQuery } = input
    demand((ids?.length ?? 0) <= 100, 'InvalidParameter', 'At most 100 SecurityGroupIds can be given.')
    const where = passes<SecurityGroup>([
      ids && ((group) => ids.includes(group.id)),
      name && FuzzyQuery ? (group) => group.securityGroupName.includes(name) : undefined,
      tagTest(input.Tag),
      ...equalities<SecurityGroup, typeof input>(input, {
        SecurityGroupId: (group) => group.id,
        ...(!FuzzyQuery && { SecurityGroupName: (group: SecurityGroup) => group.securityGroupName }),
        SecurityGroupType: (group) => group.securityGroupType,
        NetworkType: () => 'vpc',
        ResourceGroupId: (group) => group.resourceGroupId,
        ServiceManaged: () => false,
      }),
    ])
    const found = state.securityGroups.list({ accountId, regionId, by: { vpc: input.VpcId || undefined }, where })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const SecurityGroup = input.IsQueryEcsCount ? rows.map((group) => countedView(group, state)) : listed(rows, groupView)
    return { RegionId: regionId, ...fields, SecurityGroups: { SecurityGroup } }
  },
)

const ruleView = (rule: SecurityGroupRule) => ({
  SecurityGroupRuleId: rule.id,
  Direction: rule.direction,
  IpProtocol: rule.ipProtocol,
  PortRange: rule.portRange,
  SourcePortRange: rule.sourcePortRange,
  SourceCidrIp: rule.sourceCidrIp,
  DestCidrIp: rule.destCidrIp,
  Ipv6SourceCidrIp: rule.ipv6SourceCidrIp,
  Ipv6DestCidrIp: rule.ipv6DestCidrIp,
  SourceGroupId: rule.sourceGroupId,
  SourceGroupName: '',
  SourceGroupOwnerAccount: '',
  DestGroupId: rule.destGroupId,
  DestGroupName: '',
  DestGroupOwnerAccount: '',
  SourcePrefixListId: rule.sourcePrefixListId,
  SourcePrefixListName: '',
  DestPrefixListId: rule.destPrefixListId,
  DestPrefixListName: '',
  PortRangeListId: rule.portRangeListId ?? '',
  PortRangeListName: '',
  Policy: rule.policy,
  Priority: String(rule.priority),
  NicType: rule.nicType,
  Description: rule.description,
  CreateTime: toSeconds(rule.createdAt),
})

/** The same with the names of the lists that it names. */
const namedView = (rule: SecurityGroupRule, { prefixLists, portRangeLists }: State) => ({
  ...ruleView(rule),
  SourcePrefixListName: prefixLists.get(rule.sourcePrefixListId)?.name ?? '',
  DestPrefixListName: prefixLists.get(rule.destPrefixListId)?.name ?? '',
  PortRangeListName: portRangeLists.get(rule.portRangeListId ?? '')?.name ?? '',
})

const namesList = (rule: SecurityGroupRule) => Boolean(rule.sourcePrefixListId || rule.destPrefixListId || rule.portRangeListId)

/** In a VPC every rule is one of the intranet, and is shown whichever NicType is asked for. */
export const DescribeSecurityGroupAttribute = ecs(
  'DescribeSecurityGroupAttribute',
  ['SecurityGroupId', 'Attribute', 'Direction', 'NicType', 'NextToken', 'MaxResults'],
  (input, context) => {
    const group = groupOf(input.SecurityGroupId, context)
    const { Direction: direction = 'all', MaxResults = 500 } = input
    demandOneOf(direction, ['ingress', 'egress', 'all'], 'Direction', 'InvalidParamter')
    demandOneOf(input.NicType, ['intranet', 'internet'], 'NicType', 'InvalidNicType.ValueNotSupported')
    // The code is unconfirmed.
    demandOneOf(input.Attribute, ['snapshotPolicyIds'], 'Attribute', 'InvalidParameter')
    const asked = group.rules.filter((rule) => direction === 'all' || rule.direction === direction)
    const { rows, fields } = page(asked, { NextToken: input.NextToken, MaxResults }, { maxSize: 1000, maxResults: [10, 1000] })
    return {
      RegionId: group.regionId,
      SecurityGroupId: group.id,
      SecurityGroupName: group.securityGroupName,
      Description: group.description,
      VpcId: group.vpcId,
      InnerAccessPolicy: group.innerAccessPolicy,
      Permissions: { Permission: rows.some(namesList) ? rows.map((rule) => namedView(rule, context.state)) : listed(rows, ruleView) },
      NextToken: fields.NextToken,
      // No operation puts one on a group.
      ...(input.Attribute && { SnapshotPolicyIds: { SnapshotPolicyId: [] } }),
    }
  },
)

/** Who names the asked groups in a rule; a group that nobody names is there with an empty list (unconfirmed). */
export const DescribeSecurityGroupReferences = ecs('DescribeSecurityGroupReferences', ['SecurityGroupId'], (input, context) => {
  demand(input.SecurityGroupId.length <= 10, 'Abs.GroupNos.Malformed', 'At most 10 SecurityGroupId can be given.', 400)
  const SecurityGroupReference = input.SecurityGroupId.map((id) => {
    const group = groupOf(id, context)
    const others = context.state.securityGroups.by('peer', group.id).filter((other) => other.id !== group.id)
    return {
      SecurityGroupId: id,
      ReferencingSecurityGroups: {
        ReferencingSecurityGroup: others.map((other) => ({ SecurityGroupId: other.id, AliUid: other.accountId })),
      },
    }
  })
  return { SecurityGroupReferences: { SecurityGroupReference } }
})
