import type { Step } from './exchange.ts'
import { copyStart } from './log.ts'
import { regionOf } from './region.ts'

/**
 * Lets the fault rules have their way with a call that may be carried out. What they do to the answer is for whoever delivers it.
 * The second delivery of a call that is delivered twice is not asked about again.
 */
export const fault: Step = (exchange, { faults }) => {
  if (faults.size === 0 && exchange.tampering === undefined) return
  const { startedAt, requestId, product, action, caller, input } = exchange
  const regionId = regionOf(exchange)
  const call = { startedAt, requestId, product, action: copyStart(action, 128), regionId, accountId: caller.accountId, input }
  exchange.tampering ??= faults.strike(call)
  exchange.retryAfterMs = exchange.tampering?.retryAfterMs
  if (exchange.tampering?.refusal !== undefined) throw exchange.tampering.refusal
}
