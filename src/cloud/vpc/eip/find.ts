import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { Eip, EipStatus } from '../records.ts'

/**
 * The caller's elastic address of that id.
 * @throws Fault InvalidAllocationId.NotFound
 */
export function eipOf(id: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>): Eip {
  const eip = owned(context.state.eips.get(id), context)
  demand(eip, 'InvalidAllocationId.NotFound', 'The specified AllocationId does not exist.')
  return eip
}

/** @throws Fault IncorrectEipStatus unless it is in one of these states */
export const demandStatus = (eip: Eip, ...statuses: readonly EipStatus[]): void =>
  demand(statuses.includes(eip.status), 'IncorrectEipStatus', 'The status of the elastic address does not support this operation.')
