import type { Deed } from '../safety/deed.ts'
import { type Disk, disks } from './disk.ts'

/** What all deeds to disks have in common. */
export const diskDeed = {
  noun: disks,
  // Disks are created, attached, detached, resized and deleted without DryRun.
  dryRuns: false,
  about: ({ Status, Category, Size }: Disk) => `${Status}  ${Category}  ${Size} GiB`,
  tags: ({ Tags }: Disk) => Tags?.Tag ?? [],
} as const satisfies Partial<Deed<Disk>>
