import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import type { OneCall } from '../safety/deed.ts'
import { kindCommand } from './by-kind.ts'
import { eips, interfaces } from './nouns.ts'

const detached = { verb: { en: 'detach', zh: '解绑' }, done: { en: 'detached', zh: '已解绑' }, limit: 20, dryRuns: false } as const

const isFree = (state: string | undefined) => state === 'Available'

const eip = deedCommand({
  ...detached,
  noun: eips,
  action: ({ AllocationId, InstanceId, InstanceType }): OneCall => ({
    product: 'vpc',
    action: 'UnassociateEipAddress',
    input: { AllocationId, InstanceId, InstanceType },
  }),
  seen: { idOf: eips.id, states: statesOf(eips), there: isFree },
  already: ({ Status }) => Status === 'Available',
  about: ({ Status, IpAddress, InstanceId }) => `${Status}  ${IpAddress}  ${InstanceId}`,
  tags: ({ Tags }) => (Tags?.Tag ?? []).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
  losses: (items) =>
    Promise.resolve(
      new Map(
        items.map(({ AllocationId, IpAddress, InstanceId }) => [
          AllocationId,
          [{ kind: { en: 'way in from the internet', zh: '公网访问' }, what: `${IpAddress} (${InstanceId})` }],
        ]),
      ),
    ),
})

const eni = deedCommand({
  ...detached,
  noun: interfaces,
  action: ({ NetworkInterfaceId, InstanceId }): OneCall => ({
    action: 'DetachNetworkInterface',
    input: { NetworkInterfaceId, InstanceId },
  }),
  seen: { idOf: interfaces.id, states: statesOf(interfaces), there: isFree },
  already: ({ Status }) => Status === 'Available',
  about: ({ Status, PrivateIpAddress, InstanceId }) => `${Status}  ${PrivateIpAddress}  ${InstanceId}`,
  tags: ({ Tags }) => Tags?.Tag ?? [],
  losses: (items) =>
    Promise.resolve(
      new Map(
        items.map(({ NetworkInterfaceId, PrivateIpAddress, InstanceId }) => [
          NetworkInterfaceId,
          [{ kind: { en: 'private IP on the instance', zh: '实例上的私网 IP' }, what: `${PrivateIpAddress} (${InstanceId})` }],
        ]),
      ),
    ),
  refusal: ({ Type, InstanceId }) =>
    Type === 'Primary' ? { en: `is the primary one of ${InstanceId}`, zh: `为 ${InstanceId} 的主网卡` } : undefined,
})

/** `tanxing networks detach`: unbinds elastic addresses or interfaces, and waits until they are free. */
export const command = kindCommand('networks detach', { eip, interface: eni })
