import { primaryInterfaceId } from '../../ids.ts'
import type { State } from '../../state.ts'
import type { Instance } from '../records.ts'
import type { InterfaceSettings, NetworkInterface } from './records.ts'

/** What an interface is like of which nothing was said. */
export const plain: InterfaceSettings = {
  networkInterfaceName: '',
  description: '',
  secondaryAddresses: [],
  deleteOnRelease: true,
  sourceDestCheck: false,
  queueNumber: undefined,
  tags: [],
}

/** An instance's primary interface: there is no row of it, all of it stands in the instance's. */
export const primaryOf = (instance: Instance): NetworkInterface => ({
  ...(instance.primaryInterface ?? plain),
  id: primaryInterfaceId(instance.id),
  accountId: instance.accountId,
  regionId: instance.regionId,
  type: 'Primary',
  status: 'InUse',
  zoneId: instance.zoneId,
  vpcId: instance.vpcId,
  vSwitchId: instance.vSwitchId,
  macAddress: instance.macAddress,
  primaryIpAddress: instance.privateIpAddress,
  securityGroupIds: instance.securityGroupIds,
  instanceId: instance.id,
  resourceGroupId: instance.primaryInterface?.resourceGroupId ?? instance.resourceGroupId,
  createdAt: instance.createdAt,
  eips: instance.eip ? [instance.eip] : [],
})

/** The primary address first. */
export const addressesOf = (eni: NetworkInterface): readonly string[] => [eni.primaryIpAddress, ...eni.secondaryAddresses]

/** Writes down in an instance's row what its own answers show of its secondary interfaces. */
export function showAttached(instanceId: string, state: State): void {
  const instance = state.instances.get(instanceId)
  if (instance === undefined) return
  const attached = state.networkInterfaces
    .by('instance', instanceId)
    .filter((eni) => eni.status !== 'Attaching')
    .map((eni) => ({
      id: eni.id,
      macAddress: eni.macAddress,
      addresses: addressesOf(eni),
      ...(eni.ipv4Prefixes && { ipv4Prefixes: eni.ipv4Prefixes }),
      ...(eni.ipv6Addresses && { ipv6Addresses: eni.ipv6Addresses }),
      ...(eni.primaryIpv6 && { primaryIpv6: eni.primaryIpv6 }),
      ...(eni.ipv6Prefixes && { ipv6Prefixes: eni.ipv6Prefixes }),
    }))
  state.instances.put({ ...instance, attachedInterfaces: attached.length > 0 ? attached : undefined })
}

/** Puts a changed primary interface into its instance's row. */
function putPrimary(eni: NetworkInterface, state: State): void {
  const instance = state.instances.get(eni.instanceId)
  if (instance === undefined) return
  const { networkInterfaceName, description, secondaryAddresses, deleteOnRelease, sourceDestCheck, queueNumber } = eni
  const { connectionTracking, ipv4Prefixes, ipv6Addresses, primaryIpv6, ipv6Prefixes, rateLimits, resourceGroupId, tags } = eni
  const { rdma, queuePairs, rxQueueSize, txQueueSize, enhanced } = eni
  state.instances.put({
    ...instance,
    securityGroupIds: eni.securityGroupIds,
    primaryInterface: {
      networkInterfaceName,
      description,
      secondaryAddresses,
      deleteOnRelease,
      sourceDestCheck,
      queueNumber,
      ...(rdma && { rdma }),
      ...(queuePairs !== undefined && { queuePairs }),
      ...(rxQueueSize !== undefined && { rxQueueSize }),
      ...(txQueueSize !== undefined && { txQueueSize }),
      ...(enhanced && { enhanced }),
      ...(connectionTracking && { connectionTracking }),
      ...(ipv4Prefixes && { ipv4Prefixes }),
      ...(ipv6Addresses && { ipv6Addresses }),
      ...(primaryIpv6 && { primaryIpv6 }),
      ...(ipv6Prefixes && { ipv6Prefixes }),
      ...(rateLimits && { rateLimits }),
      ...(resourceGroupId !== instance.resourceGroupId && { resourceGroupId }),
      tags,
    },
  })
}

/** Puts a changed interface where it is kept, and where its instance's answers find it. */
export function putInterface(eni: NetworkInterface, state: State): NetworkInterface {
  if (eni.type === 'Primary') putPrimary(eni, state)
  else {
    state.networkInterfaces.put(eni)
    if (eni.instanceId !== '') showAttached(eni.instanceId, state)
  }
  return eni
}
