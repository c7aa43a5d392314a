import type * as Vpc from '../../api/generated/vpc.ts'
import type { Noun } from '../select/select.ts'
import { inParts } from './in-parts.ts'

/** A vSwitch as DescribeVSwitches answers it. */
export type VSwitch = Vpc.Items['DescribeVSwitches']

/** vSwitches on the command line. */
export const vSwitches: Noun<VSwitch> = {
  one: { en: 'vSwitch', zh: '交换机' },
  many: { en: 'vSwitches', zh: '个交换机' },
  prefix: 'vsw-',
  id: ({ VSwitchId }) => VSwitchId,
  name: ({ VSwitchName }) => VSwitchName,
  columns: [
    { head: { en: 'ID', zh: '交换机 ID' }, cell: ({ VSwitchId }) => VSwitchId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ VSwitchName }) => VSwitchName },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ Status }) => Status },
    { head: { en: 'BLOCK', zh: '网段' }, cell: ({ CidrBlock }) => CidrBlock },
    { head: { en: 'ZONE', zh: '可用区' }, cell: ({ ZoneId }) => ZoneId },
    { head: { en: 'VPC', zh: '专有网络' }, cell: ({ VpcId }) => VpcId },
    { head: { en: 'FREE', zh: '可用地址数' }, cell: ({ AvailableIpAddressCount }) => AvailableIpAddressCount },
    { head: { en: 'CREATED', zh: '创建时间' }, cell: ({ CreationTime }) => CreationTime, extra: true },
  ],
  filters: {
    name: { parameter: 'VSwitchName' },
    vpc: { parameter: 'VpcId', names: 'vpc' },
    zone: { parameter: 'ZoneId' },
    'resource-group': { parameter: 'ResourceGroupId' },
  },
  async *read({ vpc }, input, signal) {
    const client = await vpc()
    yield* inParts(input, 'VSwitchId', 20, (part) => client.paginate('DescribeVSwitches', part, { signal }))
  },
  // That one call takes 20 is unconfirmed.
  withIds: (ids) => ({ VSwitchId: ids.join(',') }),
  withName: (VSwitchName) => ({ VSwitchName }),
}
