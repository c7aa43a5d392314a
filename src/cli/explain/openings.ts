import type * as Ecs from '../../api/generated/ecs.ts'
import type { Connection } from '../connect.ts'
import { collect } from '../output.ts'

type Rule = Ecs.Items['DescribeSecurityGroupAttribute']

const everybody = new Set(['0.0.0.0/0', '::/0'])

function ports(range: string): string {
  const [from = '', to = ''] = range.split('/')
  if (range === '' || range === '-1/-1' || (from === '1' && to === '65535')) return ''
  return from === to ? ` ${from}` : ` ${from}-${to}`
}

/** What the rules of a group let in from anywhere on the internet: `tcp 443`. Rules that drop are not weighed against it. */
export const openings = (rules: readonly Rule[]): string[] => [
  ...new Set(
    rules
      .filter(({ Direction, Policy }) => Direction === 'ingress' && Policy.toLowerCase() === 'accept')
      .filter(({ SourceCidrIp, Ipv6SourceCidrIp }) => everybody.has(SourceCidrIp) || everybody.has(Ipv6SourceCidrIp))
      .map(({ IpProtocol, PortRange }) => `${IpProtocol.toLowerCase()}${ports(PortRange)}`),
  ),
]

/** All inbound rules of a group. */
export const inboundRules = ({ ecs }: Connection, SecurityGroupId: string, signal: AbortSignal): Promise<Rule[]> =>
  collect(ecs.paginate('DescribeSecurityGroupAttribute', { SecurityGroupId, Direction: 'ingress' }, { signal }))
