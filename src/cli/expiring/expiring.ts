import type { Command } from '../command.ts'
import { CommandError } from '../errors.ts'
import { instances } from '../instances/instance.ts'
import { instancesEverywhere, regionsOptions } from '../inventory/everywhere.ts'
import { say } from '../language.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { type Ending, endsOf, spanOf } from './ends.ts'

const why = {
  subscription: { en: 'subscription ends', zh: '包年包月到期' },
  'auto-release': { en: 'automatic release', zh: '自动释放' },
} as const

/** `tanxing expiring`: what ends by itself soon, in all regions. */
export const command: Command = {
  options: {
    ...regionsOptions(instances.filters),
    within: { type: 'string', value: 'TIME', default: '30d', help: { en: 'how soon: 12h, 30d, 4w', zh: '多久之内：12h、30d、4w' } },
    ...outputOptions,
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const within = spanOf(values.text('within') ?? '')
    if (within === undefined)
      throw new CommandError({ en: '--within is a time such as 12h, 30d or 4w', zh: '--within 为时长，例如 12h、30d 或 4w' })
    const listing: Listing<Ending> = {
      id: ({ InstanceId }) => InstanceId,
      columns: [
        { head: { en: 'ID', zh: '实例 ID' }, cell: ({ InstanceId }) => InstanceId },
        { head: { en: 'NAME', zh: '名称' }, cell: ({ InstanceName }) => InstanceName },
        { head: { en: 'REGION', zh: '地域' }, cell: ({ RegionId }) => RegionId },
        { head: { en: 'WHY', zh: '原因' }, cell: ({ Why }) => say(why[Why], language) },
        { head: { en: 'AT', zh: '时间' }, cell: ({ At }) => At },
        { head: { en: 'DAYS', zh: '剩余天数' }, cell: ({ Days }) => Days },
      ],
    }
    const print = await openOutput(listing, invocation)
    const { items, exitCode } = await instancesEverywhere(invocation, instances.filters)
    await print(endsOf(items, world.now(), within))
    return exitCode
  },
}
