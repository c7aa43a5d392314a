import type { Row } from './engine/table.ts'
import type { Context } from './operation.ts'

/**
 * The row, if it belongs to the caller's account and lies in the region asked for (or in none); otherwise it does not exist for the caller.
 * An operation without RegionId (`StartInstance`) names its resource by id alone, so any region will do.
 */
export function owned<R extends Row>(row: R | undefined, context: Pick<Context, 'accountId' | 'regionId'>): R | undefined {
  if (row?.accountId !== context.accountId) return undefined
  return row.regionId === '' || context.regionId === '' || row.regionId === context.regionId ? row : undefined
}
