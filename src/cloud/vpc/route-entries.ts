import { toSeconds } from '../../api/time.ts'
import { demandOneOf, equalities, passes } from '../ecs/values.ts'
import { demand } from '../fault.ts'
import { type Context, vpc } from '../operation.ts'
import { page } from '../paging.ts'
import type { State } from '../state.ts'
import type { BorderRouter } from './express-connect/records.ts'
import { borderTable } from './express-connect/route-table.ts'
import type { RouteEntry, Vpc } from './records.ts'

/** The types that tables and entries are asked for by. */
export const routeTypes = ['Custom', 'System', 'BGP', 'CEN', 'ECR']

/** What has a route table: a VPC, or a virtual border router in the same fields. */
export interface Table
  extends Pick<Vpc, 'id' | 'accountId' | 'regionId' | 'routeTableId' | 'vRouterId' | 'status' | 'resourceGroupId' | 'createdAt'>,
    Pick<Vpc, 'routeTableName' | 'routeTableDescription' | 'routePropagation'> {
  readonly border?: BorderRouter
}

/**
 * The caller's VPC or virtual border router whose table that is.
 * @throws Fault InvalidRouteTableId.NotFound
 */
export function tableOf(routeTableId: string, { state, accountId, regionId }: Pick<Context, 'state' | 'accountId' | 'regionId'>): Table {
  const scope = { accountId, ...(regionId !== '' && { regionId }) }
  const [row] = state.vpcs.select({ ...scope, where: (each) => each.routeTableId === routeTableId })
  const [border] = row ? [] : state.borderRouters.select({ ...scope, where: (each) => each.routeTableId === routeTableId })
  const table = row ?? (border && borderTable(border))
  demand(table, 'InvalidRouteTableId.NotFound', 'The specified RouteTableId does not exist.', 404)
  return table
}

/** Where the cloud's own services are reached. */
export const services = '100.64.0.0/10'

/** An entry, whoever made it. */
export interface ShownEntry {
  /** What all answers show. */
  readonly shown: {
    readonly RouteEntryId: string
    readonly RouteEntryName: string
    readonly Description: string
    readonly RouteTableId: string
    readonly DestinationCidrBlock: string
    readonly NextHopType: string
    readonly Status: string
    readonly Type: 'System' | 'Custom'
  }
  /** Empty for the system's, and where there are several. */
  readonly nextHopId: string
  readonly nextHops?: RouteEntry['nextHops']
  readonly modifiedAt: number
}

/** The entries that the system keeps in a VPC: one to each vSwitch, and one to the cloud's services. */
function systemEntries(row: Table, state: State): ShownEntry[] {
  if (row.border) return []
  const local = state.vSwitches.by('vpc', row.id).map((vSwitch) => [vSwitch.cidrBlock, 'local'] as const)
  return [...local, [services, 'service'] as const].map(([cidrBlock, nextHop], at) => ({
    shown: {
      // No two entries of a table have the same id, and each keeps its own while the vSwitches before it stay.
      RouteEntryId: row.routeTableId.replace(/^vtb-/, 'rte-').slice(0, -2) + String(at).padStart(2, '0'),
      RouteEntryName: '',
      Description: 'Created with VSwitch by system.',
      RouteTableId: row.routeTableId,
      DestinationCidrBlock: cidrBlock,
      NextHopType: nextHop,
      Status: 'Available',
      Type: 'System',
    },
    nextHopId: '',
    modifiedAt: row.createdAt,
  }))
}

const customEntry = (entry: RouteEntry): ShownEntry => ({
  shown: {
    RouteEntryId: entry.id,
    RouteEntryName: entry.name,
    Description: entry.description,
    RouteTableId: entry.routeTableId,
    DestinationCidrBlock: entry.cidrBlock,
    NextHopType: entry.nextHopType,
    Status: entry.status,
    Type: entry.madeBy === 'system' ? 'System' : 'Custom',
  },
  nextHopId: entry.nextHopId,
  nextHops: entry.nextHops,
  modifiedAt: entry.modifiedAt,
})

/** All entries of a table: those of its users, then the system's. */
export const entriesOf = (row: Table, state: State): ShownEntry[] => [
  ...state.routeEntries.by('table', row.routeTableId).map(customEntry),
  ...systemEntries(row, state),
]

/** Several next hops, as every answer shows them. */
export const equalView = (nextHops: RouteEntry['nextHops'] = []) =>
  nextHops.map(({ id, weight }) => ({ Enabled: 1, NextHopId: id, NextHopType: 'RouterInterface', Weight: weight }))

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
    demandOneOf(input.RouteEntryType, routeTypes, 'RouteEntryType', 'InvalidParameter')
    const row = tableOf(input.RouteTableId, { state, accountId, regionId })
    const { DestCidrBlockList: wanted, NextHopId: hop } = input
    const test = passes<ShownEntry>([
      wanted?.length ? ({ shown }) => wanted.includes(shown.DestinationCidrBlock) : undefined,
      hop ? (entry) => entry.nextHopId === hop || entry.nextHops?.some(({ id }) => id === hop) === true : undefined,
      ...equalities<ShownEntry, typeof input>(input, {
        RouteEntryId: ({ shown }) => shown.RouteEntryId,
        RouteEntryName: ({ shown }) => shown.RouteEntryName,
        RouteEntryType: ({ shown }) => shown.Type,
        DestinationCidrBlock: ({ shown }) => shown.DestinationCidrBlock,
        IpVersion: () => 'ipv4',
        NextHopType: ({ shown }) => shown.NextHopType,
        ServiceType: () => '',
      }),
    ])
    const entries = entriesOf(row, state).filter((entry) => test === undefined || test(entry))
    const asked = { NextToken: input.NextToken, MaxResults: input.MaxResult ?? 50 }
    const { rows, fields } = page(entries, asked, { maxSize: 500, maxResults: [1, 500] })
    const view = ({ shown: { NextHopType, ...shown }, nextHopId, nextHops, modifiedAt }: ShownEntry) => ({
      ...shown,
      GmtModified: toSeconds(modifiedAt),
      IpVersion: 'ipv4',
      NextHops: { NextHop: nextHops ? equalView(nextHops) : [{ Enabled: 1, NextHopId: nextHopId, NextHopType, Weight: 0 }] },
      ServiceType: '',
      Origin: 'RouteTable',
    })
    return { RouteEntrys: { RouteEntry: rows.map(view) }, NextToken: fields.NextToken, TotalCount: fields.TotalCount }
  },
)
