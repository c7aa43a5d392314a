import { regionFacts } from '../../api/regions.ts'
import { newTags, tagTest } from '../ecs/tags.ts'
import { demandDescription, demandName, equalities, passes } from '../ecs/values.ts'
import { demand } from '../fault.ts'
import { newId } from '../ids.ts'
import { vpc } from '../operation.ts'
import type { State } from '../state.ts'
import { type Cidr, contains, fitsVSwitch, formatCidr, overlaps, parseCidr } from './cidr.ts'
import { readyVpcOf, vSwitchOf } from './find.ts'
import { durations } from './lifecycles.ts'
import { idTest, ipv6Test, numberedPage } from './lists.ts'
import type { VSwitch, Vpc } from './records.ts'
import { vSwitchView } from './views.ts'

/** VSwitches of one VPC (unconfirmed). */
const quota = 150

interface Named {
  readonly VSwitchName?: string | undefined
  readonly Description?: string | undefined
}

function demandTexts({ VSwitchName, Description }: Named): void {
  demandName(VSwitchName, 'VSwitchName', 'InvalidVSwitchName.Malformed')
  demandDescription(Description, 'Description', 'InvalidVSwitchDiscription.Malformed')
}

const within = (outer: string, inner: Cidr) => {
  const cidr = parseCidr(outer)
  return cidr !== undefined && contains(cidr, inner)
}
const meets = (other: string, cidr: Cidr) => {
  const taken = parseCidr(other)
  return taken !== undefined && overlaps(taken, cidr)
}

/** Checks a new vSwitch's block against its VPC's and its neighbours'. */
function cidrBlockOf(cidrBlock: string | undefined, parent: Vpc, state: State): string {
  demand(cidrBlock, 'MissingParameter', 'The input parameter "CidrBlock" that is mandatory for processing this request is not supplied.')
  const cidr = parseCidr(cidrBlock)
  demand(cidr !== undefined && formatCidr(cidr) === cidrBlock, 'InvalidCidrBlock.Malformed', 'The specified CidrBlock is not valid.')
  demand(fitsVSwitch(cidr), 'InvalidCirdrBlock.MaskLength', 'The mask of the specified CidrBlock must be from 16 to 29 bits long.', 400)
  demand(within(parent.cidrBlock, cidr), 'InvalidParameter', 'The specified CidrBlock does not lie in the block of the VPC.')
  const neighbours = state.vSwitches.by('vpc', parent.id)
  demand(
    !neighbours.some((other) => meets(other.cidrBlock, cidr)),
    'InvalidCidrBlock.Overlapped',
    'The specified CidrBlock overlaps the block of another vSwitch.',
  )
  demand(neighbours.length < quota, 'QuotaExceeded.VSwitch', 'The number of vSwitches in this VPC exceeds the quota.', 400)
  return cidrBlock
}

export const CreateVSwitch = vpc(
  'CreateVSwitch',
  ['VpcId', 'ZoneId', 'CidrBlock', 'VSwitchName', 'Description', 'Tag'],
  (input, context) => {
    const { state, random, accountId, now } = context
    const parent = readyVpcOf(input.VpcId, context)
    const known = regionFacts(parent.regionId)?.Zones.includes(input.ZoneId)
    demand(known, 'InvalidZoneId.NotFound', 'The specified ZoneId does not exist.')
    const cidrBlock = cidrBlockOf(input.CidrBlock, parent, state)
    demandTexts(input)
    const row = state.vSwitches.put({
      id: newId('vsw', parent.regionId, random),
      accountId,
      regionId: parent.regionId,
      vpcId: parent.id,
      zoneId: input.ZoneId,
      vSwitchName: input.VSwitchName ?? '',
      description: input.Description ?? '',
      cidrBlock,
      status: 'Pending',
      isDefault: false,
      resourceGroupId: parent.resourceGroupId,
      createdAt: now,
      tags: newTags(input.Tag),
    })
    context.schedule('vSwitch.available', row.id, durations.createVSwitch)
    return { VSwitchId: row.id }
  },
)

export const DescribeVSwitches = vpc(
  'DescribeVSwitches',
  [
    'VpcId',
    'VSwitchId',
    'ZoneId',
    'VSwitchName',
    'IsDefault',
    'EnableIpv6',
    'ResourceGroupId',
    'RouteTableId',
    'VSwitchOwnerId',
    'Tag',
    'PageNumber',
    'PageSize',
  ],
  (input, { state, accountId, regionId }) => {
    const where = passes<VSwitch>([
      idTest(input.VSwitchId),
      ipv6Test(input.EnableIpv6),
      tagTest(input.Tag),
      ...equalities<VSwitch, typeof input>(input, {
        ZoneId: (row) => row.zoneId,
        VSwitchName: (row) => row.vSwitchName,
        IsDefault: (row) => row.isDefault,
        ResourceGroupId: (row) => row.resourceGroupId,
        RouteTableId: (row) => state.vpcs.get(row.vpcId)?.routeTableId,
        VSwitchOwnerId: (row) => Number(row.accountId),
      }),
    ])
    // RegionId is not mandatory here: without one, every region is searched.
    const scope = { accountId, ...(regionId !== '' && { regionId }), by: { vpc: input.VpcId || undefined } }
    const { rows, counts } = numberedPage(state.vSwitches.select({ ...scope, where }), input)
    return { ...counts, VSwitches: { VSwitch: rows.map((row) => vSwitchView(row, state)) } }
  },
)

export const DescribeVSwitchAttributes = vpc('DescribeVSwitchAttributes', ['VSwitchId'], (input, context) =>
  vSwitchView(vSwitchOf(input.VSwitchId, context), context.state),
)

export const ModifyVSwitchAttribute = vpc('ModifyVSwitchAttribute', ['VSwitchId', 'VSwitchName', 'Description'], (input, context) => {
  const row = vSwitchOf(input.VSwitchId, context)
  demandTexts(input)
  const { VSwitchName = row.vSwitchName, Description = row.description } = input
  context.state.vSwitches.put({ ...row, vSwitchName: VSwitchName, description: Description })
  return {}
})

/** The vSwitch is Pending (unconfirmed) until it is gone, and keeps its VPC from being deleted as long. */
export const DeleteVSwitch = vpc('DeleteVSwitch', ['VSwitchId'], (input, context) => {
  const { state } = context
  const row = vSwitchOf(input.VSwitchId, context)
  demand(row.status === 'Available', 'IncorrectVSwitchStatus', 'The status of the specified vSwitch does not support this operation.', 400)
  const inUse = state.instances.count('vSwitch', row.id) > 0 || state.networkInterfaces.count('vSwitch', row.id) > 0
  demand(!inUse, 'DependencyViolation', 'The specified vSwitch still holds an instance or a network interface.', 400)
  state.vSwitches.put({ ...row, status: 'Pending' })
  context.schedule('vSwitch.deleted', row.id, durations.deleteVSwitch)
  return {}
})
