import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { InStorageSet } from '../records.ts'
import type { StorageSet } from './records.ts'

/** @throws Fault InvalidStorageSetId.NotFound (unconfirmed) */
export function storageSetOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): StorageSet {
  const set = owned(context.state.storageSets.get(id), context)
  demand(set, 'InvalidStorageSetId.NotFound', 'The specified StorageSetId does not exist.')
  return set
}

/** What a call says of a storage set for the disks that it makes. */
export interface StorageSetInput {
  readonly StorageSetId?: string | undefined
  readonly StorageSetPartitionNumber?: number | undefined
}

/**
 * The partitions that new disks are put in: the one given, otherwise those with the fewest disks (both readings are unconfirmed: the
 * documentation calls the parameter a number of partitions). Undefined for each where no set is named.
 * @throws Fault InvalidStorageSetId.NotFound, InvalidParameter, InvalidParameter.Mismatch
 */
export function partitionsFor(
  { StorageSetId, StorageSetPartitionNumber: asked }: StorageSetInput,
  zoneId: string,
  disks: number,
  context: Context,
): readonly (InStorageSet | undefined)[] {
  if (!StorageSetId) {
    demand(asked === undefined, 'InvalidParameter', 'StorageSetPartitionNumber is specified without StorageSetId.')
    return Array.from({ length: disks }, () => undefined)
  }
  const set = storageSetOf(StorageSetId, context)
  demand(set.zoneId === zoneId, 'InvalidParameter.Mismatch', 'The storage set is in another zone.')
  const fits = asked === undefined || (Number.isInteger(asked) && asked >= 1 && asked <= set.partitions)
  demand(fits, 'InvalidParameter', 'The specified StorageSetPartitionNumber is not valid.')
  const counts = Array.from({ length: set.partitions }, () => 0)
  const count = (partition: number) => {
    counts[partition - 1] = (counts[partition - 1] ?? 0) + 1
    return { id: set.id, partition }
  }
  if (asked === undefined) for (const disk of context.state.disks.by('storageSet', set.id)) count(disk.storageSet?.partition ?? 1)
  return Array.from({ length: disks }, () => count(asked ?? counts.indexOf(Math.min(...counts)) + 1))
}
