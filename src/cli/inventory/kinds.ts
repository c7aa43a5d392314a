import type * as Ecs from '../../api/generated/ecs.ts'
import type * as Vpc from '../../api/generated/vpc.ts'
import { disks } from '../disks/disk.ts'
import { instances } from '../instances/instance.ts'
import type { Listed } from '../list.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import { snapshots } from '../snapshots/snapshot.ts'

/** Elastic addresses of a region. */
export const eips: Listed<Vpc.Items['DescribeEipAddresses']> = {
  id: ({ AllocationId }) => AllocationId,
  columns: [
    { head: { en: 'ID', zh: 'EIP 实例 ID' }, cell: ({ AllocationId }) => AllocationId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ Name }) => Name },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'ADDRESS', zh: '地址' }, cell: ({ IpAddress }) => IpAddress },
    { head: { en: 'MBPS', zh: '带宽 Mbps' }, cell: ({ Bandwidth }) => Bandwidth },
    { head: { en: 'OF', zh: '所属' }, cell: ({ InstanceId }) => InstanceId },
    { head: { en: 'CHARGE', zh: '计费' }, cell: ({ ChargeType }) => ChargeType },
    { head: { en: 'TRAFFIC', zh: '流量计费' }, cell: ({ InternetChargeType }) => InternetChargeType, extra: true },
  ],
  filters: {
    name: { parameter: 'EipName' },
    status: { parameter: 'Status', choices: ['Available', 'InUse'] },
    ip: { parameter: 'EipAddress' },
  },
  async *read({ vpc }, input, signal) {
    yield* (await vpc()).paginate('DescribeEipAddresses', input, { signal })
  },
}

/** Images of one's own: those of the system are everywhere. */
const ownImages: Listed<Ecs.Items['DescribeImages']> = {
  id: ({ ImageId }) => ImageId,
  columns: [
    { head: { en: 'ID', zh: '镜像 ID' }, cell: ({ ImageId }) => ImageId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ ImageName }) => ImageName },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'OS', zh: '操作系统' }, cell: ({ OSNameEn, OSName }) => OSNameEn || OSName },
    { head: { en: 'GIB', zh: '容量 GiB' }, cell: ({ Size }) => Size },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime },
  ],
  filters: { name: { parameter: 'ImageName' }, family: { parameter: 'ImageFamily' } },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeImages', { ImageOwnerAlias: 'self', ...input }, { signal }),
}

const keyPairs: Listed<Ecs.Items['DescribeKeyPairs']> = {
  id: ({ KeyPairName }) => KeyPairName,
  columns: [
    { head: { en: 'NAME', zh: '名称' }, cell: ({ KeyPairName }) => KeyPairName },
    { head: { en: 'FINGERPRINT', zh: '指纹' }, cell: ({ KeyPairFingerPrint }) => KeyPairFingerPrint },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime },
  ],
  filters: { name: { parameter: 'KeyPairName' } },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeKeyPairs', input, { signal }),
}

const vpcs: Listed<Vpc.Items['DescribeVpcs']> = {
  id: ({ VpcId }) => VpcId,
  columns: [
    { head: { en: 'ID', zh: '专有网络 ID' }, cell: ({ VpcId }) => VpcId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ VpcName }) => VpcName },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'BLOCK', zh: '网段' }, cell: ({ CidrBlock }) => CidrBlock },
  ],
  filters: { name: { parameter: 'VpcName' } },
  async *read({ vpc }, input, signal) {
    yield* (await vpc()).paginate('DescribeVpcs', input, { signal })
  },
}

/** What `--kind` names. */
export const kinds = {
  instances,
  disks,
  snapshots,
  images: ownImages,
  eips,
  'security-groups': securityGroups,
  'key-pairs': keyPairs,
  vpcs,
} as const
export type Kind = keyof typeof kinds
