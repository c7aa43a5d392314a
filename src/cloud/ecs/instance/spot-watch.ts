import type { LifeContext } from '../../lifecycle.ts'
import { marketOf, takenBackAt } from '../../market/model.ts'
import type { Instance } from '../records.ts'

const hourMs = 3_600_000
/** How far ahead the market is looked at in one go. */
const horizonMs = 30 * 24 * hourMs

/** The transitions of a spot instance, for whoever removes one. */
export const spotTransitions = ['spot.market', 'spot.reclaimed'] as const

/** The price above which a spot instance is taken back, undefined where it goes along with the market. */
export const limitOf = ({ spotStrategy, spotPriceLimit }: Pick<Instance, 'spotStrategy' | 'spotPriceLimit'>): number | undefined =>
  spotStrategy === 'SpotWithPriceLimit' ? spotPriceLimit : undefined

/** Stopped in economical mode an instance holds no stock, so that there is nothing to take back. */
export const holdsStock = ({ status, stoppedMode }: Pick<Instance, 'status' | 'stoppedMode'>): boolean =>
  status !== 'Stopped' || stoppedMode !== 'StopCharging'

/**
 * Lets a spot instance be looked at when the market turns against it, by what the script and the curve say now; nothing for other
 * instances. Within its protected time (from its creation, SpotDuration hours) nothing happens to it.
 */
export function watchSpot(instance: Instance, context: LifeContext): void {
  const { state, now, schedule } = context
  if (instance.spotStrategy === 'NoSpot' || instance.recyclingAt !== undefined || instance.releasing || !holdsStock(instance)) return
  const from = Math.max(now, instance.createdAt + instance.spotDuration * hourMs)
  const until = from + horizonMs
  const at = takenBackAt(marketOf(state), instance, limitOf(instance), from, until)
  schedule('spot.market', instance.id, (at ?? until) - now)
}
