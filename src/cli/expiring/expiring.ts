import type { EcsClient } from '../../client/index.ts'
import type { Command, Invocation } from '../command.ts'
import { CommandError } from '../errors.ts'
import { failureLine, failureOf } from '../failure.ts'
import { instances } from '../instances/instance.ts'
import { placeColumns, type Placed, placed, regionsOptions, type Spot } from '../inventory/everywhere.ts'
import { fittingEverywhere } from '../inventory/fitting.ts'
import { say } from '../language.ts'
import { collect, type Listing, openOutput, outputOptions } from '../output.ts'
import { filterOptions, tagsOf } from '../select/filters.ts'
import { type Ending, endsOf, sorted, spanOf } from './ends.ts'

const why = {
  subscription: { en: 'subscription ends', zh: '包年包月到期' },
  'auto-release': { en: 'automatic release', zh: '自动释放' },
} as const

const kinds = { instance: { en: 'instance', zh: '实例' }, disk: { en: 'disk', zh: '云盘' } } as const

const renewals: { readonly [status: string]: { readonly en: string; readonly zh: string } } = {
  AutoRenewal: { en: 'by itself', zh: '自动续费' },
  Normal: { en: 'by hand', zh: '手动续费' },
  NotRenewal: { en: 'never', zh: '不续费' },
}

const idsPerCall = 100

/** How the subscriptions among some endings will be renewed. */
async function renewed(endings: readonly Ending[], ecs: EcsClient, signal: AbortSignal): Promise<Ending[]> {
  const ids = endings.filter(({ Kind, Why }) => Kind === 'instance' && Why === 'subscription').map(({ Id }) => Id)
  const statuses = new Map<string, string>()
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const input = { InstanceId: ids.slice(at, at + idsPerCall).join(','), PageSize: String(idsPerCall) }
    const { InstanceRenewAttributes } = await ecs.describeInstanceAutoRenewAttribute(input, { signal })
    for (const one of InstanceRenewAttributes.InstanceRenewAttribute) statuses.set(one.InstanceId, one.RenewalStatus)
  }
  return endings.map((ending) => ({ ...ending, ...(statuses.has(ending.Id) && { Renewal: statuses.get(ending.Id) }) }))
}

/** What ends in one region. That renewal cannot be read is told, and hides no ending. */
async function endingsIn(
  input: object,
  { connected, regionId }: Spot,
  within: number,
  invocation: Invocation,
  signal: AbortSignal,
): Promise<Ending[]> {
  const { world, values, language } = invocation
  const { ecs } = connected
  const Tag = tagsOf(values)
  // A filter is one of instances; disks are looked at where none narrows them.
  const alone = values.list('filter').length === 0
  const [machines, disks] = await Promise.all([
    collect(ecs.paginate('DescribeInstances', input, { signal })),
    alone ? collect(ecs.paginate('DescribeDisks', { DiskChargeType: 'PrePaid', ...(Tag.length > 0 && { Tag }) }, { signal })) : [],
  ])
  const endings = endsOf(machines, disks, world.now(), within)
  try {
    return await renewed(endings, ecs, signal)
  } catch (error) {
    signal.throwIfAborted()
    const failure = failureLine(failureOf(error, language), language)
    world.stderr(`${regionId}: ${say({ en: 'renewal is not known', zh: '续费方式未知' }, language)}: ${failure}\n`)
    return endings
  }
}

const listing = (invocation: Invocation): Listing<Placed<Ending>> => ({
  id: ({ Id }) => Id,
  columns: [
    { head: { en: 'ID', zh: '资源 ID' }, cell: ({ Id }) => Id },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ Name }) => Name },
    { head: { en: 'DAYS', zh: '剩余天数' }, cell: ({ Days }) => Days },
    { head: { en: 'AT', zh: '时间' }, cell: ({ At }) => At },
    {
      head: { en: 'RENEWAL', zh: '续费' },
      cell: ({ Renewal = '' }) =>
        Object.hasOwn(renewals, Renewal) ? say(renewals[Renewal] ?? { en: '', zh: '' }, invocation.language) : Renewal,
    },
    { head: { en: 'WHY', zh: '原因' }, cell: ({ Why }) => say(why[Why], invocation.language) },
    ...placeColumns<Ending>(invocation),
    { head: { en: 'KIND', zh: '资源' }, cell: ({ Kind }) => say(kinds[Kind], invocation.language) },
  ],
})

/** `tanxing expiring`: instances and subscribed disks that end by themselves soon, in all regions of all profiles asked for. */
export const command: Command = {
  options: {
    ...regionsOptions,
    within: { type: 'string', value: 'TIME', default: '30d', help: { en: 'how soon: 12h, 30d, 4w', zh: '多久之内：12h、30d、4w' } },
    ...filterOptions(instances.filters),
    ...outputOptions,
  },
  async run(invocation) {
    const within = spanOf(invocation.values.text('within') ?? '')
    if (within === undefined)
      throw new CommandError({ en: '--within is a time such as 12h, 30d or 4w', zh: '--within 为时长，例如 12h、30d 或 4w' })
    const print = await openOutput(listing(invocation), invocation)
    const { found, exitCode } = await fittingEverywhere(invocation, instances.filters, (input, spot, signal) =>
      endingsIn(input, spot, within, invocation, signal),
    )
    await print(sorted(placed(found, ({ Id }) => Id)))
    return exitCode
  },
}
