import { toSeconds } from '../../../api/time.ts'
import { demand, fault } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { vpcOf } from '../../vpc/vpcs.ts'
import type { SecurityGroup, SecurityGroupRule } from '../records.ts'
import { newTags, shownTags, tagTest } from '../tags.ts'
import { demandDescription, demandName, passes, type Test } from '../values.ts'
import { rulesOf, sameRule, withRules, type Direction, type RulesInput } from './rules.ts'

function groupOf(id: string, context: Context): SecurityGroup {
  const group = owned(context.state.securityGroups.get(id), context)
  demand(group, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.')
  return group
}

export const CreateSecurityGroup = ecs(
  'CreateSecurityGroup',
  ['VpcId', 'SecurityGroupName', 'Description', 'SecurityGroupType', 'ResourceGroupId', 'Tag'],
  (input, context) => {
    const { state, random, accountId, regionId, now } = context
    // Without a VPC the group would be one of the classic network, which is closed.
    demand(input.VpcId, 'InvalidVpcId.NotFound', 'Specified VPC does not exist.')
    const parent = vpcOf(input.VpcId, context)
    demand(parent.status === 'Available', 'IncorrectVpcStatus', 'Current VPC status does not support this operation.')
    demandName(input.SecurityGroupName, 'SecurityGroupName', 'InvalidSecurityGroupName.Malformed')
    demandDescription(input.Description, 'Description', 'InvalidSecurityGroupDiscription.Malformed')
    const type = input.SecurityGroupType || 'normal'
    demand(type === 'normal' || type === 'enterprise', 'InvalidParameter', 'The specified SecurityGroupType is not valid.')
    const group = state.securityGroups.put({
      id: newId('sg', regionId, random),
      accountId,
      regionId,
      vpcId: parent.id,
      securityGroupName: input.SecurityGroupName ?? '',
      description: input.Description ?? '',
      securityGroupType: type,
      innerAccessPolicy: type === 'normal' ? 'Accept' : 'Drop',
      resourceGroupId: input.ResourceGroupId ?? '',
      createdAt: now,
      rules: [],
      tags: newTags(input.Tag),
    })
    return { SecurityGroupId: group.id }
  },
)

const groupView = (group: SecurityGroup, { state }: Context, count: boolean) => ({
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
  // Only right when asked for, as documented.
  EcsCount: count ? state.instances.by('securityGroup', group.id).length : 0,
  AvailableInstanceAmount: count ? 2_000 - state.instances.by('securityGroup', group.id).length : 0,
  Tags: shownTags(group.tags),
})

export const DescribeSecurityGroups = ecs(
  'DescribeSecurityGroups',
  [
    'SecurityGroupIds',
    'SecurityGroupId',
    'SecurityGroupName',
    'SecurityGroupType',
    'VpcId',
    'ResourceGroupId',
    'NetworkType',
    'FuzzyQuery',
    'IsQueryEcsCount',
    'Tag',
    'PageNumber',
    'PageSize',
    'NextToken',
    'MaxResults',
  ],
  (input, context) => {
    const { state, accountId, regionId } = context
    demand((input.SecurityGroupIds?.length ?? 0) <= 100, 'InvalidParameter', 'At most 100 SecurityGroupIds can be given.')
    const tests: Test<SecurityGroup>[] = [
      input.SecurityGroupIds && ((group) => (input.SecurityGroupIds as readonly string[]).includes(group.id)),
      input.SecurityGroupId ? (group) => group.id === input.SecurityGroupId : undefined,
      input.SecurityGroupName
        ? (group) =>
            input.FuzzyQuery
              ? group.securityGroupName.includes(input.SecurityGroupName as string)
              : group.securityGroupName === input.SecurityGroupName
        : undefined,
      input.SecurityGroupType ? (group) => group.securityGroupType === input.SecurityGroupType : undefined,
      input.ResourceGroupId ? (group) => group.resourceGroupId === input.ResourceGroupId : undefined,
      input.NetworkType === 'classic' ? () => false : undefined,
      tagTest(input.Tag),
    ]
    const found = state.securityGroups.select({ accountId, regionId, by: { vpc: input.VpcId || undefined }, where: passes(tests) })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    return {
      RegionId: regionId,
      SecurityGroups: { SecurityGroup: rows.map((group) => groupView(group, context, input.IsQueryEcsCount === true)) },
      ...fields,
    }
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
  DestGroupId: rule.destGroupId,
  SourceGroupOwnerAccount: '',
  DestGroupOwnerAccount: '',
  SourceGroupName: '',
  DestGroupName: '',
  SourcePrefixListId: rule.sourcePrefixListId,
  SourcePrefixListName: '',
  DestPrefixListId: rule.destPrefixListId,
  DestPrefixListName: '',
  PortRangeListId: '',
  PortRangeListName: '',
  Policy: rule.policy,
  Priority: String(rule.priority),
  NicType: rule.nicType,
  Description: rule.description,
  CreateTime: toSeconds(rule.createdAt),
})

export const DescribeSecurityGroupAttribute = ecs(
  'DescribeSecurityGroupAttribute',
  ['SecurityGroupId', 'Direction', 'NicType', 'NextToken', 'MaxResults'],
  (input, context) => {
    const group = groupOf(input.SecurityGroupId, context)
    const direction = input.Direction || 'all'
    const found = group.rules.filter((rule) => direction === 'all' || rule.direction === direction)
    const { rows, fields } = page(
      found,
      { NextToken: input.NextToken, MaxResults: input.MaxResults ?? 500 },
      { maxSize: 1000, maxResults: [10, 1000] },
    )
    return {
      RegionId: group.regionId,
      SecurityGroupId: group.id,
      SecurityGroupName: group.securityGroupName,
      Description: group.description,
      VpcId: group.vpcId,
      InnerAccessPolicy: group.innerAccessPolicy,
      Permissions: { Permission: rows.map(ruleView) },
      NextToken: fields.NextToken,
    }
  },
)

export const ModifySecurityGroupAttribute = ecs(
  'ModifySecurityGroupAttribute',
  ['SecurityGroupId', 'SecurityGroupName', 'Description'],
  (input, context) => {
    const group = groupOf(input.SecurityGroupId, context)
    demandName(input.SecurityGroupName, 'SecurityGroupName', 'InvalidSecurityGroupName.Malformed')
    demandDescription(input.Description, 'Description', 'InvalidSecurityGroupDiscription.Malformed')
    context.state.securityGroups.put({
      ...group,
      securityGroupName: input.SecurityGroupName ?? group.securityGroupName,
      description: input.Description ?? group.description,
    })
    return {}
  },
)

export const DeleteSecurityGroup = ecs('DeleteSecurityGroup', ['SecurityGroupId'], (input, context) => {
  const { state } = context
  const group = groupOf(input.SecurityGroupId, context)
  const named = state.securityGroups.by('peer', group.id).some((other) => other.id !== group.id)
  if (named || state.instances.by('securityGroup', group.id).length > 0)
    throw fault('DependencyViolation', 'There is still instance(s) in the specified security group, or a rule that names it.', 403)
  state.securityGroups.delete(group.id)
  return {}
})

const ruleParameters = [
  'SecurityGroupId',
  'IpProtocol',
  'PortRange',
  'SourcePortRange',
  'SourceCidrIp',
  'DestCidrIp',
  'Policy',
  'Priority',
  'NicType',
  'Description',
  'Permissions.IpProtocol',
  'Permissions.PortRange',
  'Permissions.SourcePortRange',
  'Permissions.SourceCidrIp',
  'Permissions.DestCidrIp',
  'Permissions.Policy',
  'Permissions.Priority',
  'Permissions.NicType',
  'Permissions.Description',
] as const
const ingress = [...ruleParameters, 'SourceGroupId', 'Permissions.SourceGroupId'] as const
const egress = [...ruleParameters, 'DestGroupId', 'Permissions.DestGroupId'] as const

type Call = RulesInput & { readonly SecurityGroupId: string; readonly SecurityGroupRuleId?: readonly string[] | undefined }

function authorize(input: Call, direction: Direction, context: Context) {
  const group = groupOf(input.SecurityGroupId, context)
  context.state.securityGroups.put(withRules(group, rulesOf(input, direction, context)))
  return {}
}

/** By id an unknown rule is refused; by its fields, one that is not there counts as revoked. */
function revoke(input: Call, direction: Direction, context: Context) {
  const group = groupOf(input.SecurityGroupId, context)
  const ids = input.SecurityGroupRuleId
  if (ids?.length) {
    const known = ids.every((id) => group.rules.some((rule) => rule.id === id && rule.direction === direction))
    const code = direction === 'ingress' ? 'InvalidParam.SecurityGroupRuleId' : 'InvalidSecurityGroupRule.RuleNotExist'
    demand(known, code, 'The specified SecurityGroupRuleId does not exist.', 400)
    context.state.securityGroups.put({ ...group, rules: group.rules.filter((rule) => !ids.includes(rule.id)) })
    return {}
  }
  const gone = rulesOf(input, direction, context)
  context.state.securityGroups.put({ ...group, rules: group.rules.filter((rule) => !gone.some((one) => sameRule(one, rule))) })
  return {}
}

export const AuthorizeSecurityGroup = ecs('AuthorizeSecurityGroup', ingress, (input, context) => authorize(input, 'ingress', context))
export const AuthorizeSecurityGroupEgress = ecs('AuthorizeSecurityGroupEgress', egress, (input, context) =>
  authorize(input, 'egress', context),
)
export const RevokeSecurityGroup = ecs('RevokeSecurityGroup', [...ingress, 'SecurityGroupRuleId'], (input, context) =>
  revoke(input, 'ingress', context),
)
export const RevokeSecurityGroupEgress = ecs('RevokeSecurityGroupEgress', [...egress, 'SecurityGroupRuleId'], (input, context) =>
  revoke(input, 'egress', context),
)
