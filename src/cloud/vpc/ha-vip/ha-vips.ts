import { toSeconds } from '../../../api/time.ts'
import { demandResourceGroup } from '../../ecs/instance/places.ts'
import { newTags, tagTest } from '../../ecs/tags.ts'
import { demandDescription, demandName, passes, type Test } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { vpc } from '../../operation.ts'
import type { State } from '../../state.ts'
import { vSwitchOf } from '../find.ts'
import { privateAddress } from '../free-address.ts'
import { type FilterFields, filterTest, numberedPage } from '../lists.ts'
import { shownTags } from '../views.ts'
import { demandAtRest, haVipOf } from './find.ts'
import { changeHaVip } from './life.ts'
import type { HaVip } from './records.ts'

// Codes other than those of an id that is not there and of a wrong state are unconfirmed.

/** Such addresses of an account in one region (unconfirmed). */
const quota = 50

interface Texts {
  readonly Name?: string | undefined
  readonly Description?: string | undefined
}

function demandTexts({ Name, Description }: Texts): void {
  demandName(Name, 'Name', 'InvalidParameter')
  demandDescription(Description, 'Description', 'InvalidParameter')
}

export const CreateHaVip = vpc(
  'CreateHaVip',
  ['VSwitchId', 'IpAddress', 'Name', 'Description', 'ResourceGroupId', 'Tag'],
  (input, context) => {
    const { state, accountId, regionId, random, now } = context
    const vSwitch = vSwitchOf(input.VSwitchId, context)
    demand(vSwitch.status === 'Available', 'IncorrectVSwitchStatus', 'The vSwitch is not Available.', 400)
    demandTexts(input)
    demand(state.haVips.list({ accountId, regionId }).length < quota, 'QuotaExceeded', `A region holds at most ${quota} HaVips.`)
    const row: HaVip = {
      id: newId('havip', regionId, random),
      accountId,
      regionId,
      vpcId: vSwitch.vpcId,
      vSwitchId: vSwitch.id,
      ipAddress: privateAddress(input.IpAddress, 'IpAddress', vSwitch, context),
      name: input.Name ?? '',
      description: input.Description ?? '',
      status: 'Creating',
      servers: [],
      serverType: '',
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      createdAt: now,
      tags: newTags(input.Tag),
    }
    changeHaVip(row, context)
    return { HaVipId: row.id, IpAddress: row.ipAddress }
  },
)

/** One that serves, or that a route entry leads to, is kept. */
export const DeleteHaVip = vpc('DeleteHaVip', ['HaVipId'], (input, context) => {
  const row = haVipOf(input.HaVipId, context)
  demand(row.status === 'Available', 'IncorrectHaVipStatus', 'The HaVip is not Available.', 400)
  const routed = context.state.routeEntries.count('hop', row.id) > 0
  demand(!routed, 'DependencyViolation.RouteEntry', 'A route entry still leads to the HaVip.', 400)
  const open = context.state.eips.count('boundTo', row.id) > 0
  demand(!open, 'DependencyViolation', 'An elastic address is bound to the HaVip.', 400)
  changeHaVip({ ...row, status: 'Deleting' }, context)
  return {}
})

export const ModifyHaVipAttribute = vpc('ModifyHaVipAttribute', ['HaVipId', 'Name', 'Description'], (input, context) => {
  const row = haVipOf(input.HaVipId, context)
  demandAtRest(row)
  demandTexts(input)
  const { Name = row.name, Description = row.description } = input
  context.state.haVips.put({ ...row, name: Name, description: Description })
  return {}
})

/** Which of those that serve it has the address is theirs to settle: here it is the first. */
const view = (row: HaVip, state: State) => ({
  HaVipId: row.id,
  IpAddress: row.ipAddress,
  Name: row.name,
  Description: row.description,
  RegionId: row.regionId,
  VpcId: row.vpcId,
  VSwitchId: row.vSwitchId,
  Status: row.status,
  MasterInstanceId: row.status === 'InUse' ? (row.servers[0] ?? '') : '',
  AssociatedInstances: { associatedInstance: row.servers },
  AssociatedInstanceType: row.serverType,
  AssociatedEipAddresses: { associatedEipAddresse: state.eips.by('boundTo', row.id).map(({ ipAddress }) => ipAddress) },
  ChargeType: 'PostPaid',
  CreateTime: toSeconds(row.createdAt),
  ResourceGroupId: row.resourceGroupId,
  Tags: shownTags(row.tags),
})

const filters: FilterFields<HaVip> = {
  HaVipId: (row) => row.id,
  IpAddress: (row) => row.ipAddress,
  Status: (row) => row.status,
  VpcId: (row) => row.vpcId,
  VSwitchId: (row) => row.vSwitchId,
}

export const DescribeHaVips = vpc(
  'DescribeHaVips',
  ['Filter.Key', 'Filter.Value', 'ResourceGroupId', 'Tags', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const { ResourceGroupId } = input
    const inGroup: Test<HaVip> = ResourceGroupId ? (row) => row.resourceGroupId === ResourceGroupId : undefined
    const where = passes<HaVip>([filterTest(input.Filter, filters), inGroup, tagTest(input.Tags)])
    const { rows, counts } = numberedPage(state.haVips.list({ accountId, regionId, where }), input)
    return { ...counts, HaVips: { HaVip: rows.map((row) => view(row, state)) } }
  },
)
