import { parseCidr } from '../../vpc/cidr.ts'
import { demand } from '../../fault.ts'
import { newRuleId } from '../../ids.ts'
import type { Context } from '../../operation.ts'
import type { SecurityGroup, SecurityGroupRule } from '../records.ts'

/** A rule as a call gives it, flat or in `Permissions.N`. */
export interface RuleInput {
  readonly IpProtocol?: string | undefined
  readonly PortRange?: string | undefined
  readonly SourcePortRange?: string | undefined
  readonly SourceCidrIp?: string | undefined
  readonly DestCidrIp?: string | undefined
  readonly SourceGroupId?: string | undefined
  readonly DestGroupId?: string | undefined
  readonly Policy?: string | undefined
  readonly Priority?: string | undefined
  readonly NicType?: string | undefined
  readonly Description?: string | undefined
}

export interface RulesInput extends RuleInput {
  readonly Permissions?: readonly RuleInput[] | undefined
}

export type Direction = SecurityGroupRule['direction']

const protocols: Readonly<Record<string, string>> = { TCP: 'TCP', UDP: 'UDP', ICMP: 'ICMP', ICMPV6: 'ICMPv6', GRE: 'GRE', ALL: 'ALL' }
/** What makes a rule the same rule. */
const identity = [
  'direction',
  'ipProtocol',
  'portRange',
  'sourcePortRange',
  'sourceCidrIp',
  'destCidrIp',
  'sourceGroupId',
  'destGroupId',
  'policy',
  'priority',
  'nicType',
] as const
export const sameRule = (a: Omit<SecurityGroupRule, 'id'>, b: Omit<SecurityGroupRule, 'id'>) =>
  identity.every((field) => a[field] === b[field])

function portsFit(range: string, protocol: string): boolean {
  if (range === '-1/-1') return !['TCP', 'UDP'].includes(protocol)
  const match = /^(\d{1,5})\/(\d{1,5})$/.exec(range)
  return (
    match !== null &&
    ['TCP', 'UDP'].includes(protocol) &&
    Number(match[1]) >= 1 &&
    Number(match[1]) <= Number(match[2]) &&
    Number(match[2]) <= 65_535
  )
}

const cidrOf = (text: string | undefined, code: string): string => {
  if (!text) return ''
  const full = text.includes('/') ? text : `${text}/32`
  demand(parseCidr(full) !== undefined, code, 'The specified CIDR block is malformed.')
  return text
}

function peerGroup(id: string | undefined, context: Context): string {
  if (!id) return ''
  demand(
    context.state.securityGroups.get(id)?.accountId === context.accountId,
    'InvalidSourceGroupId.NotFound',
    'The specified group does not exist.',
  )
  return id
}

function ruleOf(input: RuleInput, direction: Direction, context: Context): SecurityGroupRule {
  const ipProtocol = protocols[(input.IpProtocol ?? '').toUpperCase()]
  demand(
    input.IpProtocol,
    'MissingParameter',
    'The input parameter "IpProtocol" that is mandatory for processing this request is not supplied.',
  )
  demand(ipProtocol, 'InvalidIpProtocol.ValueNotSupported', 'The specified IpProtocol does not exist or is not supported.')
  const portRange = input.PortRange || '-1/-1'
  demand(
    portsFit(portRange, ipProtocol),
    'InvalidIpPortRange.Malformed',
    'The specified PortRange is malformed or does not fit the protocol.',
  )
  const policy = (input.Policy || 'accept').toLowerCase()
  demand(policy === 'accept' || policy === 'drop', 'InvalidPolicy.Malformed', 'The specified Policy is malformed.')
  const priority = Number(input.Priority || 1)
  demand(
    Number.isInteger(priority) && priority >= 1 && priority <= 100,
    'InvalidPriority.Malformed',
    'The specified Priority is malformed.',
  )
  demand(
    !input.NicType || ['intranet', 'internet'].includes(input.NicType),
    'InvalidNicType.ValueNotSupported',
    'The specified NicType does not exist.',
    400,
  )
  const rule = {
    id: newRuleId(context.regionId, context.random),
    direction,
    ipProtocol,
    portRange,
    sourcePortRange: input.SourcePortRange || '-1/-1',
    sourceCidrIp: cidrOf(input.SourceCidrIp, 'InvalidSourceCidrIp.Malformed'),
    destCidrIp: cidrOf(input.DestCidrIp, 'InvalidDestCidrIp.Malformed'),
    ipv6SourceCidrIp: '',
    ipv6DestCidrIp: '',
    sourceGroupId: peerGroup(input.SourceGroupId, context),
    destGroupId: peerGroup(input.DestGroupId, context),
    sourcePrefixListId: '',
    destPrefixListId: '',
    policy: policy === 'accept' ? 'Accept' : 'Drop',
    priority,
    // In a VPC always so.
    nicType: 'intranet',
    description: input.Description ?? '',
    createdAt: context.now,
  } as const
  if (direction === 'ingress')
    demand(
      rule.sourceCidrIp || rule.sourceGroupId,
      'MissingParameter.Source',
      'One of the parameters SourceCidrIp or SourceGroupId in the request is mandatory.',
    )
  else
    demand(
      rule.destCidrIp || rule.destGroupId,
      'MissingParameter.Dest',
      'One of the parameters DestCidrIp or DestGroupId in the request is mandatory.',
    )
  return rule
}

/** The rules a call gives: those of `Permissions.N`, or the one its flat parameters spell. */
export function rulesOf(input: RulesInput, direction: Direction, context: Context): SecurityGroupRule[] {
  const { Permissions = [], ...flat } = input
  demand(Permissions.length <= 100, 'InvalidParameter', 'At most 100 Permissions can be given.')
  const given = Permissions.length > 0 ? Permissions : [flat]
  return given.map((one) => ruleOf(one, direction, context))
}

const most = 200

/** Adds rules; one that is there already is silently left as it is. */
export function withRules(group: SecurityGroup, rules: readonly SecurityGroupRule[]): SecurityGroup {
  const added = [...group.rules]
  for (const rule of rules) if (!added.some((known) => sameRule(known, rule))) added.push(rule)
  demand(added.length <= most, 'AuthorizationLimitExceed', 'The limit of authorization records in the security group reaches.')
  return { ...group, rules: added }
}
