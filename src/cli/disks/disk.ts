import type * as Ecs from '../../api/generated/ecs.ts'
import type { Noun } from '../select/select.ts'

/** A disk as DescribeDisks answers it. */
export type Disk = Ecs.Items['DescribeDisks']

/** Disks on the command line. */
export const disks: Noun<Disk> = {
  one: { en: 'disk', zh: '云盘' },
  many: { en: 'disks', zh: '块云盘' },
  prefix: 'd-',
  id: ({ DiskId }) => DiskId,
  name: ({ DiskName }) => DiskName,
  columns: [
    { head: { en: 'ID', zh: '云盘 ID' }, cell: ({ DiskId }) => DiskId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ DiskName }) => DiskName },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'TYPE', zh: '类型' }, cell: ({ Type }) => Type },
    { head: { en: 'CATEGORY', zh: '种类' }, cell: ({ Category }) => Category },
    { head: { en: 'GIB', zh: '容量 GiB' }, cell: ({ Size }) => Size },
    { head: { en: 'ZONE', zh: '可用区' }, cell: ({ ZoneId }) => ZoneId },
    { head: { en: 'INSTANCE', zh: '所属实例' }, cell: ({ InstanceId }) => InstanceId },
    { head: { en: 'CHARGE', zh: '计费' }, cell: ({ DiskChargeType }) => DiskChargeType, extra: true },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime, extra: true },
  ],
  filters: {
    name: { parameter: 'DiskName' },
    status: { parameter: 'Status', choices: ['In_use', 'Available', 'Attaching', 'Detaching', 'Creating', 'ReIniting'] },
    type: { parameter: 'DiskType', choices: ['system', 'data'] },
    category: { parameter: 'Category' },
    charge: { parameter: 'DiskChargeType', choices: ['PostPaid', 'PrePaid'] },
    zone: { parameter: 'ZoneId' },
    instance: { parameter: 'InstanceId', names: 'instance' },
    snapshot: { parameter: 'SnapshotId', names: 'snapshot' },
    'resource-group': { parameter: 'ResourceGroupId' },
  },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeDisks', input, { signal }),
  withIds: (DiskIds) => ({ DiskIds }),
  withName: (DiskName) => ({ DiskName }),
}
