import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { orderId, periodEnd } from '../instance/charge.ts'
import { renewalWish } from '../instance/renewal-wish.ts'
import { schedulePoolEnd } from './life.ts'
import type { Pool } from './records.ts'
import { laterRules, monthlyRenewal, termOf } from './term.ts'

/**
 * The assurances of a call, each of which has to be there and not over.
 * @throws Fault MissingParameter.PrivatePoolOptionsId, Invalid.TooManyPrivatePoolOptions.Ids, Invalid.PrivatePoolOptionsId
 */
function assurancesOf(given: readonly string[] | undefined, most: number, context: Context): Pool[] {
  const ids = new Set(given)
  demand(ids.size > 0, 'MissingParameter.PrivatePoolOptionsId', 'PrivatePoolOptions.Id must be specified.')
  demand(ids.size <= most, 'Invalid.TooManyPrivatePoolOptions.Ids', `At most ${most} PrivatePoolOptions.Id can be given.`)
  return [...ids].map((id) => {
    const pool = owned(context.state.privatePools.get(id), context)
    const goesOn = pool?.kind === 'assurance' && pool.status !== 'Released'
    demand(goesOn, 'Invalid.PrivatePoolOptionsId', 'The specified PrivatePoolOptions.Id is not valid.')
    return pool
  })
}

/** An order that is not paid at once changes nothing. */
export const RenewElasticityAssurances = ecs(
  'RenewElasticityAssurances',
  ['PrivatePoolOptions.Id', 'AutoPay', 'AutoRenew', 'AutoRenewPeriod', 'Period', 'PeriodUnit'],
  (input, context) => {
    const pools = assurancesOf(input.PrivatePoolOptions?.Id, 20, context)
    const { period, unit } = termOf(input, ['Weekly'])
    const renewal = input.AutoRenew === undefined ? undefined : monthlyRenewal(input)
    for (const pool of input.AutoPay === false ? [] : pools) {
      const endsAt = periodEnd(pool.endsAt ?? context.now, period, unit)
      schedulePoolEnd(context.state.privatePools.put({ ...pool, endsAt, renewal: renewal ?? pool.renewal }), context)
    }
    return { OrderId: orderId(context), PrivatePoolOptionsIdSet: { PrivatePoolOptionsId: pools.map(({ id }) => id) } }
  },
)

/** Where no status is given, an assurance is renewed by hand (unconfirmed). */
export const ModifyElasticityAssuranceAutoRenewAttribute = ecs(
  'ModifyElasticityAssuranceAutoRenewAttribute',
  ['PrivatePoolOptions.Id', 'Period', 'PeriodUnit', 'RenewalStatus'],
  ({ PrivatePoolOptions, Period = 1, PeriodUnit, RenewalStatus }, context) => {
    const pools = assurancesOf(PrivatePoolOptions?.Id, 50, context)
    const renewal = renewalWish({ status: RenewalStatus || 'Normal', duration: Period, unit: PeriodUnit || 'Month' }, laterRules)
    for (const pool of pools) schedulePoolEnd(context.state.privatePools.put({ ...pool, renewal }), context)
    return {}
  },
)

export const DescribeElasticityAssuranceAutoRenewAttribute = ecs(
  'DescribeElasticityAssuranceAutoRenewAttribute',
  ['PrivatePoolOptions.Id'],
  (input, context) => {
    const pools = assurancesOf(input.PrivatePoolOptions?.Id, 50, context)
    return {
      ElasticityAssuranceRenewAttributes: {
        ElasticityAssuranceRenewAttribute: pools.map(({ id, renewal }) => ({
          PrivatePoolOptionsId: id,
          RenewalStatus: renewal.status,
          Period: renewal.duration,
          PeriodUnit: renewal.unit,
        })),
      },
    }
  },
)
