import { instanceTypeOf } from '../../../api/instance-types.ts'
import { toMinutes } from '../../../api/time.ts'
import { primaryInterfaceId } from '../../ids.ts'
import { osOf } from '../image/find.ts'
import type { Instance, OnDedicatedHost } from '../records.ts'
import type { AttachedInterface, BoundEip } from '../network-interface/records.ts'
import { ipv6View } from '../network-interface/ipv6.ts'
import { shownTags } from '../tags.ts'
import { cpuView } from './cpu.ts'
import { optionsView } from './options-view.ts'
import { privateDnsView, privateNameOf } from './private-dns.ts'
import { holdsStock } from './spot-watch.ts'

/** What a pay-as-you-go instance says of its end. */
const never = '2099-12-31T15:59Z'
const addresses = (address: string) => ({ IpAddress: address === '' ? [] : [address] })

/** A private name is the instance's, so that its primary address alone has one. */
const interfaceView = (
  type: 'Primary' | 'Secondary',
  { id, macAddress, addresses: all, ipv4Prefixes = [], ...ipv6 }: AttachedInterface,
  name?: string,
) => ({
  NetworkInterfaceId: id,
  Type: type,
  PrimaryIpAddress: all[0] ?? '',
  MacAddress: macAddress,
  PrivateIpSets: {
    PrivateIpSet: all.map((address, at) => ({
      PrivateIpAddress: address,
      Primary: at === 0,
      ...(at === 0 && name && { PrivateDnsName: name }),
    })),
  },
  ...ipv6View(ipv6),
  Ipv4PrefixSets: { Ipv4PrefixSet: ipv4Prefixes.map((prefix) => ({ Ipv4Prefix: prefix })) },
})

const eipView = (eip: BoundEip | undefined) => ({
  AllocationId: eip?.allocationId ?? '',
  IpAddress: eip?.ipAddress ?? '',
  InternetChargeType: eip?.internetChargeType ?? '',
  ...(eip && { Bandwidth: eip.bandwidth, IsSupportUnassociate: true }),
})

/** The private pool that it is in; the words for how it takes part are those of an older API (unconfirmed). */
const reservationView = (instance: Instance) => ({
  CapacityReservationId: (holdsStock(instance) && instance.poolId) || '',
  CapacityReservationPreference: instance.privatePool?.matchCriteria.toLowerCase() ?? '',
})

/** Empty for an instance that shares its machine with others'. */
const hostView = (on: OnDedicatedHost | undefined) => ({
  DedicatedHostAttribute: {
    DedicatedHostId: on?.id ?? '',
    DedicatedHostName: on?.name ?? '',
    DedicatedHostClusterId: on?.clusterId ?? '',
  },
  DedicatedInstanceAttribute: { Affinity: on?.affinity ?? '', Tenancy: on ? 'host' : '' },
})

/** An instance as DescribeInstances shows it; the shapes are those of a real pay-as-you-go instance in a VPC. */
export function instanceView(instance: Instance) {
  const type = instanceTypeOf(instance.instanceType)
  const os = osOf(instance)
  const stopped = instance.status === 'Stopped'
  return {
    InstanceId: instance.id,
    InstanceName: instance.instanceName,
    HostName: instance.hostName,
    Description: instance.description,
    SerialNumber: instance.serialNumber,
    RegionId: instance.regionId,
    ZoneId: instance.zoneId,
    ClusterId: '',
    Status: instance.status,
    StoppedMode: stopped ? instance.stoppedMode : 'Not-applicable',
    InstanceType: instance.instanceType,
    InstanceTypeFamily: type?.InstanceTypeFamily ?? '',
    ...cpuView(instance),
    // MiB here, GiB in DescribeInstanceTypes.
    Memory: (type?.MemorySize ?? 0) * 1024,
    GPUAmount: type?.GPUAmount ?? 0,
    GPUSpec: type?.GPUSpec ?? '',
    LocalStorageAmount: type?.LocalStorageAmount ?? 0,
    LocalStorageCapacity: type?.LocalStorageCapacity ?? 0,
    ImageId: instance.imageId,
    OSName: os?.name ?? '',
    OSNameEn: os?.nameEn ?? '',
    OSType: os?.type ?? '',
    IoOptimized: true,
    DeviceAvailable: true,
    Recyclable: instance.recyclable === true,
    CreationTime: toMinutes(instance.createdAt),
    StartTime: instance.startedAt === undefined ? '' : toMinutes(instance.startedAt),
    ExpiredTime: instance.expiresAt === undefined ? never : toMinutes(instance.expiresAt),
    AutoReleaseTime: instance.autoReleaseAt === undefined ? '' : toMinutes(instance.autoReleaseAt),
    InstanceChargeType: instance.instanceChargeType,
    SaleCycle: '',
    SpotStrategy: instance.spotStrategy,
    SpotPriceLimit: instance.spotPriceLimit,
    SpotDuration: instance.spotDuration,
    SpotInterruptionBehavior: instance.spotInterruptionBehavior,
    CreditSpecification: instance.creditSpecification,
    DeletionProtection: instance.deletionProtection,
    InstanceNetworkType: 'vpc',
    VlanId: '',
    InternetChargeType: instance.internetChargeType,
    InternetMaxBandwidthIn: instance.internetMaxBandwidthIn,
    InternetMaxBandwidthOut: instance.internetMaxBandwidthOut,
    // In the order of real answers: footmark, the library under Ansible's modules, reads the second while it sets the third.
    InnerIpAddress: addresses(''),
    EipAddress: eipView(instance.eip),
    PublicIpAddress: addresses(instance.publicIpAddress),
    RdmaIpAddress: addresses(''),
    VpcAttributes: {
      VpcId: instance.vpcId,
      VSwitchId: instance.vSwitchId,
      NatIpAddress: '',
      PrivateIpAddress: addresses(instance.privateIpAddress),
    },
    NetworkInterfaces: {
      NetworkInterface: [
        interfaceView(
          'Primary',
          {
            id: primaryInterfaceId(instance.id),
            macAddress: instance.macAddress,
            addresses: [instance.privateIpAddress, ...(instance.primaryInterface?.secondaryAddresses ?? [])],
            ipv4Prefixes: instance.primaryInterface?.ipv4Prefixes ?? [],
            ipv6Addresses: instance.primaryInterface?.ipv6Addresses ?? [],
            ipv6Prefixes: instance.primaryInterface?.ipv6Prefixes ?? [],
            ...(instance.primaryInterface?.primaryIpv6 && { primaryIpv6: true }),
          },
          privateNameOf(instance, instance.privateIpAddress),
        ),
        ...(instance.attachedInterfaces ?? []).map((eni) => interfaceView('Secondary', eni)),
      ],
    },
    SecurityGroupIds: { SecurityGroupId: [...instance.securityGroupIds] },
    KeyPairName: instance.keyPairName,
    ResourceGroupId: instance.resourceGroupId,
    HpcClusterId: instance.hpcClusterId ?? '',
    ISP: '',
    PrivateDnsNameOptions: privateDnsView(instance),
    DeploymentSetId: instance.deploymentSet?.id ?? '',
    ...(instance.deploymentSet?.groupNo && { DeploymentSetGroupNo: instance.deploymentSet.groupNo }),
    ...hostView(instance.dedicatedHost),
    EcsCapacityReservationAttr: reservationView(instance),
    HibernationOptions: { Configured: instance.hibernation === true },
    MetadataOptions: { HttpEndpoint: '', HttpTokens: '' },
    OperationLocks: { LockReason: (instance.locks ?? []).map(({ reason, message }) => ({ LockReason: reason, LockMsg: message })) },
    Tags: shownTags(instance.tags),
    ...optionsView(instance),
  }
}

/** The same with what `AdditionalAttributes: META_OPTIONS` asks for. */
export const instanceWithMetadataView = (instance: Instance) => ({
  ...instanceView(instance),
  MetadataOptions: {
    HttpEndpoint: instance.httpEndpoint,
    HttpTokens: instance.httpTokens,
    HttpPutResponseHopLimit: instance.httpPutResponseHopLimit ?? 1,
    InstanceMetadataTags: instance.instanceMetadataTags ?? 'disabled',
  },
})
