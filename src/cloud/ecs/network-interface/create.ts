import { demand } from '../../fault.ts'
import { quotaOf } from '../../market/quotas.ts'
import { type Context, ecs } from '../../operation.ts'
import { demandResourceGroup, readyVSwitchOf } from '../instance/places.ts'
import { newTags } from '../tags.ts'
import { demandOneOf } from '../values.ts'
import { trackingOf } from './attribute.ts'
import { demandState, interfaceOf } from './find.ts'
import { durations } from './lifecycles.ts'
import { newInterface } from './new-interface.ts'
import { interfaceView } from './views.ts'

/** That primary interfaces do not count, which their instances' quotas bound, is unconfirmed. @throws Fault MaxEniCountExceeded */
function demandRoom(context: Context): void {
  const { state, accountId, regionId } = context
  const most = quotaOf('max-elastic-network-interfaces', context)
  const held = () => state.networkInterfaces.select({ accountId, regionId, where: ({ type }) => type === 'Secondary' }).length
  const fits = state.networkInterfaces.size() < most || held() < most
  demand(fits, 'MaxEniCountExceeded', 'The number of network interfaces in this region exceeds the quota.', 403)
}

/** The interface is Available at once. */
export const CreateNetworkInterface = ecs(
  'CreateNetworkInterface',
  [
    'VSwitchId',
    'InstanceType',
    'NetworkInterfaceName',
    'Description',
    'SecurityGroupId',
    'SecurityGroupIds',
    'PrimaryIpAddress',
    'PrivateIpAddress',
    'SecondaryPrivateIpAddressCount',
    'Ipv4Prefix',
    'Ipv4PrefixCount',
    'Ipv6Address',
    'Ipv6AddressCount',
    'Ipv6Prefix',
    'Ipv6PrefixCount',
    'DeleteOnRelease',
    'SourceDestCheck',
    'EnablePrimaryIPv6',
    'QueueNumber',
    'QueuePairNumber',
    'RxQueueSize',
    'TxQueueSize',
    'NetworkInterfaceTrafficMode',
    'NetworkInterfaceTrafficConfig',
    'EnhancedNetwork',
    'ConnectionTrackingConfiguration',
    'ResourceGroupId',
    'Tag',
  ],
  (input, context) => {
    demandOneOf(input.InstanceType, ['Secondary', 'Trunk'], 'InstanceType', 'InvalidParameter')
    demand(input.InstanceType !== 'Trunk', 'UnsupportedParameter', 'The local cloud has no trunk network interfaces.')
    demandRoom(context)
    const tracking = trackingOf(input.ConnectionTrackingConfiguration, undefined)
    const rest = {
      status: 'Available',
      instanceId: '',
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      tags: newTags(input.Tag),
      ...(tracking && { connectionTracking: tracking }),
    } as const
    const eni = newInterface(input, readyVSwitchOf(input.VSwitchId, context), rest, context)
    const { Attachment: _, InstanceId: _none, AssociatedPublicIp: _ip, CreationTime: _at, ...shown } = interfaceView(eni)
    const { NetworkInterfaceTrafficMode: _mode, DeleteOnRelease: _goes, QueueNumber: _queues, QueuePairNumber: _pairs, ...answer } = shown
    return answer
  },
)

export const DeleteNetworkInterface = ecs('DeleteNetworkInterface', ['NetworkInterfaceId'], (input, context) => {
  const eni = interfaceOf(input.NetworkInterfaceId, context)
  demand(eni.type === 'Secondary', 'InvalidOperation.InvalidEniType', 'A primary network interface goes with its instance.')
  demandState(eni, 'Available')
  context.state.networkInterfaces.put({ ...eni, status: 'Deleting' })
  context.schedule('networkInterface.deleted', eni.id, durations.delete)
  return {}
})
