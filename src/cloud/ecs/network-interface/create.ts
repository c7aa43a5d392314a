import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { demandResourceGroup, readyVSwitchOf } from '../instance/places.ts'
import { newTags } from '../tags.ts'
import { demandOneOf } from '../values.ts'
import { trackingOf } from './attribute.ts'
import { demandState, interfaceOf } from './find.ts'
import { durations } from './lifecycles.ts'
import { newInterface } from './new-interface.ts'
import { interfaceView } from './views.ts'

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
