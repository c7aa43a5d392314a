import type * as Ecs from '../../api/generated/ecs.ts'
import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { collect, type Listing, openOutput, outputOptions } from '../output.ts'
import { named } from '../select/select.ts'
import { securityGroups } from './security-group.ts'

type Rule = Ecs.Items['DescribeSecurityGroupAttribute']

/** `443`, `8000-8100`, or `all`: -1/-1 and 1/65535 are every port. */
export function portText(range: string): string {
  const [from, to] = range.split('/')
  if (range === '' || range === '-1/-1' || range === '1/65535') return 'all'
  return from === to || to === undefined ? (from ?? '') : `${from}-${to}`
}

/** Who is on the other side of a rule: the first of what can be said that is. */
const peer = (rule: Rule): string =>
  (rule.Direction === 'egress'
    ? rule.DestCidrIp || rule.Ipv6DestCidrIp || rule.DestGroupName || rule.DestGroupId || rule.DestPrefixListId
    : rule.SourceCidrIp || rule.Ipv6SourceCidrIp || rule.SourceGroupName || rule.SourceGroupId || rule.SourcePrefixListId) || ''

const listing: Listing<Rule> = {
  id: ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
  columns: [
    { head: { en: 'ID', zh: '规则 ID' }, cell: ({ SecurityGroupRuleId }) => SecurityGroupRuleId },
    { head: { en: 'DIRECTION', zh: '方向' }, cell: ({ Direction }) => (Direction === 'egress' ? 'out' : 'in') },
    { head: { en: 'POLICY', zh: '策略' }, cell: ({ Policy }) => Policy.toLowerCase() },
    { head: { en: 'PROTOCOL', zh: '协议' }, cell: ({ IpProtocol }) => IpProtocol.toLowerCase() },
    { head: { en: 'PORTS', zh: '端口' }, cell: ({ PortRange }) => portText(PortRange) },
    { head: { en: 'PEER', zh: '对端' }, cell: peer },
    { head: { en: 'PRIORITY', zh: '优先级' }, cell: ({ Priority }) => Priority },
    { head: { en: 'DESCRIPTION', zh: '描述' }, cell: ({ Description }) => Description },
  ],
}

const directions = ['ingress', 'egress', 'all'] as const

/** `tanxing security-groups rules`: what a security group lets through, in a short form. */
export const command: Command = {
  usage: 'ID|NAME [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    direction: { type: 'string', choices: directions, default: 'all', help: { en: 'which way', zh: '规则方向' } },
  },
  async run(invocation) {
    const { world, values, rest } = invocation
    const [which, ...more] = rest
    if (which === undefined || more.length > 0) throw new CommandError({ en: 'name one security group', zh: '请指定一个安全组' })
    const print = await openOutput(listing, invocation)
    const connected = await connect(invocation)
    const [group] = await named([which], securityGroups, connected, world.signal)
    const Direction = values.text('direction') as (typeof directions)[number]
    const input = { SecurityGroupId: group?.SecurityGroupId ?? which, Direction }
    await print(await collect(connected.ecs.paginate('DescribeSecurityGroupAttribute', input, { signal: world.signal })))
    return exit.done
  },
}
