import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import type { Disk } from '../records.ts'
import { categories } from './sizes.ts'
import { tagTest } from '../tags.ts'
import { demandOneOf, equalities, named, passes, type Test } from '../values.ts'
import { diskView, diskWithPerformanceView, spelled } from './view.ts'

/** Categories that a disk may be asked for by, those that nothing is made with here included. */
const knownCategories = [
  'all',
  ...new Set([
    ...categories,
    'ephemeral',
    'ephemeral_ssd',
    'local_hdd_pro',
    'local_ssd_pro',
    'elastic_ephemeral_disk_standard',
    'elastic_ephemeral_disk_premium',
    'cloud_regional_disk_auto',
  ]),
]
const statuses = ['In_use', 'Available', 'Attaching', 'Detaching', 'Creating', 'ReIniting', 'All']

function createdSince(filters: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = []): Test<Disk>[] {
  return filters.map(({ Key, Value = '' }) => {
    demand(Key === 'CreationStartTime', 'InvalidFilterKey.NotFound', 'The specified Filter.n.Key does not exist.')
    const at = parseTime(Value)
    demand(at !== undefined, 'InvalidFilterValue', 'The specified Filter.n.Value is not valid.')
    return (disk: Disk) => disk.createdAt >= at
  })
}

const unlessAll = (value: string | undefined, all: string) => (value === all ? undefined : value)

export const DescribeDisks = ecs(
  'DescribeDisks',
  [
    'DiskIds',
    'InstanceId',
    'ZoneId',
    'DiskName',
    'Status',
    'DiskType',
    'Category',
    'DiskChargeType',
    'Portable',
    'Encrypted',
    'MultiAttach',
    'EnableShared',
    'LockReason',
    'AdditionalAttributes',
    'DeleteWithInstance',
    'DeleteAutoSnapshot',
    'EnableAutoSnapshot',
    'EnableAutomatedSnapshotPolicy',
    'SnapshotId',
    'AutoSnapshotPolicyId',
    'ResourceGroupId',
    'KMSKeyId',
    'Tag',
    'Filter',
    'PageNumber',
    'PageSize',
    'NextToken',
    'MaxResults',
  ],
  (input, { state, accountId, regionId }) => {
    demand(!input.Status || statuses.includes(input.Status), 'InvalidStatus.ValueNotSupported', 'The specified Status is not supported.')
    demand((input.DiskIds?.length ?? 0) <= 100, 'InvalidDiskIds.ValueNotSupported', 'At most 100 disk ids can be given.', 404)
    demandOneOf(input.DiskType, ['all', 'system', 'data'], 'DiskType', 'InvalidDiskType.ValueNotSupported', 400)
    demandOneOf(input.Category, knownCategories, 'Category', 'InvalidCategory.ValueNotSupported', 400)
    demandOneOf(input.MultiAttach, ['Disabled', 'Enabled', 'LegacyShared'], 'MultiAttach', 'InvalidParameter.MultiAttach')
    const both = input.MultiAttach !== undefined && input.EnableShared !== undefined
    const code = 'InvalidParameter.MultiAttachAndEnableSharedNotMatch'
    demand(!both, code, 'MultiAttach and EnableShared cannot both be given.', 403)
    demandOneOf(
      input.LockReason,
      ['financial', 'security', 'recycling', 'dedicatedhostfinancial'],
      'LockReason',
      'InvalidLockReason.NotFound',
    )
    for (const name of input.AdditionalAttributes ?? [])
      demandOneOf(name, ['IOPS', 'Placement'], 'AdditionalAttributes', 'InvalidParameter')
    demandOneOf(input.DiskChargeType, ['PrePaid', 'PostPaid'], 'DiskChargeType', 'InvalidDiskChargeType.NotFound', 404)
    const asked = {
      ...input,
      Status: unlessAll(input.Status, 'All'),
      DiskType: unlessAll(input.DiskType, 'all'),
      Category: unlessAll(input.Category, 'all'),
    }
    const { LockReason: wanted } = input
    const tests: Test<Disk>[] = [
      named(input.DiskName, (disk) => disk.diskName),
      tagTest(input.Tag),
      ...createdSince(input.Filter),
      ...equalities<Disk, typeof asked>(asked, {
        ZoneId: (disk) => disk.zoneId,
        Status: (disk) => disk.status,
        DiskType: (disk) => disk.type,
        Category: (disk) => disk.category,
        DiskChargeType: (disk) => disk.diskChargeType,
        Portable: (disk) => disk.portable,
        Encrypted: (disk) => disk.encrypted,
        DeleteWithInstance: (disk) => disk.deleteWithInstance,
        DeleteAutoSnapshot: (disk) => disk.deleteAutoSnapshot,
        EnableAutoSnapshot: (disk) => disk.enableAutoSnapshot,
        SnapshotId: (disk) => disk.sourceSnapshotId,
        ResourceGroupId: (disk) => disk.resourceGroupId,
        KMSKeyId: (disk) => disk.kmsKeyId,
        MultiAttach: (disk) => (disk.multiAttach ? 'Enabled' : 'Disabled'),
        EnableAutomatedSnapshotPolicy: (disk) => (disk.autoSnapshotPolicyIds?.length ?? 0) > 0,
        // Sharing of the older kind is not sold any more.
        EnableShared: () => false,
      }),
      wanted ? ({ locks = [] }) => locks.some((reason) => spelled(reason) === wanted) : undefined,
    ]
    const by = { instance: input.InstanceId || undefined, policy: input.AutoSnapshotPolicyId || undefined }
    const found = state.disks.list({ accountId, regionId, ids: input.DiskIds, by, where: passes(tests) })
    const { rows, fields } = page(found, input, { maxSize: 100, maxResults: [10, 500] })
    const view = input.AdditionalAttributes?.includes('IOPS') ? diskWithPerformanceView : diskView
    return { Disks: { Disk: listed(rows, view) }, ...fields }
  },
)
