import { concurrently } from '../../client/across/concurrent.ts'
import { asError } from '../../client/errors.ts'
import type { Command, Invocation } from '../command.ts'
import { costingOf } from '../cost/costing.ts'
import { rounded } from '../cost/groups.ts'
import { quoted } from '../cost/quotes.ts'
import { CommandError, exit } from '../errors.ts'
import { dayMs } from '../expiring/ends.ts'
import { failureLine, failureOf } from '../failure.ts'
import type { Instance } from '../instances/instance.ts'
import { everywhere, placeColumns, type Placed, placed, regionsOptions, type Spot } from '../inventory/everywhere.ts'
import { say } from '../language.ts'
import { collect, type Listing, openOutput, outputOptions } from '../output.ts'
import { placeOf } from '../place.ts'
import { type Finding, old, quiet, stopped, type Thresholds, unattached, unbound } from './findings.ts'
import { type Load, readLoad } from './load.ts'

/** A finding as it is printed. */
interface Told extends Omit<Finding, 'why'> {
  readonly Why: string
  /** What it costs a month; undefined where DescribePrice has no price for it. */
  readonly Monthly?: number
  readonly Currency?: string
}

interface Seen {
  readonly told: readonly Told[]
  /** How many instances have no figures. */
  readonly unmeasured: number
  /** Why figures of some could not be read. */
  readonly failures: readonly Error[]
}

const instancesAtATime = 4
const kinds = {
  instance: { en: 'instance', zh: '实例' },
  disk: { en: 'disk', zh: '云盘' },
  eip: { en: 'elastic IP', zh: '弹性公网 IP' },
  snapshot: { en: 'snapshot', zh: '快照' },
} as const

function numberOf({ values }: Invocation, option: string, least: number, most: number): number {
  const text = values.text(option) ?? ''
  const number = /^\d{1,7}(?:\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new CommandError({ en: `--${option} is a number from ${least} to ${most}`, zh: `--${option} 为 ${least} 到 ${most} 的数值` })
}

const thresholdsOf = (invocation: Invocation): Thresholds => ({
  days: numberOf(invocation, 'days', 1, 30),
  cpu: numberOf(invocation, 'cpu', 0, 100),
  network: numberOf(invocation, 'network', 0, 9_999_999),
  snapshotDays: numberOf(invocation, 'snapshot-days', 1, 9_999),
})

/** What runs in a region and does little. */
async function quietIn(
  { connected: { ecs } }: Spot,
  instances: readonly Instance[],
  thresholds: Thresholds,
  now: number,
  signal: AbortSignal,
) {
  const running = instances.filter(({ Status }) => Status === 'Running')
  const loads = await concurrently(running, instancesAtATime, async (instance) => {
    signal.throwIfAborted()
    const start = now - thresholds.days * dayMs
    const load: Load | Error | undefined = await readLoad(ecs, instance.InstanceId, start, now, signal).catch(asError)
    return { instance, load }
  })
  signal.throwIfAborted()
  return {
    findings: loads.flatMap(({ instance, load }) => {
      const finding = load === undefined || load instanceof Error ? undefined : quiet(instance, load, thresholds)
      return finding ? [finding] : []
    }),
    unmeasured: loads.filter(({ load }) => load === undefined).length,
    failures: loads.flatMap(({ load }) => (load instanceof Error ? [load] : [])),
  }
}

async function idleIn(spot: Spot, thresholds: Thresholds, invocation: Invocation, signal: AbortSignal): Promise<Seen> {
  const { ecs, vpc } = spot.connected
  const { world, language } = invocation
  const [instances, disks, eips, snapshots] = await Promise.all([
    collect(ecs.paginate('DescribeInstances', {}, { signal })),
    collect(ecs.paginate('DescribeDisks', {}, { signal })),
    vpc().then((client) => collect(client.paginate('DescribeEipAddresses', {}, { signal }))),
    collect(ecs.paginate('DescribeSnapshots', {}, { signal })),
  ])
  const { findings, unmeasured, failures } = await quietIn(spot, instances, thresholds, world.now(), signal)
  const all = [...findings, ...stopped(instances), ...unattached(disks), ...unbound(eips), ...old(snapshots, world.now(), thresholds)]
  const ids = new Set(all.map(({ Id }) => Id))
  const prices = await quoted(
    costingOf(instances, disks).filter(({ Id }) => ids.has(Id)),
    ecs,
    signal,
  )
  const quotes = new Map(prices.map(({ Id, quote }) => [Id, quote]))
  const told = all.map(({ why, ...finding }): Told => {
    const quote = quotes.get(finding.Id)
    const price = quote && { Monthly: rounded(quote.Monthly, 2), Currency: quote.Currency }
    return { ...finding, Why: say(why, language), ...price }
  })
  return { told, unmeasured, failures }
}

const listing = (invocation: Invocation): Listing<Placed<Told>> => ({
  id: ({ Id }) => Id,
  columns: [
    { head: { en: 'ID', zh: '资源 ID' }, cell: ({ Id }) => Id },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ Name }) => Name },
    { head: { en: 'WHY', zh: '原因' }, cell: ({ Why }) => Why, least: 33 },
    { head: { en: 'MONTHLY', zh: '每月' }, cell: ({ Monthly }) => Monthly?.toFixed(2) },
    ...placeColumns<Told>(invocation),
    { head: { en: 'KIND', zh: '资源' }, cell: ({ Kind }) => say(kinds[Kind], invocation.language) },
    { head: { en: 'CURRENCY', zh: '货币' }, cell: ({ Currency }) => Currency },
    { head: { en: 'REASON', zh: '原因代码' }, cell: ({ Reason }) => Reason, extra: true },
  ],
})

/** Lines about what the findings rest on. */
function notes(
  seen: readonly Seen[],
  { days, cpu, network, snapshotDays }: Thresholds,
  local: boolean,
  { language }: Invocation,
): string[] {
  const unmeasured = seen.reduce((sum, one) => sum + one.unmeasured, 0)
  const failures = seen.flatMap((one) => one.failures)
  const [first] = failures
  const used = {
    en: `idle: CPU below ${cpu}% and network below ${network} kbit/s in ${days} d; snapshots from ${snapshotDays} d on; prices are quotes, not the bill`,
    zh: `空闲标准：${days} 天内 CPU 低于 ${cpu}% 且网络低于 ${network} kbit/s；快照超过 ${snapshotDays} 天；价格为报价，并非账单`,
  }
  return [
    ...(first
      ? [
          say(
            {
              en: `${failures.length} instances could not be measured: ${failureLine(failureOf(first, 'en'), 'en')}`,
              zh: `${failures.length} 台实例无法读取监控数据：${failureLine(failureOf(first, 'zh'), 'zh')}`,
            },
            language,
          ),
        ]
      : []),
    ...(unmeasured > 0
      ? [say({ en: `${unmeasured} running instances have no monitor data`, zh: `${unmeasured} 台运行中的实例没有监控数据` }, language)]
      : []),
    say(used, language),
    ...(local ? [say({ en: 'a local cloud makes its monitor data and prices up', zh: '本地云的监控数据和价格均为模拟' }, language)] : []),
  ]
}

/** `tanxing idle`: what costs and seems to do nothing, with the reason and the price, in all regions of all profiles asked for. */
export const command: Command = {
  options: {
    ...regionsOptions,
    days: {
      type: 'string',
      value: 'DAYS',
      default: '7',
      help: {
        en: 'how far back monitor data is read, at most 30; a local cloud makes it up (the tag load=idle makes an instance idle)',
        zh: '读取多少天的监控数据，最多 30；本地云的数据为模拟（标签 load=idle 使实例空闲）',
      },
    },
    cpu: { type: 'string', value: 'PERCENT', default: '5', help: { en: 'idle below this mean CPU', zh: '平均 CPU 低于该值视为空闲' } },
    network: {
      type: 'string',
      value: 'KBITS',
      default: '1000',
      help: { en: 'and below this mean traffic in kbit/s, in and out together', zh: '且平均流量（出入合计，kbit/s）低于该值' },
    },
    'snapshot-days': {
      type: 'string',
      value: 'DAYS',
      default: '180',
      help: { en: 'snapshots that are older are listed', zh: '早于该天数的快照会列出' },
    },
    ...outputOptions,
  },
  async run(invocation) {
    const { world } = invocation
    const thresholds = thresholdsOf(invocation)
    const print = await openOutput(listing(invocation), invocation)
    const { found, exitCode } = await everywhere(invocation, (spot, signal) => idleIn(spot, thresholds, invocation, signal))
    const seen = found.map(({ value }) => value)
    const items = placed(
      found.map((one) => ({ ...one, value: one.value.told })),
      ({ Id }) => Id,
    )
    await print(items.sort((one, other) => (other.Monthly ?? 0) - (one.Monthly ?? 0)))
    const place = found[0] && (await placeOf(found[0].connected, world.signal))
    world.stderr(
      notes(seen, thresholds, place?.local ?? false, invocation)
        .map((line) => `${line}\n`)
        .join(''),
    )
    return seen.some(({ failures }) => failures.length > 0) ? exit.failed : exitCode
  },
}
