import { demand } from '../../fault.ts'
import { formatCidr, parseCidr } from '../../vpc/cidr.ts'
import type { SecurityGroupRule } from '../records.ts'
import { isIPv6 } from '../../net.ts'
import { numberOf } from '../values.ts'

/** A rule as a call spells it: flat, or in `Permissions.N`. */
export interface RuleInput {
  readonly IpProtocol?: string | undefined
  readonly PortRange?: string | undefined
  readonly SourcePortRange?: string | undefined
  readonly SourceCidrIp?: string | undefined
  readonly DestCidrIp?: string | undefined
  readonly Ipv6SourceCidrIp?: string | undefined
  readonly Ipv6DestCidrIp?: string | undefined
  readonly SourceGroupId?: string | undefined
  readonly DestGroupId?: string | undefined
  readonly SourceGroupOwnerId?: number | string | undefined
  readonly SourceGroupOwnerAccount?: string | undefined
  readonly DestGroupOwnerId?: number | string | undefined
  readonly DestGroupOwnerAccount?: string | undefined
  readonly SourcePrefixListId?: string | undefined
  readonly DestPrefixListId?: string | undefined
  /** Stands in place of PortRange. */
  readonly PortRangeListId?: string | undefined
  readonly Policy?: string | undefined
  readonly Priority?: string | undefined
  readonly NicType?: string | undefined
  readonly Description?: string | undefined
}

/** A rule that is in no group yet. */
export type Rule = Omit<SecurityGroupRule, 'id' | 'createdAt'>
export type Direction = Rule['direction']

/** Which parameters name the peer of a rule, by direction; of several that are given the first counts, as documented. */
export const peers = {
  ingress: {
    cidr: 'SourceCidrIp',
    ipv6: 'Ipv6SourceCidrIp',
    group: 'SourceGroupId',
    itself: 'InvalidParamter.Conflict',
    owners: ['SourceGroupOwnerId', 'SourceGroupOwnerAccount'],
    prefixList: 'SourcePrefixListId',
    missing: 'MissingParameter.Source',
  },
  egress: {
    cidr: 'DestCidrIp',
    ipv6: 'Ipv6DestCidrIp',
    group: 'DestGroupId',
    itself: 'InvalidSecurityGroup.IsSame',
    owners: ['DestGroupOwnerId', 'DestGroupOwnerAccount'],
    prefixList: 'DestPrefixListId',
    missing: 'MissingParameter.Dest',
  },
} as const

/** The protocols by their name in any case, as answers spell them; `ported` ones have ports, `ip` ones one family of addresses. */
const protocols: Readonly<Record<string, { readonly name: string; readonly ported?: true; readonly ip?: 4 | 6 }>> = {
  TCP: { name: 'TCP', ported: true },
  UDP: { name: 'UDP', ported: true },
  ICMP: { name: 'ICMP', ip: 4 },
  ICMPV6: { name: 'ICMPv6', ip: 6 },
  GRE: { name: 'GRE', ip: 4 },
  ALL: { name: 'ALL' },
}

function protocolOf(given: string | undefined) {
  demand(given, 'MissingParameter', 'The input parameter "IpProtocol" that is mandatory for processing this request is not supplied.')
  const protocol = protocols[given.toUpperCase()]
  demand(protocol, 'InvalidIpProtocol.ValueNotSupported', 'The specified IpProtocol is not one of TCP, UDP, ICMP, ICMPv6, GRE and ALL.')
  return protocol
}

/** The family of addresses that a protocol, as answers spell it, has alone. */
export const familyOf = (protocol: string): 'IPv4' | 'IPv6' | undefined => {
  const ip = protocols[protocol.toUpperCase()]?.ip
  return ip && `IPv${ip}`
}

/** A rule has ports of its own or a list of them; lists are for protocols with ports (the codes are unconfirmed). */
function demandRange({ PortRange, PortRangeListId }: RuleInput, ported: boolean): void {
  if (!PortRangeListId) {
    demand(PortRange, 'InvalidPortRange.Malformed', 'The PortRange must be set.')
    return demandPorts(PortRange, ported, 'PortRange', 'InvalidIpPortRange.Malformed')
  }
  demand(!PortRange, 'InvalidParam.PortRange', 'PortRange and PortRangeListId cannot both be specified.', 400)
  demand(ported, 'InvalidParam.PortRange', 'The protocol has no ports that a list could name.', 400)
}

function demandPorts(range: string, ported: boolean, parameter: string, code: string): void {
  const [first, last] = /^(\d{1,5})\/(\d{1,5})$/.exec(range)?.slice(1).map(Number) ?? []
  const inOrder = first !== undefined && last !== undefined && first >= 1 && first <= last && last <= 65_535
  demand(ported ? inOrder : range === '-1/-1', code, `The specified ${parameter} is malformed or does not fit the protocol.`)
}

/** A block with its host bits dropped (unconfirmed); a lone address stays as it is. */
function cidrOf(given: string | undefined, parameter: string): string {
  if (!given) return ''
  const cidr = parseCidr(given)
  demand(cidr, `Invalid${parameter}.Malformed`, `The specified ${parameter} is not valid.`)
  return given.includes('/') ? formatCidr(cidr) : given
}

function ipv6Of(given: string | undefined, parameter: string): string {
  if (!given) return ''
  const [address = '', prefix = '128', ...rest] = given.split('/')
  const fits = isIPv6(address) && /^\d{1,3}$/.test(prefix) && Number(prefix) <= 128 && rest.length === 0
  demand(fits, `InvalidParam.${parameter}`, `The specified ${parameter} is not valid.`)
  return given.toLowerCase()
}

function policyOf(given: string | undefined): Rule['policy'] {
  const policy = (given || 'accept').toLowerCase()
  demand(policy === 'accept' || policy === 'drop', 'InvalidPolicy.Malformed', 'The specified Policy is not valid.')
  return policy === 'accept' ? 'Accept' : 'Drop'
}

function priorityOf(given: string | undefined): number {
  const priority = numberOf(given) ?? 1
  const fits = Number.isInteger(priority) && priority >= 1 && priority <= 100
  demand(fits, 'InvalidPriority.Malformed', 'The specified Priority is not a whole number from 1 to 100.')
  return priority
}

/** Addresses of both kinds on one side, or of a kind that the protocol has none of. */
function demandFamilies(input: RuleInput, ip: 4 | 6 | undefined): void {
  const { SourceCidrIp, Ipv6SourceCidrIp, DestCidrIp, Ipv6DestCidrIp } = input
  const both = (side: string) => `The ${side}CidrIp and Ipv6${side}CidrIp cannot be set at the same time.`
  demand(!(SourceCidrIp && Ipv6SourceCidrIp), 'InvalidParam.SourceIp', both('Source'))
  demand(!(DestCidrIp && Ipv6DestCidrIp), 'InvalidParam.DestIp', both('Dest'))
  demand(
    !(ip === 4 && (Ipv6SourceCidrIp || Ipv6DestCidrIp)),
    'InvalidParam.Ipv4ProtocolConflictWithIpv6Address',
    'A protocol of IPv4 takes no IPv6 address.',
  )
  demand(
    !(ip === 6 && (SourceCidrIp || DestCidrIp)),
    'InvalidParam.Ipv6ProtocolConflictWithIpv4Address',
    'A protocol of IPv6 takes no IPv4 address.',
  )
}

/**
 * Reads one rule and spells it as answers do. Whether a group or list it names exists is not looked at.
 * @throws Fault with the documented code of the first parameter that is not valid
 */
export function readRule(input: RuleInput, direction: Direction): Rule {
  const { name, ported = false, ip } = protocolOf(input.IpProtocol)
  const { cidr, ipv6, group, prefixList, missing } = peers[direction]
  demandRange(input, ported)
  if (input.SourcePortRange) demandPorts(input.SourcePortRange, ported, 'SourcePortRange', 'InvalidSourcePortRange.Malformed')
  demandFamilies(input, ip)
  const peer = [cidr, ipv6, group, prefixList].find((parameter) => input[parameter])
  demand(peer, missing, `One of the parameters ${cidr}, ${ipv6}, ${group} and ${prefixList} must be specified.`)
  const nicTypes = [undefined, '', 'intranet', 'internet']
  demand(nicTypes.includes(input.NicType), 'InvalidNicType.ValueNotSupported', 'The specified NicType is not valid.')
  // That the internet one is refused, not taken for the other, is unconfirmed.
  demand(input.NicType !== 'internet', 'InvalidNicType.Mismatch', 'The rules of a group in a VPC are all of NicType intranet.', 400)
  const description = input.Description ?? ''
  demand(description.length <= 512, 'InvalidSecurityGroupDiscription.Malformed', 'The specified Description is not valid.')
  const groupId = peer === group ? (input[group] ?? '') : ''
  const listId = peer === prefixList ? (input[prefixList] ?? '') : ''
  return {
    direction,
    ipProtocol: name,
    portRange: input.PortRange ?? '',
    ...(input.PortRangeListId && { portRangeListId: input.PortRangeListId }),
    sourcePortRange: input.SourcePortRange ?? '',
    sourceCidrIp: cidrOf(input.SourceCidrIp, 'SourceCidrIp'),
    destCidrIp: cidrOf(input.DestCidrIp, 'DestCidrIp'),
    ipv6SourceCidrIp: ipv6Of(input.Ipv6SourceCidrIp, 'Ipv6SourceCidrIp'),
    ipv6DestCidrIp: ipv6Of(input.Ipv6DestCidrIp, 'Ipv6DestCidrIp'),
    sourceGroupId: direction === 'ingress' ? groupId : '',
    destGroupId: direction === 'egress' ? groupId : '',
    sourcePrefixListId: direction === 'ingress' ? listId : '',
    destPrefixListId: direction === 'egress' ? listId : '',
    policy: policyOf(input.Policy),
    priority: priorityOf(input.Priority),
    nicType: 'intranet',
    description,
  }
}

/** A rule as a call would spell it, to be changed in part and read again. */
export const writeRule = (rule: Rule): RuleInput => ({
  IpProtocol: rule.ipProtocol,
  PortRange: rule.portRange,
  SourcePortRange: rule.sourcePortRange,
  SourceCidrIp: rule.sourceCidrIp,
  DestCidrIp: rule.destCidrIp,
  Ipv6SourceCidrIp: rule.ipv6SourceCidrIp,
  Ipv6DestCidrIp: rule.ipv6DestCidrIp,
  SourceGroupId: rule.sourceGroupId,
  DestGroupId: rule.destGroupId,
  SourcePrefixListId: rule.sourcePrefixListId,
  DestPrefixListId: rule.destPrefixListId,
  PortRangeListId: rule.portRangeListId,
  Policy: rule.policy,
  Priority: String(rule.priority),
  NicType: rule.nicType,
  Description: rule.description,
})

/** `8.8.8.8` and `8.8.8.8/32` are the same block. */
const wholeCidr = (text: string) => (text === '' || text.includes('/') ? text : `${text}/32`)

/** What makes two rules the same rule, in one text: everything but the description. */
export const ruleKey = (rule: Rule): string =>
  [
    rule.direction,
    rule.ipProtocol,
    rule.portRangeListId ?? rule.portRange,
    rule.sourcePortRange,
    wholeCidr(rule.sourceCidrIp),
    wholeCidr(rule.destCidrIp),
    rule.ipv6SourceCidrIp,
    rule.ipv6DestCidrIp,
    rule.sourceGroupId,
    rule.destGroupId,
    rule.sourcePrefixListId,
    rule.destPrefixListId,
    rule.policy,
    rule.priority,
    rule.nicType,
  ].join(' ')
