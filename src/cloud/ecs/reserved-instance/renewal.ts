import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { orderId, periodEnd } from '../instance/charge.ts'
import { type RenewalRules, renewalWish } from '../instance/renewal-wish.ts'
import { demandOneOf } from '../values.ts'
import { reservedOf } from './find.ts'
import { scheduleReservedEnd, termEnd } from './life.ts'
import type { ReservedInstance } from './records.ts'
import { boughtRenewal, lengths, termOf } from './terms.ts'

const mostRenewed = 10
/** How far ahead the end of one can be put (unconfirmed). */
const mostYears = 10

/** AutoRenew only turns it on: what renews itself goes on to. */
export const RenewReservedInstances = ecs(
  'RenewReservedInstances',
  ['AutoRenew', 'AutoRenewPeriod', 'Period', 'PeriodUnit', 'ReservedInstanceId'],
  (input, context) => {
    const ids = [...new Set(input.ReservedInstanceId)]
    demand(ids.length > 0, 'MissingParameter.ReservedInstanceIds', 'ReservedInstanceId must be specified.')
    demand(ids.length <= mostRenewed, 'InvalidParameter.ReservedInstanceIds', `At most ${mostRenewed} ReservedInstanceId can be given.`)
    const { period, unit } = termOf(input, ['InvalidParameter.PeriodUnit', 'InvalidParameter.Period'])
    const renewal = input.AutoRenew === true ? boughtRenewal(input) : undefined
    const latest = periodEnd(context.now, mostYears, 'Year')
    for (const id of ids) {
      const row = reservedOf(id, ['InvalidReservedInstanceId.NotFound', 403], context)
      demand(row.status === 'Active', 'IncorrectInstanceStatus', 'The reserved instance is not Active.', 403)
      const endsAt = termEnd(row.endsAt, period, unit)
      demand(endsAt <= latest, 'InvalidPeriod.ExceededMaximumExpiration', `A reserved instance ends at most ${mostYears} years from now.`)
      scheduleReservedEnd(context.state.reservedInstances.put({ ...row, endsAt, renewal: renewal ?? row.renewal }), context)
    }
    return { OrderId: orderId(context), ReservedInstanceIdSets: { ReservedInstanceId: ids } }
  },
)

const mostAsked = 100

/** Those a call about renewal names: they have to be Active. */
function active(given: readonly string[] | undefined, context: Context): ReservedInstance[] {
  const ids = [...new Set(given)]
  // Spelled so by the real API.
  demand(ids.length > 0, 'MissingParamter.InstanceId', 'ReservedInstanceId must be specified.')
  demand(ids.length <= mostAsked, 'InvalidParameter.ToManyInstanceIds', `At most ${mostAsked} ReservedInstanceId can be given.`, 403)
  return ids.map((id) => {
    const row = reservedOf(id, ['InvalidReservedInstanceId.NotFound', 404], context)
    demand(row.status === 'Active', 'ResourceStatusViolation', 'The reserved instance is not Active.')
    return row
  })
}

const rules: RenewalRules = {
  lengths,
  badStatus: ['InvalidParameter.RenewalStatus'],
  badUnit: ['InvalidParameter.PeriodUnit'],
  badDuration: ['InvalidParameter.Period'],
}

/** Where no status is given, it is renewed by hand (unconfirmed). */
export const ModifyReservedInstanceAutoRenewAttribute = ecs(
  'ModifyReservedInstanceAutoRenewAttribute',
  ['Period', 'PeriodUnit', 'RenewalStatus', 'ReservedInstanceId'],
  (input, context) => {
    const { Period = 1, PeriodUnit, RenewalStatus, ReservedInstanceId } = input
    const rows = active(ReservedInstanceId, context)
    demandOneOf(RenewalStatus, ['AutoRenewal', 'Normal'], 'RenewalStatus', 'InvalidParameter.RenewalStatus')
    const renewal = renewalWish({ status: RenewalStatus || 'Normal', duration: Period, unit: PeriodUnit || 'Month' }, rules)
    for (const row of rows) scheduleReservedEnd(context.state.reservedInstances.put({ ...row, renewal }), context)
    return {}
  },
)

export const DescribeReservedInstanceAutoRenewAttribute = ecs(
  'DescribeReservedInstanceAutoRenewAttribute',
  ['ReservedInstanceId'],
  (input, context) => ({
    ReservedInstanceRenewAttributes: {
      ReservedInstanceRenewAttribute: active(input.ReservedInstanceId, context).map(({ id, renewal }) => ({
        ReservedInstanceId: id,
        RenewalStatus: renewal.status,
        Duration: renewal.duration,
        PeriodUnit: renewal.unit,
      })),
    },
  }),
)
