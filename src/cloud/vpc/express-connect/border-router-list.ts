import { toSeconds } from '../../../api/time.ts'
import { tagTest } from '../../ecs/tags.ts'
import { equalities, passes } from '../../ecs/values.ts'
import { type Context, vpc } from '../../operation.ts'
import type { State } from '../../state.ts'
import { type FilterFields, filterTest, numberedPage } from '../lists.ts'
import { connectionOf } from './find.ts'
import type { BorderRouter } from './records.ts'
import { pairTags } from './tag-view.ts'

const timeOf = (at: number | undefined): string => (at === undefined ? '' : toSeconds(at))
const routerType = 'pconnVBR'

/** The line of a router, in every answer alike. */
const lineView = (row: BorderRouter) => ({
  CircuitCode: row.circuitCode,
  EnableIpv6: row.ipv6Enabled,
  LocalGatewayIp: row.ipv4.local,
  PeerGatewayIp: row.ipv4.peer,
  PeeringSubnetMask: row.ipv4.mask,
  LocalIpv6GatewayIp: row.ipv6.local,
  PeerIpv6GatewayIp: row.ipv6.peer,
  PeeringIpv6SubnetMask: row.ipv6.mask,
})

const timesView = (row: BorderRouter) => ({
  CreationTime: toSeconds(row.createdAt),
  ActivationTime: timeOf(row.activatedAt),
  TerminationTime: timeOf(row.terminatedAt),
  RecoveryTime: timeOf(row.recoveredAt),
  PConnVbrChargeType: '',
  PConnVbrExpireTime: '',
})

const accessPointIdOf = (row: BorderRouter, { physicalConnections }: State) =>
  physicalConnections.get(row.connectionId)?.accessPointId ?? ''

function view(row: BorderRouter, state: State) {
  const line = {
    ...lineView(row),
    PhysicalConnectionId: row.connectionId,
    PhysicalConnectionOwnerUid: row.connectionOwnerId,
    PhysicalConnectionStatus: state.physicalConnections.get(row.connectionId)?.status ?? '',
    PhysicalConnectionBusinessStatus: 'Normal',
    VlanInterfaceId: row.vlanInterfaceId,
    Status: row.status,
  }
  return {
    ...line,
    ...timesView(row),
    VbrId: row.id,
    Name: row.name,
    Description: row.description,
    VlanId: row.vlanId,
    Bandwidth: row.bandwidth,
    AccessPointId: accessPointIdOf(row, state),
    RouteTableId: row.routeTableId,
    AssociatedPhysicalConnections: { AssociatedPhysicalConnection: [{ ...line, VlanId: String(row.vlanId) }] },
    AssociatedCens: { AssociatedCen: [] },
    MinTxInterval: row.minTxMs,
    MinRxInterval: row.minRxMs,
    DetectMultiplier: row.detectMultiplier,
    Mtu: 1_500,
    SitelinkEnable: row.siteLink,
    Type: routerType,
    CloudBoxInstanceId: '',
    EccId: '',
    EcrId: '',
    EcrOwnerId: '',
    EcrAttatchStatus: '',
    ResourceGroupId: row.resourceGroupId,
    Tags: pairTags(row.tags),
  }
}

const filtersOf = (state: State): FilterFields<BorderRouter> => ({
  PhysicalConnectionId: (row) => row.connectionId,
  VbrId: (row) => row.id,
  Status: (row) => row.status,
  Name: (row) => row.name,
  AccessPointId: (row) => accessPointIdOf(row, state),
  eccId: () => '',
  type: () => routerType,
})

/** Routers of others on the caller's connections. */
const foreign = ({ state, accountId, regionId }: Context): BorderRouter[] =>
  state.physicalConnections
    .select({ accountId, regionId })
    .flatMap(({ id }) => state.borderRouters.by('connection', id))
    .filter((row) => row.accountId !== accountId)

/** Those of the caller, and with IncludeCrossAccountVbr those of others on the caller's connections. */
export const DescribeVirtualBorderRouters = vpc(
  'DescribeVirtualBorderRouters',
  ['Filter.Key', 'Filter.Value', 'IncludeCrossAccountVbr', 'ResourceGroupId', 'Tags', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { state, accountId, regionId } = context
    const where = passes<BorderRouter>([
      filterTest(input.Filter, filtersOf(state)),
      tagTest(input.Tags),
      ...equalities<BorderRouter, typeof input>(input, { ResourceGroupId: (row) => row.resourceGroupId }),
    ])
    const others = input.IncludeCrossAccountVbr === true ? foreign(context).filter((row) => where === undefined || where(row)) : []
    const { rows, counts } = numberedPage([...state.borderRouters.select({ accountId, regionId, where }), ...others], input)
    return { ...counts, VirtualBorderRouterSet: { VirtualBorderRouterType: rows.map((row) => view(row, state)) } }
  },
)

/** All that stand on a connection of the caller's, whoever owns them. */
export const DescribeVirtualBorderRoutersForPhysicalConnection = vpc(
  'DescribeVirtualBorderRoutersForPhysicalConnection',
  ['PhysicalConnectionId', 'Filter.Key', 'Filter.Value', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { state } = context
    const { id } = connectionOf(input.PhysicalConnectionId, context)
    const test = filterTest(input.Filter, filtersOf(state))
    const found = state.borderRouters.by('connection', id).filter((row) => test === undefined || test(row))
    const { rows, counts } = numberedPage(found, input)
    const shown = (row: BorderRouter) => ({
      ...lineView(row),
      ...timesView(row),
      VbrId: row.id,
      VbrName: row.name,
      VbrOwnerUid: Number(row.accountId),
      VlanId: row.vlanId,
      Status: row.status,
      Type: routerType,
      Bandwidth: String(row.bandwidth),
      BandwidthStatus: 'Normal',
      PConnVbrBussinessStatus: 'Normal',
      EccId: '',
    })
    const set = { VirtualBorderRouterForPhysicalConnectionType: rows.map(shown) }
    return { ...counts, VirtualBorderRouterForPhysicalConnectionSet: set }
  },
)
