import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { tagTest } from '../tags.ts'
import { demandOneOf, equalities, named, passes, type Test } from '../values.ts'
import type { Snapshot } from './records.ts'
import { gibibyte, linkId, shownCategory, snapshotView, usageOf } from './view.ts'

const mostIds = 100

type Filters = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]

function createdSince(filters: Filters = []): Test<Snapshot>[] {
  return filters.map(({ Key, Value = '' }) => {
    demand(Key === 'CreationStartTime', 'InvalidFilterKey.NotFound', 'The specified Filter.n.Key does not exist.')
    const at = parseTime(Value)
    demand(at !== undefined, 'InvalidFilterValue', 'The specified Filter.n.Value is not valid.')
    return (snapshot) => snapshot.createdAt >= at
  })
}

/** A value that stands for every one asks for nothing. */
const unlessAll = (value: string | undefined) => (value === 'all' ? undefined : value)

export const DescribeSnapshots = ecs(
  'DescribeSnapshots',
  [
    'SnapshotIds',
    'SnapshotLinkId',
    'SnapshotName',
    'SnapshotType',
    'DiskId',
    'InstanceId',
    'SourceDiskType',
    'Status',
    'Category',
    'Usage',
    'Encrypted',
    'KMSKeyId',
    'ResourceGroupId',
    'Tag',
    'Filter',
    'PageNumber',
    'PageSize',
    'NextToken',
    'MaxResults',
  ],
  (input, { state, accountId, regionId, now }) => {
    demand(
      (input.SnapshotIds?.length ?? 0) <= mostIds,
      'InvalidSnapshotIds.Malformed',
      `At most ${mostIds} snapshot ids can be given.`,
      403,
    )
    demandOneOf(input.Status, ['progressing', 'accomplished', 'failed', 'all'], 'Status', 'InvalidStatus.NotFound')
    demandOneOf(input.SnapshotType, ['auto', 'user', 'all'], 'SnapshotType', 'InvalidSnapshotType.NotFound', 404)
    const diskType = input.SourceDiskType?.toLowerCase()
    demandOneOf(diskType, ['system', 'data'], 'SourceDiskType', 'InvalidSourceDiskType', 404)
    demandOneOf(input.Usage, ['image', 'disk', 'image_disk', 'none'], 'Usage', 'InvalidUsage', 404)
    const category = input.Category?.toLowerCase()
    demandOneOf(category, ['standard', 'flash', 'archive'], 'Category', 'InvalidSnapshotCategory.Malformed', 403)
    const asked = {
      ...input,
      Status: unlessAll(input.Status),
      SnapshotType: unlessAll(input.SnapshotType),
      SourceDiskType: diskType,
      Category: category,
    }
    const disksThere = input.InstanceId ? new Set(state.disks.by('instance', input.InstanceId).map((disk) => disk.id)) : undefined
    const tests: Test<Snapshot>[] = [
      disksThere && ((snapshot) => disksThere.has(snapshot.sourceDiskId)),
      named(input.SnapshotName, (snapshot) => snapshot.snapshotName),
      tagTest(input.Tag),
      ...createdSince(input.Filter),
      ...equalities<Snapshot, typeof asked>(asked, {
        Status: (snapshot) => snapshot.status,
        SnapshotType: (snapshot) => snapshot.snapshotType,
        SourceDiskType: (snapshot) => snapshot.sourceDiskType,
        Category: shownCategory,
        SnapshotLinkId: linkId,
        DiskId: (snapshot) => snapshot.sourceDiskId,
        Usage: (snapshot) => usageOf(snapshot, state),
        Encrypted: (snapshot) => snapshot.encrypted,
        KMSKeyId: (snapshot) => snapshot.kmsKeyId,
        ResourceGroupId: (snapshot) => snapshot.resourceGroupId,
      }),
    ]
    const found = state.snapshots.list({ accountId, regionId, ids: input.SnapshotIds, where: passes(tests) })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    return { Snapshots: { Snapshot: rows.map((snapshot) => snapshotView(snapshot, state, now)) }, ...fields }
  },
)

export const DescribeSnapshotLinks = ecs(
  'DescribeSnapshotLinks',
  ['DiskIds', 'InstanceId', 'SnapshotLinkIds', 'PageNumber', 'PageSize', 'NextToken', 'MaxResults'],
  (input, { state, accountId, regionId }) => {
    demand((input.DiskIds?.length ?? 0) <= mostIds, 'InvalidDiskIds', `At most ${mostIds} disk ids can be given.`, 400)
    demand((input.SnapshotLinkIds?.length ?? 0) <= mostIds, 'InvalidSnapshotLinkIds', `At most ${mostIds} ids can be given.`, 400)
    const chains = new Map<string, Snapshot[]>()
    for (const snapshot of state.snapshots.select({ accountId, regionId })) {
      const chain = chains.get(linkId(snapshot))
      if (chain) chain.push(snapshot)
      else chains.set(linkId(snapshot), [snapshot])
    }
    const links = [...chains].map(([SnapshotLinkId, chain]) => {
      const newest = chain[0] as Snapshot
      const disk = state.disks.get(newest.sourceDiskId)
      const InstanceId = disk?.instanceId ?? ''
      return {
        SnapshotLinkId,
        RegionId: regionId,
        SourceDiskId: newest.sourceDiskId,
        SourceDiskName: disk?.diskName ?? '',
        SourceDiskSize: newest.sourceDiskSize,
        SourceDiskType: newest.sourceDiskType,
        InstanceId,
        InstanceName: state.instances.get(InstanceId)?.instanceName ?? '',
        InstantAccess: chain.some((snapshot) => snapshot.instantAccess),
        Category: shownCategory(newest),
        TotalCount: chain.length,
        TotalSize: chain.reduce((sum, snapshot) => sum + sizeInBytes(snapshot), 0),
      }
    })
    const wanted = links.filter(
      (link) =>
        (!input.DiskIds?.length || input.DiskIds.includes(link.SourceDiskId)) &&
        (!input.SnapshotLinkIds?.length || input.SnapshotLinkIds.includes(link.SnapshotLinkId)) &&
        (!input.InstanceId || link.InstanceId === input.InstanceId),
    )
    const { rows, fields } = page(wanted, input, { maxSize: 100 })
    return { SnapshotLinks: { SnapshotLink: rows }, ...fields }
  },
)

/** Nothing is written to the disks here, so a snapshot counts as large as its disk. */
export const sizeInBytes = (snapshot: Snapshot) => (snapshot.status === 'accomplished' ? snapshot.sourceDiskSize * gibibyte : 0)

export const DescribeSnapshotsUsage = ecs('DescribeSnapshotsUsage', [], (_input, { state, accountId, regionId }) => {
  const snapshots = state.snapshots.select({ accountId, regionId })
  return { SnapshotCount: snapshots.length, SnapshotSize: snapshots.reduce((sum, snapshot) => sum + sizeInBytes(snapshot), 0) }
})
