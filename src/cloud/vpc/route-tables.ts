import { toSeconds } from '../../api/time.ts'
import { tagTest } from '../ecs/tags.ts'
import { demandOneOf, equalities, passes } from '../ecs/values.ts'
import { demand } from '../fault.ts'
import { vpc } from '../operation.ts'
import { page } from '../paging.ts'
import type { State } from '../state.ts'
import { numberedPage } from './lists.ts'
import type { Vpc } from './records.ts'

/** Every VPC has a router with one table, the system's; it is read off the VPC's row. No table of a user's own can be made here. */
const vSwitchIds = (row: Vpc, state: State) => ({ VSwitchId: state.vSwitches.by('vpc', row.id).map((vSwitch) => vSwitch.id) })

const routerTypes = ['VRouter', 'VBR']
const tableTypes = ['Custom', 'System', 'BGP', 'CEN', 'ECR']

const listView = (row: Vpc, state: State) => ({
  RouteTableId: row.routeTableId,
  RouteTableName: '',
  RouteTableType: 'System',
  Description: '',
  RouterId: row.vRouterId,
  RouterType: 'VRouter',
  VpcId: row.id,
  VSwitchIds: vSwitchIds(row, state),
  AssociateType: 'VSwitch',
  GatewayIds: { GatewayIds: [] },
  RoutePropagationEnable: true,
  Status: row.status,
  ResourceGroupId: row.resourceGroupId,
  OwnerId: Number(row.accountId),
  CreationTime: toSeconds(row.createdAt),
  Tags: { Tag: [] },
})

export const DescribeRouteTableList = vpc(
  'DescribeRouteTableList',
  [
    'VpcId',
    'RouteTableId',
    'RouteTableName',
    'RouteTableType',
    'RouterId',
    'RouterType',
    'ResourceGroupId',
    'Tag',
    'PageNumber',
    'PageSize',
  ],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.RouterType, routerTypes, 'RouterType', 'InvalidParameter')
    demandOneOf(input.RouteTableType, ['System', 'Custom'], 'RouteTableType', 'InvalidParameter')
    const tagged = tagTest(input.Tag)
    const where = passes<Vpc>([
      // A table's tags are not its VPC's, and it has none.
      tagged && (() => tagged({ tags: [] })),
      ...equalities<Vpc, typeof input>(input, {
        VpcId: (row) => row.id,
        RouteTableId: (row) => row.routeTableId,
        RouteTableName: () => '',
        RouteTableType: () => 'System',
        RouterId: (row) => row.vRouterId,
        RouterType: () => 'VRouter',
        ResourceGroupId: (row) => row.resourceGroupId,
      }),
    ])
    const { rows, counts } = numberedPage(state.vpcs.select({ accountId, regionId, where }), input)
    return { ...counts, RouterTableList: { RouterTableListType: rows.map((row) => listView(row, state)) } }
  },
)

/** Where the cloud's own services are reached. */
const services = '100.64.0.0/10'

/** The entries that the system keeps: one to each vSwitch, and one to the cloud's services. */
function entriesOf(row: Vpc, state: State) {
  const local = state.vSwitches.by('vpc', row.id).map((vSwitch) => [vSwitch.cidrBlock, 'local'] as const)
  return [...local, [services, 'service'] as const].map(([cidrBlock, nextHop], at) => ({
    // No two entries of a table have the same id, and each keeps its own while the vSwitches before it stay.
    RouteEntryId: row.routeTableId.replace(/^vtb-/, 'rte-').slice(0, -2) + String(at).padStart(2, '0'),
    RouteEntryName: '',
    Description: 'Created with VSwitch by system.',
    RouteTableId: row.routeTableId,
    DestinationCidrBlock: cidrBlock,
    NextHopType: nextHop,
    Status: 'Available',
    Type: 'System',
  }))
}

export const DescribeRouteTables = vpc(
  'DescribeRouteTables',
  ['RouteTableId', 'RouteTableName', 'RouterId', 'RouterType', 'VRouterId', 'Type', 'ResourceGroupId', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.RouterType, routerTypes, 'RouterType', 'InvalidParameter')
    demandOneOf(input.Type, tableTypes, 'Type', 'InvalidParameter')
    const where = passes<Vpc>(
      equalities<Vpc, typeof input>(input, {
        RouteTableId: (row) => row.routeTableId,
        RouteTableName: () => '',
        RouterId: (row) => row.vRouterId,
        VRouterId: (row) => row.vRouterId,
        RouterType: () => 'VRouter',
        Type: () => 'System',
        ResourceGroupId: (row) => row.resourceGroupId,
      }),
    )
    const scope = { accountId, ...(regionId !== '' && { regionId }) }
    const { rows, counts } = numberedPage(state.vpcs.select({ ...scope, where }), input)
    const view = (row: Vpc) => ({
      RouteTableId: row.routeTableId,
      RouteTableType: 'System',
      VRouterId: row.vRouterId,
      VSwitchIds: vSwitchIds(row, state),
      RouteEntrys: {
        RouteEntry: entriesOf(row, state).map((entry) => ({ ...entry, InstanceId: '', NextHops: { NextHop: [] } })),
      },
      Status: row.status,
      ResourceGroupId: row.resourceGroupId,
      CreationTime: toSeconds(row.createdAt),
    })
    return { ...counts, RouteTables: { RouteTable: rows.map(view) } }
  },
)

export const DescribeVRouters = vpc(
  'DescribeVRouters',
  ['VRouterId', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const where = passes<Vpc>(equalities<Vpc, typeof input>(input, { VRouterId: (row) => row.vRouterId }))
    const { rows, counts } = numberedPage(state.vpcs.select({ accountId, regionId, where }), input)
    const view = (row: Vpc) => ({
      VRouterId: row.vRouterId,
      VRouterName: '',
      Description: '',
      RegionId: row.regionId,
      VpcId: row.id,
      RouteTableIds: { RouteTableId: [row.routeTableId] },
      CreationTime: toSeconds(row.createdAt),
    })
    return { ...counts, VRouters: { VRouter: rows.map(view) } }
  },
)

export const DescribeRouteEntryList = vpc(
  'DescribeRouteEntryList',
  [
    'RouteTableId',
    'RouteEntryId',
    'RouteEntryName',
    'RouteEntryType',
    'DestinationCidrBlock',
    'DestCidrBlockList',
    'IpVersion',
    'NextHopId',
    'NextHopType',
    'ServiceType',
    'NextToken',
    'MaxResult',
  ],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.IpVersion, ['ipv4', 'ipv6'], 'IpVersion', 'InvalidParameter')
    demandOneOf(input.RouteEntryType, tableTypes, 'RouteEntryType', 'InvalidParameter')
    const [row] = state.vpcs.select({ accountId, regionId, where: (each) => each.routeTableId === input.RouteTableId })
    demand(row, 'InvalidRouteTableId.NotFound', 'The specified RouteTableId does not exist.', 404)
    type Entry = ReturnType<typeof entriesOf>[number]
    const wanted = input.DestCidrBlockList
    const test = passes<Entry>([
      wanted?.length ? (entry) => wanted.includes(entry.DestinationCidrBlock) : undefined,
      ...equalities<Entry, typeof input>(input, {
        RouteEntryId: (entry) => entry.RouteEntryId,
        RouteEntryName: () => '',
        RouteEntryType: (entry) => entry.Type,
        DestinationCidrBlock: (entry) => entry.DestinationCidrBlock,
        IpVersion: () => 'ipv4',
        NextHopId: () => '',
        NextHopType: (entry) => entry.NextHopType,
        ServiceType: () => '',
      }),
    ])
    const entries = entriesOf(row, state).filter((entry) => test === undefined || test(entry))
    const asked = { NextToken: input.NextToken, MaxResults: input.MaxResult ?? 50 }
    const { rows, fields } = page(entries, asked, { maxSize: 500, maxResults: [1, 500] })
    const view = ({ NextHopType, ...entry }: Entry) => ({
      ...entry,
      IpVersion: 'ipv4',
      NextHops: { NextHop: [{ Enabled: 1, NextHopId: '', NextHopType, Weight: 0 }] },
      ServiceType: '',
      Origin: 'RouteTable',
    })
    return { RouteEntrys: { RouteEntry: rows.map(view) }, NextToken: fields.NextToken, TotalCount: fields.TotalCount }
  },
)
