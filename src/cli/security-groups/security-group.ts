import type * as Ecs from '../../api/generated/ecs.ts'
import type { Noun } from '../select/select.ts'

/** A security group as DescribeSecurityGroups answers it. */
export type SecurityGroup = Ecs.Items['DescribeSecurityGroups']

/** Security groups on the command line. */
export const securityGroups: Noun<SecurityGroup> = {
  one: { en: 'security group', zh: '安全组' },
  many: { en: 'security groups', zh: '个安全组' },
  prefix: 'sg-',
  id: ({ SecurityGroupId }) => SecurityGroupId,
  name: ({ SecurityGroupName }) => SecurityGroupName,
  columns: [
    { head: { en: 'ID', zh: '安全组 ID' }, cell: ({ SecurityGroupId }) => SecurityGroupId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ SecurityGroupName }) => SecurityGroupName },
    { head: { en: 'TYPE', zh: '类型' }, cell: ({ SecurityGroupType }) => SecurityGroupType },
    { head: { en: 'VPC', zh: '专有网络' }, cell: ({ VpcId }) => VpcId },
    { head: { en: 'INSTANCES', zh: '实例数' }, cell: ({ EcsCount }) => EcsCount },
    { head: { en: 'DESCRIPTION', zh: '描述' }, cell: ({ Description }) => Description },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime, extra: true },
  ],
  filters: {
    name: { parameter: 'SecurityGroupName' },
    vpc: { parameter: 'VpcId', names: 'vpc' },
    type: { parameter: 'SecurityGroupType', choices: ['normal', 'enterprise'] },
    'resource-group': { parameter: 'ResourceGroupId' },
  },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeSecurityGroups', input, { signal }),
  withIds: (SecurityGroupIds) => ({ SecurityGroupIds }),
  withName: (SecurityGroupName) => ({ SecurityGroupName }),
}
