import { isIPv4, isIPv6 } from 'node:net'
import type * as Ecs from '../../api/generated/ecs.ts'
import type { Text } from '../../api/text.ts'
import { CommandError } from '../errors.ts'

/** A rule as DescribeSecurityGroupAttribute answers it. */
export type Rule = Ecs.Items['DescribeSecurityGroupAttribute']

/** A rule as it is read from its short form and sent. A peer is a block, an address, or an id. */
export interface ShortRule {
  readonly way: 'in' | 'out'
  readonly drop: boolean
  /** As the API spells it: `TCP`. */
  readonly protocol: string
  /** `22/22`, or the id of a list of ports. */
  readonly ports: string
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Ports that traffic comes from; seldom given. */
  readonly sourcePorts?: string | undefined
  readonly priority: number
  readonly description: string
}

/** What a rule is where its short form does not say. */
export interface Defaults {
  readonly drop: boolean
  readonly priority: number
  readonly description: string
}

const protocols: Readonly<Record<string, { readonly name: string; readonly ported?: true }>> = {
  tcp: { name: 'TCP', ported: true },
  udp: { name: 'UDP', ported: true },
  icmp: { name: 'ICMP' },
  icmpv6: { name: 'ICMPv6' },
  gre: { name: 'GRE' },
  all: { name: 'ALL' },
}
const everyPort = '1/65535'
const noPorts = '-1/-1'

const wrong = (text: string, { en, zh }: Text) => new CommandError({ en: `rule "${text}": ${en}`, zh: `规则“${text}”：${zh}` })

/** `22` and `8000-8100` as the API spells them; undefined for what is no range. */
function portsOf(text: string): string | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  const [low, high] = [Number(first), Number(last)]
  return low >= 1 && low <= high && high <= 65_535 ? `${low}/${high}` : undefined
}

/** What the API's ports are in the short form: `22`, `8000-8100`, or nothing for every port. */
export function portText(range: string): string {
  if (range === '' || range === noPorts || range === everyPort) return ''
  const [first = '', last] = range.split('/')
  return first === last || last === undefined ? first : `${first}-${last}`
}

const isBlock = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/')
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1
  return more.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
}

/** Whether a peer needs to be looked up: it is neither a block nor an id. */
export const isName = (peer: string): boolean => !isBlock(peer) && !/^(?:sg|pl)-/.test(peer)

/** The API's protocol and ports of `tcp/22`, `udp/8000-8100`, `tcp/prl-…`, `tcp`, `icmp`, `all`. */
function trafficOf(word: string, text: string): { readonly protocol: string; readonly ports: string } {
  const [name = '', ports, ...more] = word.split('/')
  const protocol = Object.hasOwn(protocols, name.toLowerCase()) ? protocols[name.toLowerCase()] : undefined
  const known = Object.keys(protocols)
  if (protocol === undefined || more.length > 0)
    throw wrong(text, { en: `${word} is no protocol (${known.join(', ')})`, zh: `${word} 不是协议（可选：${known.join('、')}）` })
  if (!protocol.ported && ports !== undefined && ports !== 'all') throw wrong(text, { en: `${name} has no ports`, zh: `${name} 没有端口` })
  if (!protocol.ported) return { protocol: protocol.name, ports: noPorts }
  if (ports === undefined || ports === 'all') return { protocol: protocol.name, ports: everyPort }
  const range = ports.startsWith('prl-') ? ports : portsOf(ports)
  if (range === undefined) throw wrong(text, { en: `${ports} are no ports: 22, or 8000-8100`, zh: `${ports} 不是端口：22 或 8000-8100` })
  return { protocol: protocol.name, ports: range }
}

function priorityOf(word: string, text: string): number {
  if (/^\d{1,3}$/.test(word) && Number(word) >= 1 && Number(word) <= 100) return Number(word)
  throw wrong(text, { en: 'a priority is a number from 1 to 100', zh: '优先级为 1 到 100 的整数' })
}

/** What follows the traffic, in pairs: `from 10.0.0.0/8 priority 5`. */
const places = ['from', 'to', 'source-ports', 'priority'] as const
type Place = (typeof places)[number]

/**
 * Reads one rule: `[drop] in|out PROTOCOL[/PORTS] from|to PEER [priority N] [source-ports PORTS] [# DESCRIPTION]`.
 * @throws CommandError when it is none
 */
export function readRule(text: string, defaults: Defaults): ShortRule {
  const [short = '', ...comment] = text.split('#')
  const words = short.trim().split(/\s+/)
  const verdict = words[0] === 'drop' || words[0] === 'accept' ? words.shift() : undefined
  const [way, traffic, ...rest] = words
  if ((way !== 'in' && way !== 'out') || traffic === undefined)
    throw wrong(text, {
      en: "begin with in or out: 'in tcp/22 from 203.0.113.0/24'",
      zh: '以 in 或 out 开头："in tcp/22 from 203.0.113.0/24"',
    })
  const what = trafficOf(traffic, text)
  const given = new Map<Place, string>()
  for (let at = 0; at < rest.length; at += 2) {
    const place = places.find((one) => one === rest[at])
    const value = rest[at + 1]
    if (place === undefined)
      throw wrong(text, {
        en: `${rest[at]} is not understood (${places.join(', ')})`,
        zh: `无法理解 ${rest[at]}（可选：${places.join('、')}）`,
      })
    if (value === undefined || given.has(place))
      throw wrong(text, { en: `${place} is followed by one value`, zh: `${place} 之后应有一个值` })
    given.set(place, value)
  }
  const peer = way === 'in' ? 'from' : 'to'
  if (!given.has(peer))
    throw wrong(text, {
      en: `say ${peer} where: ${peer} 203.0.113.0/24, ${peer} sg-…`,
      zh: `请说明 ${peer} 的对端：${peer} 203.0.113.0/24、${peer} sg-…`,
    })
  const ports = given.get('source-ports')
  const sourcePorts = ports === undefined ? undefined : portsOf(ports)
  if (ports !== undefined && sourcePorts === undefined) throw wrong(text, { en: `${ports} are no ports`, zh: `${ports} 不是端口` })
  const priority = given.get('priority')
  return {
    way,
    drop: verdict === undefined ? defaults.drop : verdict === 'drop',
    ...what,
    from: given.get('from'),
    to: given.get('to'),
    sourcePorts,
    priority: priority === undefined ? defaults.priority : priorityOf(priority, text),
    description: comment.length > 0 ? comment.join('#').trim() : defaults.description,
  }
}

/** A rule of the service in the terms of the short form. */
export function shortOf(rule: Rule): ShortRule {
  const from = rule.SourceCidrIp || rule.Ipv6SourceCidrIp || rule.SourceGroupId || rule.SourcePrefixListId
  const to = rule.DestCidrIp || rule.Ipv6DestCidrIp || rule.DestGroupId || rule.DestPrefixListId
  return {
    way: rule.Direction === 'egress' ? 'out' : 'in',
    drop: rule.Policy.toLowerCase() === 'drop',
    protocol: rule.IpProtocol,
    ports: rule.PortRangeListId || rule.PortRange,
    from: from || undefined,
    to: to || undefined,
    sourcePorts: rule.SourcePortRange || undefined,
    priority: Number(rule.Priority),
    description: rule.Description,
  }
}

/** The short form of a rule, which `readRule` reads. What everybody leaves out is left out. */
export function ruleText({ way, drop, protocol, ports, from, to, sourcePorts, priority, description }: ShortRule): string {
  const range = portText(ports)
  const far = way === 'in' ? [from, to] : [to, from]
  const [toward, other] = way === 'in' ? ['from', 'to'] : ['to', 'from']
  return [
    ...(drop ? ['drop'] : []),
    way,
    `${protocol.toLowerCase()}${range && `/${range}`}`,
    `${toward} ${far[0] ?? ''}`,
    ...(far[1] === undefined ? [] : [`${other} ${far[1]}`]),
    ...(sourcePorts === undefined || portText(sourcePorts) === '' ? [] : [`source-ports ${portText(sourcePorts)}`]),
    ...(priority === 1 ? [] : [`priority ${priority}`]),
    ...(description === '' ? [] : [`# ${description}`]),
  ].join(' ')
}

/** Bits of a block beyond its prefix say nothing; a lone address is a block of one. */
function blockKey(peer: string | undefined): string {
  if (peer === undefined || !isBlock(peer)) return peer ?? ''
  const [address = '', bits = isIPv4(peer) ? '32' : '128'] = peer.split('/')
  if (isIPv6(address)) return `${new URL(`http://[${address}]`).hostname}/${Number(bits)}`
  const whole = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - Number(bits))
  return `${Math.floor(whole / size) * size}/${Number(bits)}`
}

/** The same for rules that the service takes for the same: all of it but the description. */
export const ruleKey = ({ way, drop, protocol, ports, from, to, sourcePorts, priority }: ShortRule): string =>
  [way, drop, protocol.toUpperCase(), ports, blockKey(from), blockKey(to), sourcePorts ?? '', priority].join(' ')

/** Whether it lets the whole internet in. */
export const isOpen = ({ way, drop, from }: ShortRule): boolean => way === 'in' && !drop && from !== undefined && /\/0+$/.test(from)

type Permission = NonNullable<Ecs.AuthorizeSecurityGroupInput['Permissions']>[number] &
  NonNullable<Ecs.AuthorizeSecurityGroupEgressInput['Permissions']>[number]

/** Where a peer stands in a call. */
function peerOf(side: 'Source' | 'Dest', peer: string | undefined): Permission {
  if (peer === undefined) return {}
  if (peer.startsWith('sg-')) return { [`${side}GroupId`]: peer }
  if (peer.startsWith('pl-')) return { [`${side}PrefixListId`]: peer }
  return { [peer.includes(':') ? `Ipv6${side}CidrIp` : `${side}CidrIp`]: peer }
}

/** A rule as a call takes it. */
export const permissionOf = ({ drop, protocol, ports, from, to, sourcePorts, priority, description }: ShortRule): Permission => ({
  IpProtocol: protocol,
  ...(ports.startsWith('prl-') ? { PortRangeListId: ports } : { PortRange: ports }),
  ...peerOf('Source', from),
  ...peerOf('Dest', to),
  ...(sourcePorts !== undefined && { SourcePortRange: sourcePorts }),
  Policy: drop ? 'drop' : 'accept',
  Priority: String(priority),
  ...(description !== '' && { Description: description }),
})
