import { demand } from '../../fault.ts'
import { marketOf, priceAt } from '../../market/model.ts'
import { type Context, ecs } from '../../operation.ts'
import { instanceOf } from '../instance/power.ts'
import type { Instance } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { bandwidthItem, diskItem, type Item, type Paid, paidFor, priceInfo } from './amounts.ts'

/** The caller's instance, which has to be a subscription. */
export function subscriptionOf(id: string, context: Context): Instance & { readonly expiresAt: number } {
  const instance = instanceOf(id, context)
  const { expiresAt } = instance
  demand(expiresAt !== undefined, 'ChargeTypeViolation', 'The operation is not permitted due to charge type of the instance.', 403)
  return { ...instance, expiresAt }
}

/** What an instance costs as it is: its type, the disks that are paid with it, its bandwidth. */
export function itemsOf(instance: Instance, { state, now }: Pick<Context, 'state' | 'now'>): Item[] {
  const disks = state.disks.by('instance', instance.id).filter((disk) => disk.diskChargeType === 'PrePaid')
  return [
    { resource: 'instanceType', hourly: priceAt(marketOf(state), instance, now) },
    ...disks.map((disk) => diskItem(disk.type === 'system' ? 'systemDisk' : 'dataDisk', disk)),
    bandwidthItem(instance.internetChargeType, instance.internetMaxBandwidthOut),
  ]
}

/** What subscriptions that begin now cost for their period together. */
export function orderPrice(
  instances: readonly Instance[],
  { Period, PeriodUnit }: { readonly Period?: number | undefined; readonly PeriodUnit?: string | undefined },
  context: Pick<Context, 'state' | 'now'>,
): number {
  const [first] = instances
  if (first === undefined) return 0
  const paid = paidFor(PeriodUnit, Period, ['Week', 'Month'], 'Month')
  return priceInfo(itemsOf(first, context), paid, instances.length).PriceInfo.Price.TradePrice
}

const dayMs = 24 * 3_600_000
/** Days that count as a month where a price is by the day. */
const monthDays = 30

/** From the end of the subscription to the next such day of a month, in UTC. */
function untilDay(day: number, expiresAt: number): Paid {
  demand(Number.isInteger(day) && day >= 1 && day <= 28, 'InvalidParameter', 'The specified ExpectedRenewDay is not valid.')
  const end = new Date(expiresAt)
  const next = Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + (end.getUTCDate() < day ? 0 : 1), day)
  return { unit: 'Month', count: Math.max(0, next - expiresAt) / dayMs / monthDays, months: 0 }
}

export const DescribeRenewalPrice = ecs(
  'DescribeRenewalPrice',
  ['ResourceId', 'ResourceType', 'Period', 'PriceUnit', 'ExpectedRenewDay'],
  ({ ResourceId, ResourceType, Period, PriceUnit, ExpectedRenewDay }, context) => {
    demandOneOf(ResourceType, ['instance'], 'ResourceType', 'InvalidResourceType.ValueNotSupported')
    const both = ExpectedRenewDay !== undefined && Period !== undefined
    demand(!both, 'InvalidParameter.Conflict', 'ExpectedRenewDay and Period cannot both be specified.')
    const instance = subscriptionOf(ResourceId, context)
    const paid =
      ExpectedRenewDay === undefined
        ? paidFor(PriceUnit, Period, ['Month', 'Year'], 'Month')
        : untilDay(ExpectedRenewDay, instance.expiresAt)
    return priceInfo(itemsOf(instance, context), paid)
  },
)
