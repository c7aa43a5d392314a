import { instanceTypeOf } from '../../../api/instance-types.ts'
import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandOneOf } from '../values.ts'
import type { Group, LaunchConfig, Targets } from './records.ts'

const mostConfigs = 20
const mostCapacity = 2000
const mostListed = 100
/** When a group is over that is given no end. */
const farEnd = '2099-12-31T23:59:59Z'

export const isGroupName = (name: string): boolean => /^\p{L}[\p{L}\d_:-]{1,127}$/u.test(name) && !/^https?:/.test(name)

interface ConfigInput {
  readonly Architectures?: readonly string[] | undefined
  readonly BurstablePerformance?: string | undefined
  readonly Cores?: readonly number[] | undefined
  readonly ExcludedInstanceTypes?: readonly string[] | undefined
  readonly ImageId?: string | undefined
  readonly InstanceFamilyLevel?: string | undefined
  readonly InstanceType?: string | undefined
  readonly MaxPrice?: number | undefined
  readonly MaxQuantity?: number | undefined
  readonly Memories?: readonly number[] | undefined
  readonly Priority?: number | undefined
  readonly VSwitchId?: string | undefined
  readonly WeightedCapacity?: number | undefined
}

/**
 * The most that is paid for a spot instance by the hour, to three decimals; none where none is given.
 * @throws Fault InvalidParameter.MaxPrice
 */
export function readMaxPrice(price: number | undefined, status?: number): number | undefined {
  const fits = price === undefined || (price > 0 && Number(price.toFixed(3)) === price)
  demand(fits, 'InvalidParameter.MaxPrice', 'The specified MaxPrice or MaxSpotPrice is not valid.', status)
  return price
}

function readConfig(input: ConfigInput, context: Context): LaunchConfig {
  const { InstanceType = '', VSwitchId = '', WeightedCapacity: weight = 1, Priority: priority } = input
  demand(VSwitchId, 'MissingParameter', 'The input parameter "LaunchTemplateConfig.N.VSwitchId" is mandatory.', 400)
  const vSwitch = owned(context.state.vSwitches.get(VSwitchId), context)
  demand(vSwitch, 'InvalidVSwitchId.NotFound', 'The VSwitchId provided does not exist in our records.', 400)
  const known = InstanceType === '' || instanceTypeOf(InstanceType) !== undefined
  demand(known, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType does not exist or is not supported here.', 400)
  const weighs = weight > 0 && weight <= mostCapacity
  demand(weighs, 'InvalidParameter.WeightedCapacityBeyondRange', 'The specified WeightedCapacity is not valid.')
  const { MaxQuantity: maxQuantity } = input
  const counted = maxQuantity === undefined || (Number.isInteger(maxQuantity) && maxQuantity > 0)
  demand(counted, 'InvalidParameter', 'The specified MaxQuantity is not valid.')
  const ranked = priority === undefined || (Number.isInteger(priority) && priority >= 0)
  demand(ranked, 'InvalidParameter', 'The specified Priority is not valid.')
  const lists = [input.Architectures, input.Cores, input.ExcludedInstanceTypes, input.Memories]
  demand(!lists.some((list) => (list?.length ?? 0) > mostListed), 'InvalidParameter', `At most ${mostListed} values can be listed.`)
  const levels = ['EntryLevel', 'EnterpriseLevel', 'CreditEntryLevel']
  demandOneOf(input.InstanceFamilyLevel, levels, 'InstanceFamilyLevel', 'InvalidParameter')
  demandOneOf(input.BurstablePerformance, ['Exclude', 'Include', 'Required'], 'BurstablePerformance', 'InvalidParameter')
  return {
    instanceType: InstanceType,
    vSwitchId: VSwitchId,
    weight,
    maxPrice: readMaxPrice(input.MaxPrice),
    priority,
    maxQuantity,
    imageId: input.ImageId ?? '',
    cores: input.Cores ?? [],
    memories: input.Memories ?? [],
    architectures: input.Architectures ?? [],
    excludedTypes: input.ExcludedInstanceTypes ?? [],
    familyLevel: input.InstanceFamilyLevel ?? '',
    burstable: input.BurstablePerformance || 'Include',
  }
}

/** @throws Fault MissingParameter.LaunchTemplateConfigs, InvalidLaunchTemplateConfigs.SizeExceed, and for what a config says */
export function readConfigs(given: readonly ConfigInput[] | undefined, context: Context): readonly LaunchConfig[] {
  demand(given?.length, 'MissingParameter.LaunchTemplateConfigs', 'At least one LaunchTemplateConfig must be given.')
  demand(
    given.length <= mostConfigs,
    'InvalidLaunchTemplateConfigs.SizeExceed',
    `At most ${mostConfigs} LaunchTemplateConfig can be given.`,
  )
  return given.map((input) => readConfig(input, context))
}

interface TargetInput {
  readonly TotalTargetCapacity?: string | undefined
  readonly PayAsYouGoTargetCapacity?: string | undefined
  readonly SpotTargetCapacity?: string | undefined
  readonly DefaultTargetCapacityType?: string | undefined
}

const badTarget = 'The total capacity has to be a positive whole number, and at least the sum of the other two.'

function readCapacity(text: string | undefined, usual: number, name: string, status: number | undefined): number {
  if (!text) return usual
  demand(/^\d{1,9}$/.test(text), 'InvalidParameter.TargetCapacity', badTarget, status)
  const capacity = Number(text)
  demand(capacity <= mostCapacity, `${name}LimitExceed`, `The specified ${name} exceeds ${mostCapacity}.`, 403)
  return capacity
}

/**
 * What a group is to have, over what it was to have before.
 * @throws Fault InvalidParameter.TargetCapacity, TotalTargetCapacityLimitExceed and others of that kind, InvalidDefaultTargetCapacityType.ValueNotSupported
 */
export function readTargets(input: TargetInput, before: Targets, status?: number): Targets {
  const { DefaultTargetCapacityType: kind } = input
  demandOneOf(kind, ['Spot', 'PayAsYouGo'], 'DefaultTargetCapacityType', 'InvalidDefaultTargetCapacityType.ValueNotSupported')
  const total = readCapacity(input.TotalTargetCapacity, before.total, 'TotalTargetCapacity', status)
  const payAsYouGo = readCapacity(input.PayAsYouGoTargetCapacity, before.payAsYouGo, 'PayAsYouGoTargetCapacity', status)
  const spot = readCapacity(input.SpotTargetCapacity, before.spot, 'SpotTargetCapacity', status)
  demand(total > 0 && total >= payAsYouGo + spot, 'InvalidParameter.TargetCapacity', badTarget, status)
  return { total, payAsYouGo, spot, defaultKind: kind ? (kind === 'Spot' ? 'spot' : 'payAsYouGo') : before.defaultKind }
}

/** @throws Fault InvalidFleetExcessCapacityTerminationPolicy.ValueNotSupported */
export function readExcessPolicy(policy: string | undefined): boolean {
  const code = 'InvalidFleetExcessCapacityTerminationPolicy.ValueNotSupported'
  demandOneOf(policy, ['termination', 'no-termination'], 'ExcessCapacityTerminationPolicy', code)
  return policy === 'termination'
}

/**
 * How long a group is there: from now on unless a later time is given.
 * @throws Fault InvalidValidTime.MalFormed
 */
export function readValidity(from: string | undefined, until: string | undefined, now: number): Pick<Group, 'validFrom' | 'validUntil'> {
  const start = from ? parseTime(from) : now
  const end = parseTime(until || farEnd)
  const fits = start !== undefined && end !== undefined && end > Math.max(start, now)
  demand(fits, 'InvalidValidTime.MalFormed', 'The specified ValidFrom or ValidUntil is not valid.')
  return { validFrom: start, validUntil: end }
}
