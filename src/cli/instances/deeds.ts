import type { Deed } from '../safety/deed.ts'
import { type Instance, instances } from './instance.ts'

/** What all deeds to instances have in common. */
export const instanceDeed = {
  noun: instances,
  dryRuns: true,
  about: ({ Status, InstanceType, InstanceChargeType }: Instance) => `${Status}  ${InstanceType}  ${InstanceChargeType}`,
  tags: ({ Tags }: Instance) => Tags?.Tag ?? [],
} as const satisfies Partial<Deed<Instance>>
