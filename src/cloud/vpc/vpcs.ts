import { newTags } from '../ecs/tags.ts'
import { demandDescription, demandName, demandOneOf } from '../ecs/values.ts'
import { demand } from '../fault.ts'
import { newId } from '../ids.ts'
import { type Context, vpc } from '../operation.ts'
import { readyVpcOf, vpcOf } from './find.ts'
import { vpcBlock } from './ipv6.ts'
import { durations } from './lifecycles.ts'
import type { Vpc } from './records.ts'
import { demandNoPool, resized, userCidrsOf, vpcBlockOf } from './vpc-blocks.ts'

/** VPCs of an account in one region (unconfirmed). */
const quota = 10

/** What a VPC gets when no block is asked for (unconfirmed). */
const defaultCidrBlock = '172.16.0.0/12'

interface Named {
  readonly VpcName?: string | undefined
  readonly Description?: string | undefined
}

function demandTexts({ VpcName, Description }: Named): void {
  demandName(VpcName, 'VpcName', 'InvalidVpcName.Malformed')
  demandDescription(Description, 'Description', 'InvalidVpcDiscription.Malformed')
}

function demandRoom({ state, accountId, regionId }: Context): void {
  const held = state.vpcs.select({ accountId, regionId }).length
  demand(held < quota, 'QuotaExceeded.Vpc', 'The number of VPCs in this region exceeds the quota.', 400)
}

interface Ipv6Input {
  readonly Ipv6CidrBlock?: string | undefined
  readonly Ipv6Isp?: string | undefined
}

/** The IPv6 of a VPC for which that is turned on. Lines other than BGP are refused as if the account may not use them (the code is unconfirmed). */
function ipv6Of({ Ipv6CidrBlock, Ipv6Isp }: Ipv6Input, { state, random }: Context): Pick<Vpc, 'ipv6CidrBlock' | 'ipv6Isp'> {
  demandOneOf(Ipv6Isp, ['BGP'], 'Ipv6Isp', 'InvalidParameter')
  return { ipv6CidrBlock: vpcBlock(Ipv6CidrBlock, state, random), ipv6Isp: Ipv6Isp || 'BGP' }
}

const created = [
  'CidrBlock',
  'UserCidr',
  'VpcName',
  'Description',
  'ResourceGroupId',
  'EnableDnsHostname',
  'EnableIpv6',
  'Ipv6CidrBlock',
  'Ipv6Isp',
  'Ipv4IpamPoolId',
  'Ipv4CidrMask',
  'Ipv6IpamPoolId',
  'Ipv6CidrMask',
  'Tag',
] as const

export const CreateVpc = vpc('CreateVpc', created, (input, context) => {
  const { state, random, accountId, regionId, now } = context
  const { Ipv4IpamPoolId, Ipv4CidrMask, Ipv6IpamPoolId, Ipv6CidrMask } = input
  demandNoPool({ Ipv4IpamPoolId, Ipv4CidrMask, Ipv6IpamPoolId, Ipv6CidrMask })
  const cidrBlock = vpcBlockOf(input.CidrBlock || defaultCidrBlock, 'CidrBlock')
  demandTexts(input)
  demandRoom(context)
  const named = input.Ipv6CidrBlock || input.Ipv6Isp
  demand(!named || input.EnableIpv6 === true, 'InvalidParameter', 'Ipv6CidrBlock and Ipv6Isp go with EnableIpv6.')
  const row = state.vpcs.put({
    id: newId('vpc', regionId, random),
    accountId,
    regionId,
    vpcName: input.VpcName ?? '',
    description: input.Description ?? '',
    cidrBlock,
    userCidrs: userCidrsOf(input.UserCidr),
    dnsHostname: input.EnableDnsHostname === true,
    ...(input.EnableIpv6 === true && ipv6Of(input, context)),
    status: 'Pending',
    isDefault: false,
    vRouterId: newId('vrt', regionId, random),
    routeTableId: newId('vtb', regionId, random),
    resourceGroupId: input.ResourceGroupId ?? '',
    createdAt: now,
    tags: newTags(input.Tag),
  })
  context.schedule('vpc.available', row.id, durations.createVpc)
  return { VpcId: row.id, VRouterId: row.vRouterId, RouteTableId: row.routeTableId, ResourceGroupId: row.resourceGroupId }
})

/** A VPC as it is once IPv6 is turned on or off. It can be turned off when no vSwitch has it (the code is unconfirmed). */
function withIpv6(row: Vpc, wanted: boolean | undefined, input: Ipv6Input, context: Context): Vpc {
  if (wanted === undefined || wanted === (row.ipv6CidrBlock !== undefined)) return row
  if (wanted) return { ...row, ...ipv6Of(input, context) }
  const used = context.state.vSwitches.by('vpc', row.id).some(({ ipv6CidrBlock }) => ipv6CidrBlock !== undefined)
  demand(!used, 'DependencyViolation.VSwitch', 'A vSwitch of the VPC has IPv6.', 400)
  const { ipv6CidrBlock: _block, ipv6Isp: _isp, secondaryIpv6Blocks: _more, ...rest } = row
  return rest
}

const modified = ['VpcId', 'VpcName', 'Description', 'CidrBlock', 'EnableDnsHostname', 'EnableIPv6', 'Ipv6CidrBlock', 'Ipv6Isp'] as const

/** Changes what is given and leaves the rest; the IPv6 block is there once it was given. */
export const ModifyVpcAttribute = vpc('ModifyVpcAttribute', modified, (input, context) => {
  const row = vpcOf(input.VpcId, context)
  demandTexts(input)
  const { VpcName = row.vpcName, Description = row.description, EnableDnsHostname: dnsHostname = row.dnsHostname ?? false } = input
  const changed = withIpv6(resized(row, input.CidrBlock, context.state), input.EnableIPv6, input, context)
  context.state.vpcs.put({ ...changed, vpcName: VpcName, description: Description, dnsHostname })
  return {}
})

/** ForceDelete would take gateways along, which no VPC here has. */
export const DeleteVpc = vpc('DeleteVpc', ['VpcId', 'ForceDelete'], (input, context) => {
  const { state } = context
  const row = readyVpcOf(input.VpcId, context)
  const dependants = { NatGateway: state.natGateways, VSwitch: state.vSwitches, SecurityGroup: state.securityGroups } as const
  for (const [kind, table] of Object.entries(dependants))
    demand(table.count('vpc', row.id) === 0, `DependencyViolation.${kind}`, `The specified VPC still holds a ${kind}.`, 400)
  const routed = state.routeEntries.count('table', row.routeTableId) > 0
  demand(!routed, 'DependencyViolation.RouteEntry', 'The route table of the specified VPC still holds a route entry.', 400)
  const linked = state.routerInterfaces.count('router', row.vRouterId) > 0
  demand(!linked, 'DependencyViolation.RouterInterface', 'The router of the specified VPC still holds a router interface.', 400)
  state.vpcs.delete(row.id)
  return {}
})
