import { instanceTypeOf } from '../../../api/instance-types.ts'
import { toSeconds } from '../../../api/time.ts'
import type { State } from '../../state.ts'
import { privateNameOf } from '../instance/private-dns.ts'
import type { Instance } from '../records.ts'
import type { BoundEip, ConnectionTracking, NetworkInterface } from './records.ts'
import { shownTags } from '../tags.ts'
import { ipv6View } from './ipv6.ts'
import { rateLimitsView } from './qos.ts'
import { addressesOf, primaryOf } from './shape.ts'
import { enhancedView, modeOf, pairsView } from './traffic.ts'

const publicIp = (eip: BoundEip | undefined) => ({ AllocationId: eip?.allocationId ?? '', PublicIpAddress: eip?.ipAddress ?? '' })

/**
 * What every answer about an interface shows.
 * @param privateName the name of its primary address, where there is one and the answer tells it
 */
export function interfaceView(eni: NetworkInterface, privateName?: string) {
  const eipOf = (address: string) => eni.eips.find((eip) => eip.privateIpAddress === address)
  return {
    NetworkInterfaceId: eni.id,
    NetworkInterfaceName: eni.networkInterfaceName,
    Description: eni.description,
    Type: eni.type,
    Status: eni.status,
    InstanceId: eni.instanceId,
    Attachment:
      eni.instanceId === '' ? {} : { InstanceId: eni.instanceId, DeviceIndex: 0, NetworkCardIndex: 0, TrunkNetworkInterfaceId: '' },
    VpcId: eni.vpcId,
    VSwitchId: eni.vSwitchId,
    ZoneId: eni.zoneId,
    PrivateIpAddress: eni.primaryIpAddress,
    PrivateIpSets: {
      PrivateIpSet: addressesOf(eni).map((address) => ({
        PrivateIpAddress: address,
        Primary: address === eni.primaryIpAddress,
        ...(privateName && address === eni.primaryIpAddress && { PrivateDnsName: privateName }),
        ...(eipOf(address) && { AssociatedPublicIp: publicIp(eipOf(address)) }),
      })),
    },
    AssociatedPublicIp: publicIp(eipOf(eni.primaryIpAddress)),
    ...ipv6View(eni),
    Ipv4PrefixSets: { Ipv4PrefixSet: (eni.ipv4Prefixes ?? []).map((prefix) => ({ Ipv4Prefix: prefix })) },
    MacAddress: eni.macAddress,
    SecurityGroupIds: { SecurityGroupId: [...eni.securityGroupIds] },
    NetworkInterfaceTrafficMode: modeOf(eni),
    DeleteOnRelease: eni.deleteOnRelease,
    SourceDestCheck: eni.sourceDestCheck,
    ...(eni.queueNumber !== undefined && { QueueNumber: eni.queueNumber }),
    ...pairsView(eni),
    ResourceGroupId: eni.resourceGroupId,
    OwnerId: eni.accountId,
    ServiceID: 0,
    ServiceManaged: false,
    CreationTime: toSeconds(eni.createdAt),
    Tags: shownTags(eni.tags),
  }
}

/** The same of a row of a list, which for a primary interface is its instance's. A static public address shows as one without an id. */
export function listedView(row: Instance | NetworkInterface) {
  if ('type' in row) return interfaceView(row)
  const shown = interfaceView(primaryOf(row), privateNameOf(row, row.privateIpAddress))
  return row.publicIpAddress === '' ? shown : { ...shown, AssociatedPublicIp: { AllocationId: '', PublicIpAddress: row.publicIpAddress } }
}

/** What a connection is tracked for when nothing else is said (unconfirmed). */
const usualTracking: ConnectionTracking = { tcpEstablished: 910, tcpClosedAndTimeWait: 3, udp: 30 }

/** What the answer about a single interface shows besides: queues as its instance's type gives them, and how long connections are tracked. */
export function attributeView(eni: NetworkInterface, state: State) {
  const { tcpEstablished, tcpClosedAndTimeWait, udp } = eni.connectionTracking ?? usualTracking
  const type = instanceTypeOf(state.instances.get(eni.instanceId)?.instanceType ?? '')
  const given = eni.type === 'Primary' ? type?.PrimaryEniQueueNumber : type?.SecondaryEniQueueNumber
  const queues = eni.queueNumber ?? given
  return {
    ...interfaceView(eni),
    ...(queues !== undefined && { QueueNumber: queues }),
    NetworkInterfaceTrafficConfig: {
      NetworkInterfaceTrafficMode: modeOf(eni),
      ...(queues !== undefined && { QueueNumber: queues }),
      ...pairsView(eni),
    },
    ...enhancedView(eni),
    ConnectionTrackingConfiguration: {
      TcpEstablishedTimeout: tcpEstablished,
      TcpClosedAndTimeWaitTimeout: tcpClosedAndTimeWait,
      UdpTimeout: udp,
    },
    QoSConfig: rateLimitsView(eni.rateLimits),
  }
}
