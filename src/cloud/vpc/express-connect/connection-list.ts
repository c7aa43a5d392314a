import { tagTest } from '../../ecs/tags.ts'
import { equalities, passes } from '../../ecs/values.ts'
import { vpc } from '../../operation.ts'
import { type FilterFields, filterTest, numberedPage } from '../lists.ts'
import { connectionView } from './connection-view.ts'
import type { PhysicalConnection } from './records.ts'

const filters: FilterFields<PhysicalConnection> = {
  PhysicalConnectionId: (row) => row.id,
  AccessPointId: (row) => row.accessPointId,
  Type: () => 'VPC',
  LineOperator: (row) => row.lineOperator,
  Spec: (row) => connectionView(row).Spec,
  Status: (row) => row.status,
  Name: (row) => row.name,
  ProductType: () => 'PhysicalConnection',
}

/** No order waits here, so that IncludeReservationData tells of none. */
export const DescribePhysicalConnections = vpc(
  'DescribePhysicalConnections',
  ['Filter.Key', 'Filter.Value', 'IncludeReservationData', 'ResourceGroupId', 'Tags', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const where = passes<PhysicalConnection>([
      filterTest(input.Filter, filters),
      tagTest(input.Tags),
      ...equalities<PhysicalConnection, typeof input>(input, { ResourceGroupId: (row) => row.resourceGroupId }),
    ])
    const { rows, counts } = numberedPage(state.physicalConnections.list({ accountId, regionId, where }), input)
    return { ...counts, PhysicalConnectionSet: { PhysicalConnectionType: rows.map(connectionView) } }
  },
)
