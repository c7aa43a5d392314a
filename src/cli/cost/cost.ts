import type { Text } from '../../api/text.ts'
import type { Command, Invocation } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import { everywhere, type Placed, placed, regionsOptions, type Spot } from '../inventory/everywhere.ts'
import { say } from '../language.ts'
import { collect, type Listing, openOutput, outputOptions } from '../output.ts'
import { placeOf } from '../place.ts'
import { tagsOf } from '../select/filters.ts'
import { costingOf } from './costing.ts'
import { type Group, grouping, groupsOf } from './groups.ts'
import { monthHours, type Quoted, quoted } from './quotes.ts'

/** What groups are called by; a tag is called by its key. */
const byTexts: { readonly [by: string]: Text } = {
  region: { en: 'REGION', zh: '地域' },
  type: { en: 'TYPE', zh: '规格' },
  charge: { en: 'CHARGE', zh: '计费' },
  profile: { en: 'PROFILE', zh: '配置' },
  id: { en: 'ID', zh: '资源 ID' },
}
const byText = (by: string): Text => (Object.hasOwn(byTexts, by) ? byTexts[by] : undefined) ?? { en: by.toUpperCase(), zh: by }

const heads = (by: string, language: 'en' | 'zh'): Listing<Group> => ({
  id: ({ Group }) => Group,
  columns: [
    { head: byText(by), cell: ({ Group }) => Group || say({ en: '(none)', zh: '（无）' }, language) },
    { head: { en: 'INSTANCES', zh: '实例数' }, cell: ({ Instances }) => Instances },
    { head: { en: 'OTHER DISKS', zh: '其他云盘' }, cell: ({ Disks }) => Disks },
    { head: { en: 'HOURLY', zh: '每小时' }, cell: ({ Hourly }) => Hourly.toFixed(4) },
    { head: { en: 'MONTHLY', zh: '每月' }, cell: ({ Monthly }) => Monthly.toFixed(2) },
    { head: { en: 'CURRENCY', zh: '货币' }, cell: ({ Currency }) => Currency },
    { head: { en: 'UNPRICED', zh: '无价格' }, cell: ({ Unpriced }) => Unpriced, extra: true },
  ],
})

/** What the figures are, and what they are not. */
const meaning = (local: boolean): Text =>
  local
    ? {
        en: `a local cloud's model of prices, at ${monthHours} hours a month: no bill`,
        zh: `价格来自本地云的价格模型，每月按 ${monthHours} 小时计，并非账单`,
      }
    : {
        en: `what DescribePrice quotes now, at ${monthHours} hours a month: not the bill, and without traffic, EIPs, snapshots, licences and savings plans`,
        zh: `按 DescribePrice 当前报价、每月 ${monthHours} 小时计算，并非账单；不含流量、弹性公网 IP、快照、许可费和节省计划`,
      }

/** What costs in one region, priced. */
async function pricedIn({ connected: { ecs } }: Spot, { values }: Invocation, signal: AbortSignal): Promise<Quoted[]> {
  const Tag = tagsOf(values)
  const input = Tag.length > 0 ? { Tag } : {}
  const [instances, disks] = await Promise.all([
    collect(ecs.paginate('DescribeInstances', input, { signal })),
    // A disk of an instance that is wanted may have other tags than it.
    collect(ecs.paginate('DescribeDisks', {}, { signal })),
  ])
  const ids = new Set(instances.map(({ InstanceId }) => InstanceId))
  const hasTags = (tags: readonly { readonly TagKey: string; readonly TagValue: string }[]) =>
    Tag.every(({ Key, Value }) => tags.some(({ TagKey, TagValue }) => TagKey === Key && (Value === undefined || TagValue === Value)))
  const wanted = disks.filter(({ InstanceId, Tags }) => ids.has(InstanceId) || hasTags(Tags?.Tag ?? []))
  return quoted(costingOf(instances, wanted), ecs, signal)
}

/** Each reason why something has no price, once, with how many it holds for. */
function unpricedLines(things: readonly Placed<Quoted>[], { language }: Invocation): string[] {
  const reasons = new Map<string, number>()
  for (const { error, RegionId, Type } of things)
    if (error) {
      const line = `${RegionId} ${Type}: ${failureLine(failureOf(error, language), language).replace(/\s*[(（][^()（）]*[)）]$/, '')}`
      reasons.set(line, (reasons.get(line) ?? 0) + 1)
    }
  return [...reasons].map(([line, count]) => say({ en: `no price for ${count}: ${line}`, zh: `${count} 个无价格：${line}` }, language))
}

function totals(things: readonly Placed<Quoted>[]): Text {
  const sums = new Map<string, { readonly hourly: number; readonly monthly: number }>()
  for (const { quote } of things) {
    if (quote === undefined) continue
    const { Currency, Hourly, Monthly } = quote
    const { hourly, monthly } = sums.get(Currency) ?? { hourly: 0, monthly: 0 }
    sums.set(Currency, { hourly: hourly + Hourly, monthly: monthly + Monthly })
  }
  const each = [...sums].map(([currency, { hourly, monthly }]) => {
    const [month, hour] = [monthly.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }), hourly.toFixed(4)]
    return { en: `${month} ${currency} a month, ${hour} an hour`, zh: `每月 ${month} ${currency}，每小时 ${hour}` }
  })
  const none = { en: 'nothing', zh: '无' }
  const [en, zh] = [each.map((one) => one.en).join('; ') || none.en, each.map((one) => one.zh).join('；') || none.zh]
  return { en: `total: ${en}`, zh: `合计：${zh}` }
}

/** `tanxing cost`: what is paid for now costs so much by the hour and the month, in all regions of all profiles asked for. */
export const command: Command = {
  options: {
    ...regionsOptions,
    by: {
      type: 'string',
      value: 'region|type|charge|profile|id|tag:KEY',
      default: 'region',
      help: {
        en: 'how the sums are split; prices are quotes of DescribePrice, on a local cloud of a model, never the bill',
        zh: '汇总方式；价格为 DescribePrice 报价（本地云为模型价格），并非账单',
      },
    },
    tag: {
      type: 'string',
      multiple: true,
      value: 'KEY=VALUE',
      help: { en: 'only what has this tag; KEY alone: any value', zh: '仅统计带有该标签的资源；只写 KEY 表示任意值' },
    },
    ...outputOptions,
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const by = values.text('by') ?? ''
    const group = grouping(by)
    if (group === undefined)
      throw new CommandError({
        en: '--by is one of region, type, charge, profile, id, or tag:KEY',
        zh: '--by 可取 region、type、charge、profile、id 或 tag:KEY',
      })
    tagsOf(values)
    const print = await openOutput(heads(by, language), invocation, () => undefined)
    const { found, exitCode } = await everywhere(invocation, (spot, signal) => pricedIn(spot, invocation, signal))
    const things = placed(found, ({ Id }) => Id)
    const groups = groupsOf(things, group)
    await print(groups)
    const unpriced = unpricedLines(things, invocation)
    const place = found[0] && (await placeOf(found[0].connected, world.signal))
    const lines = [...unpriced, say(totals(things), language), say(meaning(place?.local ?? false), language)]
    world.stderr(lines.map((line) => `${line}\n`).join(''))
    return unpriced.length > 0 ? exit.failed : exitCode
  },
}
