import type * as Ecs from '../../api/generated/ecs.ts'
import type { Noun } from '../select/select.ts'

/** An image as DescribeImages answers it. */
export type Image = Ecs.Items['DescribeImages']

// Without it the Available ones alone are listed.
const everyStatus = { Status: 'Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated' } as const

/** Images on the command line: the account's own, and all others that it may use. */
export const images: Noun<Image> = {
  one: { en: 'image', zh: '镜像' },
  many: { en: 'images', zh: '个镜像' },
  prefix: 'm-',
  id: ({ ImageId }) => ImageId,
  name: ({ ImageName }) => ImageName,
  columns: [
    { head: { en: 'ID', zh: '镜像 ID' }, cell: ({ ImageId }) => ImageId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ ImageId, ImageName }) => (ImageName === ImageId ? '' : ImageName) },
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
    snapshot: { parameter: 'SnapshotId', names: 'snapshot' },
  },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeImages', input, { signal }),
  withIds: (ids) => ({ ImageId: ids.join(','), ...everyStatus }),
  // The ids of public images are their file names.
  withName: (name) => (name.endsWith('.vhd') ? { ImageId: name, ...everyStatus } : { ImageName: name, ...everyStatus }),
}
