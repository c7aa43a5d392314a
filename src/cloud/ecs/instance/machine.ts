import type { Context } from '../../operation.ts'
import { placedAgain } from '../dedicated-host/place.ts'
import { supply } from '../market/sale.ts'
import type { Instance } from '../records.ts'

/** What an instance gets its machine from. */
export type Machine = Pick<Instance, 'poolId' | 'dedicatedHost'>

/**
 * The machine of an instance that has given its own back, or is to be of another type: on its dedicated host, or another one where it
 * `moves`; otherwise from a private pool or the market. What it has now is free for it.
 * @throws Fault as these refuse
 */
export function machineFor(instance: Instance, moves: boolean, context: Context): Machine {
  const { dedicatedHost } = instance
  if (dedicatedHost) return { dedicatedHost: placedAgain({ ...instance, dedicatedHost }, moves, context) }
  const [poolId] = supply(instance, { amount: 1, least: 1 }, context)
  return poolId === instance.poolId ? {} : { poolId }
}
