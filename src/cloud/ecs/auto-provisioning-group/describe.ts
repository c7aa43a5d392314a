import { instanceTypeOf } from '../../../api/instance-types.ts'
import { parseTime, toMinutes, toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import { osOf } from '../image/find.ts'
import type { Instance } from '../records.ts'
import { shownTags, tagTest } from '../tags.ts'
import { equalities, named, passes } from '../values.ts'
import { groupOf } from './groups.ts'
import { capacityOf, isFulfilled, membersOf } from './members.ts'
import type { Group, LaunchConfig, ScheduledTask } from './records.ts'

const mostIds = 20
const paging = { maxSize: 100 }

const configView = ({ instanceType, vSwitchId, weight, maxPrice, priority }: LaunchConfig) => ({
  InstanceType: instanceType,
  VSwitchId: vSwitchId,
  WeightedCapacity: weight,
  ...(maxPrice !== undefined && { MaxPrice: maxPrice }),
  ...(priority !== undefined && { Priority: priority }),
})

/** A group that tried once and failed is in error (unconfirmed); one that goes on trying is pending. */
function stateOf(group: Group, { state }: Context): string {
  if (group.status === 'deleted-running' || group.status === 'deleted') return 'pending-termination'
  if (isFulfilled(group, state)) return 'fulfilled'
  return group.failures > 0 && group.type !== 'maintain' ? 'error' : 'pending-fulfillment'
}

function groupView(group: Group, context: Context) {
  const { settings, targets } = group
  const [spot, others] = [capacityOf(group, 'spot', context.state), capacityOf(group, 'payAsYouGo', context.state)]
  const [prePaid, payAsYouGo] = settings.subscription ? [others, 0] : [0, others]
  return {
    AutoProvisioningGroupId: group.id,
    AutoProvisioningGroupName: group.name,
    AutoProvisioningGroupType: group.type,
    RegionId: group.regionId,
    Status: group.status,
    State: stateOf(group, context),
    CreationTime: toSeconds(group.createdAt),
    ValidFrom: toSeconds(group.validFrom),
    ValidUntil: toSeconds(group.validUntil),
    LaunchTemplateId: settings.templateId,
    LaunchTemplateVersion: settings.templateId === '' ? '' : String(settings.templateVersion),
    LaunchTemplateConfigs: { LaunchTemplateConfig: group.configs.map(configView) },
    ...(group.maxSpotPrice !== undefined && { MaxSpotPrice: group.maxSpotPrice }),
    ExcessCapacityTerminationPolicy: group.terminatesExcess ? 'termination' : 'no-termination',
    TerminateInstances: group.terminatesOnDeletion,
    TerminateInstancesWithExpiration: group.terminatesOnExpiration,
    PayAsYouGoOptions: { AllocationStrategy: group.payAsYouGoStrategy },
    SpotOptions: {
      AllocationStrategy: group.spotStrategy,
      InstanceInterruptionBehavior: settings.spotInterruptionBehavior.toLowerCase(),
      InstancePoolsToUseCount: group.spotPoolsToUse,
    },
    TargetCapacitySpecification: {
      TotalTargetCapacity: targets.total,
      PayAsYouGoTargetCapacity: targets.payAsYouGo,
      SpotTargetCapacity: targets.spot,
      DefaultTargetCapacityType: targets.defaultKind === 'spot' ? 'Spot' : 'PayAsYouGo',
    },
    CapacitySpecification: { TotalCapacity: spot + others, PayAsYouGoCapacity: payAsYouGo, SpotCapacity: spot, PrePaidCapacity: prePaid },
    SuspendedProcesses: { SuspendedProcess: [] },
    ResourceGroupId: group.resourceGroupId,
    Tags: shownTags(group.tags),
  }
}

/** Deleted groups are told only where their status is asked for (unconfirmed). */
export const DescribeAutoProvisioningGroups = ecs(
  'DescribeAutoProvisioningGroups',
  [
    'AutoProvisioningGroupId',
    'AutoProvisioningGroupName',
    'AutoProvisioningGroupStatus',
    'AutoProvisioningGroupTypes',
    'PageNumber',
    'PageSize',
    'ResourceGroupId',
    'Tag',
  ],
  (input, context) => {
    const { state, accountId, regionId } = context
    const { AutoProvisioningGroupId: ids = [], AutoProvisioningGroupStatus: statuses = [], AutoProvisioningGroupTypes: types = [] } = input
    demand(ids.length <= mostIds, 'InvalidParameter', `At most ${mostIds} AutoProvisioningGroupId can be given.`)
    const where = passes<Group>([
      ({ status }) => (statuses.length > 0 ? statuses.includes(status) : status !== 'deleted'),
      types.length > 0 ? ({ type }) => types.includes(type) : undefined,
      named(input.AutoProvisioningGroupName, (group) => group.name),
      ...equalities<Group, typeof input>(input, { ResourceGroupId: (group) => group.resourceGroupId }),
      tagTest(input.Tag),
    ])
    const found = state.provisioningGroups.list({ accountId, regionId, ids: ids.length > 0 ? ids : undefined, where })
    const { rows, fields } = page(found, input, paging)
    const { NextToken: _, ...counts } = fields
    return { AutoProvisioningGroups: { AutoProvisioningGroup: rows.map((group) => groupView(group, context)) }, ...counts }
  },
)

function memberView(instance: Instance) {
  const type = instanceTypeOf(instance.instanceType)
  return {
    InstanceId: instance.id,
    Status: instance.status,
    CreationTime: toMinutes(instance.createdAt),
    IsSpot: instance.spotStrategy !== 'NoSpot',
    InstanceType: instance.instanceType,
    CPU: type?.CpuCoreCount ?? 0,
    // MiB.
    Memory: (type?.MemorySize ?? 0) * 1024,
    OsType: osOf(instance)?.type ?? '',
    IoOptimized: true,
    NetworkType: 'vpc',
    RegionId: instance.regionId,
    ZoneId: instance.zoneId,
  }
}

export const DescribeAutoProvisioningGroupInstances = ecs(
  'DescribeAutoProvisioningGroupInstances',
  ['AutoProvisioningGroupId', 'PageNumber', 'PageSize'],
  (input, context) => {
    const group = groupOf(input.AutoProvisioningGroupId, context)
    const { rows, fields } = page(membersOf(group, context.state), input, paging)
    const { NextToken: _, ...counts } = fields
    return { Instances: { Instance: listed(rows, memberView) }, ...counts }
  },
)

const taskView = ({ id, status, startedAt, activities }: ScheduledTask) => ({
  TaskId: id,
  Status: status,
  StartTime: toSeconds(startedAt),
  LastEventTime: toSeconds(startedAt),
  ActivityDetails: {
    ActivityDetail: activities.map((activity) => ({
      Status: activity.status,
      Detail: activity.detail,
      CreatedInstanceIds: { CreatedInstanceId: [...activity.created] },
      DestroyedInstanceIds: { DestroyedInstanceId: [...activity.destroyed] },
      ErrorMessages: {
        ErrorMessage: activity.errors.map(({ code, message }) => ({
          Code: code,
          Message: message,
          FailedInstanceIds: { FailedInstanceId: [] },
        })),
      },
    })),
  },
})

function readTime(text: string | undefined, usual: number): number {
  const at = text ? parseTime(text) : usual
  demand(at !== undefined, 'InvalidParameter.periodTime', 'The format of StartTime or EndTime is not valid.')
  return at
}

/** The newest first. */
export const DescribeAutoProvisioningGroupHistory = ecs(
  'DescribeAutoProvisioningGroupHistory',
  ['AutoProvisioningGroupId', 'StartTime', 'EndTime', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { id } = groupOf(input.AutoProvisioningGroupId, context)
    const [from, until] = [readTime(input.StartTime, 0), readTime(input.EndTime, Number.POSITIVE_INFINITY)]
    const tasks = context.state.scheduledTasks.by('group', id).filter(({ startedAt }) => startedAt >= from && startedAt <= until)
    const { rows, fields } = page(tasks.toReversed(), input, paging)
    const { NextToken: _, ...counts } = fields
    return { AutoProvisioningGroupHistories: { AutoProvisioningGroupHistory: listed(rows, taskView) }, ...counts }
  },
)
