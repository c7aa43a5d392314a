import { toSeconds } from '../../api/time.ts'
import { demand, fault } from '../fault.ts'
import { newId } from '../ids.ts'
import { type Context, vpc } from '../operation.ts'
import { owned } from '../owned.ts'
import { page } from '../paging.ts'
import { demandDescription, demandName } from '../ecs/values.ts'
import { fitsVpc, parseCidr } from './cidr.ts'
import type { Vpc } from './records.ts'

/** Milliseconds of the cloud's time; 6 to 9 s in public logs. */
const createMs = 7_000

/** The caller's VPC in the region asked for. */
export function vpcOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): Vpc {
  const found = context.state.vpcs.get(id)
  const mine = context.regionId === '' ? (found?.accountId === context.accountId ? found : undefined) : owned(found, context)
  demand(mine, 'InvalidVpcId.NotFound', 'Specified value of "VpcId" is not found in our record.')
  return mine
}

const tagsOf = ({ tags }: Vpc) => ({ Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) })

function view(row: Vpc, { state }: Pick<Context, 'state'>) {
  return {
    VpcId: row.id,
    VpcName: row.vpcName,
    Description: row.description,
    RegionId: row.regionId,
    CidrBlock: row.cidrBlock,
    Ipv6CidrBlock: '',
    Status: row.status,
    IsDefault: row.isDefault,
    VRouterId: row.vRouterId,
    ResourceGroupId: row.resourceGroupId,
    CreationTime: toSeconds(row.createdAt),
    OwnerId: Number(row.accountId),
    VSwitchIds: { VSwitchId: state.vSwitches.by('vpc', row.id).map((vSwitch) => vSwitch.id) },
    SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
    UserCidrs: { UserCidr: [] },
    NatGatewayIds: { NatGatewayIds: [] },
    RouterTableIds: { RouterTableIds: [row.routeTableId] },
    Tags: tagsOf(row),
  }
}

export const CreateVpc = vpc('CreateVpc', ['CidrBlock', 'VpcName', 'Description', 'ResourceGroupId', 'Tag'], (input, context) => {
  const { state, random, accountId, regionId, now } = context
  // The default when left out is unconfirmed.
  const cidrBlock = input.CidrBlock || '172.16.0.0/12'
  const cidr = parseCidr(cidrBlock)
  demand(cidr !== undefined && fitsVpc(cidr), 'InvalidCidrBlock.Malformed', 'Specified value of "CidrBlock" is malformed.')
  demandName(input.VpcName, 'VpcName', 'InvalidVpcName.Malformed')
  demandDescription(input.Description, 'Description', 'InvalidVpcDiscription.Malformed')
  const row = state.vpcs.put({
    id: newId('vpc', regionId, random),
    accountId,
    regionId,
    vpcName: input.VpcName ?? '',
    description: input.Description ?? '',
    cidrBlock,
    status: 'Pending',
    isDefault: false,
    vRouterId: newId('vrt', regionId, random),
    routeTableId: newId('vtb', regionId, random),
    resourceGroupId: input.ResourceGroupId ?? '',
    createdAt: now,
    tags: (input.Tag ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value })),
  })
  context.schedule('vpc.available', row.id, createMs)
  return { VpcId: row.id, VRouterId: row.vRouterId, RouteTableId: row.routeTableId, ResourceGroupId: row.resourceGroupId }
})

export const DescribeVpcs = vpc(
  'DescribeVpcs',
  ['VpcId', 'VpcName', 'IsDefault', 'ResourceGroupId', 'Tag', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { state, accountId, regionId } = context
    const wanted = input.VpcId ? new Set(input.VpcId.split(',')) : undefined
    const where = (row: Vpc) =>
      (wanted === undefined || wanted.has(row.id)) &&
      (!input.VpcName || row.vpcName === input.VpcName) &&
      (input.IsDefault === undefined || row.isDefault === input.IsDefault) &&
      (!input.ResourceGroupId || row.resourceGroupId === input.ResourceGroupId) &&
      (input.Tag ?? []).every(({ Key, Value }) => row.tags.some((tag) => tag.key === Key && (!Value || tag.value === Value)))
    const { rows, fields } = page(state.vpcs.select({ accountId, regionId, where }), input, { maxSize: 50 })
    const { NextToken: _token, ...counts } = fields
    return { Vpcs: { Vpc: rows.map((row) => view(row, context)) }, ...counts }
  },
)

export const DescribeVpcAttribute = vpc('DescribeVpcAttribute', ['VpcId'], (input, context) => {
  const row = vpcOf(input.VpcId, context)
  const {
    Tags,
    OwnerId,
    VSwitchIds,
    SecondaryCidrBlocks,
    UserCidrs,
    NatGatewayIds: _nat,
    RouterTableIds: _tables,
    ...shown
  } = view(row, context)
  return {
    ...shown,
    OwnerId,
    VSwitchIds,
    SecondaryCidrBlocks,
    UserCidrs,
    Tags,
    AssociatedCens: { AssociatedCen: [] },
    CloudResources: { CloudResourceSetType: [] },
    ClassicLinkEnabled: false,
  }
})

export const ModifyVpcAttribute = vpc('ModifyVpcAttribute', ['VpcId', 'VpcName', 'Description'], (input, context) => {
  const row = vpcOf(input.VpcId, context)
  demandName(input.VpcName, 'VpcName', 'InvalidVpcName.Malformed')
  demandDescription(input.Description, 'Description', 'InvalidVpcDiscription.Malformed')
  context.state.vpcs.put({ ...row, vpcName: input.VpcName ?? row.vpcName, description: input.Description ?? row.description })
  return {}
})

export const DeleteVpc = vpc('DeleteVpc', ['VpcId'], (input, context) => {
  const { state } = context
  const row = vpcOf(input.VpcId, context)
  demand(row.status === 'Available', 'IncorrectVpcStatus', 'Current VPC status does not support this operation.')
  const holds = (what: string) => fault(`DependencyViolation.${what}`, `Specified object has dependent resources: ${what}.`, 400)
  if (state.vSwitches.by('vpc', row.id).length > 0) throw holds('VSwitch')
  if (state.securityGroups.by('vpc', row.id).length > 0) throw holds('SecurityGroup')
  state.vpcs.delete(row.id)
  return {}
})
