import { regionFacts } from '../api/regions.ts'
import type { SecurityGroupRule } from './ecs/records.ts'
import type { Machine } from './gateway/exchange.ts'
import { newId, newRuleId } from './ids.ts'
import { addressesOf } from './vpc/cidr.ts'
import type { Tag } from './vpc/records.ts'

/** Who a group lets in: a block of addresses, or the members of another group. */
interface Opening {
  readonly portRange: string
  readonly from: string
  readonly description: string
}

const office = '10.0.0.0/8'
const ssh: Opening = { portRange: '22/22', from: office, description: 'administration' }

/** The groups of each region by name, in an order in which those named as sources come first. */
const groups: Readonly<Record<string, readonly Opening[]>> = {
  web: [
    ssh,
    { portRange: '443/443', from: '0.0.0.0/0', description: 'customers' },
    { portRange: '80/80', from: '0.0.0.0/0', description: 'redirects' },
  ],
  api: [ssh, { portRange: '8080/8080', from: 'web', description: '' }],
  batch: [ssh],
  cache: [ssh, { portRange: '6379/6379', from: 'api', description: '' }],
  db: [ssh, { portRange: '3306/3306', from: 'api', description: '' }, { portRange: '3306/3306', from: 'batch', description: 'reports' }],
}

/** Whose a row is, where and since when. */
export interface Origin {
  readonly accountId: string
  readonly regionId: string
  readonly createdAt: number
}

export interface DemoNetwork {
  readonly vpcId: string
  /** One in each of up to three zones. */
  readonly vSwitches: readonly { readonly id: string; readonly zoneId: string; readonly addressAt: (index: number) => string }[]
  /** Security group ids by name. */
  readonly groupIds: ReadonlyMap<string, string>
}

const tags: readonly Tag[] = [
  { key: 'env', value: 'shared' },
  { key: 'team', value: 'platform' },
]

function putGroups({ state, random }: Machine, origin: Origin, vpcId: string): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const rule = ({ portRange, from, description }: Opening): SecurityGroupRule => ({
    id: newRuleId(origin.regionId, random),
    direction: 'ingress',
    sourceCidrIp: ids.has(from) ? '' : from,
    destCidrIp: '',
    ipv6SourceCidrIp: '',
    ipv6DestCidrIp: '',
    sourceGroupId: ids.get(from) ?? '',
    destGroupId: '',
    sourcePrefixListId: '',
    destPrefixListId: '',
    ipProtocol: 'TCP',
    portRange,
    sourcePortRange: '',
    policy: 'Accept',
    priority: 1,
    nicType: 'intranet',
    description,
    createdAt: origin.createdAt,
  })
  for (const [securityGroupName, openings] of Object.entries(groups)) {
    const { id } = state.securityGroups.put({
      ...origin,
      id: newId('sg', origin.regionId, random),
      vpcId,
      securityGroupName,
      description: '',
      securityGroupType: 'normal',
      innerAccessPolicy: 'Accept',
      resourceGroupId: '',
      rules: openings.map(rule),
      tags,
    })
    ids.set(securityGroupName, id)
  }
  return ids
}

/** A region's network: one VPC, a vSwitch in each of up to three zones, a security group for each kind of machine. */
export function putNetwork(machine: Machine, origin: Origin): DemoNetwork {
  const { state, random } = machine
  const own = { ...origin, description: '', status: 'Available', isDefault: false, resourceGroupId: '', tags } as const
  const vpc = state.vpcs.put({
    ...own,
    id: newId('vpc', origin.regionId, random),
    vpcName: 'main',
    cidrBlock: '10.0.0.0/8',
    vRouterId: newId('vrt', origin.regionId, random),
    routeTableId: newId('vtb', origin.regionId, random),
  })
  const zones = (regionFacts(origin.regionId)?.Zones ?? []).slice(-3)
  const vSwitches = zones.map((zoneId, at) => {
    const { id, cidrBlock } = state.vSwitches.put({
      ...own,
      id: newId('vsw', origin.regionId, random),
      vpcId: vpc.id,
      zoneId,
      vSwitchName: `main-${zoneId.at(-1)}`,
      cidrBlock: `10.${at}.0.0/20`,
    })
    return { id, zoneId, addressAt: addressesOf(cidrBlock) }
  })
  return { vpcId: vpc.id, vSwitches, groupIds: putGroups(machine, origin, vpc.id) }
}
