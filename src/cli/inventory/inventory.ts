import type { Command } from '../command.ts'
import { type Instance, instances } from '../instances/instance.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { instancesEverywhere, regionsOptions } from './everywhere.ts'

const [id, name, ...rest] = instances.columns
const region = { head: { en: 'REGION', zh: '地域' }, cell: ({ RegionId }: Instance) => RegionId }

const listing: Listing<Instance> = {
  id: instances.id,
  columns: [...(id && name ? [id, name] : []), region, ...rest],
}

/** `tanxing inventory`: the instances of all regions; a region that fails is told, and stops no other. */
export const command: Command = {
  options: { ...regionsOptions(instances.filters), ...outputOptions },
  async run(invocation) {
    const print = await openOutput(listing, invocation)
    const { items, exitCode } = await instancesEverywhere(invocation, instances.filters)
    await print(items)
    return exitCode
  },
}
