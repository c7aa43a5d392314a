import { instanceTypeOf, instanceTypes } from '../../../api/instance-types.ts'
import { commitmentFactor, periodFactor, priceModel, rounded } from '../../../api/prices.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { ecs } from '../../operation.ts'
import { marketOf, priceAt } from '../../market/model.ts'
import { orderId, periodEnd } from '../instance/charge.ts'
import { payByUse } from '../instance/charge-type.ts'
import { instanceOf } from '../instance/power.ts'
import { beginVoucher, hourOf } from '../term-life.ts'
import { demandOneOf, numberOf } from '../values.ts'
import type { SavingsPlan } from './records.ts'

// No documentation of these operations is public. The values of their parameters are those that templates of the orchestration service
// give; which code another one is refused by is unconfirmed. Not honoured, since no source says what they hold: ChargeType,
// EstimationResource, InstanceTypeFamilyGroup and InstanceTypeScope.

interface PlanInput {
  readonly OfferingType?: string | undefined
  readonly Period?: string | number | undefined
  readonly PeriodUnit?: string | undefined
  readonly PlanType?: string | undefined
}

/** A plan for a year of one family, all paid at once, where nothing else is said. @throws Fault InvalidParameter */
function planOf({ OfferingType, Period, PeriodUnit, PlanType }: PlanInput) {
  demandOneOf(OfferingType, Object.keys(priceModel().commitment), 'OfferingType', 'InvalidParameter')
  demandOneOf(PlanType, ['ecs', 'universal'], 'PlanType', 'InvalidParameter')
  demandOneOf(PeriodUnit, ['Year'], 'PeriodUnit', 'InvalidParameter')
  const years = numberOf(Period) ?? 1
  demand([1, 3, 5].includes(years), 'InvalidParameter', 'The specified Period is not valid.')
  return { offeringType: OfferingType || 'All Upfront', planType: PlanType || 'ecs', years }
}

interface CommitmentInput extends PlanInput {
  readonly CommittedAmount?: string | undefined
  readonly InstanceTypeFamily?: string | undefined
}

const known = (family: string) => [...instanceTypes().values()].some((type) => type.InstanceTypeFamily === family)

/** What is to be paid each hour, and for which family: a universal plan is for all of them. @throws Fault InvalidParameter, MissingParameter */
function commitmentOf(input: CommitmentInput) {
  const plan = planOf(input)
  const { CommittedAmount: text = '', InstanceTypeFamily: family = '' } = input
  demand(text !== '', 'MissingParameter', 'CommittedAmount must be specified.')
  const fits = /^\d{1,7}(\.\d{1,6})?$/.test(text) && Number(text) > 0
  demand(fits, 'InvalidParameter', 'The specified CommittedAmount is not valid.')
  demand(plan.planType === 'universal' || family !== '', 'MissingParameter', 'InstanceTypeFamily must be specified.')
  const suits = plan.planType === 'universal' ? family === '' : known(family)
  demand(suits, 'InvalidParameter', 'The specified InstanceTypeFamily is not valid.')
  return { ...plan, committedAmount: Number(text), instanceTypeFamily: family }
}

const mostInstances = 100

/** The instances a plan is bought with. @throws Fault InvalidParameter */
function idsOf(given: readonly string[] | undefined): readonly string[] {
  const ids = [...new Set(given)]
  demand(ids.length <= mostInstances, 'InvalidParameter', `At most ${mostInstances} ResourceId can be given.`)
  return ids
}

/** @throws Fault InvalidParameter for an instance of another family than the plan is for */
function demandFamily(instanceType: string, { instanceTypeFamily: family }: Pick<SavingsPlan, 'instanceTypeFamily'>): void {
  const fits = family === '' || instanceTypeOf(instanceType)?.InstanceTypeFamily === family
  demand(fits, 'InvalidParameter', 'An instance is not of the specified InstanceTypeFamily.')
}

/** Buys a plan, and lets the instances named that are subscriptions be paid for by use, which the plan then pays. */
export const CreateSavingsPlan = ecs(
  'CreateSavingsPlan',
  ['CommittedAmount', 'InstanceTypeFamily', 'OfferingType', 'Period', 'PeriodUnit', 'PlanType', 'ResourceId'],
  (input, context) => {
    const { state, accountId, regionId, random, now } = context
    const { years, ...commitment } = commitmentOf(input)
    const resourceIds = idsOf(input.ResourceId)
    for (const id of resourceIds) demandFamily(payByUse(id, context).instanceType, commitment)
    const startsAt = hourOf(now)
    const id = newId('spn', regionId, random)
    const plan = state.savingsPlans.put({
      ...commitment,
      id,
      accountId,
      regionId,
      status: 'Creating',
      startsAt,
      endsAt: periodEnd(startsAt, years, 'Year'),
      resourceIds,
      createdAt: now,
    })
    beginVoucher('savingsPlan', plan, context)
    context.schedule('savingsPlan.ended', id, plan.endsAt - now)
    return { SavingsPlanId: id, OrderId: orderId(context) }
  },
)

/** What a plan would have to pay each hour so that the instance runs on it all the time. */
export const DescribeSavingsPlanEstimation = ecs(
  'DescribeSavingsPlanEstimation',
  ['OfferingType', 'Period', 'PeriodUnit', 'PlanType', 'ResourceId'],
  (input, context) => {
    const { offeringType, planType, years } = planOf(input)
    demand(input.ResourceId, 'MissingParameter', 'ResourceId must be specified.')
    const instance = instanceOf(input.ResourceId, context)
    const hourly = priceAt(marketOf(context.state), instance, context.now)
    const family = instanceTypeOf(instance.instanceType)?.InstanceTypeFamily ?? ''
    return {
      ResourceId: instance.id,
      CommittedAmount: String(rounded(hourly * commitmentFactor(offeringType, years * 12))),
      Currency: priceModel().currency,
      InstanceTypeFamily: planType === 'universal' ? '' : family,
      InstanceTypeFamilyGroup: '',
      OfferingType: offeringType,
      Period: years,
      PeriodUnit: 'Year',
      PlanType: planType,
    }
  },
)

/** The whole of what a plan pays in its time, beside what the same would cost by use: a model's price, as all here. */
export const DescribeSavingsPlanPrice = ecs(
  'DescribeSavingsPlanPrice',
  ['CommittedAmount', 'InstanceTypeFamily', 'OfferingType', 'Period', 'PeriodUnit', 'PlanType', 'ResourceId'],
  (input, context) => {
    const { offeringType, years, committedAmount, instanceTypeFamily } = commitmentOf(input)
    for (const id of idsOf(input.ResourceId)) demandFamily(instanceOf(id, context).instanceType, { instanceTypeFamily })
    const months = years * 12
    const TradePrice = rounded(committedAmount * priceModel().subscription.hoursPerMonth * months)
    const OriginalPrice = rounded(TradePrice / commitmentFactor(offeringType, months))
    const DiscountPrice = rounded(OriginalPrice - TradePrice)
    const Description = `Savings plan of ${months} months: ${Math.round(periodFactor(months) * 100)}% of the price by the month.`
    return {
      PriceInfo: {
        Price: { Currency: priceModel().currency, OriginalPrice, DiscountPrice, TradePrice },
        Rules: [{ RuleId: String(months), Description }],
      },
    }
  },
)
