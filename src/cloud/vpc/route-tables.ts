import { toSeconds } from '../../api/time.ts'
import { tagTest } from '../ecs/tags.ts'
import { demandDescription, demandName, demandOneOf, equalities, passes, type Test } from '../ecs/values.ts'
import { demand } from '../fault.ts'
import { type Context, vpc } from '../operation.ts'
import type { State } from '../state.ts'
import { borderTable } from './express-connect/route-table.ts'
import { numberedPage } from './lists.ts'
import type { Vpc } from './records.ts'
import { entriesOf, equalView, routeTypes, type Table } from './route-entries.ts'

/** Every router has one table, the system's; it is read off the row of its VPC, or its own. No table of a user's own can be made here. */
const vSwitchIds = (row: Table, state: State) => ({ VSwitchId: state.vSwitches.by('vpc', row.id).map((vSwitch) => vSwitch.id) })

const routerTypes = ['VRouter', 'VBR']
const routerTypeOf = (row: Table) => (row.border ? 'VBR' : 'VRouter')

interface Asked {
  readonly RouterType?: string | undefined
  readonly RouterId?: string | undefined
  readonly RouteTableId?: string | undefined
}

/** The tables of the caller's routers: those of VPCs, unless one that is named or RouterType asks for virtual border routers'. */
function tables(
  asked: Asked,
  where: Test<Table>,
  { state, accountId, regionId }: Pick<Context, 'state' | 'accountId' | 'regionId'>,
): Table[] {
  const scope = { accountId, ...(regionId !== '' && { regionId }), where }
  if (asked.RouterType === 'VRouter' || !(asked.RouterType || asked.RouterId || asked.RouteTableId)) return state.vpcs.select(scope)
  const borders = state.borderRouters
    .select({ accountId, ...(regionId !== '' && { regionId }) })
    .map(borderTable)
    .filter((table) => where === undefined || where(table))
  return asked.RouterType === 'VBR' ? borders : [...state.vpcs.select(scope), ...borders]
}

const listView = (row: Table, state: State) => ({
  RouteTableId: row.routeTableId,
  RouteTableName: row.routeTableName ?? '',
  RouteTableType: 'System',
  Description: row.routeTableDescription ?? '',
  RouterId: row.vRouterId,
  RouterType: routerTypeOf(row),
  VpcId: row.border ? '' : row.id,
  VSwitchIds: vSwitchIds(row, state),
  AssociateType: row.border ? '' : 'VSwitch',
  GatewayIds: { GatewayIds: [] },
  RoutePropagationEnable: row.routePropagation ?? true,
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
    const where = passes<Table>([
      // A table's tags are not its VPC's, and it has none.
      tagged && (() => tagged({ tags: [] })),
      ...equalities<Table, typeof input>(input, {
        VpcId: (row) => (row.border ? '' : row.id),
        RouteTableId: (row) => row.routeTableId,
        RouteTableName: (row) => row.routeTableName ?? '',
        RouteTableType: () => 'System',
        RouterId: (row) => row.vRouterId,
        RouterType: routerTypeOf,
        ResourceGroupId: (row) => row.resourceGroupId,
      }),
    ])
    const { rows, counts } = numberedPage(tables(input, where, { state, accountId, regionId }), input)
    return { ...counts, RouterTableList: { RouterTableListType: rows.map((row) => listView(row, state)) } }
  },
)

export const DescribeRouteTables = vpc(
  'DescribeRouteTables',
  ['RouteTableId', 'RouteTableName', 'RouterId', 'RouterType', 'VRouterId', 'Type', 'ResourceGroupId', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.RouterType, routerTypes, 'RouterType', 'InvalidParameter')
    demandOneOf(input.Type, routeTypes, 'Type', 'InvalidParameter')
    const where = passes<Table>(
      equalities<Table, typeof input>(input, {
        RouteTableId: (row) => row.routeTableId,
        RouteTableName: (row) => row.routeTableName ?? '',
        RouterId: (row) => row.vRouterId,
        VRouterId: (row) => row.vRouterId,
        RouterType: routerTypeOf,
        Type: () => 'System',
        ResourceGroupId: (row) => row.resourceGroupId,
      }),
    )
    const asked = { ...input, RouterId: input.RouterId || input.VRouterId }
    const { rows, counts } = numberedPage(tables(asked, where, { state, accountId, regionId }), input)
    const view = (row: Table) => ({
      RouteTableId: row.routeTableId,
      RouteTableType: 'System',
      VRouterId: row.vRouterId,
      VSwitchIds: vSwitchIds(row, state),
      RouteEntrys: {
        RouteEntry: entriesOf(row, state).map(({ shown, nextHopId, nextHops }) => ({
          ...shown,
          InstanceId: nextHopId,
          NextHops: { NextHop: equalView(nextHops) },
        })),
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
    const { rows, counts } = numberedPage(state.vpcs.list({ accountId, regionId, where }), input)
    const view = (row: Vpc) => ({
      VRouterId: row.vRouterId,
      VRouterName: row.vRouterName ?? '',
      Description: row.vRouterDescription ?? '',
      RegionId: row.regionId,
      VpcId: row.id,
      RouteTableIds: { RouteTableId: [row.routeTableId] },
      CreationTime: toSeconds(row.createdAt),
    })
    return { ...counts, VRouters: { VRouter: rows.map(view) } }
  },
)

/** Names a router and tells what it is for; what is not given stays. */
export const ModifyVRouterAttribute = vpc('ModifyVRouterAttribute', ['VRouterId', 'VRouterName', 'Description'], (input, context) => {
  const { state, accountId, regionId } = context
  const scope = { accountId, ...(regionId !== '' && { regionId }) }
  const [row] = state.vpcs.select({ ...scope, where: (each) => each.vRouterId === input.VRouterId })
  demand(row, 'InvalidVRouterId.NotFound', 'The specified VRouterId does not exist.', 404)
  demandName(input.VRouterName, 'VRouterName', 'InvalidVRouterName.Malformed')
  demandDescription(input.Description, 'Description', 'InvalidVRouterDiscription.Malformed')
  const { VRouterName = row.vRouterName, Description = row.vRouterDescription } = input
  state.vpcs.put({ ...row, vRouterName: VRouterName, vRouterDescription: Description })
  return {}
})
