import type * as Ecs from '../../api/generated/ecs.ts'
import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { exit } from '../errors.ts'
import { type Listing, outputOptions, printList } from '../output.ts'

type Instance = Ecs.Items['DescribeInstances']

const listing: Listing<Instance> = {
  id: (instance) => instance.InstanceId,
  columns: {
    ID: (instance) => instance.InstanceId,
    NAME: (instance) => instance.InstanceName,
    STATUS: (instance) => instance.Status,
    TYPE: (instance) => instance.InstanceType,
    ZONE: (instance) => instance.ZoneId,
    'PRIVATE IP': (instance) => instance.VpcAttributes?.PrivateIpAddress?.IpAddress?.join(' '),
    'PUBLIC IP': (instance) => instance.PublicIpAddress?.IpAddress?.join(' ') || instance.EipAddress?.IpAddress,
    CHARGE: (instance) => instance.InstanceChargeType,
  },
}

const statuses = ['Pending', 'Running', 'Starting', 'Stopping', 'Stopped'] as const

/** `tanxing instances list`: every instance of the region. */
export const command: Command = {
  options: {
    ...connection,
    ...outputOptions,
    status: { type: 'string', value: statuses.join('|'), help: { en: 'only instances in this state', zh: '仅列出该状态的实例' } },
  },
  async run(invocation) {
    const { ecs } = await connect(invocation)
    const status = invocation.values.text('status') as (typeof statuses)[number] | undefined
    const items: Instance[] = []
    for await (const item of ecs.paginate('DescribeInstances', { Status: status })) items.push(item)
    await printList(items, listing, invocation)
    return exit.done
  },
}
