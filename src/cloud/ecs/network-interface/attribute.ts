import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { securityGroupsOf } from '../instance/places.ts'
import type { ConnectionTracking, NetworkInterface } from './records.ts'
import { tagTest } from '../tags.ts'
import { demandFits } from './attach.ts'
import { demandState, interfaceOf } from './find.ts'
import { primaryOf } from './ipv6.ts'
import { demandTexts } from './new-interface.ts'
import { putInterface } from './shape.ts'
import { trafficOf, withoutTraffic } from './traffic.ts'
import { attributeView } from './views.ts'

interface TrackingInput {
  readonly TcpEstablishedTimeout?: number | undefined
  readonly TcpClosedAndTimeWaitTimeout?: number | undefined
  readonly UdpTimeout?: number | undefined
}

/** Seconds: what each may be (unconfirmed). */
const established = [30, 60, 80, 100, 200, 300, 500, 700, 910]
const inRange = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most

/**
 * How long connections are tracked, once what is given is changed; undefined when nothing ever was said.
 * @throws Fault InvalidParameter
 */
export function trackingOf(input: TrackingInput | undefined, before: ConnectionTracking | undefined): ConnectionTracking | undefined {
  if (input === undefined) return before
  const tracking = {
    tcpEstablished: input.TcpEstablishedTimeout ?? before?.tcpEstablished ?? 910,
    tcpClosedAndTimeWait: input.TcpClosedAndTimeWaitTimeout ?? before?.tcpClosedAndTimeWait ?? 3,
    udp: input.UdpTimeout ?? before?.udp ?? 30,
  }
  const fits =
    established.includes(tracking.tcpEstablished) && inRange(tracking.tcpClosedAndTimeWait, 3, 15) && inRange(tracking.udp, 10, 100)
  demand(fits, 'InvalidParameter', 'The specified ConnectionTrackingConfiguration is not valid.')
  return tracking
}

/** The tags narrow what is found, as they do in a list; what Attribute asks for is always part of the whole answer. */
export const DescribeNetworkInterfaceAttribute = ecs(
  'DescribeNetworkInterfaceAttribute',
  ['NetworkInterfaceId', 'Attribute', 'Tag'],
  (input, context) => {
    const eni = interfaceOf(input.NetworkInterfaceId, context)
    const carries = tagTest(input.Tag)
    demand(carries === undefined || carries(eni), 'InvalidEniId.NotFound', 'No network interface of that id carries these tags.')
    return attributeView(eni, context.state)
  },
)

/** New groups take the place of all it was in. */
function groupsOf(ids: readonly string[] | undefined, eni: NetworkInterface, context: Context): readonly string[] {
  if (!ids?.length) return eni.securityGroupIds
  const joined = ids.filter((id) => !eni.securityGroupIds.includes(id))
  securityGroupsOf(joined, eni.vpcId, 1, context)
  return securityGroupsOf(ids, eni.vpcId, 0, context)
}

/** Changes what is given and leaves the rest; the groups of a primary interface are its instance's. */
export const ModifyNetworkInterfaceAttribute = ecs(
  'ModifyNetworkInterfaceAttribute',
  [
    'NetworkInterfaceId',
    'NetworkInterfaceName',
    'Description',
    'SecurityGroupId',
    'DeleteOnRelease',
    'SourceDestCheck',
    'EnablePrimaryIPv6',
    'QueueNumber',
    'RxQueueSize',
    'TxQueueSize',
    'NetworkInterfaceTrafficConfig',
    'EnhancedNetwork',
    'ConnectionTrackingConfiguration',
  ],
  (input, context) => {
    const { state } = context
    const eni = interfaceOf(input.NetworkInterfaceId, context)
    demandState(eni, 'Available', 'InUse')
    demandTexts(input)
    const { DeleteOnRelease } = input
    const traffic = trafficOf(input, eni)
    const stays = eni.type === 'Primary' && DeleteOnRelease === false
    demand(!stays, 'InvalidOperation.InvalidEniType', 'A primary network interface goes with its instance.')
    const tracking = trackingOf(input.ConnectionTrackingConfiguration, eni.connectionTracking)
    const { primaryIpv6: _, ...rest } = withoutTraffic(eni)
    const changed: NetworkInterface = {
      ...rest,
      ...traffic,
      ...primaryOf(input.EnablePrimaryIPv6, eni),
      networkInterfaceName: input.NetworkInterfaceName ?? eni.networkInterfaceName,
      description: input.Description ?? eni.description,
      deleteOnRelease: DeleteOnRelease ?? eni.deleteOnRelease,
      sourceDestCheck: input.SourceDestCheck ?? eni.sourceDestCheck,
      securityGroupIds: groupsOf(input.SecurityGroupId, eni, context),
      ...(tracking && { connectionTracking: tracking }),
    }
    const instance = state.instances.get(eni.instanceId)
    if (instance) demandFits(changed, instance)
    putInterface(changed, state)
    return {}
  },
)
