import type { Text } from '../../api/text.ts'
import type { EcsClient } from '../../client/index.ts'
import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { demanded } from '../numbers.ts'
import { digits, type Priced, priceLine } from '../price.ts'
import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import { instanceDeed } from './deeds.ts'
import { type Instance, instances } from './instance.ts'

const typeOf = (invocation: Invocation) => demanded(invocation, 'type', 'types list')

/** What a type alone costs by the hour: disks and bandwidth do not change with it. */
async function typePrice(ecs: EcsClient, InstanceType: string, ZoneId: string, signal: AbortSignal) {
  const { PriceInfo } = await ecs.describePrice({ ResourceType: 'instance', PriceUnit: 'Hour', InstanceType, ZoneId }, { signal })
  const { Price } = PriceInfo satisfies Priced['PriceInfo']
  const type = Price.DetailInfos.DetailInfo.find(({ Resource }) => Resource === 'instanceType')
  return { amount: type?.TradePrice ?? Price.TradePrice, currency: Price.Currency }
}

/** The difference by the hour of those paid by use, and what is to be paid now for the rest of the subscriptions. */
function price(items: readonly Instance[], { ecs }: Connection, invocation: Invocation): Promise<Text> {
  const { signal } = invocation.world
  const type = typeOf(invocation)
  const ordered = items.filter(({ InstanceChargeType }) => InstanceChargeType === 'PrePaid')
  const byUse = items.filter(({ InstanceChargeType }) => InstanceChargeType !== 'PrePaid')
  const sum = (some: readonly number[]) => digits(some.reduce((total, one) => total + one, 0))
  return priceLine(async () => {
    const hourly = await Promise.all(
      byUse.map(async ({ InstanceType, ZoneId }) => {
        const [before, after] = await Promise.all([typePrice(ecs, InstanceType, ZoneId, signal), typePrice(ecs, type, ZoneId, signal)])
        return { more: after.amount - before.amount, currency: after.currency }
      }),
    )
    const orders = await Promise.all(
      ordered.map(async ({ InstanceId }) => {
        const { PriceInfo } = await ecs.describeInstanceModificationPrice({ InstanceId, InstanceType: type }, { signal })
        return PriceInfo.Price
      }),
    )
    const more = sum(hourly.map((one) => one.more))
    const paid = sum(orders.map(({ TradePrice }) => TradePrice))
    const currency = hourly[0]?.currency ?? orders[0]?.Currency ?? ''
    const byHour = { en: `${more} ${currency} more an hour`, zh: `每小时增加 ${more} ${currency}` }
    const now = { en: `${paid} ${currency} now, for the time paid for`, zh: `剩余订阅时长需补 ${paid} ${currency}` }
    if (orders.length === 0) return byHour
    return hourly.length === 0 ? now : { en: `${byHour.en}; ${now.en}`, zh: `${byHour.zh}；${now.zh}` }
  })
}

/** `tanxing instances resize`: gives stopped instances another type. */
export const command = deedCommand<Instance>({
  ...instanceDeed,
  verb: { en: 'resize', zh: '变配' },
  headed: { en: 'resize …', zh: '变更 … 的规格' },
  done: { en: 'resized', zh: '已变配' },
  limit: 50,
  options: {
    type: {
      type: 'string',
      value: 'TYPE',
      help: { en: 'the new instance type, e.g. ecs.c7.large', zh: '新的实例规格，例如 ecs.c7.large' },
    },
  },
  input: (invocation) => ({ InstanceType: typeOf(invocation) }),
  about: ({ Status, InstanceType, InstanceChargeType }, invocation) =>
    `${Status}  ${InstanceType} → ${typeOf(invocation)}  ${InstanceChargeType}`,
  already: ({ InstanceType }, invocation) => InstanceType === typeOf(invocation),
  refusal: ({ Status }) => (Status === 'Stopped' ? undefined : { en: `is ${Status}; stop it first`, zh: `处于 ${Status} 状态；请先停止` }),
  price,
  action({ InstanceId, InstanceChargeType }, input) {
    if (InstanceChargeType !== 'PrePaid') return { action: 'ModifyInstanceSpec', input: { ...input, InstanceId } }
    // ModifyPrepayInstanceSpec has no DryRun.
    return input.DryRun === true ? undefined : { action: 'ModifyPrepayInstanceSpec', input: { ...input, InstanceId } }
  },
  seen: {
    idOf: instances.id,
    states: statesOf(instances, ({ InstanceType }) => InstanceType),
    there: (state, _, { InstanceType }) => state === InstanceType,
  },
})
