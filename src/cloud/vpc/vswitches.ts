import { regionFacts } from '../../api/regions.ts'
import { newTags, tagTest } from '../ecs/tags.ts'
import { demandDescription, demandName, equalities, passes } from '../ecs/values.ts'
import { demand } from '../fault.ts'
import { newId } from '../ids.ts'
import { vpc } from '../operation.ts'
import { usesIpv6 } from '../ecs/network-interface/ipv6.ts'
import type { State } from '../state.ts'
import { readyVpcOf, vSwitchOf } from './find.ts'
import { freeNumber, vSwitchBlock } from './ipv6.ts'
import { durations } from './lifecycles.ts'
import { idTest, ipv6Test, numberedPage } from './lists.ts'
import type { VSwitch } from './records.ts'
import { vSwitchView } from './views.ts'
import { cidrBlockOf, freeBlock, type Ipv6Place, placeOf } from './vswitch-blocks.ts'

interface Named {
  readonly VSwitchName?: string | undefined
  readonly Description?: string | undefined
}

function demandTexts({ VSwitchName, Description }: Named): void {
  demandName(VSwitchName, 'VSwitchName', 'InvalidVSwitchName.Malformed')
  demandDescription(Description, 'Description', 'InvalidVSwitchDiscription.Malformed')
}

export const CreateVSwitch = vpc(
  'CreateVSwitch',
  ['VpcId', 'ZoneId', 'CidrBlock', 'CidrMask', 'VSwitchName', 'Description', 'Ipv6CidrBlock', 'Ipv6CidrMask', 'VpcIpv6CidrBlock', 'Tag'],
  (input, context) => {
    const { state, random, accountId, now } = context
    const parent = readyVpcOf(input.VpcId, context)
    const known = regionFacts(parent.regionId)?.Zones.includes(input.ZoneId)
    demand(known, 'InvalidZoneId.NotFound', 'The specified ZoneId does not exist.')
    const byMask = !input.CidrBlock && input.CidrMask !== undefined ? freeBlock(input.CidrMask, parent, state) : undefined
    const cidrBlock = cidrBlockOf(input.CidrBlock || byMask, parent, state)
    demandTexts(input)
    const place = placeOf(parent, input)
    const ipv6 = input.Ipv6CidrBlock === undefined ? undefined : vSwitchBlock(input.Ipv6CidrBlock, place, state)
    const row = state.vSwitches.put({
      id: newId('vsw', parent.regionId, random),
      accountId,
      regionId: parent.regionId,
      vpcId: parent.id,
      zoneId: input.ZoneId,
      vSwitchName: input.VSwitchName ?? '',
      description: input.Description ?? '',
      cidrBlock,
      ...(ipv6 && { ipv6CidrBlock: ipv6 }),
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
    const { rows, counts } = numberedPage(state.vSwitches.list({ ...scope, where }), input)
    return { ...counts, VSwitches: { VSwitch: rows.map((row) => vSwitchView(row, state)) } }
  },
)

export const DescribeVSwitchAttributes = vpc('DescribeVSwitchAttributes', ['VSwitchId'], (input, context) =>
  vSwitchView(vSwitchOf(input.VSwitchId, context), context.state),
)

interface Ipv6Input extends Ipv6Place {
  readonly EnableIPv6?: boolean | undefined
  readonly Ipv6CidrBlock?: number | undefined
}

/** A vSwitch as it is once IPv6 is turned on, which gives it the block asked for or the lowest that is free, or off, when nothing in it has IPv6. */
function withIpv6(row: VSwitch, { EnableIPv6: wanted, Ipv6CidrBlock: number, ...where }: Ipv6Input, state: State): VSwitch {
  const found = state.vpcs.get(row.vpcId)
  if (found === undefined || (wanted === undefined && number === undefined)) return row
  const parent = placeOf(found, where)
  const has = row.ipv6CidrBlock !== undefined
  if (wanted !== false && has && number === undefined) return row
  const ipv6CidrBlock = wanted === false ? undefined : vSwitchBlock(number ?? freeNumber(parent, state), parent, state, row)
  if (ipv6CidrBlock === row.ipv6CidrBlock) return row
  // The code is unconfirmed.
  demand(!usesIpv6(row.id, state), 'DependencyViolation', 'A network interface in the vSwitch has IPv6.', 400)
  const { ipv6CidrBlock: _, ...rest } = row
  return { ...rest, ...(ipv6CidrBlock && { ipv6CidrBlock }) }
}

export const ModifyVSwitchAttribute = vpc(
  'ModifyVSwitchAttribute',
  ['VSwitchId', 'VSwitchName', 'Description', 'EnableIPv6', 'Ipv6CidrBlock', 'Ipv6CidrMask', 'VpcIpv6CidrBlock'],
  (input, context) => {
    const row = vSwitchOf(input.VSwitchId, context)
    demandTexts(input)
    const { VSwitchName = row.vSwitchName, Description = row.description } = input
    context.state.vSwitches.put({ ...withIpv6(row, input, context.state), vSwitchName: VSwitchName, description: Description })
    return {}
  },
)

/** The vSwitch is Pending (unconfirmed) until it is gone, and keeps its VPC from being deleted as long. */
export const DeleteVSwitch = vpc('DeleteVSwitch', ['VSwitchId'], (input, context) => {
  const { state } = context
  const row = vSwitchOf(input.VSwitchId, context)
  demand(row.status === 'Available', 'IncorrectVSwitchStatus', 'The status of the specified vSwitch does not support this operation.', 400)
  const inUse = state.instances.count('vSwitch', row.id) > 0 || state.networkInterfaces.count('vSwitch', row.id) > 0
  demand(state.haVips.count('vSwitch', row.id) === 0, 'DependencyViolation.HaVip', 'The specified vSwitch still holds a HaVip.', 400)
  demand(
    state.natGateways.count('vSwitch', row.id) === 0,
    'DependencyViolation.EnhancedNatgw',
    'The vSwitch still holds a NAT gateway.',
    400,
  )
  demand(
    state.snatEntries.count('vSwitch', row.id) === 0,
    'DependencyViolation.SnatEntry',
    'An SNAT entry still leads from the vSwitch.',
    400,
  )
  demand(!inUse, 'DependencyViolation', 'The specified vSwitch still holds an instance or a network interface.', 400)
  state.vSwitches.put({ ...row, status: 'Pending' })
  context.schedule('vSwitch.deleted', row.id, durations.deleteVSwitch)
  return {}
})
