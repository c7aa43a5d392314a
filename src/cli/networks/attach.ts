import { CommandError } from '../errors.ts'
import { instances } from '../instances/instance.ts'
import { statesOf } from '../safety/carry-out.ts'
import type { OneCall } from '../safety/deed.ts'
import { deedCommand } from '../safety/command.ts'
import { named } from '../select/select.ts'
import { demanded } from '../numbers.ts'
import { kindCommand } from './by-kind.ts'
import { eips, interfaces } from './nouns.ts'

const attached = { verb: { en: 'attach', zh: '绑定' }, done: { en: 'attached', zh: '已绑定' } } as const

const inUse = (state: string | undefined) => state === 'InUse'

const eip = deedCommand({
  ...attached,
  noun: eips,
  dryRuns: false,
  options: { to: { type: 'string', value: 'ID|NAME', help: { en: 'instance, or id of a network interface', zh: '实例，或弹性网卡 ID' } } },
  input: (invocation) => {
    demanded(invocation, 'to', 'instances list')
    return {}
  },
  look: async (items, connected, invocation) => {
    const { signal } = invocation.world
    const to = demanded(invocation, 'to')
    if (items.length > 1) throw new CommandError({ en: 'attach one elastic IP at a time', zh: '每次只能绑定一个弹性公网 IP' })
    if (to.startsWith('eni-')) {
      const [one] = await named([to], interfaces, connected, signal)
      if (one?.Type === 'Secondary') return { InstanceId: one.NetworkInterfaceId, InstanceType: 'NetworkInterface' }
      return { InstanceId: one?.InstanceId, InstanceType: 'EcsInstance' }
    }
    const [instance] = await named([to], instances, connected, signal)
    return { InstanceId: instance?.InstanceId, InstanceType: 'EcsInstance' }
  },
  action: ({ AllocationId }, { InstanceId, InstanceType }): OneCall => ({
    product: 'vpc',
    action: 'AssociateEipAddress',
    input: { AllocationId, InstanceId, InstanceType },
  }),
  seen: { idOf: eips.id, states: statesOf(eips), there: inUse },
  about: ({ Status, IpAddress }) => `${Status}  ${IpAddress}`,
  tags: () => [],
  refusal: ({ Status, InstanceId }) =>
    Status === 'Available' ? undefined : { en: `is ${Status} (${InstanceId})`, zh: `处于 ${Status} 状态（${InstanceId}）` },
})

const eni = deedCommand({
  ...attached,
  noun: interfaces,
  dryRuns: false,
  options: { to: { type: 'string', value: 'ID|NAME', help: { en: 'instance', zh: '实例' } } },
  input: (invocation) => {
    demanded(invocation, 'to', 'instances list')
    return {}
  },
  look: async (_, connected, invocation) => {
    const [instance] = await named([demanded(invocation, 'to')], instances, connected, invocation.world.signal)
    return { InstanceId: instance?.InstanceId }
  },
  action: ({ NetworkInterfaceId }, { InstanceId }): OneCall => ({
    action: 'AttachNetworkInterface',
    input: { NetworkInterfaceId, InstanceId },
  }),
  seen: { idOf: interfaces.id, states: statesOf(interfaces), there: inUse },
  about: ({ Status, PrivateIpAddress }) => `${Status}  ${PrivateIpAddress}`,
  tags: () => [],
  refusal: ({ Status, InstanceId }) =>
    Status === 'Available' ? undefined : { en: `is ${Status} (${InstanceId})`, zh: `处于 ${Status} 状态（${InstanceId}）` },
})

/** `tanxing networks attach`: binds an elastic address, or attaches interfaces, and waits until it is so. */
export const command = kindCommand('networks attach', { eip, interface: eni })
