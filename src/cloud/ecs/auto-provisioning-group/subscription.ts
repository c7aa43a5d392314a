import type * as Ecs from '../../../api/generated/ecs.ts'
import { Fault, demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { fill, type Launched } from './launches.ts'
import { capacityOf } from './members.ts'
import type { Group, GroupType, LaunchConfig, Subscription, Targets } from './records.ts'

type Input = Pick<Ecs.CreateAutoProvisioningGroupInput, 'PrePaidOptions' | 'LaunchConfiguration' | 'LaunchTemplateId'>

const mostShares = 20

/**
 * How a group buys subscriptions: one that is told PrePaidOptions has its whole target in them, once (that this is how they are asked for
 * is unconfirmed, as are the codes).
 * @throws Fault InvalidParameter
 */
export function subscriptionOf(
  { PrePaidOptions, LaunchConfiguration = {}, LaunchTemplateId }: Input,
  type: GroupType,
  configs: readonly LaunchConfig[],
  targets: Targets,
): Subscription | undefined {
  const { Period, PeriodUnit, AutoRenew, AutoRenewPeriod } = LaunchConfiguration
  const timed = [Period, PeriodUnit, AutoRenew, AutoRenewPeriod].some((said) => said !== undefined)
  if (PrePaidOptions === undefined) {
    demand(!timed, 'InvalidParameter', 'Period and AutoRenew of LaunchConfiguration go with PrePaidOptions.')
    return undefined
  }
  demand(type === 'request', 'InvalidParameter', 'PrePaidOptions is for groups of the type request.')
  demand(Period !== undefined || LaunchTemplateId, 'InvalidParameter', 'LaunchConfiguration.Period must be specified with PrePaidOptions.')
  demand(targets.spot === 0, 'InvalidParameter', 'A group with PrePaidOptions has no SpotTargetCapacity.')
  const sold = new Set(configs.map((config) => config.instanceType))
  const given = PrePaidOptions.SpecifyCapacityDistribution ?? []
  demand(given.length <= mostShares, 'InvalidParameter', `At most ${mostShares} SpecifyCapacityDistribution can be given.`)
  const shares = given.map(({ InstanceTypes: types = [], MinTargetCapacity: least = 0 }) => {
    const known = types.length > 0 && new Set(types).size === types.length && types.every((one) => one !== '' && sold.has(one))
    demand(known, 'InvalidParameter', 'InstanceTypes of SpecifyCapacityDistribution have to be among those of LaunchTemplateConfig.')
    demand(Number.isInteger(least) && least >= 1, 'InvalidParameter', 'The specified MinTargetCapacity is not valid.')
    return { types, least }
  })
  const sum = shares.reduce((all, { least }) => all + least, 0)
  demand(sum <= targets.total, 'InvalidParameter', 'The sum of MinTargetCapacity is more than TotalTargetCapacity.')
  return { period: Period, unit: PeriodUnit, renews: AutoRenew, renewal: AutoRenewPeriod, shares }
}

/**
 * Launches what a group with shares lacks: the least of each share first, and nothing at all where that cannot be had.
 * @throws Fault OperationDenied.NoStock, or with what the launches were refused for
 */
export function fillShares(group: Group, wanted: number, { shares }: Subscription, context: Context): Launched[] {
  const { journal } = context.state
  const mark = journal.mark()
  const done: Launched[] = []
  try {
    for (const { types, least } of shares) {
      const only = { ...group, configs: group.configs.filter((config) => types.includes(config.instanceType)) }
      const lacks = () => least - capacityOf(group, 'payAsYouGo', context.state, types)
      const launched = fill(only, 'payAsYouGo', lacks(), context)
      const [refused] = launched.flatMap(({ error }) => error ?? [])
      const code = refused?.code ?? 'OperationDenied.NoStock'
      const message = refused?.message ?? 'The MinTargetCapacity of a SpecifyCapacityDistribution cannot be had.'
      demand(lacks() <= 0, code, message)
      done.push(...launched)
    }
  } catch (refusal) {
    if (refusal instanceof Fault) journal.rollback(mark)
    throw refusal
  }
  const left = wanted - capacityOf(group, 'payAsYouGo', context.state)
  return [...done, ...fill(group, 'payAsYouGo', left, context)]
}
