import type * as Ecs from '../../api/generated/ecs.ts'
import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { exit } from '../errors.ts'
import { collect, type Listing, outputOptions, printList } from '../output.ts'

type Instance = Ecs.Items['DescribeInstances']

const publicIps = ({ PublicIpAddress, EipAddress }: Instance) => PublicIpAddress?.IpAddress?.join(' ') || EipAddress?.IpAddress

const listing: Listing<Instance> = {
  id: (instance) => instance.InstanceId,
  columns: [
    { head: { en: 'ID', zh: '实例 ID' }, cell: (instance) => instance.InstanceId },
    { head: { en: 'NAME', zh: '名称' }, cell: (instance) => instance.InstanceName },
    { head: { en: 'STATUS', zh: '状态' }, cell: (instance) => instance.Status },
    { head: { en: 'TYPE', zh: '规格' }, cell: (instance) => instance.InstanceType },
    { head: { en: 'ZONE', zh: '可用区' }, cell: (instance) => instance.ZoneId },
    { head: { en: 'PRIVATE IP', zh: '私网 IP' }, cell: (instance) => instance.VpcAttributes?.PrivateIpAddress?.IpAddress?.join(' ') },
    { head: { en: 'PUBLIC IP', zh: '公网 IP' }, cell: publicIps },
    { head: { en: 'CHARGE', zh: '计费' }, cell: (instance) => instance.InstanceChargeType },
  ],
}

const statuses = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped'] as const

/** `tanxing instances list`: every instance of the region. */
export const command: Command = {
  options: {
    ...connection,
    ...outputOptions,
    status: { type: 'string', choices: statuses, help: { en: 'only instances in this state', zh: '仅列出该状态的实例' } },
  },
  async run(invocation) {
    const { ecs } = await connect(invocation)
    const Status = invocation.values.text('status') as (typeof statuses)[number] | undefined
    await printList(await collect(ecs.paginate('DescribeInstances', { Status }, { signal: invocation.world.signal })), listing, invocation)
    return exit.done
  },
}
