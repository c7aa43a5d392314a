import { digits, priceLine } from '../price.ts'
import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import { instanceDeed } from './deeds.ts'
import { type Instance, instances } from './instance.ts'
import { notRenewable, periodOf, periodOptions } from './period.ts'

/** `tanxing instances renew`: tells the price, asks, and renews subscriptions. */
export const command = deedCommand<Instance>({
  ...instanceDeed,
  verb: { en: 'renew', zh: '续费' },
  headed: { en: 'renew …', zh: '为 … 续费' },
  done: { en: 'renewed', zh: '已续费' },
  limit: 50,
  // RenewInstance has no DryRun.
  dryRuns: false,
  options: periodOptions,
  input: periodOf,
  about: ({ Status, InstanceType, ExpiredTime }) => `${Status}  ${InstanceType}  ${ExpiredTime}`,
  refusal: notRenewable,
  price: (items, { ecs }, invocation) =>
    priceLine(async () => {
      const { Period, PeriodUnit: PriceUnit } = periodOf(invocation)
      const ask = ({ InstanceId }: Instance) =>
        ecs.describeRenewalPrice(
          { ResourceType: 'instance', ResourceId: InstanceId, Period, PriceUnit },
          { signal: invocation.world.signal },
        )
      const prices = (await Promise.all(items.map(ask))).map(({ PriceInfo }) => PriceInfo.Price)
      const sum = `${digits(prices.reduce((total, { TradePrice }) => total + TradePrice, 0))} ${prices[0]?.Currency ?? ''}`
      return { en: `${sum} for ${Period} month${Period === 1 ? '' : 's'}`, zh: `${Period} 个月共 ${sum}` }
    }),
  action: ({ InstanceId }, input) => ({ action: 'RenewInstance', input: { ...input, InstanceId } }),
  seen: {
    idOf: instances.id,
    states: statesOf(instances, ({ ExpiredTime }) => ExpiredTime),
    there: (state, { ExpiredTime }) => state !== undefined && state > ExpiredTime,
  },
})
