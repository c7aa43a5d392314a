import type * as Ecs from '../../api/generated/ecs.ts'
import type { Noun } from '../select/select.ts'

/** A snapshot as DescribeSnapshots answers it. */
export type Snapshot = Ecs.Items['DescribeSnapshots']

/** Snapshots on the command line. */
export const snapshots: Noun<Snapshot> = {
  one: { en: 'snapshot', zh: '快照' },
  many: { en: 'snapshots', zh: '个快照' },
  prefix: 's-',
  id: ({ SnapshotId }) => SnapshotId,
  name: ({ SnapshotName }) => SnapshotName,
  columns: [
    { head: { en: 'ID', zh: '快照 ID' }, cell: ({ SnapshotId }) => SnapshotId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ SnapshotName }) => SnapshotName },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'PROGRESS', zh: '进度' }, cell: ({ Progress }) => Progress },
    { head: { en: 'DISK', zh: '源云盘' }, cell: ({ SourceDiskId }) => SourceDiskId },
    { head: { en: 'GIB', zh: '源容量 GiB' }, cell: ({ SourceDiskSize }) => SourceDiskSize },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime },
    { head: { en: 'RETAINED', zh: '保留天数' }, cell: ({ RetentionDays }) => RetentionDays, extra: true },
  ],
  filters: {
    name: { parameter: 'SnapshotName' },
    status: { parameter: 'Status', choices: ['progressing', 'accomplished', 'failed'] },
    disk: { parameter: 'DiskId', names: 'disk' },
    instance: { parameter: 'InstanceId', names: 'instance' },
    type: { parameter: 'SnapshotType', choices: ['auto', 'user'] },
    'resource-group': { parameter: 'ResourceGroupId' },
  },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeSnapshots', input, { signal }),
  withIds: (SnapshotIds) => ({ SnapshotIds }),
  withName: (SnapshotName) => ({ SnapshotName }),
}
