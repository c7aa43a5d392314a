import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { ReservedInstance } from './records.ts'

/**
 * The caller's reserved instance of that id.
 * @param refusal what it is refused by where there is none
 * @throws Fault `refusal`
 */
export function reservedOf(
  id: string,
  [code, status]: readonly [code: string, status: number],
  context: Pick<Context, 'state' | 'accountId' | 'regionId'>,
): ReservedInstance {
  const row = owned(context.state.reservedInstances.get(id), context)
  demand(row, code, 'The specified ReservedInstanceId does not exist.', status)
  return row
}
