import { toSeconds } from '../../../api/time.ts'
import { tagTest } from '../../ecs/tags.ts'
import { demandOneOf, equalities, passes, type Test } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { vpc } from '../../operation.ts'
import type { State } from '../../state.ts'
import { idTest, numberedPage } from '../lists.ts'
import type { Eip } from '../records.ts'
import { shownTags } from '../views.ts'
import { bandwidthOf } from './bandwidth.ts'

const time = (ms: number | undefined) => (ms === undefined ? '' : toSeconds(ms))

/** The bandwidth that it shares, from when it is asked to. */
function sharedView({ shared }: Eip, { bandwidthPackages }: State) {
  const common = shared && bandwidthPackages.get(shared.packageId)
  return {
    BandwidthPackageBandwidth: common ? String(common.bandwidth) : '',
    BandwidthPackageId: common?.id ?? '',
    BandwidthPackageType: common ? 'CommonBandwidthPackage' : '',
  }
}

/** Whether it is bound to a private address other than the one that every instance and interface has. */
const ofItsOwn = ({ instanceType, instanceId, privateIpAddress }: Eip, { networkInterfaces }: State): boolean =>
  instanceType === 'Nat' ||
  (instanceType === 'NetworkInterface' && networkInterfaces.get(instanceId)?.primaryIpAddress !== privateIpAddress)

/** An elastic address as DescribeEipAddresses shows it: figures are texts, and the description is there twice, misspelt as well. */
const view = (eip: Eip, state: State) => ({
  AllocationId: eip.id,
  IpAddress: eip.ipAddress,
  Name: eip.name,
  Description: eip.description,
  Descritpion: eip.description,
  Status: eip.status,
  BusinessStatus: 'Normal',
  RegionId: eip.regionId,
  // No longer in the catalogue, and yet Terraform's data source ends in a panic without it.
  AvailableRegions: { AvailableRegion: [eip.regionId] },
  Bandwidth: String(bandwidthOf(eip, state)),
  EipBandwidth: String(eip.bandwidth),
  ...sharedView(eip, state),
  InternetChargeType: eip.internetChargeType,
  ChargeType: eip.chargeType,
  ExpiredTime: time(eip.expiresAt),
  AllocationTime: toSeconds(eip.createdAt),
  InstanceId: eip.instanceId,
  InstanceType: eip.instanceType,
  InstanceRegionId: eip.instanceId === '' ? '' : eip.regionId,
  PrivateIpAddress: ofItsOwn(eip, state) ? eip.privateIpAddress : '',
  // Told of addresses that are bound to an IP address of a VPC, which none is here: Terraform replaces a binding that has one it was not given.
  VpcId: '',
  Mode: eip.mode,
  ISP: eip.isp,
  Netmode: 'public',
  Zone: eip.zone,
  ResourceGroupId: eip.resourceGroupId,
  DeletionProtection: eip.deletionProtection ?? false,
  SecondLimited: false,
  HDMonitorStatus: eip.monitorLog ? 'ON' : 'OFF',
  HasReservationData: 'false',
  ReservationActiveTime: '',
  ReservationBandwidth: '',
  ReservationInternetChargeType: '',
  ReservationOrderType: '',
  PublicIpAddressPoolId: '',
  SegmentInstanceId: '',
  ServiceManaged: 0,
  BizType: '',
  SecurityProtectionTypes: { SecurityProtectionType: eip.securityProtectionTypes ?? [] },
  OperationLocks: { LockReason: [] },
  Tags: shownTags(eip.tags),
})

const mostIds = 50
const associated = ['EcsInstance', 'NetworkInterface', 'SlbInstance', 'Nat', 'HaVip', 'IpAddress']
const statuses = ['Associating', 'Unassociating', 'InUse', 'Available', 'Releasing']

/** A list with commas between; @throws Fault InvalidParameter for more than 50. */
function few(list: string | undefined, parameter: string): string | undefined {
  demand((list?.split(',').length ?? 0) <= mostIds, 'InvalidParameter', `At most ${mostIds} ${parameter} can be given.`)
  return list
}

/**
 * The test of Filter, which asks for those that were allocated from a time on.
 * @throws Fault InvalidParameter for another key or a text that is no time (the code is unconfirmed)
 */
function createdSince(filters: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = []): Test<Eip> {
  const times = filters.map(({ Key, Value = '' }) => {
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(Value) ? Date.parse(Value) : Number.NaN
    demand(Key === 'CreationStartTime' && !Number.isNaN(time), 'InvalidParameter', 'The specified Filter is not valid.')
    return time
  })
  return times.length > 0 ? (eip) => times.every((time) => eip.createdAt >= time) : undefined
}

export const DescribeEipAddresses = vpc(
  'DescribeEipAddresses',
  [
    'AllocationId',
    'EipAddress',
    'EipName',
    'Status',
    'AssociatedInstanceType',
    'AssociatedInstanceId',
    'ChargeType',
    'ISP',
    'LockReason',
    'ResourceGroupId',
    'IncludeReservationData',
    'ServiceManaged',
    'SecurityProtectionEnabled',
    'PublicIpAddressPoolId',
    'SegmentInstanceId',
    'Filter.Key',
    'Filter.Value',
    'Tag',
    'PageNumber',
    'PageSize',
  ],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.Status, statuses, 'Status', 'InvalidParameter')
    demandOneOf(input.ChargeType, ['PostPaid', 'PrePaid'], 'ChargeType', 'InvalidChargeType.ValueNotSupported')
    demandOneOf(
      input.AssociatedInstanceType,
      associated,
      'AssociatedInstanceType',
      // Spelled so by the real API.
      'InvalidIAssociatedInstanceType.ValueNotSupported',
    )
    demandOneOf(input.LockReason, ['financial', 'security'], 'LockReason', 'InvalidLockReason.NotFound', 404)
    const addresses = few(input.EipAddress, 'EipAddress')?.split(',')
    const where = passes<Eip>([
      idTest(few(input.AllocationId, 'AllocationId')),
      input.EipAddress ? (eip) => addresses?.includes(eip.ipAddress) === true : undefined,
      tagTest(input.Tag),
      createdSince(input.Filter),
      ...equalities<Eip, typeof input>(input, {
        EipName: (eip) => eip.name,
        Status: (eip) => eip.status,
        AssociatedInstanceType: (eip) => eip.instanceType,
        ChargeType: (eip) => eip.chargeType,
        ISP: (eip) => eip.isp,
        ResourceGroupId: (eip) => eip.resourceGroupId,
        LockReason: () => '',
        ServiceManaged: () => false,
        SecurityProtectionEnabled: (eip) => (eip.securityProtectionTypes?.length ?? 0) > 0,
        PublicIpAddressPoolId: () => '',
        SegmentInstanceId: () => '',
      }),
    ])
    const by = { boundTo: input.AssociatedInstanceId || undefined }
    const { rows, counts } = numberedPage(state.eips.list({ accountId, regionId, by, where }), input, 100)
    return { ...counts, EipAddresses: { EipAddress: rows.map((eip) => view(eip, state)) } }
  },
)
