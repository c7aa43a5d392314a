import ecsFamilies from '../../api/families.json' with { type: 'json' }
import type { Product } from '../../src/api/products.ts'

const ecsFamily = new Map(
  Object.entries(ecsFamilies).flatMap(([family, actions]) => Object.keys(actions).map((action) => [action, family])),
)

/** The noun that names the family, tried in order: the first pattern found in the action wins. */
const nouns: { readonly [product in Exclude<Product, 'ecs'>]: readonly (readonly [RegExp, string])[] } = {
  vpc: [
    [/Eip|BandwidthPackage|PublicIpAddressPool|HighDefinitionMonitor/, 'eip'],
    [/NatGateway|NatIp|Snat|ForwardEntry|ForwardTable|FullNat/, 'nat-gateway'],
    [/Vpn|Customer(Gateway|s)|SslVpn|VcoRoute|IPsec|PhaseOne/i, 'vpn-gateway'],
    [/PhysicalConnection|VirtualBorderRouter|Vbr|RouterInterface|ExpressConnect|Bgp|GlobalReach|FailoverTest/, 'express-connect'],
    [/RouteTable|RouteEntr|VRouter|RouteTarget|VpcRoute/, 'route-table'],
    [/Ipv6/, 'ipv6-gateway'],
    [/Ipv4Gateway|GatewayRoute|VpcGateway/, 'ipv4-gateway'],
    [/HaVip/i, 'ha-vip'],
    [/Acl/, 'network-acl'],
    [/Dhcp/, 'dhcp-options'],
    [/FlowLog/, 'flow-log'],
    [/TrafficMirror/, 'traffic-mirror'],
    [/PrefixList/, 'prefix-list'],
    [/VpcPeer/, 'vpc-peer'],
    [/Tag/, 'tag'],
    [/VSwitch/, 'vswitch'],
    [/Vpc/, 'vpc'],
  ],
  ram: [
    [/Tag/, 'tag'],
    [/AccessKey/, 'access-key'],
    [/Policy|Policies/, 'policy'],
    [/Role/, 'role'],
    [/Group/, 'group'],
    [/MFA|LoginProfile|Password|AccountAlias|SecurityPreference|DiagnosticMessage/, 'security'],
    [/User/, 'user'],
  ],
  sts: [[/./, 'token']],
  location: [[/./, 'endpoint']],
}

/** The family an operation belongs to, and so the file it is written to. */
export function familyOf(product: Product, action: string): string {
  if (product === 'ecs') return ecsFamily.get(action) ?? 'other'
  return nouns[product].find(([pattern]) => pattern.test(action))?.[1] ?? 'other'
}
