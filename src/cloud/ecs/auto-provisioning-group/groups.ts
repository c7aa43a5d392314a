import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags } from '../tags.ts'
import { demandDescription, demandOneOf } from '../values.ts'
import { payAsYouGoStrategies, spotStrategies } from './candidates.ts'
import { configurationParameters, settingsOf } from './configuration.ts'
import type { Launched } from './launches.ts'
import { endGroup } from './life.ts'
import { capacityOf } from './members.ts'
import { isGroupName, readConfigs, readExcessPolicy, readMaxPrice, readTargets, readValidity } from './read.ts'
import type { Group, GroupType, Targets } from './records.ts'
import { subscriptionOf } from './subscription.ts'
import { runTask } from './tasks.ts'

/** How long it takes a group to begin what it was asked to (unconfirmed). */
const beginsMs = 1_000
const types: readonly GroupType[] = ['request', 'instant', 'maintain']

/**
 * The caller's group of that id; one that is deleted is not there.
 * @throws Fault InvalidAutoProvisioningGroupId.NotFound
 */
export function groupOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): Group {
  const group = owned(context.state.provisioningGroups.get(id), context)
  const there = group !== undefined && group.status !== 'deleted'
  demand(there, 'InvalidAutoProvisioningGroupId.NotFound', 'The specified AutoProvisioningGroupId does not exist.', 404)
  return group
}

/** What an instant group has launched; a candidate that had less than was wanted tells why. */
const launchResults = (launched: readonly Launched[]) =>
  launched.map(({ candidate, spotStrategy, instances, error }) => ({
    InstanceType: candidate.instanceType,
    ZoneId: candidate.zoneId,
    SpotStrategy: spotStrategy,
    Amount: instances.length,
    InstanceIds: { InstanceId: instances.map(({ id }) => id) },
    ErrorCode: error?.code ?? '',
    ErrorMsg: error?.message ?? '',
  }))

/** At least so much or nothing. */
function demandLeast(text: string | undefined, group: Group, { state }: Context): void {
  if (!text) return
  const least = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  const fits = least > 0 && least <= group.targets.total
  demand(fits, 'InvalidParameter', 'The specified MinTargetCapacity is not valid.')
  const reached = capacityOf(group, 'spot', state) + capacityOf(group, 'payAsYouGo', state)
  // The code is unconfirmed; that nothing is launched then is documented.
  demand(reached >= least, 'OperationDenied.NoStock', 'Less than MinTargetCapacity is to be had, so nothing is launched.', 403)
}

interface Strategies {
  readonly SpotAllocationStrategy?: string | undefined
  readonly SpotInstancePoolsToUseCount?: number | undefined
  readonly PayAsYouGoAllocationStrategy?: string | undefined
}

function strategiesOf({ SpotAllocationStrategy: spot, SpotInstancePoolsToUseCount: pools = 1, ...input }: Strategies, configs: number) {
  const { PayAsYouGoAllocationStrategy: other } = input
  demandOneOf(spot, spotStrategies, 'SpotAllocationStrategy', 'InvalidSpotAllocationStrategy.ValueNotSupported')
  const code = 'InvalidPayAsYouGoAllocationStrategy.ValueNotSupported'
  demandOneOf(other, payAsYouGoStrategies, 'PayAsYouGoAllocationStrategy', code)
  const fits = Number.isInteger(pools) && pools >= 1 && pools <= Math.max(1, configs)
  demand(fits, 'InvalidParameter.SpotInstancePoolsToUseCount', 'The specified SpotInstancePoolsToUseCount is not valid.')
  return { spotStrategy: spot || 'lowest-price', spotPoolsToUse: pools, payAsYouGoStrategy: other || 'lowest-price' }
}

const configParameters = [
  'LaunchTemplateConfig.InstanceType',
  'LaunchTemplateConfig.MaxPrice',
  'LaunchTemplateConfig.Priority',
  'LaunchTemplateConfig.VSwitchId',
  'LaunchTemplateConfig.WeightedCapacity',
] as const

/** An instant group launches at once and tells what; the others begin a little later, or when they are valid. */
export const CreateAutoProvisioningGroup = ecs(
  'CreateAutoProvisioningGroup',
  [
    ...configurationParameters,
    ...configParameters,
    'LaunchTemplateConfig.Architectures',
    'LaunchTemplateConfig.BurstablePerformance',
    'LaunchTemplateConfig.Cores',
    'LaunchTemplateConfig.ExcludedInstanceTypes',
    'LaunchTemplateConfig.ImageId',
    'LaunchTemplateConfig.InstanceFamilyLevel',
    'LaunchTemplateConfig.MaxQuantity',
    'LaunchTemplateConfig.Memories',
    'AutoProvisioningGroupName',
    'AutoProvisioningGroupType',
    'DataDiskConfig.DiskCategory',
    'DefaultTargetCapacityType',
    'Description',
    'ExcessCapacityTerminationPolicy',
    'HibernationOptionsConfigured',
    'LaunchTemplateId',
    'LaunchTemplateVersion',
    'MaxSpotPrice',
    'MinTargetCapacity',
    'PayAsYouGoAllocationStrategy',
    'PayAsYouGoTargetCapacity',
    'PrePaidOptions',
    'ResourceGroupId',
    'ResourcePoolOptions.PrivatePoolIds',
    'ResourcePoolOptions.Strategy',
    'SpotAllocationStrategy',
    'SpotInstanceInterruptionBehavior',
    'SpotInstancePoolsToUseCount',
    'SpotTargetCapacity',
    'SystemDiskConfig.DiskCategory',
    'Tag',
    'TerminateInstances',
    'TerminateInstancesWithExpiration',
    'TotalTargetCapacity',
    'ValidFrom',
    'ValidUntil',
  ],
  (input, context) => {
    const { state, accountId, regionId, random, now, schedule } = context
    const { AutoProvisioningGroupName: name = '', AutoProvisioningGroupType: asked = 'maintain' } = input
    const type = types.find((one) => one === (asked || 'maintain'))
    const named = name === '' || isGroupName(name)
    demand(named, 'InvalidAutoProvisioningGroupName.Malformed', 'The specified AutoProvisioningGroupName is not valid.')
    demand(type, 'InvalidAutoProvisioningGroupType.ValueNotSupported', 'The specified AutoProvisioningGroupType is not supported.')
    demandDescription(input.Description, 'Description', 'InvalidDescription.ValueNotSupported')
    const asTold = readTargets(input, { total: 0, payAsYouGo: 0, spot: 0, defaultKind: 'spot' })
    const configs = readConfigs(input.LaunchTemplateConfig, context)
    const subscription = subscriptionOf(input, type, configs, asTold)
    const targets: Targets = subscription ? { ...asTold, defaultKind: 'payAsYouGo' } : asTold
    const id = newId('apg', regionId, random)
    const group = state.provisioningGroups.put({
      id,
      accountId,
      regionId,
      name: name || id,
      description: input.Description ?? '',
      type,
      status: 'submitted',
      settings: { ...settingsOf(input, type, configs, context), ...(subscription && { subscription }) },
      configs,
      targets,
      ...strategiesOf(input, configs.length),
      maxSpotPrice: readMaxPrice(input.MaxSpotPrice),
      terminatesExcess: readExcessPolicy(input.ExcessCapacityTerminationPolicy),
      terminatesOnDeletion: input.TerminateInstances === true,
      terminatesOnExpiration: input.TerminateInstancesWithExpiration === true,
      ...readValidity(input.ValidFrom, input.ValidUntil, now),
      createdAt: now,
      failures: 0,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      tags: newTags(input.Tag),
    })
    schedule('provisioning.expired', id, group.validUntil - now)
    if (type !== 'instant') {
      schedule('provisioning.task', id, Math.max(beginsMs, group.validFrom - now))
      return { AutoProvisioningGroupId: id }
    }
    const launched = runTask(group, context)
    demandLeast(input.MinTargetCapacity, group, context)
    return { AutoProvisioningGroupId: id, LaunchResults: { LaunchResult: launchResults(launched) } }
  },
)

/** @throws Fault AutoProvisioningGroup.IncorrectStatus for one that is being deleted */
function changeable(id: string, context: Context): Group {
  demand(id, 'MissingParameter', 'The input parameter "AutoProvisioningGroupId" is mandatory for this action.', 400)
  const group = groupOf(id, context)
  const settled = group.status !== 'deleted-running'
  demand(settled, 'AutoProvisioningGroup.IncorrectStatus', 'The current status of the group does not support this operation.')
  return group
}

/** Another capacity, or another way to it, lets the group run a task. Configs take the place of all there were (unconfirmed). */
export const ModifyAutoProvisioningGroup = ecs(
  'ModifyAutoProvisioningGroup',
  [
    ...configParameters,
    'AutoProvisioningGroupId',
    'AutoProvisioningGroupName',
    'DefaultTargetCapacityType',
    'ExcessCapacityTerminationPolicy',
    'MaxSpotPrice',
    'PayAsYouGoTargetCapacity',
    'SpotTargetCapacity',
    'TerminateInstancesWithExpiration',
    'TotalTargetCapacity',
  ],
  (input, context) => {
    const group = changeable(input.AutoProvisioningGroupId ?? '', context)
    const { AutoProvisioningGroupName: name = '', ExcessCapacityTerminationPolicy: policy, LaunchTemplateConfig } = input
    demand(name === '' || isGroupName(name), 'InvalidName.Malformed', 'The specified AutoProvisioningGroupName is not valid.')
    const ways = [LaunchTemplateConfig?.length, input.MaxSpotPrice, input.DefaultTargetCapacityType]
    const capacities = [input.TotalTargetCapacity, input.PayAsYouGoTargetCapacity, input.SpotTargetCapacity]
    const reschedules = [...ways, ...capacities].some(Boolean)
    context.state.provisioningGroups.put({
      ...group,
      name: name || group.name,
      targets: readTargets(input, group.targets, 403),
      configs: LaunchTemplateConfig?.length ? readConfigs(LaunchTemplateConfig, context) : group.configs,
      maxSpotPrice: readMaxPrice(input.MaxSpotPrice, 404) ?? group.maxSpotPrice,
      terminatesExcess: policy ? readExcessPolicy(policy) : group.terminatesExcess,
      terminatesOnExpiration: input.TerminateInstancesWithExpiration ?? group.terminatesOnExpiration,
      ...(reschedules && { status: 'modifying', failures: 0 }),
    })
    // One that is not valid yet begins when it is.
    if (reschedules) context.schedule('provisioning.task', group.id, Math.max(beginsMs, group.validFrom - context.now))
    return {}
  },
)

/** Its instances are released, or go on without it: as is said now, or else as was said when it was made. */
export const DeleteAutoProvisioningGroup = ecs(
  'DeleteAutoProvisioningGroup',
  ['AutoProvisioningGroupId', 'TerminateInstances'],
  (input, context) => {
    const group = changeable(input.AutoProvisioningGroupId, context)
    endGroup(group, input.TerminateInstances ?? group.terminatesOnDeletion, context)
    return {}
  },
)
