import { regionFacts } from '../../api/regions.ts'
import { toSeconds } from '../../api/time.ts'
import { demandDescription, demandName } from '../ecs/values.ts'
import { demand, fault } from '../fault.ts'
import { newId } from '../ids.ts'
import { type Context, vpc } from '../operation.ts'
import { page } from '../paging.ts'
import { contains, fitsVSwitch, overlaps, parseCidr, usableAddresses, type Cidr } from './cidr.ts'
import type { VSwitch } from './records.ts'
import { vpcOf } from './vpcs.ts'

/** Milliseconds of the cloud's time; 4 to 6 s in public logs. */
const createMs = 5_000

function vSwitchOf(id: string, { state, accountId, regionId }: Context): VSwitch {
  const row = state.vSwitches.get(id)
  const mine = row?.accountId === accountId && (regionId === '' || row.regionId === regionId)
  demand(row !== undefined && mine, 'InvalidVSwitchId.NotFound', 'Specified virtual switch does not exist.')
  return row
}

function view(row: VSwitch, { state }: Pick<Context, 'state'>) {
  return {
    VSwitchId: row.id,
    VSwitchName: row.vSwitchName,
    Description: row.description,
    VpcId: row.vpcId,
    ZoneId: row.zoneId,
    CidrBlock: row.cidrBlock,
    Ipv6CidrBlock: '',
    Status: row.status,
    IsDefault: row.isDefault,
    AvailableIpAddressCount: usableAddresses(row.cidrBlock) - state.instances.by('vSwitch', row.id).length,
    ResourceGroupId: row.resourceGroupId,
    CreationTime: toSeconds(row.createdAt),
    OwnerId: Number(row.accountId),
    Tags: { Tag: row.tags.map(({ key, value }) => ({ Key: key, Value: value })) },
  }
}

export const CreateVSwitch = vpc(
  'CreateVSwitch',
  ['VpcId', 'ZoneId', 'CidrBlock', 'VSwitchName', 'Description', 'Tag'],
  (input, context) => {
    const { state, random, accountId, regionId, now } = context
    const parent = vpcOf(input.VpcId, context)
    demand(parent.status === 'Available', 'IncorrectVpcStatus', 'Current VPC status does not support this operation.')
    demand(
      input.ZoneId && regionFacts(parent.regionId)?.Zones.includes(input.ZoneId),
      'InvalidZoneId.NotFound',
      'Specified value of "ZoneId" is not exists.',
    )
    const cidr = parseCidr(input.CidrBlock ?? '')
    const inside = cidr !== undefined && fitsVSwitch(cidr) && contains(parseCidr(parent.cidrBlock) as Cidr, cidr)
    demand(inside, 'InvalidCidrBlock.Malformed', 'Specified value of "CidrBlock" is malformed or outside of the VPC.')
    const clash = state.vSwitches.by('vpc', parent.id).some((other) => overlaps(parseCidr(other.cidrBlock) as Cidr, cidr))
    demand(!clash, 'InvalidCidrBlock.Overlapped', 'Specified CIDR block overlapped with other subnets.')
    demandName(input.VSwitchName, 'VSwitchName', 'InvalidVSwitchName.Malformed')
    demandDescription(input.Description, 'Description', 'InvalidVSwitchDescription.Malformed')
    const row = state.vSwitches.put({
      id: newId('vsw', parent.regionId, random),
      accountId,
      regionId: regionId || parent.regionId,
      vpcId: parent.id,
      zoneId: input.ZoneId,
      vSwitchName: input.VSwitchName ?? '',
      description: input.Description ?? '',
      cidrBlock: input.CidrBlock ?? '',
      status: 'Pending',
      isDefault: false,
      resourceGroupId: parent.resourceGroupId,
      createdAt: now,
      tags: (input.Tag ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value })),
    })
    context.schedule('vSwitch.available', row.id, createMs)
    return { VSwitchId: row.id }
  },
)

export const DescribeVSwitches = vpc(
  'DescribeVSwitches',
  ['VpcId', 'VSwitchId', 'ZoneId', 'VSwitchName', 'IsDefault', 'ResourceGroupId', 'Tag', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { state, accountId, regionId } = context
    const wanted = input.VSwitchId ? new Set(input.VSwitchId.split(',')) : undefined
    const where = (row: VSwitch) =>
      (wanted === undefined || wanted.has(row.id)) &&
      (!input.ZoneId || row.zoneId === input.ZoneId) &&
      (!input.VSwitchName || row.vSwitchName === input.VSwitchName) &&
      (input.IsDefault === undefined || row.isDefault === input.IsDefault) &&
      (!input.ResourceGroupId || row.resourceGroupId === input.ResourceGroupId) &&
      (input.Tag ?? []).every(({ Key, Value }) => row.tags.some((tag) => tag.key === Key && (!Value || tag.value === Value)))
    const found =
      regionId === ''
        ? state.vSwitches.by('vpc', input.VpcId ?? '').filter((row) => row.accountId === accountId && where(row))
        : state.vSwitches.select({ accountId, regionId, by: { vpc: input.VpcId || undefined }, where })
    const { rows, fields } = page(found, input, { maxSize: 50 })
    const { NextToken: _token, ...counts } = fields
    return { VSwitches: { VSwitch: rows.map((row) => view(row, context)) }, ...counts }
  },
)

export const DescribeVSwitchAttributes = vpc('DescribeVSwitchAttributes', ['VSwitchId'], (input, context) => {
  const shown = view(vSwitchOf(input.VSwitchId, context), context)
  return { ...shown, CloudResources: { CloudResourceSetType: [] } }
})

export const ModifyVSwitchAttribute = vpc('ModifyVSwitchAttribute', ['VSwitchId', 'VSwitchName', 'Description'], (input, context) => {
  const row = vSwitchOf(input.VSwitchId, context)
  demandName(input.VSwitchName, 'VSwitchName', 'InvalidVSwitchName.Malformed')
  demandDescription(input.Description, 'Description', 'InvalidVSwitchDescription.Malformed')
  context.state.vSwitches.put({
    ...row,
    vSwitchName: input.VSwitchName ?? row.vSwitchName,
    description: input.Description ?? row.description,
  })
  return {}
})

export const DeleteVSwitch = vpc('DeleteVSwitch', ['VSwitchId'], (input, context) => {
  const row = vSwitchOf(input.VSwitchId, context)
  demand(row.status === 'Available', 'IncorrectVSwitchStatus', 'Current VSwitch status does not support this operation.')
  if (context.state.instances.by('vSwitch', row.id).length > 0)
    throw fault('DependencyViolation', 'Specified object has dependent resources.', 400)
  context.state.vSwitches.delete(row.id)
  return {}
})
