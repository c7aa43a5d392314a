import { concurrently } from '../../client/across/concurrent.ts'
import { asError } from '../../client/errors.ts'
import type * as Ecs from '../../api/generated/ecs.ts'
import { type Command, connection, type Invocation } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import { wordsOf } from '../input.ts'
import { say } from '../language.ts'
import { idOf } from '../select/id-of.ts'
import { wholeNumber } from '../numbers.ts'
import { type Column, type Listing, openOutput, outputOptions } from '../output.ts'
import { placeOf } from '../place.ts'
import { digits } from '../price.ts'

const categories = ['cloud_essd', 'cloud_auto', 'cloud_efficiency', 'cloud_ssd'] as const
type Category = (typeof categories)[number]

const atATime = 8
const mostTypes = 500

/** What an instance type costs. */
interface Price {
  readonly InstanceType: string
  /** By the hour, pay-as-you-go or spot. */
  readonly Hourly?: number
  /** What a subscription of so many months costs in all; undefined for spot. */
  readonly Subscription?: number
  readonly Currency?: string
}

const subscription = (months: number): Column<Price> => ({
  head: { en: months === 1 ? 'MONTH' : `${months} MONTHS`, zh: months === 1 ? '包月' : `包 ${months} 个月` },
  cell: ({ Subscription }) => Subscription && digits(Subscription),
})

const listing = (months: number, spot: boolean): Listing<Price> => ({
  id: ({ InstanceType }) => InstanceType,
  columns: [
    { head: { en: 'TYPE', zh: '规格' }, cell: ({ InstanceType }) => InstanceType },
    { head: { en: 'HOUR', zh: '每小时' }, cell: ({ Hourly }) => Hourly && digits(Hourly) },
    ...(spot ? [] : [subscription(months)]),
    { head: { en: 'CURRENCY', zh: '货币' }, cell: ({ Currency }) => Currency },
  ],
})

/** What is asked about every type alike. */
function askOf(invocation: Invocation): { readonly ask: Ecs.DescribePriceInput; readonly spot: boolean } {
  const { values } = invocation
  const Category = values.text('category') as Category
  const bandwidth = wholeNumber(invocation, 'bandwidth', 200)
  const spot = values.flag('spot')
  const DataDisk = values.list('data-disk').map((text) => {
    if (!/^\d{1,5}$/.test(text)) throw new CommandError({ en: '--data-disk is a size in GiB', zh: '--data-disk 为容量（GiB）' })
    return { Category, Size: Number(text) }
  })
  const ask = {
    ResourceType: 'instance',
    Amount: wholeNumber(invocation, 'count', 1_000),
    ZoneId: values.text('zone'),
    ImageId: values.text('image'),
    SystemDisk: { Category, Size: wholeNumber(invocation, 'disk', 2048) ?? 40 },
    ...(DataDisk.length > 0 && { DataDisk }),
    ...(bandwidth !== undefined && { InternetChargeType: 'PayByBandwidth', InternetMaxBandwidthOut: bandwidth }),
  } as const satisfies Ecs.DescribePriceInput
  return { ask, spot }
}

/** `tanxing prices`: what instance types cost by the hour and by the month, with their disks and bandwidth. */
export const command: Command = {
  usage: 'TYPE… [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    disk: { type: 'string', value: 'GIB', default: '40', help: { en: 'size of the system disk', zh: '系统盘容量' } },
    'data-disk': { type: 'string', multiple: true, value: 'GIB', help: { en: 'size of a data disk', zh: '数据盘容量' } },
    category: { type: 'string', choices: categories, default: 'cloud_essd', help: { en: 'category of the disks', zh: '云盘种类' } },
    bandwidth: { type: 'string', value: 'MBPS', help: { en: 'public bandwidth, paid by its width', zh: '公网带宽，按固定带宽计费' } },
    image: { type: 'string', value: 'ID|NAME', help: { en: 'image, where its licence costs', zh: '镜像（含许可费用时）' } },
    zone: { type: 'string', value: 'ZONE', help: { en: 'zone', zh: '可用区' } },
    count: { type: 'string', value: 'COUNT', default: '1', help: { en: 'how many of each type', zh: '每个规格的台数' } },
    months: { type: 'string', value: 'COUNT', default: '1', help: { en: 'length of the subscription', zh: '包年包月的月数' } },
    spot: { type: 'boolean', help: { en: 'the spot price of now, by the hour', zh: '当前抢占式价格，按小时' } },
  },
  async run(invocation) {
    const { world, language, rest } = invocation
    const { signal } = world
    const types = [...new Set(await wordsOf(rest, world))]
    if (types.length === 0 || types.length > mostTypes)
      throw new CommandError({
        en: `name from 1 to ${mostTypes} instance types; see \`tanxing types list\``,
        zh: `请给出 1 到 ${mostTypes} 种实例规格；参见 \`tanxing types list\``,
      })
    const { ask, spot } = askOf(invocation)
    const months = wholeNumber(invocation, 'months', 60) ?? 1
    const print = await openOutput(listing(months, spot), invocation, () => undefined)
    const connected = await connect(invocation)
    const { ecs } = connected
    const image = ask.ImageId === undefined ? {} : { ImageId: await idOf('image', ask.ImageId, connected, signal) }
    const priceOf = async (input: Ecs.DescribePriceInput) => (await ecs.describePrice(input, { signal })).PriceInfo.Price
    const seen = await concurrently(types, atATime, async (InstanceType): Promise<Price | { InstanceType: string; error: Error }> => {
      try {
        const one = { ...ask, ...image, InstanceType }
        const hour = await priceOf({ ...one, PriceUnit: 'Hour', ...(spot && { SpotStrategy: 'SpotAsPriceGo' }) })
        const priced = { InstanceType, Hourly: hour.TradePrice, Currency: hour.Currency }
        return spot ? priced : { ...priced, Subscription: (await priceOf({ ...one, PriceUnit: 'Month', Period: months })).TradePrice }
      } catch (error) {
        return { InstanceType, error: asError(error) }
      }
    })
    signal.throwIfAborted()
    const failed = seen.flatMap((one) => ('error' in one ? [one] : []))
    await print(seen.flatMap((one) => ('error' in one ? [] : [one])))
    for (const { InstanceType, error } of failed) world.stderr(`${InstanceType}: ${failureLine(failureOf(error, language), language)}\n`)
    const { local } = await placeOf(connected, signal)
    const stated = local
      ? { en: 'prices of the local cloud are a model, not a bill', zh: '本地云的价格来自模型，并非账单' }
      : { en: 'list prices; contracts and vouchers may lower them', zh: '目录价；合同价与优惠可能更低' }
    world.stderr(`${say(stated, language)}\n`)
    const [first] = failed
    return first === undefined ? exit.done : failureOf(first.error, language).exitCode
  },
}
