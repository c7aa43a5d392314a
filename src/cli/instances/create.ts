import type { Ecs } from '../../client/index.ts'
import { makeCommand } from '../make.ts'
import { instances } from './instance.ts'
import { launchOf, launchOptions, wantedOf } from './launch.ts'
import { priceText } from './price.ts'

/** `tanxing instances create`: tells the price, asks, creates instances and waits until they run. */
export const command = makeCommand({
  noun: instances,
  verb: { en: 'create', zh: '创建' },
  done: { en: 'created', zh: '已创建' },
  usage: 'NAME… [OPTIONS]',
  options: launchOptions,
  action: 'RunInstances',
  idsOf: (answer) => (answer as Ecs.RunInstancesResult).InstanceIdSets.InstanceIdSet,
  goal: 'Running',
  dryRuns: true,
  limit: 100,
  read: wantedOf,
  makings: async (wanted, connected, { world }) => {
    const { input, priced } = await launchOf(wanted, connected, world.signal)
    const { names, count } = wanted
    return names.map((InstanceName) => ({
      name: InstanceName,
      count,
      priced,
      input: { ...input, InstanceName, Amount: count, MinAmount: count, ...(count > 1 && { UniqueSuffix: true }) },
    }))
  },
  what: ([first], total) => ({
    en: `${total} × ${String(first?.input.InstanceType)}`,
    zh: `${total} 台 ${String(first?.input.InstanceType)}`,
  }),
  price: ([first], total, { ecs }, signal) => priceText(ecs, first?.priced ?? {}, total, signal),
})
