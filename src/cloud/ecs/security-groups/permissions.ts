import { demand } from '../../fault.ts'
import { newRuleId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import type { SecurityGroup, SecurityGroupRule } from '../records.ts'
import { groupOf } from './find.ts'
import { rulesPerCall, rulesPerGroup } from './limits.ts'
import { demandLists } from './lists.ts'
import { type Direction, peers, type Rule, type RuleInput, readRule, ruleKey, writeRule } from './rules.ts'

/** What a rule is told by in both directions. */
const common = [
  'IpProtocol',
  'PortRange',
  'SourcePortRange',
  'SourceCidrIp',
  'DestCidrIp',
  'Ipv6SourceCidrIp',
  'Ipv6DestCidrIp',
  'Policy',
  'Priority',
  'NicType',
  'Description',
] as const
const ingress = [...common, 'SourceGroupId', 'SourceGroupOwnerId', 'SourceGroupOwnerAccount', 'SourcePrefixListId'] as const
const egress = [...common, 'DestGroupId', 'DestGroupOwnerId', 'DestGroupOwnerAccount', 'DestPrefixListId'] as const
const both = <const F extends string>(fields: readonly F[]) =>
  ['SecurityGroupId', 'Permissions.PortRangeListId', ...fields, ...fields.map((field) => `Permissions.${field}` as const)] as const

interface Call extends RuleInput {
  readonly SecurityGroupId: string
}
interface RulesCall extends Call {
  readonly Permissions?: readonly RuleInput[] | undefined
  readonly SecurityGroupRuleId?: readonly string[] | undefined
}
interface RuleCall extends Call {
  readonly SecurityGroupRuleId?: string | undefined
}

/** The fields of a rule that a call gives itself, outside of `Permissions`. */
const flatRule = (call: Call): RuleInput =>
  Object.fromEntries([...ingress, ...egress, 'PortRangeListId' as const].map((field) => [field, call[field]]).filter(([, value]) => value))

/** The owner of a group that is named as a peer: the caller, or nobody whose groups could be named, for a rule stays inside of a VPC. */
function demandOwner(rule: RuleInput, direction: Direction, { accountId }: Context): void {
  const { cidr, group, owners } = peers[direction]
  if (rule[cidr] || !rule[group]) return
  const own = owners.every((owner) => !rule[owner] || String(rule[owner]) === accountId)
  demand(own, `Invalid${group}.NotFound`, `The specified ${group} does not exist.`)
}

const isEmpty = (rule: RuleInput) => Object.keys(rule).length === 0

/** The rules of a call as they are spelled, whichever of both ways. */
function spelledRules(call: RulesCall): readonly RuleInput[] {
  const { Permissions = [] } = call
  const flat = flatRule(call)
  const alone = Permissions.length === 0 || isEmpty(flat)
  demand(alone, 'InvalidParam.Permissions', 'The parameter Permissions cannot be given together with other parameters of a rule.', 400)
  demand(Permissions.length <= rulesPerCall, 'InvalidParameter', `At most ${rulesPerCall} Permissions can be given.`)
  return Permissions.length > 0 ? Permissions : [flat]
}

function rulesOf(spelled: readonly RuleInput[], direction: Direction): Rule[] {
  const rules = spelled.map((rule) => readRule(rule, direction))
  const keys = new Set(rules.map(ruleKey))
  demand(keys.size === rules.length, 'InvalidParam.DuplicatePermissions', 'The parameter Permissions holds a rule twice.', 400)
  return rules
}

/** A group that is named as a peer is another of the same VPC, and both are basic ones. */
function demandPeer(group: SecurityGroup, rule: Rule, context: Context): void {
  const id = rule.sourceGroupId || rule.destGroupId
  if (id === '') return
  const { group: parameter, itself } = peers[rule.direction]
  demand(id !== group.id, itself, `The ${parameter} must be another group than the SecurityGroupId.`, 403)
  const peer = groupOf(id, context, `Invalid${parameter}.NotFound`)
  demand(peer.vpcId === group.vpcId, `Invalid${parameter}.Mismatch`, `The group and the ${parameter} are not in the same VPC.`, 400)
  const basic = [group, peer].every((one) => one.securityGroupType === 'normal')
  demand(basic, 'InvalidGroupAuthParameter.OperationDenied', 'Enterprise security groups cannot be named, nor name others, in a rule.', 400)
}

/** Puts a group with other rules; all of it is one change. A prefix list counts as many rules as it has room for (unconfirmed). */
function putRules(group: SecurityGroup, rules: readonly SecurityGroupRule[], { state }: Context) {
  const room = (rule: Rule) => state.prefixLists.get(rule.sourcePrefixListId || rule.destPrefixListId)?.maxEntries ?? 1
  const count = rules.reduce((sum, rule) => sum + room(rule), 0)
  demand(
    count <= rulesPerGroup || rules.length < group.rules.length,
    'AuthorizationLimitExceed',
    `A security group holds at most ${rulesPerGroup} rules.`,
    403,
  )
  state.securityGroups.put({ ...group, rules })
  return {}
}

/** A rule that is there already is silently left as it is. */
function authorize(input: RulesCall, direction: Direction, context: Context) {
  const group = groupOf(input.SecurityGroupId, context)
  const known = new Set(group.rules.map(ruleKey))
  const spelled = spelledRules(input)
  const added = rulesOf(spelled, direction).filter((rule) => !known.has(ruleKey(rule)))
  for (const rule of spelled) demandOwner(rule, direction, context)
  for (const rule of added) {
    demandPeer(group, rule, context)
    demandLists(rule, context)
  }
  const { random, now } = context
  const made = added.map((rule) => ({ ...rule, id: newRuleId(group.regionId, random), createdAt: now }))
  return putRules(group, [...group.rules, ...made], context)
}

/** What revoking a rule id that is not there answers, since July 2024. */
const unknownRule = { ingress: 'InvalidParam.SecurityGroupRuleId', egress: 'InvalidSecurityGroupRule.RuleNotExist' } as const

/** By its id an unknown rule is refused; by its fields, one that is not there counts as revoked. */
function revoke(input: RulesCall, direction: Direction, context: Context) {
  const group = groupOf(input.SecurityGroupId, context)
  const { SecurityGroupRuleId: ids = [], Permissions = [] } = input
  if (ids.length === 0) {
    const gone = new Set(rulesOf(spelledRules(input), direction).map(ruleKey))
    return putRules(
      group,
      group.rules.filter((rule) => !gone.has(ruleKey(rule))),
      context,
    )
  }
  const byIdAlone = Permissions.length === 0 && isEmpty(flatRule(input))
  demand(byIdAlone, 'InvalidParam.Permissions', 'A rule is revoked by its SecurityGroupRuleId or by its fields, not by both.', 400)
  const known = new Set(group.rules.filter((rule) => rule.direction === direction).map((rule) => rule.id))
  demand(
    ids.every((id) => known.has(id)),
    unknownRule[direction],
    'The specified SecurityGroupRuleId does not exist.',
    400,
  )
  return putRules(
    group,
    group.rules.filter((rule) => !ids.includes(rule.id)),
    context,
  )
}

/** The rule that a call means: the one of that id, or the one its fields tell. */
function meant(group: SecurityGroup, id: string | undefined, fields: RuleInput, direction: Direction): SecurityGroupRule {
  const key = id ? undefined : ruleKey(readRule(fields, direction))
  const rule = group.rules.find((one) => one.direction === direction && (id ? one.id === id : ruleKey(one) === key))
  const code = id ? 'InvalidSecurityGroupRuleId.NotFound' : 'SecurityGroupRule.NotFound'
  demand(rule, code, 'The specified security group rule does not exist.', 404)
  return rule
}

const peerKind = (rule: Rule, direction: Direction) => {
  const { cidr, ipv6, group, prefixList } = peers[direction]
  const spelled = writeRule(rule)
  return [cidr, ipv6, group, prefixList].find((parameter) => spelled[parameter])
}

/** By its id, every field that is given changes but the kind of peer; told by its fields, a rule can get another description only. */
function modify(input: RuleCall, direction: Direction, context: Context) {
  const { SecurityGroupRuleId: id } = input
  const fields = flatRule(input)
  const group = groupOf(input.SecurityGroupId, context)
  const rule = meant(group, id, fields, direction)
  const { NicType } = fields
  demand(!id || !NicType || NicType === rule.nicType, 'InvalidOperation.ModifyNicType', 'The NicType of a rule cannot be changed.', 400)
  const { cidr, ipv6, group: peer, prefixList } = peers[direction]
  const asked = [cidr, ipv6, peer, prefixList].filter((parameter) => fields[parameter])
  const kind = peerKind(rule, direction)
  const sameKind = asked.every((parameter) => parameter === kind)
  demand(sameKind, 'InvalidOperation.ModifySgRuleEntityType', 'The kind of source or destination of a rule cannot be changed.', 400)
  const { PortRange, PortRangeListId } = fields
  const ports = (PortRange || PortRangeListId) && { PortRange, PortRangeListId }
  const changed = readRule({ ...writeRule(rule), ...fields, ...ports }, direction)
  demandOwner({ ...writeRule(rule), ...fields }, direction, context)
  demandPeer(group, changed, context)
  demandLists(changed, context)
  const others = group.rules.filter((one) => one.id !== rule.id)
  const clash = others.some((one) => ruleKey(one) === ruleKey(changed))
  demand(!clash, 'InvalidOperation.RuleDuplicate', 'The changed rule would be the same as another one.', 400)
  const { id: kept, createdAt } = rule
  return putRules(
    group,
    group.rules.map((one) => (one === rule ? { ...changed, id: kept, createdAt } : one)),
    context,
  )
}

export const AuthorizeSecurityGroup = ecs('AuthorizeSecurityGroup', both(ingress), (input, context) => authorize(input, 'ingress', context))
export const AuthorizeSecurityGroupEgress = ecs('AuthorizeSecurityGroupEgress', both(egress), (input, context) =>
  authorize(input, 'egress', context),
)
export const RevokeSecurityGroup = ecs('RevokeSecurityGroup', [...both(ingress), 'SecurityGroupRuleId'], (input, context) =>
  revoke(input, 'ingress', context),
)
export const RevokeSecurityGroupEgress = ecs('RevokeSecurityGroupEgress', [...both(egress), 'SecurityGroupRuleId'], (input, context) =>
  revoke(input, 'egress', context),
)
export const ModifySecurityGroupRule = ecs(
  'ModifySecurityGroupRule',
  ['SecurityGroupId', 'SecurityGroupRuleId', 'PortRangeListId', ...ingress],
  (input, context) => modify(input, 'ingress', context),
)
export const ModifySecurityGroupEgressRule = ecs(
  'ModifySecurityGroupEgressRule',
  ['SecurityGroupId', 'SecurityGroupRuleId', 'PortRangeListId', ...egress],
  (input, context) => modify(input, 'egress', context),
)
