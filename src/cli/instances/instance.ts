import type * as Ecs from '../../api/generated/ecs.ts'
import type { Noun } from '../select/select.ts'

/** An instance as DescribeInstances answers it. */
export type Instance = Ecs.Items['DescribeInstances']

/** The states an instance is in. */
export const statuses = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped'] as const

/** Public addresses that go with the instance: an elastic address stays. */
export const ownPublicIps = ({ PublicIpAddress }: Instance): readonly string[] => PublicIpAddress?.IpAddress ?? []

/** Tags in a short form: `env=prod,app=web`. */
export const tagText = (tags: readonly { readonly TagKey?: string; readonly TagValue?: string }[] | undefined): string =>
  (tags ?? []).map(({ TagKey, TagValue }) => (TagValue ? `${TagKey}=${TagValue}` : (TagKey ?? ''))).join(',')

/** Instances on the command line. */
export const instances: Noun<Instance> = {
  one: { en: 'instance', zh: '实例' },
  many: { en: 'instances', zh: '台实例' },
  prefix: 'i-',
  id: ({ InstanceId }) => InstanceId,
  name: ({ InstanceName }) => InstanceName,
  columns: [
    { head: { en: 'ID', zh: '实例 ID' }, cell: ({ InstanceId }) => InstanceId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ InstanceName }) => InstanceName },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'TYPE', zh: '规格' }, cell: ({ InstanceType }) => InstanceType },
    { head: { en: 'ZONE', zh: '可用区' }, cell: ({ ZoneId }) => ZoneId },
    { head: { en: 'PRIVATE IP', zh: '私网 IP' }, cell: ({ VpcAttributes }) => VpcAttributes?.PrivateIpAddress?.IpAddress?.join(' ') },
    {
      head: { en: 'PUBLIC IP', zh: '公网 IP' },
      cell: (instance) => ownPublicIps(instance).join(' ') || instance.EipAddress?.IpAddress,
    },
    { head: { en: 'CHARGE', zh: '计费' }, cell: ({ InstanceChargeType }) => InstanceChargeType },
    { head: { en: 'TAGS', zh: '标签' }, cell: ({ Tags }) => tagText(Tags?.Tag), extra: true },
    { head: { en: 'EXPIRES', zh: '到期时间' }, cell: ({ ExpiredTime }) => ExpiredTime, extra: true },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime, extra: true },
    { head: { en: 'IMAGE', zh: '镜像' }, cell: ({ ImageId }) => ImageId, extra: true },
    { head: { en: 'VPC', zh: '专有网络' }, cell: ({ VpcAttributes }) => VpcAttributes?.VpcId, extra: true },
  ],
  filters: {
    name: { parameter: 'InstanceName' },
    status: { parameter: 'Status', choices: statuses },
    type: { parameter: 'InstanceType' },
    family: { parameter: 'InstanceTypeFamily' },
    charge: { parameter: 'InstanceChargeType', choices: ['PostPaid', 'PrePaid'] },
    zone: { parameter: 'ZoneId' },
    vpc: { parameter: 'VpcId', names: 'vpc' },
    vswitch: { parameter: 'VSwitchId', names: 'vswitch' },
    'security-group': { parameter: 'SecurityGroupId', names: 'security-group' },
    image: { parameter: 'ImageId', names: 'image' },
    'key-pair': { parameter: 'KeyPairName' },
    'private-ip': { parameter: 'PrivateIpAddresses', list: true },
    'public-ip': { parameter: 'PublicIpAddresses', list: true },
    eip: { parameter: 'EipAddresses', list: true },
    'resource-group': { parameter: 'ResourceGroupId' },
  },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeInstances', input, { signal }),
  withIds: (InstanceIds) => ({ InstanceIds }),
  withName: (InstanceName) => ({ InstanceName }),
}
