import { instanceTypeOf } from '../../../api/instance-types.ts'
import { parseTime } from '../../../api/time.ts'
import { demand, fault } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import type { Instance } from '../records.ts'
import { askedTagKeys } from '../tags.ts'
import { beginning, equalities, named, passes, type Test } from '../values.ts'
import { isLocked, lockReasons } from './locks.ts'
import { instanceTexts } from './own-texts.ts'
import { instanceView, instanceWithMetadataView } from './view.ts'

const statuses = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped']

/** A filter's value outside its list does not exist: 404 with a code of its own. */
function known(value: string | undefined, allowed: readonly string[], code: string, parameter: string): void {
  if (value) demand(allowed.includes(value), code, `The specified ${parameter} does not exist.`, 404)
}

const oneOf = <R>(wanted: readonly string[] | undefined, field: (row: R) => string): Test<R> => {
  if (wanted === undefined) return undefined
  demand(wanted.length <= 100, 'InvalidInstanceIds.Malformed', 'At most 100 values can be given.')
  const set = new Set(wanted)
  return (row) => set.has(field(row))
}

const hasOneIpv6 = (wanted: readonly string[] | undefined): Test<Instance> =>
  wanted?.length
    ? ({ primaryInterface, attachedInterfaces = [] }) =>
        [primaryInterface, ...attachedInterfaces].some((eni) => eni?.ipv6Addresses?.some((address) => wanted.includes(address)))
    : undefined

const times: Readonly<Record<string, (at: number) => Test<Instance>>> = {
  CreationStartTime: (at) => (instance) => instance.createdAt >= at,
  CreationEndTime: (at) => (instance) => instance.createdAt <= at,
  ExpiredStartTime: (at) => (instance) => instance.expiresAt !== undefined && instance.expiresAt >= at,
  ExpiredEndTime: (at) => (instance) => instance.expiresAt !== undefined && instance.expiresAt <= at,
}

function timeFilters(
  filters: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Test<Instance>[] {
  return filters.map(({ Key = '', Value = '' }) => {
    const test = Object.hasOwn(times, Key) ? times[Key] : undefined
    if (test === undefined) throw fault('InvalidFilterKey.NotFound', 'The specified Filter.n.Key does not exist.')
    const at = parseTime(Value)
    demand(at !== undefined, 'InvalidFilterValue', 'The specified Filter.n.Value is not valid.')
    return test(at)
  })
}

const lockedFor = (wanted: string | undefined): Test<Instance> => {
  const reason = lockReasons.find((one) => one === wanted)
  return reason === undefined ? undefined : (instance) => isLocked(instance, reason)
}

/** What must equal a parameter of the same name, where no index is asked. */
const comparedFields = {
  InstanceTypeFamily: (instance: Instance) => instanceTypeOf(instance.instanceType)?.InstanceTypeFamily,
  ImageId: (instance: Instance) => instance.imageId,
  InstanceChargeType: (instance: Instance) => instance.instanceChargeType,
  InternetChargeType: (instance: Instance) => instance.internetChargeType,
  InstanceNetworkType: () => 'vpc',
  KeyPairName: (instance: Instance) => instance.keyPairName,
  ResourceGroupId: (instance: Instance) => instance.resourceGroupId,
  HttpEndpoint: (instance: Instance) => instance.httpEndpoint,
  HttpTokens: (instance: Instance) => instance.httpTokens,
  HttpPutResponseHopLimit: (instance: Instance) => instance.httpPutResponseHopLimit ?? 1,
  IoOptimized: () => true,
  DeviceAvailable: () => true,
}

export const DescribeInstances = ecs(
  'DescribeInstances',
  [
    'InstanceIds',
    'InstanceName',
    'Status',
    'ZoneId',
    'VpcId',
    'VSwitchId',
    'SecurityGroupId',
    'InstanceType',
    'InstanceTypeFamily',
    'ImageId',
    'InstanceChargeType',
    'InternetChargeType',
    'InstanceNetworkType',
    'KeyPairName',
    'ResourceGroupId',
    'LockReason',
    'IoOptimized',
    'DeviceAvailable',
    'NeedSaleCycle',
    'HpcClusterId',
    'PrivateIpAddresses',
    'PublicIpAddresses',
    'InnerIpAddresses',
    'EipAddresses',
    'Ipv6Address',
    'RdmaIpAddresses',
    'HttpEndpoint',
    'HttpTokens',
    'HttpPutResponseHopLimit',
    'Tag',
    'Filter',
    'AdditionalAttributes',
    'PageNumber',
    'PageSize',
    'NextToken',
    'MaxResults',
  ],
  (input, { state, accountId, regionId }) => {
    known(input.Status, statuses, 'InvalidStatus.NotFound', 'Status')
    known(input.LockReason, lockReasons, 'InvalidLockReason.NotFound', 'LockReason')
    known(input.InstanceChargeType, ['PostPaid', 'PrePaid'], 'InvalidInstanceChargeType.NotFound', 'InstanceChargeType')
    known(input.InstanceNetworkType, ['vpc', 'classic'], 'InvalidNetworkType.NotFound', 'InstanceNetworkType')
    known(input.InternetChargeType, ['PayByTraffic', 'PayByBandwidth'], 'InvalidInternetChargeType.ValueNotSupported', 'InternetChargeType')
    demand((input.InstanceIds?.length ?? 0) <= 100, 'InvalidInstanceIds.Malformed', 'At most 100 values can be given.')
    const name = beginning(input.InstanceName)
    const tests: Test<Instance>[] = [
      oneOf(input.PrivateIpAddresses, (instance) => instance.privateIpAddress),
      oneOf(input.PublicIpAddresses, (instance) => instance.publicIpAddress),
      oneOf(input.EipAddresses, (instance) => instance.eip?.ipAddress ?? ''),
      hasOneIpv6(input.Ipv6Address),
      // No instance here has an address in the classic network or an RDMA address.
      oneOf(input.InnerIpAddresses, () => ''),
      oneOf(input.RdmaIpAddresses, () => ''),
      lockedFor(input.LockReason),
      name?.open ? named(input.InstanceName, (instance) => instance.instanceName) : undefined,
      ...timeFilters(input.Filter),
      ...equalities<Instance, typeof input>(input, comparedFields),
    ]
    const by = {
      vpc: input.VpcId || undefined,
      vSwitch: input.VSwitchId || undefined,
      securityGroup: input.SecurityGroupId || undefined,
      status: input.Status || undefined,
      zone: input.ZoneId || undefined,
      type: input.InstanceType || undefined,
      placed: input.HpcClusterId || undefined,
      tag: askedTagKeys(input.Tag),
    }
    const found = state.instances.list({ accountId, regionId, ids: input.InstanceIds, by, named: name, where: passes(tests) })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const view = input.AdditionalAttributes?.includes('META_OPTIONS') ? instanceWithMetadataView : instanceView
    return { Instances: { Instance: listed(rows, view, instanceTexts) }, ...fields }
  },
)

const statusView = (instance: Instance) => ({ InstanceId: instance.id, Status: instance.status })

export const DescribeInstanceStatus = ecs(
  'DescribeInstanceStatus',
  ['InstanceId', 'ZoneId', 'ClusterId', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    demand((input.InstanceId?.length ?? 0) <= 100, 'InvalidParameter', 'At most 100 instance ids can be given.')
    // No instance here is in a cluster.
    const where = input.ClusterId ? () => false : undefined
    const found = state.instances.list({ accountId, regionId, ids: input.InstanceId, by: { zone: input.ZoneId || undefined }, where })
    const { rows, fields } = page(found, input, { maxSize: 50 })
    const { NextToken: _token, ...counts } = fields
    return { InstanceStatuses: { InstanceStatus: listed(rows, statusView) }, ...counts }
  },
)
