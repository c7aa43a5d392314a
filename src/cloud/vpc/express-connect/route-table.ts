import type { Table } from '../route-entries.ts'
import type { BorderRouter } from './records.ts'

/** The table of a virtual border router, to be changed while that is active. */
export const borderTable = (border: BorderRouter): Table => ({
  id: border.id,
  accountId: border.accountId,
  regionId: border.regionId,
  routeTableId: border.routeTableId,
  vRouterId: border.id,
  status: border.status === 'active' ? 'Available' : 'Pending',
  resourceGroupId: border.resourceGroupId,
  createdAt: border.createdAt,
  border,
})
