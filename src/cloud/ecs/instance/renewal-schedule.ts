import type { LifeContext } from '../../lifecycle.ts'
import type { Instance } from '../records.ts'

const dayMs = 86_400_000
/** So many days before its end a subscription is renewed by itself. */
const leadDays = 9

/** The transitions of a subscription, for whoever removes an instance. */
export const subscriptionTransitions = ['instance.expired', 'instance.overdue', 'instance.renewal'] as const

/**
 * When a subscription that ends at `expiresAt` is renewed by itself: on the ninth day before at 8 in the morning of UTC+8, or the next
 * time it is 8 when that is over. Undefined when it ends before.
 */
export function renewsAt(expiresAt: number, now: number): number | undefined {
  // 8 in the morning of UTC+8 is midnight in UTC.
  const planned = Math.floor(expiresAt / dayMs - leadDays) * dayMs
  const at = planned >= now ? planned : (Math.floor(now / dayMs) + 1) * dayMs
  return at < expiresAt ? at : undefined
}

/** Lets a subscription end, or be renewed by itself before; takes back what was to come of it until now. Other instances have no end. */
export function scheduleEnd(instance: Instance, { state, now, schedule }: Pick<LifeContext, 'state' | 'now' | 'schedule'>): void {
  const { id, expiresAt, renewal } = instance
  for (const kind of subscriptionTransitions) state.agenda.cancel(`${kind}:${id}`)
  if (expiresAt === undefined) return
  const at = renewal?.status === 'AutoRenewal' ? renewsAt(expiresAt, now) : undefined
  if (at === undefined) schedule('instance.expired', id, Math.max(0, expiresAt - now))
  else schedule('instance.renewal', id, at - now)
}
