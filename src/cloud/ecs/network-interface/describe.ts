import type { Sliceable } from '../../engine/table.ts'
import { demand } from '../../fault.ts'
import { instanceIdOf } from '../../ids.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import type { Instance } from '../records.ts'
import type { NetworkInterface } from './records.ts'
import { askedTagKeys, tagTest } from '../tags.ts'
import { demandOneOf, equalities, named, passes, type Test } from '../values.ts'
import { addressesOf, primaryOf } from './shape.ts'
import { listedView } from './views.ts'

const statuses = ['Available', 'Attaching', 'InUse', 'Detaching', 'Deleting']

/** Two lists, one after the other. */
const joined = <A, B>(first: Sliceable<A>, second: Sliceable<B>): Sliceable<A | B> => ({
  length: first.length + second.length,
  slice: (start, end) => [...first.slice(start, end), ...second.slice(Math.max(0, start - first.length), Math.max(0, end - first.length))],
})

/** The ids of the instances whose primary interfaces are asked for; undefined for any. */
function instanceIds(enis: readonly string[] | undefined, instanceId: string | undefined): readonly string[] | undefined {
  const ids = enis?.length ? enis.map(instanceIdOf) : undefined
  if (!instanceId) return ids
  return ids === undefined || ids.includes(instanceId) ? [instanceId] : []
}

const hasOne = (wanted: readonly string[] | undefined): Test<NetworkInterface> =>
  wanted?.length ? (eni) => addressesOf(eni).some((address) => wanted.includes(address)) : undefined

const hasOneIpv6 = (wanted: readonly string[] | undefined): Test<NetworkInterface> =>
  wanted?.length ? ({ ipv6Addresses = [] }) => ipv6Addresses.some((address) => wanted.includes(address)) : undefined

/** Secondary interfaces come first, then primary ones, each the newest first. A filter by group finds secondary ones only, as documented. */
export const DescribeNetworkInterfaces = ecs(
  'DescribeNetworkInterfaces',
  [
    'NetworkInterfaceId',
    'NetworkInterfaceName',
    'InstanceId',
    'Type',
    'Status',
    'VpcId',
    'VSwitchId',
    'SecurityGroupId',
    'PrimaryIpAddress',
    'PrivateIpAddress',
    'Ipv6Address',
    'ServiceManaged',
    'ResourceGroupId',
    'Tag',
    'PageNumber',
    'PageSize',
    'NextToken',
    'MaxResults',
  ],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.Type, ['Primary', 'Secondary'], 'Type', 'InvalidParameter')
    demandOneOf(input.Status, statuses, 'Status', 'InvalidParameter')
    const ids = input.NetworkInterfaceId?.length ? input.NetworkInterfaceId : undefined
    demand((ids?.length ?? 0) <= 100, 'InvalidParameter', 'At most 100 NetworkInterfaceId can be given.')
    const where = passes<NetworkInterface>([
      named(input.NetworkInterfaceName, (eni) => eni.networkInterfaceName),
      hasOne(input.PrivateIpAddress),
      hasOneIpv6(input.Ipv6Address),
      tagTest(input.Tag),
      ...equalities<NetworkInterface, typeof input>(input, {
        Status: (eni) => eni.status,
        PrimaryIpAddress: (eni) => eni.primaryIpAddress,
        ServiceManaged: () => false,
        ResourceGroupId: (eni) => eni.resourceGroupId,
      }),
    ])
    const scope = { accountId, regionId }
    const { VSwitchId, PrimaryIpAddress } = input
    const address = VSwitchId && PrimaryIpAddress ? `${VSwitchId}/${PrimaryIpAddress}` : undefined
    const places = { vpc: input.VpcId || undefined, vSwitch: VSwitchId || undefined, address }
    const of = { instance: input.InstanceId || undefined, securityGroup: input.SecurityGroupId || undefined, tag: askedTagKeys(input.Tag) }
    const secondary = input.Type === 'Primary' ? [] : state.networkInterfaces.list({ ...scope, ids, by: { ...places, ...of }, where })
    const none = input.Type === 'Secondary' || Boolean(input.SecurityGroupId) || (Boolean(input.Status) && input.Status !== 'InUse')
    const primary = none
      ? []
      : state.instances.list({
          ...scope,
          ids: instanceIds(ids, input.InstanceId),
          by: places,
          where: where && ((instance) => where(primaryOf(instance))),
        })
    const { rows, fields } = page<NetworkInterface | Instance>(joined(secondary, primary), input, { maxSize: 1000, maxResults: [10, 500] })
    return { NetworkInterfaceSets: { NetworkInterfaceSet: listed(rows, listedView) }, ...fields }
  },
)
