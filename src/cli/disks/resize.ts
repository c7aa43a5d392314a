import type { Text } from '../../api/text.ts'
import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { demanded, wholeNumber } from '../numbers.ts'
import { digits, priceLine } from '../price.ts'
import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import { diskDeed } from './deeds.ts'
import { type Disk, disks } from './disk.ts'
import { diskPrice } from './price.ts'

const sizeOf = (invocation: Invocation) => wholeNumber(invocation, 'size', 65_536) ?? Number(demanded(invocation, 'size'))

const asText = (gib: number) => `${gib} GiB`

/** By how much all of them together get dearer by the hour; a subscription's disk is an order whose price the service sets. */
function price(items: readonly Disk[], { ecs }: Connection, invocation: Invocation): Promise<Text> {
  const { signal } = invocation.world
  const byUse = items.filter(({ DiskChargeType }) => DiskChargeType !== 'PrePaid')
  return priceLine(async () => {
    const each = byUse.map(async ({ Category, PerformanceLevel, Size, ZoneId }) => {
      const of = (gib: number) => diskPrice(ecs, { Category, PerformanceLevel, Size: gib, ZoneId }, 1, signal)
      const [before, after] = await Promise.all([of(Size), of(sizeOf(invocation))])
      return { more: after.TradePrice - before.TradePrice, currency: after.Currency }
    })
    const all = await Promise.all(each)
    const more = digits(all.reduce((sum, one) => sum + one.more, 0))
    const ordered = items.length - byUse.length
    const also =
      ordered > 0 ? { en: `; ${ordered} of subscriptions: an order`, zh: `；${ordered} 块包年包月云盘另下订单` } : { en: '', zh: '' }
    return { en: `${more} ${all[0]?.currency ?? ''} more an hour${also.en}`, zh: `每小时增加 ${more} ${all[0]?.currency ?? ''}${also.zh}` }
  })
}

/** `tanxing disks resize`: gives disks more room. The partition and file system are made larger inside the instance, afterwards. */
export const command = deedCommand<Disk>({
  ...diskDeed,
  verb: { en: 'resize', zh: '扩容' },
  done: { en: 'resized', zh: '已扩容' },
  limit: 50,
  options: {
    size: { type: 'string', value: 'GIB', help: { en: 'the new size; no disk gets smaller', zh: '新容量；只能扩大' } },
    online: { type: 'boolean', help: { en: 'without a restart of the instance, which runs', zh: '在线扩容，实例须处于运行中且无需重启' } },
  },
  input: (invocation) => ({ NewSize: sizeOf(invocation), Type: invocation.values.flag('online') ? 'online' : 'offline' }),
  about: ({ Status, Category, Size }, invocation) => `${Status}  ${Category}  ${asText(Size)} → ${asText(sizeOf(invocation))}`,
  already: ({ Size }, invocation) => Size === sizeOf(invocation),
  refusal: ({ Size }, invocation) =>
    Size > sizeOf(invocation)
      ? { en: `has ${asText(Size)}, and no disk gets smaller`, zh: `容量为 ${asText(Size)}，云盘不能缩小` }
      : undefined,
  price,
  action: ({ DiskId }, input) => ({ action: 'ResizeDisk', input: { ...input, DiskId } }),
  seen: {
    idOf: disks.id,
    states: statesOf(disks, ({ Size }) => asText(Size)),
    there: (state, _, { NewSize }) => state === asText(Number(NewSize)),
  },
})
