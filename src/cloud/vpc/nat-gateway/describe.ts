import { regionFacts } from '../../../api/regions.ts'
import { toSeconds } from '../../../api/time.ts'
import { zoneName } from '../../ecs/regions.ts'
import { shownTags, tagTest } from '../../ecs/tags.ts'
import { demandOneOf, equalities, passes } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { vpc } from '../../operation.ts'
import type { State } from '../../state.ts'
import { numberedPage } from '../lists.ts'
import { forwardsOf, snatsOf } from './addresses.ts'
import { natGatewayOf } from './find.ts'
import type { NatGateway } from './records.ts'

/** What an enhanced gateway bears (unconfirmed but for the bandwidth, in Mbit/s). */
const limits = { MaxBandwidth: 5120, MaxSessionEstablishRate: 100_000, MaxSessionQuota: 2_000_000 }

const zoneOf = (row: NatGateway, state: State): string => state.vSwitches.get(row.vSwitchId)?.zoneId ?? ''

/** The interface by which it lies in the vSwitch is the service's own, and not among those of the account here. */
const privateInfo = (row: NatGateway, state: State) =>
  row.natType === 'Normal'
    ? { EniInstanceId: '', IzNo: '', PrivateIpAddress: '', VswitchId: '' }
    : { EniInstanceId: '', IzNo: zoneOf(row, state), PrivateIpAddress: row.addresses[0] ?? '', VswitchId: row.vSwitchId }

/** The elastic addresses bound to it, and what each is used for. */
const addressesOf = (row: NatGateway, state: State) =>
  state.eips
    .by('boundTo', row.id)
    .filter(({ status }) => status === 'InUse')
    .map(({ id, ipAddress, privateIpAddress }) => {
      const [forwards, snats] = [forwardsOf(row, ipAddress, state), snatsOf(row, ipAddress, state)]
      return {
        AllocationId: id,
        IpAddress: ipAddress,
        PrivateIpAddress: privateIpAddress,
        UsingStatus: snats.length > 0 ? 'UsedBySnatTable' : forwards.length > 0 ? 'UsedByForwardTable' : 'idle',
        SnatEntryEnabled: !forwards.some(({ protocol }) => protocol === 'any'),
      }
    })

const accessView = ({ accessMode }: NatGateway) => ({ ModeValue: accessMode?.mode ?? '', TunnelType: accessMode?.tunnel ?? '' })
const linkMode = ({ privateLinkEnabled, accessMode }: NatGateway): string =>
  privateLinkEnabled ? (accessMode?.mode === 'tunnel' ? 'Geneve' : 'FullNat') : ''

/** What all answers about a gateway show. */
export const commonView = (row: NatGateway) => ({
  NatGatewayId: row.id,
  Name: row.name,
  Description: row.description,
  RegionId: row.regionId,
  VpcId: row.vpcId,
  Status: row.status,
  BusinessStatus: 'Normal',
  CreationTime: toSeconds(row.createdAt),
})

const todaysView = (row: NatGateway) => ({
  ...commonView(row),
  NatType: row.natType,
  NetworkType: row.networkType,
  ResourceGroupId: row.resourceGroupId,
  AvailabilityMode: row.availabilityMode,
  PrivateLinkEnabled: row.privateLinkEnabled,
  PrivateLinkMode: linkMode(row),
  AccessMode: accessView(row),
  EcsMetricEnabled: false,
  ExpiredTime: '',
})

const view = (row: NatGateway, state: State) => ({
  ...todaysView(row),
  InstanceChargeType: 'PostPaid',
  InternetChargeType: row.internetChargeType,
  Spec: row.spec,
  AutoPay: false,
  EipBindMode: row.networkType === 'internet' ? row.eipBindMode : '',
  IcmpReplyEnabled: row.icmpReplyEnabled,
  DeletionProtection: row.deletionProtection,
  SecurityProtectionEnabled: false,
  EnableSessionLog: String(row.sessionLog !== undefined),
  ForwardTableIds: { ForwardTableId: [row.forwardTableId] },
  SnatTableIds: { SnatTableId: [row.snatTableId] },
  FullNatTableIds: { FullNatTableId: [] },
  IpLists: { IpList: addressesOf(row, state) },
  IpPrefixList: { IpPrefixList: [] },
  NatGatewayPrivateInfo: { ...privateInfo(row, state), EniType: '', ...(row.natType === 'Enhanced' && limits) },
  Tags: shownTags(row.tags),
})

const statuses = ['Creating', 'Available', 'Modifying', 'Deleting', 'Converting']

export const DescribeNatGateways = vpc(
  'DescribeNatGateways',
  [
    'NatGatewayId',
    'VpcId',
    'Name',
    'Status',
    'NatType',
    'NetworkType',
    'InstanceChargeType',
    'Spec',
    'AvailabilityMode',
    'ZoneId',
    'ResourceGroupId',
    'Tag',
    'PageNumber',
    'PageSize',
  ],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.Status, statuses, 'Status', 'InvalidParameter')
    demandOneOf(input.NetworkType, ['internet', 'intranet'], 'NetworkType', 'InvalidParameter')
    const where = passes<NatGateway>([
      tagTest(input.Tag),
      ...equalities<NatGateway, typeof input>(input, {
        NatGatewayId: (row) => row.id,
        Name: (row) => row.name,
        Status: (row) => row.status,
        NatType: (row) => row.natType,
        NetworkType: (row) => row.networkType,
        InstanceChargeType: () => 'PostPaid',
        Spec: (row) => row.spec,
        AvailabilityMode: (row) => row.availabilityMode,
        ZoneId: (row) => zoneOf(row, state),
        ResourceGroupId: (row) => row.resourceGroupId,
      }),
    ])
    const { rows, counts } = numberedPage(
      state.natGateways.select({ accountId, regionId, by: { vpc: input.VpcId || undefined }, where }),
      input,
    )
    return { ...counts, NatGateways: { NatGateway: rows.map((row) => view(row, state)) } }
  },
)

/** No log service exists here, so that a gateway's sessions are written nowhere, and it says so. */
const logView = ({ sessionLog }: NatGateway) =>
  sessionLog === undefined
    ? { DeliverLogsErrorMessage: '', DeliveryStatus: '', LogDeliveryType: '', LogDestination: '' }
    : {
        DeliverLogsErrorMessage: 'LogStoreNotExist: the local cloud has no log service',
        DeliveryStatus: 'Failure',
        LogDeliveryType: sessionLog.type,
        LogDestination: sessionLog.destination,
      }

export const GetNatGatewayAttribute = vpc('GetNatGatewayAttribute', ['NatGatewayId'], (input, context) => {
  const { state } = context
  const row = natGatewayOf(input.NatGatewayId, context)
  const { MaxBandwidth } = limits
  return {
    ...todaysView(row),
    EnableSessionLog: row.sessionLog !== undefined,
    DeletionProtectionInfo: { Enabled: row.deletionProtection },
    BillingConfig: { AutoPay: '', InstanceChargeType: 'PostPaid', InternetChargeType: row.internetChargeType, Spec: row.spec },
    ForwardTable: { ForwardTableId: row.forwardTableId, ForwardEntryCount: state.forwardEntries.count('table', row.forwardTableId) },
    SnatTable: { SnatTableId: row.snatTableId, SnatEntryCount: state.snatEntries.count('table', row.snatTableId) },
    FullNatTable: { FullNatTableId: '', FullNatEntryCount: 0 },
    IpList: addressesOf(row, state).map(({ AllocationId, IpAddress, UsingStatus }) => ({ AllocationId, IpAddress, UsingStatus })),
    LogDelivery: logView(row),
    PrivateInfo: { ...privateInfo(row, state), ...(row.natType === 'Enhanced' && { MaxBandwidth }) },
  }
})

/** Every zone can hold one, reached by PrivateLink as well. */
export const ListEnhanhcedNatGatewayAvailableZones = vpc(
  'ListEnhanhcedNatGatewayAvailableZones',
  ['AcceptLanguage', 'Filter.Key', 'Filter.Value'],
  (input, { regionId }) => {
    demandOneOf(input.AcceptLanguage, ['zh-CN', 'en-US'], 'AcceptLanguage', 'InvalidParameter')
    for (const { Key, Value } of input.Filter ?? []) {
      demand(Key === 'PrivateLinkEnabled', 'InvalidParameter', 'The specified Filter.Key is not valid.')
      demandOneOf(Value, ['true', 'false'], 'Filter.Value', 'InvalidParameter')
    }
    const region = regionFacts(regionId)
    const nameOf = (ZoneId: string) => (region ? zoneName(region, ZoneId, input.AcceptLanguage || 'zh-CN') : '')
    return { Zones: (region?.Zones ?? []).map((ZoneId) => ({ ZoneId, LocalName: nameOf(ZoneId) })) }
  },
)
