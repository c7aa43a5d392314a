import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { HaVip } from './records.ts'

/**
 * The caller's address of that id.
 * @throws Fault InvalidHaVipId.NotFound
 */
export function haVipOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): HaVip {
  const row = owned(context.state.haVips.get(id), context)
  demand(row, 'InvalidHaVipId.NotFound', 'The specified HaVipId does not exist.')
  return row
}

/** @throws Fault IncorrectHaVipStatus while it is changing */
export const demandAtRest = ({ status }: HaVip): void =>
  demand(status === 'Available' || status === 'InUse', 'IncorrectHaVipStatus', 'The HaVip is neither Available nor InUse.', 400)
