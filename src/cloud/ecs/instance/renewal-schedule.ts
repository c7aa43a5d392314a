import type { LifeContext } from '../../lifecycle.ts'
import type { Instance, Renewal } from '../records.ts'

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

type Scheduling = Pick<LifeContext, 'state' | 'now' | 'schedule'>

interface Term {
  readonly id: string
  /** Undefined for what has no end. */
  readonly endsAt: number | undefined
  readonly renewal?: Renewal | undefined
}

/**
 * Lets something that is paid for in advance end, or be renewed by itself before; takes back what was to come of that until now.
 * @param kinds the transitions that do so
 */
export function scheduleEndOf(
  { id, endsAt, renewal }: Term,
  kinds: { readonly ended: string; readonly renewed: string },
  { state, now, schedule }: Scheduling,
): void {
  for (const kind of [kinds.ended, kinds.renewed]) state.agenda.cancel(`${kind}:${id}`)
  if (endsAt === undefined) return
  const at = renewal?.status === 'AutoRenewal' ? renewsAt(endsAt, now) : undefined
  if (at === undefined) schedule(kinds.ended, id, Math.max(0, endsAt - now))
  else schedule(kinds.renewed, id, at - now)
}

/** Lets a subscription end, or be renewed by itself before; takes back what was to come of it until now. Other instances have no end. */
export function scheduleEnd({ id, expiresAt, renewal }: Instance, context: Scheduling): void {
  context.state.agenda.cancel(`instance.overdue:${id}`)
  scheduleEndOf({ id, endsAt: expiresAt, renewal }, { ended: 'instance.expired', renewed: 'instance.renewal' }, context)
}
