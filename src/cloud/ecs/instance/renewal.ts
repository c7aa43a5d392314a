import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import type { Instance, Renewal } from '../records.ts'
import { demandOneOf, numberOf } from '../values.ts'
import { demandWithinHost } from '../dedicated-host/place.ts'
import { orderId, periodEnd, subscriptionEnd } from './charge.ts'
import { demandUnlocked } from './locks.ts'
import { instanceOf } from './power.ts'
import { extend } from './renewal-life.ts'
import { scheduleEnd } from './renewal-schedule.ts'
import { type RenewalRules, renewalStatuses, renewalWish } from './renewal-wish.ts'

const mostInstances = 100
/** Subscriptions end at most so many years from now (unconfirmed). */
const mostYears = 10

const isSubscription = (instance: Instance) =>
  demand(
    instance.instanceChargeType === 'PrePaid',
    'ChargeTypeViolation',
    'The operation is not permitted due to charge type of the instance.',
    403,
  )

/** The next such day of a month after a moment, at the same time of day. */
function nextDay(after: number, day: number): number {
  const end = new Date(after)
  const later = end.getUTCDate() >= day ? 1 : 0
  return Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + later, day) + (after % 86_400_000)
}

interface RenewalInput {
  readonly Period?: number | undefined
  readonly PeriodUnit?: string | undefined
  readonly ExpectedRenewDay?: number | undefined
}

/** The end after a renewal. What is over already begins anew now (unconfirmed). */
function newEnd({ ExpectedRenewDay: day, Period, PeriodUnit }: RenewalInput, instance: Instance, now: number): number {
  const from = Math.max(instance.expiresAt ?? now, now)
  demand(day === undefined || Period === undefined, 'InvalidParameter', 'Period and ExpectedRenewDay cannot both be specified.')
  if (day === undefined) return subscriptionEnd({ Period, PeriodUnit }, from)
  demand(Number.isInteger(day) && day >= 1 && day <= 28, 'InvalidParameter', 'The specified ExpectedRenewDay is not valid.')
  return nextDay(from, day)
}

export const RenewInstance = ecs('RenewInstance', ['InstanceId', 'Period', 'PeriodUnit', 'ExpectedRenewDay'], (input, context) => {
  const { now } = context
  const instance = instanceOf(input.InstanceId, context)
  demandUnlocked('RenewInstance', instance)
  isSubscription(instance)
  demand(!instance.releasing, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
  const end = newEnd(input, instance, now)
  const latest = periodEnd(now, mostYears, 'Year')
  demand(end <= latest, 'InvalidPeriod.ExceededMaximumExpirationDate', `A subscription ends at most ${mostYears} years from now.`)
  demandWithinHost({ ...instance, expiresAt: end }, context)
  extend(instance, end, context)
  return { OrderId: orderId(context) }
})

/** The instances that a list of ids with commas names. */
function namedInstances(text: string, context: Context): Instance[] {
  const ids = text.split(',').map((id) => id.trim())
  demand(ids.length <= mostInstances, 'InvalidParameter.ToManyInstanceIds', `At most ${mostInstances} instance ids can be given.`)
  return [...new Set(ids)].map((id) => {
    const instance = owned<Instance>(context.state.instances.get(id), context)
    demand(instance, 'InvalidParameter.InvalidInstanceId', 'A specified InstanceId does not exist.')
    isSubscription(instance)
    return instance
  })
}

/** Years up to five; months and weeks as a subscription can be renewed. */
const rules: RenewalRules = {
  lengths: new Map([
    ['Week', [1, 2, 3, 4]],
    ['Month', [1, 2, 3, 6, 12, 24, 36, 48, 60]],
    ['Year', [1, 2, 3, 4, 5]],
  ]),
  badStatus: ['InvalidParameter.RenewalStatus'],
  badUnit: ['InvalidPeriodUnit.ValueNotSupported', 403],
  badDuration: ['InvalidParameter.Duration'],
}

interface Wish {
  readonly RenewalStatus?: string | undefined
  readonly AutoRenew?: boolean | undefined
  readonly Duration?: number | undefined
  readonly PeriodUnit?: string | undefined
}

/**
 * How a subscription is to go on. RenewalStatus says more than AutoRenew and wins; without either, it is renewed by hand. A month where
 * nothing else is said. `status` is what the operation refuses with, where that is not the table's.
 * @throws Fault InvalidParameter.RenewalStatus, InvalidPeriodUnit.ValueNotSupported, InvalidParameter.Duration
 */
export const wished = ({ RenewalStatus, AutoRenew, Duration = 1, PeriodUnit }: Wish, status?: number): Renewal =>
  renewalWish(
    { status: RenewalStatus || (AutoRenew ? 'AutoRenewal' : 'Normal'), duration: Duration, unit: PeriodUnit || 'Month' },
    status === undefined ? rules : { ...rules, badStatus: [rules.badStatus[0], status], badDuration: [rules.badDuration[0], status] },
  )

export const ModifyInstanceAutoRenewAttribute = ecs(
  'ModifyInstanceAutoRenewAttribute',
  ['InstanceId', 'RenewalStatus', 'AutoRenew', 'Duration', 'PeriodUnit'],
  (input, context) => {
    const renewal = wished(input)
    for (const instance of namedInstances(input.InstanceId, context)) {
      const goesOn = !instance.releasing && (instance.expiresAt ?? 0) > context.now
      demand(goesOn, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
      scheduleEnd(context.state.instances.put({ ...instance, renewal }), context)
    }
    return {}
  },
)

/** How a subscription goes on of which nothing was said. */
export const byHand: Renewal = { status: 'Normal', duration: 0, unit: '' }

function renewalView({ id, renewal = byHand }: Instance) {
  const { status, duration, unit } = renewal
  const InstanceRenewAttribute = { InstanceId: id, RenewalStatus: status, AutoRenewEnabled: status === 'AutoRenewal' }
  return { ...InstanceRenewAttribute, Duration: duration, PeriodUnit: unit, EnableExpectedRenewDay: false }
}

/** Ids and a status can be given together, and both have to fit (unconfirmed). */
export const DescribeInstanceAutoRenewAttribute = ecs(
  'DescribeInstanceAutoRenewAttribute',
  ['InstanceId', 'RenewalStatus', 'PageNumber', 'PageSize'],
  ({ InstanceId, RenewalStatus, PageNumber, PageSize }, context) => {
    const { state, accountId, regionId } = context
    demand(InstanceId || RenewalStatus, 'MissingParameter.InstanceId', 'InstanceId or RenewalStatus must be specified.')
    demandOneOf(RenewalStatus, renewalStatuses, 'RenewalStatus', 'InvalidParameter.RenewalStatus')
    const ids = InstanceId ? namedInstances(InstanceId, context).map(({ id }) => id) : undefined
    const fits = ({ instanceChargeType, renewal = byHand }: Instance) =>
      instanceChargeType === 'PrePaid' && (!RenewalStatus || renewal.status === RenewalStatus)
    const found = state.instances.list({ accountId, regionId, ids, where: fits })
    const asked = { PageNumber: numberOf(PageNumber), PageSize: numberOf(PageSize) }
    const { rows, fields } = page(found, asked, { maxSize: 100 })
    const { TotalCount, PageNumber: number = 1, PageSize: size = 10 } = fields
    const InstanceRenewAttributes = { InstanceRenewAttribute: listed(rows, renewalView) }
    return { TotalCount, PageNumber: number, PageSize: size, InstanceRenewAttributes }
  },
)
