import type * as Ecs from '../../api/generated/ecs.ts'
import type * as Vpc from '../../api/generated/vpc.ts'
import type { Noun } from '../select/select.ts'
import { inParts } from './in-parts.ts'
import { vSwitches } from './vswitch.ts'

export type Eip = Vpc.Items['DescribeEipAddresses']
export type VpcItem = Vpc.Items['DescribeVpcs']
export type Interface = Ecs.Items['DescribeNetworkInterfaces']

/** A parameter that takes several takes them apart by commas. */
const listed = (ids: readonly string[]) => ids.join(',')

/** VPCs on the command line. */
export const vpcs: Noun<VpcItem> = {
  one: { en: 'VPC', zh: '专有网络' },
  many: { en: 'VPCs', zh: '个专有网络' },
  prefix: 'vpc-',
  id: ({ VpcId }) => VpcId,
  name: ({ VpcName }) => VpcName,
  columns: [
    { head: { en: 'ID', zh: '专有网络 ID' }, cell: ({ VpcId }) => VpcId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ VpcName }) => VpcName },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'BLOCK', zh: '网段' }, cell: ({ CidrBlock }) => CidrBlock },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime, extra: true },
  ],
  filters: { name: { parameter: 'VpcName' }, 'resource-group': { parameter: 'ResourceGroupId' } },
  async *read({ vpc }, input, signal) {
    const client = await vpc()
    // That one call takes 20 is unconfirmed.
    yield* inParts(input, 'VpcId', 20, (part) => client.paginate('DescribeVpcs', part, { signal }))
  },
  withIds: (ids) => ({ VpcId: listed(ids) }),
  withName: (VpcName) => ({ VpcName }),
}

/** Elastic addresses on the command line. */
export const eips: Noun<Eip> = {
  one: { en: 'elastic IP', zh: '弹性公网 IP' },
  many: { en: 'elastic IPs', zh: '个弹性公网 IP' },
  prefix: 'eip-',
  id: ({ AllocationId }) => AllocationId,
  name: ({ Name }) => Name,
  columns: [
    { head: { en: 'ID', zh: 'EIP 实例 ID' }, cell: ({ AllocationId }) => AllocationId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ Name }) => Name },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'ADDRESS', zh: '地址' }, cell: ({ IpAddress }) => IpAddress },
    { head: { en: 'MBPS', zh: '带宽 Mbps' }, cell: ({ Bandwidth }) => Bandwidth },
    { head: { en: 'OF', zh: '所属' }, cell: ({ InstanceId }) => InstanceId },
    { head: { en: 'CHARGE', zh: '计费' }, cell: ({ ChargeType }) => ChargeType, extra: true },
  ],
  filters: {
    name: { parameter: 'EipName' },
    status: { parameter: 'Status', choices: ['Available', 'InUse', 'Associating', 'Unassociating', 'Releasing'] },
    ip: { parameter: 'EipAddress' },
    of: { parameter: 'AssociatedInstanceId' },
    'resource-group': { parameter: 'ResourceGroupId' },
  },
  async *read({ vpc }, input, signal) {
    const client = await vpc()
    yield* inParts(input, 'AllocationId', 50, (part) => client.paginate('DescribeEipAddresses', part, { signal }))
  },
  withIds: (ids) => ({ AllocationId: listed(ids) }),
  withName: (EipName) => ({ EipName }),
}

/** Network interfaces on the command line. */
export const interfaces: Noun<Interface> = {
  one: { en: 'network interface', zh: '弹性网卡' },
  many: { en: 'network interfaces', zh: '块弹性网卡' },
  prefix: 'eni-',
  id: ({ NetworkInterfaceId }) => NetworkInterfaceId,
  name: ({ NetworkInterfaceName }) => NetworkInterfaceName,
  columns: [
    { head: { en: 'ID', zh: '网卡 ID' }, cell: ({ NetworkInterfaceId }) => NetworkInterfaceId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ NetworkInterfaceName }) => NetworkInterfaceName },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'TYPE', zh: '类型' }, cell: ({ Type }) => Type },
    { head: { en: 'PRIVATE IP', zh: '私网 IP' }, cell: ({ PrivateIpAddress }) => PrivateIpAddress },
    { head: { en: 'ZONE', zh: '可用区' }, cell: ({ ZoneId }) => ZoneId },
    { head: { en: 'VSWITCH', zh: '交换机' }, cell: ({ VSwitchId }) => VSwitchId },
    { head: { en: 'INSTANCE', zh: '所属实例' }, cell: ({ InstanceId }) => InstanceId },
  ],
  filters: {
    name: { parameter: 'NetworkInterfaceName' },
    status: { parameter: 'Status', choices: ['Available', 'Attaching', 'InUse', 'Detaching', 'Deleting'] },
    type: { parameter: 'Type', choices: ['Primary', 'Secondary'] },
    instance: { parameter: 'InstanceId', names: 'instance' },
    vpc: { parameter: 'VpcId', names: 'vpc' },
    vswitch: { parameter: 'VSwitchId', names: 'vswitch' },
    'security-group': { parameter: 'SecurityGroupId', names: 'security-group' },
    'private-ip': { parameter: 'PrivateIpAddress', list: true },
    'resource-group': { parameter: 'ResourceGroupId' },
  },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeNetworkInterfaces', input, { signal }),
  withIds: (NetworkInterfaceId) => ({ NetworkInterfaceId }),
  withName: (NetworkInterfaceName) => ({ NetworkInterfaceName }),
}

/** The kinds of things that networks are made of, as they are named on the command line. */
export const nouns = { vpc: vpcs, vswitch: vSwitches, eip: eips, interface: interfaces } as const
export type Kind = keyof typeof nouns
