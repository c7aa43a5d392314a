import { throttled } from '../faults/tampering.ts'
import type { Step } from './exchange.ts'
import { regionOf } from './region.ts'

/**
 * Refuses one call too many of an account, region and operation, where limits are set. In the machine's time, since callers pace
 * themselves by theirs. That the header goes with every such refusal of a real gateway is unconfirmed.
 */
export const throttle: Step = (exchange, machine) => {
  if (!machine.throttle.on) return
  const { product, action, caller } = exchange
  const regionId = regionOf(exchange)
  const waitMs = machine.throttle.take({ accountId: caller.accountId, regionId, product, action })
  if (waitMs === 0) return
  exchange.regionId = regionId
  if (machine.throttle.limits()?.retryAfter !== false) exchange.retryAfterMs = waitMs
  throw throttled('Throttling.User')
}
