import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import { demandZone } from '../dedicated-host/find.ts'
import { demandResourceGroup } from '../instance/places.ts'
import type { Disk } from '../records.ts'
import { newTags, tagTest } from '../tags.ts'
import { demandStrictDescription, demandStrictName, equalities, named, passes } from '../values.ts'
import { storageSetOf } from './join.ts'
import type { StorageSet } from './records.ts'

/** Partitions that a set has at least, which is also how many where nothing is said, and at most (all unconfirmed but the least). */
const [leastPartitions, mostPartitions] = [2, 2000]
const mostIds = 100

/** Storage sets refuse a malformed text without a code of its own. */
function demandTexts(name: string | undefined, description: string | undefined): void {
  demandStrictName(name, 'StorageSetName', 'InvalidParameter', 403)
  demandStrictDescription(description, 'InvalidParameter')
}

export const CreateStorageSet = ecs(
  'CreateStorageSet',
  ['StorageSetName', 'Description', 'ZoneId', 'MaxPartitionNumber', 'ResourceGroupId', 'Tag'],
  (input, context) => {
    const { state, random, now, accountId, regionId } = context
    const { MaxPartitionNumber: partitions = leastPartitions } = input
    demandTexts(input.StorageSetName, input.Description)
    demandZone(input.ZoneId, regionId)
    const fits = Number.isInteger(partitions) && partitions >= leastPartitions && partitions <= mostPartitions
    demand(fits, 'InvalidParameter', `The specified MaxPartitionNumber is not from ${leastPartitions} to ${mostPartitions}.`)
    const set = state.storageSets.put({
      id: newId('ss', regionId, random),
      accountId,
      regionId,
      zoneId: input.ZoneId,
      storageSetName: input.StorageSetName ?? '',
      description: input.Description ?? '',
      partitions,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      createdAt: now,
      tags: newTags(input.Tag),
    })
    return { StorageSetId: set.id }
  },
)

export const ModifyStorageSetAttribute = ecs(
  'ModifyStorageSetAttribute',
  ['StorageSetId', 'StorageSetName', 'Description'],
  (input, context) => {
    const set = storageSetOf(input.StorageSetId, context)
    demandTexts(input.StorageSetName, input.Description)
    context.state.storageSets.put({
      ...set,
      storageSetName: input.StorageSetName || set.storageSetName,
      description: input.Description ?? set.description,
    })
    return {}
  },
)

/** One that disks are in stays (the code is unconfirmed). */
export const DeleteStorageSet = ecs('DeleteStorageSet', ['StorageSetId'], ({ StorageSetId }, context) => {
  const set = storageSetOf(StorageSetId, context)
  const empty = context.state.disks.count('storageSet', set.id) === 0
  demand(empty, 'DependencyViolation.NotEmpty', 'There are still disks in the storage set.', 403)
  context.state.storageSets.delete(set.id)
  return {}
})

const setView = (set: StorageSet) => ({
  StorageSetId: set.id,
  StorageSetName: set.storageSetName,
  Description: set.description,
  RegionId: set.regionId,
  ZoneId: set.zoneId,
  StorageSetPartitionNumber: set.partitions,
  CreationTime: toSeconds(set.createdAt),
  ResourceGroupId: set.resourceGroupId,
  // Tags have other names here than everywhere else.
  Tags: { Tag: set.tags.map(({ key, value }) => ({ Key: key, Value: value })) },
})

export const DescribeStorageSets = ecs(
  'DescribeStorageSets',
  ['StorageSetIds', 'StorageSetName', 'ZoneId', 'Tag', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const { StorageSetIds: ids } = input
    demand((ids?.length ?? 0) <= mostIds, 'InvalidParameter', `At most ${mostIds} StorageSetIds can be given.`)
    const where = passes<StorageSet>([
      named(input.StorageSetName, (set) => set.storageSetName),
      tagTest(input.Tag),
      ...equalities<StorageSet, typeof input>(input, { ZoneId: (set) => set.zoneId }),
    ])
    const found = state.storageSets.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const { NextToken: _, ...counts } = fields
    return { StorageSets: { StorageSet: listed(rows, setView) }, ...counts }
  },
)

const diskView = (disk: Disk) => ({
  DiskId: disk.id,
  DiskName: disk.diskName,
  Category: disk.category,
  RegionId: disk.regionId,
  ZoneId: disk.zoneId,
  CreationTime: toSeconds(disk.createdAt),
  StorageSetId: disk.storageSet?.id ?? '',
  StorageSetPartitionNumber: disk.storageSet?.partition ?? 0,
})

/** The disks of a set, in all of its partitions or one. */
export const DescribeStorageSetDetails = ecs(
  'DescribeStorageSetDetails',
  ['StorageSetId', 'StorageSetPartitionNumber', 'DiskIds', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { state, accountId, regionId } = context
    const set = storageSetOf(input.StorageSetId, context)
    const { StorageSetPartitionNumber: partition, DiskIds: ids } = input
    demand((ids?.length ?? 0) <= mostIds, 'InvalidParameter', `At most ${mostIds} DiskIds can be given.`)
    const where = partition === undefined ? undefined : (disk: Disk) => disk.storageSet?.partition === partition
    const found = state.disks.list({ accountId, regionId, ids: ids?.length ? ids : undefined, by: { storageSet: set.id }, where })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const { NextToken: _, ...counts } = fields
    return { Disks: { Disk: listed(rows, diskView) }, ...counts }
  },
)
