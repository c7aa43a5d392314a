import { Fault } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { runParameters } from '../instance/create.ts'
import { launch } from '../instance/launch.ts'
import type { LaunchInput } from '../instance/launch-input.ts'
import { withTemplate } from '../launch-template/launch.ts'
import { takesDisk } from '../market/offers.ts'
import { instanceTypeOf } from '../../../api/instance-types.ts'
import type { Instance } from '../records.ts'
import { byPrice, type Candidate, candidatesOf, lanesOf, shared } from './candidates.ts'
import { membersOf } from './members.ts'
import type { Group, Kind, LaunchError, LaunchSettings, Subscription } from './records.ts'

/** What became of launching one candidate. */
export interface Launched {
  readonly candidate: Candidate
  readonly spotStrategy: string
  readonly instances: readonly Instance[]
  readonly error: LaunchError | undefined
}

/** No group has more instances than this. */
export const mostInstances = 2000

/** So many candidates are tried in one task: a config can mean hundreds. */
const mostTries = 100

/** What a launch says on top of the group's own settings. */
type Asked = Pick<
  LaunchInput,
  'InstanceType' | 'VSwitchId' | 'ImageId' | 'SpotStrategy' | 'SpotPriceLimit' | 'PrivatePoolOptions' | 'HostNames'
>

const chargeOf = (subscription: Subscription | undefined): Partial<LaunchInput> =>
  subscription
    ? {
        InstanceChargeType: 'PrePaid',
        Period: subscription.period,
        PeriodUnit: subscription.unit,
        AutoRenew: subscription.renews,
        AutoRenewPeriod: subscription.renewal,
      }
    : { InstanceChargeType: 'PostPaid' }

/** The launch template says what there is one for, and the launch configuration counts where there is none. */
function inputOf({ templateId, templateVersion, configuration, ...settings }: LaunchSettings, asked: Asked, context: Context): LaunchInput {
  const own: LaunchInput = {
    ...asked,
    ...chargeOf(settings.subscription),
    SpotDuration: settings.spotDuration,
    SpotInterruptionBehavior: settings.spotInterruptionBehavior,
    ...(settings.hibernation && { HibernationOptions: { Configured: true } }),
  }
  const template = { ...own, LaunchTemplateId: templateId, LaunchTemplateVersion: templateVersion }
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined && value !== ''))
  const input: LaunchInput = templateId === '' ? { ...configuration, ...given } : withTemplate(template, runParameters, context)
  const type = instanceTypeOf(input.InstanceType ?? '')
  const first = (categories: readonly string[]) => categories.find((category) => type === undefined || takesDisk(type, category))
  const [system, data] = [first(settings.systemDiskCategories), first(settings.dataDiskCategories)]
  return {
    ...input,
    ...(system && { SystemDisk: { ...input.SystemDisk, Category: system } }),
    ...(data && { DataDisk: input.DataDisk?.map((disk) => ({ ...disk, Category: data })) }),
  }
}

/** The type that a group's template or configuration names. */
export const usualInput = (settings: LaunchSettings, context: Context): LaunchInput => inputOf(settings, {}, context)

/** The price above which a group has no spot instance of a candidate: the lower one of its own and the config's. */
export function priceLimit({ maxSpotPrice }: Group, { config }: Candidate): number | undefined {
  const limits = [maxSpotPrice, config.maxPrice].filter((price) => price !== undefined)
  return limits.length === 0 ? undefined : Math.min(...limits)
}

/** From which pools a candidate's instances may come, one after the other. */
function poolsOf({ settings, type }: Group, candidate: Candidate, kind: Kind, { state }: Context): LaunchInput['PrivatePoolOptions'][] {
  // The strategy means something for groups that launch within the call alone.
  if (kind === 'spot' || type !== 'instant' || settings.poolStrategy === 'PublicPoolOnly') return [undefined]
  const named = settings.poolIds.filter((id) => {
    const pool = state.privatePools.get(id)
    return pool?.instanceType === candidate.instanceType && pool.zoneId === candidate.zoneId
  })
  const targets = named.map((Id) => ({ MatchCriteria: 'Target', Id }))
  return settings.poolStrategy === 'PrivatePoolOnly' ? targets : [...targets, { MatchCriteria: 'Open' }]
}

/** Launches what can be had of `count` instances; a launch that is refused changes nothing. */
function launchSome(group: Group, candidate: Candidate, kind: Kind, count: number, hosts: readonly string[], context: Context): Launched {
  const limit = kind === 'spot' ? priceLimit(group, candidate) : undefined
  const spotStrategy = kind === 'payAsYouGo' ? 'NoSpot' : limit === undefined ? 'SpotAsPriceGo' : 'SpotWithPriceLimit'
  const made: Instance[] = []
  const none = { code: 'OperationDenied.NoStock', message: 'No private pool of the group fits.' }
  let error: LaunchError | undefined = none
  const { instanceType, vSwitchId, weight, config } = candidate
  for (const PrivatePoolOptions of poolsOf(group, candidate, kind, context)) {
    const mark = context.state.journal.mark()
    const left = count - made.length
    const asked = {
      InstanceType: instanceType,
      VSwitchId: vSwitchId,
      ImageId: group.type === 'instant' ? config.imageId : undefined,
      SpotStrategy: spotStrategy,
      SpotPriceLimit: limit,
      PrivatePoolOptions,
      ...(hosts.length > 0 && { HostNames: hosts.slice(made.length, made.length + left) }),
    }
    try {
      const how = { amount: left, least: 1, uniqueSuffix: false, start: true, provisioning: { groupId: group.id, weight } }
      made.push(...launch(inputOf(group.settings, asked, context), how, context))
      error = made.length < count ? { code: 'OperationDenied.NoStock', message: 'Fewer instances were to be had than wanted.' } : undefined
    } catch (refusal) {
      if (!(refusal instanceof Fault)) throw refusal
      context.state.journal.rollback(mark)
      error = { code: refusal.code, message: refusal.message }
    }
    if (made.length === count) break
  }
  return { candidate, spotStrategy, instances: made, error: made.length === count ? undefined : error }
}

/** How many more instances a group may have of a candidate. */
function quantityLeft(group: Group, { config, instanceType, vSwitchId }: Candidate, { state }: Context): number {
  if (config.maxQuantity === undefined) return mostInstances
  const has = membersOf(group, state).filter((one) => one.instanceType === instanceType && one.vSwitchId === vSwitchId).length
  return Math.max(0, config.maxQuantity - has)
}

/** Launches until a group has so much more of a kind, or nothing more is to be had. */
export function fill(group: Group, kind: Kind, wanted: number, context: Context): Launched[] {
  const done: Launched[] = []
  const usual = usualInput(group.settings, context)
  let available = byPrice(candidatesOf(group, usual.InstanceType ?? '', context), kind, context)
  let hosts = group.type === 'instant' ? (group.settings.configuration?.HostNames ?? []) : []
  let left = wanted
  while (left > 0 && available.length > 0 && done.length < mostTries) {
    const room = mostInstances - membersOf(group, context.state).length
    if (room <= 0) break
    for (const [candidate, count] of shared(lanesOf(available, group, kind, context), left, room)) {
      if (count === 0) continue
      const allowed = Math.min(count, quantityLeft(group, candidate, context))
      if (allowed < count) available = available.filter((other) => other !== candidate)
      if (allowed === 0) continue
      const launched = launchSome(group, candidate, kind, allowed, hosts, context)
      done.push(launched)
      hosts = hosts.slice(launched.instances.length)
      left -= launched.instances.length * candidate.weight
      if (launched.error) available = available.filter((other) => other !== candidate)
    }
  }
  return done
}
