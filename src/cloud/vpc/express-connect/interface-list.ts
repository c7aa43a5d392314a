import { isMainland } from '../../../api/regions.ts'
import { toSeconds } from '../../../api/time.ts'
import { tagTest } from '../../ecs/tags.ts'
import { equalities, passes } from '../../ecs/values.ts'
import { vpc } from '../../operation.ts'
import type { State } from '../../state.ts'
import { type FilterFields, filterTest, numberedPage } from '../lists.ts'
import { interfaceOf } from './find.ts'
import { peerOf } from './interface-life.ts'
import { bandwidthOf } from './interface-spec.ts'
import type { RouterInterface } from './records.ts'
import { pairTags } from './tag-view.ts'

/** The VPC whose router that is; a virtual border router has none. */
const vpcIdOf = (row: RouterInterface | undefined, { vpcs }: State): string => {
  if (row?.routerType !== 'VRouter') return ''
  return (
    vpcs.select({ accountId: row.accountId, regionId: row.regionId, where: ({ vRouterId }) => vRouterId === row.routerId })[0]?.id ?? ''
  )
}

const businessOf = (row: RouterInterface): string => (row.locked ? 'FinancialLocked' : 'Normal')

/** What every answer about an interface shows. What it is connected with is a row of its own, so it cannot be kept ready. */
function view(row: RouterInterface, state: State) {
  const { opposite } = row
  const peer = peerOf(row, state)
  return {
    RouterInterfaceId: row.id,
    Name: row.name,
    Description: row.description,
    RouterId: row.routerId,
    RouterType: row.routerType,
    Role: row.role,
    Spec: row.spec,
    Bandwidth: bandwidthOf(row.spec),
    Status: row.status,
    BusinessStatus: businessOf(row),
    AccessPointId: row.accessPointId,
    VpcInstanceId: vpcIdOf(row, state),
    OppositeRegionId: opposite.regionId,
    OppositeInterfaceId: opposite.interfaceId,
    OppositeInterfaceOwnerId: opposite.ownerId,
    OppositeRouterId: opposite.routerId,
    OppositeRouterType: opposite.routerType,
    OppositeAccessPointId: opposite.accessPointId,
    OppositeInterfaceSpec: peer?.spec ?? '',
    OppositeInterfaceStatus: peer?.status ?? '',
    OppositeInterfaceBusinessStatus: peer ? businessOf(peer) : '',
    OppositeBandwidth: bandwidthOf(peer?.spec ?? ''),
    OppositeVpcInstanceId: vpcIdOf(peer, state),
    CrossBorder: isMainland(row.regionId) !== isMainland(opposite.regionId),
    HealthCheckSourceIp: row.healthCheckSourceIp,
    HealthCheckTargetIp: row.healthCheckTargetIp,
    HcRate: row.healthCheckRateMs,
    HcThreshold: row.healthCheckThreshold,
    ChargeType: row.chargeType === 'PrePaid' ? 'Prepaid' : 'AfterPay',
    CreationTime: toSeconds(row.createdAt),
    ConnectedTime: row.connectedAt === undefined ? '' : toSeconds(row.connectedAt),
    EndTime: row.expiresAt === undefined ? '' : toSeconds(row.expiresAt),
    HasReservationData: 'false',
    ReservationActiveTime: '',
    ReservationBandwidth: '',
    ReservationInternetChargeType: '',
    ReservationOrderType: '',
    ResourceGroupId: row.resourceGroupId,
    Tags: pairTags(row.tags),
  }
}

const filters: FilterFields<RouterInterface> = {
  RouterInterfaceId: (row) => row.id,
  RouterId: (row) => row.routerId,
  RouterType: (row) => row.routerType,
  RouterInterfaceOwnerId: (row) => row.accountId,
  OppositeInterfaceId: (row) => row.opposite.interfaceId,
  OppositeRouterType: (row) => row.opposite.routerType,
  OppositeRouterId: (row) => row.opposite.routerId,
  OppositeInterfaceOwnerId: (row) => row.opposite.ownerId,
  Status: (row) => row.status,
  Name: (row) => row.name,
}

/** No order waits here, so that IncludeReservationData tells of none. */
export const DescribeRouterInterfaces = vpc(
  'DescribeRouterInterfaces',
  ['Filter.Key', 'Filter.Value', 'IncludeReservationData', 'ResourceGroupId', 'Tags', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const where = passes<RouterInterface>([
      filterTest(input.Filter, filters),
      tagTest(input.Tags),
      ...equalities<RouterInterface, typeof input>(input, { ResourceGroupId: (row) => row.resourceGroupId }),
    ])
    const { rows, counts } = numberedPage(state.routerInterfaces.list({ accountId, regionId, where }), input)
    const shown = (row: RouterInterface) => ({ ...view(row, state), FastLinkMode: row.fastLink, Ipv6Status: '' })
    return { ...counts, RouterInterfaceSet: { RouterInterfaceType: rows.map(shown) } }
  },
)

export const DescribeRouterInterfaceAttribute = vpc('DescribeRouterInterfaceAttribute', ['InstanceId'], (input, context) => {
  const row = interfaceOf(input.InstanceId, context)
  return {
    ...view(row, context.state),
    FastLinkMode: String(row.fastLink),
    GmtModified: toSeconds(row.modifiedAt),
    HealthCheckStatus: row.healthCheckSourceIp === '' ? '' : 'Normal',
    Code: '',
    Message: '',
    Success: true,
  }
})
