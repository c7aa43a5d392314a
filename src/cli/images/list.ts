import type * as Ecs from '../../api/generated/ecs.ts'
import { type Listed, listCommand } from '../list.ts'

const images: Listed<Ecs.Items['DescribeImages']> = {
  id: ({ ImageId }) => ImageId,
  columns: [
    { head: { en: 'ID', zh: '镜像 ID' }, cell: ({ ImageId }) => ImageId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ ImageName }) => ImageName, extra: true },
    { head: { en: 'OS', zh: '操作系统' }, cell: ({ OSNameEn, OSName }) => OSNameEn || OSName },
    { head: { en: 'ARCH', zh: '架构' }, cell: ({ Architecture }) => Architecture },
    { head: { en: 'OWNER', zh: '来源' }, cell: ({ ImageOwnerAlias }) => ImageOwnerAlias },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'GIB', zh: '容量 GiB' }, cell: ({ Size }) => Size },
    { head: { en: 'FAMILY', zh: '镜像族系' }, cell: ({ ImageFamily }) => ImageFamily, extra: true },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime },
  ],
  filters: {
    owner: { parameter: 'ImageOwnerAlias', choices: ['self', 'system', 'others', 'marketplace'] },
    name: { parameter: 'ImageName' },
    family: { parameter: 'ImageFamily' },
    os: { parameter: 'OSType', choices: ['linux', 'windows'] },
    arch: { parameter: 'Architecture', choices: ['x86_64', 'arm64', 'i386'] },
    status: { parameter: 'Status', choices: ['Creating', 'Waiting', 'Available', 'UnAvailable', 'CreateFailed', 'Deprecated'] },
    'instance-type': { parameter: 'InstanceType' },
    snapshot: { parameter: 'SnapshotId' },
  },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeImages', input, { signal }),
}

/** `tanxing images list`: every image the account may use in the region, or those that fit. */
export const command = listCommand(images)
