import { demandOneOf, equalities, passes } from '../ecs/values.ts'
import { demand } from '../fault.ts'
import { vpc } from '../operation.ts'
import { page } from '../paging.ts'
import type { State } from '../state.ts'
import type { Vpc } from './records.ts'

/** The types that tables and entries are asked for by. */
export const routeTypes = ['Custom', 'System', 'BGP', 'CEN', 'ECR']

/** Where the cloud's own services are reached. */
const services = '100.64.0.0/10'

/** The entries that the system keeps: one to each vSwitch, and one to the cloud's services. */
export function entriesOf(row: Vpc, state: State) {
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
