import { newTags, tagTest } from '../ecs/tags.ts'
import { demandDescription, demandName, equalities, passes } from '../ecs/values.ts'
import { demand } from '../fault.ts'
import { newId } from '../ids.ts'
import { type Context, vpc } from '../operation.ts'
import { fitsVpc, formatCidr, parseCidr } from './cidr.ts'
import { readyVpcOf, vpcOf } from './find.ts'
import { durations } from './lifecycles.ts'
import { idTest, ipv6Test, numberedPage } from './lists.ts'
import type { Vpc } from './records.ts'
import { vpcView } from './views.ts'

/** VPCs of an account in one region (unconfirmed). */
const quota = 10

/** What a VPC gets when no block is asked for (unconfirmed). */
const defaultCidrBlock = '172.16.0.0/12'

/** A block with bits set after its mask is refused (unconfirmed). */
function cidrBlockOf(given: string | undefined): string {
  const cidrBlock = given || defaultCidrBlock
  const cidr = parseCidr(cidrBlock)
  demand(
    cidr !== undefined && fitsVpc(cidr) && formatCidr(cidr) === cidrBlock,
    'InvalidParameter',
    'The specified CidrBlock is not a valid block for a VPC.',
  )
  return cidrBlock
}

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

export const CreateVpc = vpc('CreateVpc', ['CidrBlock', 'VpcName', 'Description', 'ResourceGroupId', 'Tag'], (input, context) => {
  const { state, random, accountId, regionId, now } = context
  const cidrBlock = cidrBlockOf(input.CidrBlock)
  demandTexts(input)
  demandRoom(context)
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
    tags: newTags(input.Tag),
  })
  context.schedule('vpc.available', row.id, durations.createVpc)
  return { VpcId: row.id, VRouterId: row.vRouterId, RouteTableId: row.routeTableId, ResourceGroupId: row.resourceGroupId }
})

export const DescribeVpcs = vpc(
  'DescribeVpcs',
  ['VpcId', 'VpcName', 'IsDefault', 'EnableIpv6', 'ResourceGroupId', 'VpcOwnerId', 'Tag', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const where = passes<Vpc>([
      idTest(input.VpcId),
      ipv6Test(input.EnableIpv6),
      tagTest(input.Tag),
      ...equalities<Vpc, typeof input>(input, {
        VpcName: (row) => row.vpcName,
        IsDefault: (row) => row.isDefault,
        ResourceGroupId: (row) => row.resourceGroupId,
        VpcOwnerId: (row) => Number(row.accountId),
      }),
    ])
    const { rows, counts } = numberedPage(state.vpcs.select({ accountId, regionId, where }), input)
    const view = (row: Vpc) => ({
      ...vpcView(row, state),
      RouterTableIds: { RouterTableIds: [row.routeTableId] },
      NatGatewayIds: { NatGatewayIds: [] },
    })
    return { ...counts, Vpcs: { Vpc: rows.map(view) } }
  },
)

export const DescribeVpcAttribute = vpc('DescribeVpcAttribute', ['VpcId'], (input, context) => {
  const row = vpcOf(input.VpcId, context)
  const shown = vpcView(row, context.state)
  const vSwitches = shown.VSwitchIds.VSwitchId.length
  return {
    ...shown,
    AssociatedCens: { AssociatedCen: [] },
    CloudResources: { CloudResourceSetType: vSwitches > 0 ? [{ ResourceType: 'VSwitch', ResourceCount: vSwitches }] : [] },
    ClassicLinkEnabled: false,
  }
})

export const ModifyVpcAttribute = vpc('ModifyVpcAttribute', ['VpcId', 'VpcName', 'Description'], (input, context) => {
  const row = vpcOf(input.VpcId, context)
  demandTexts(input)
  context.state.vpcs.put({ ...row, vpcName: input.VpcName ?? row.vpcName, description: input.Description ?? row.description })
  return {}
})

/** ForceDelete would take gateways along, which no VPC here has. */
export const DeleteVpc = vpc('DeleteVpc', ['VpcId', 'ForceDelete'], (input, context) => {
  const { state } = context
  const row = readyVpcOf(input.VpcId, context)
  const dependants = { VSwitch: state.vSwitches, SecurityGroup: state.securityGroups } as const
  for (const [kind, table] of Object.entries(dependants))
    demand(table.count('vpc', row.id) === 0, `DependencyViolation.${kind}`, `The specified VPC still holds a ${kind}.`, 400)
  state.vpcs.delete(row.id)
  return {}
})
