import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { periodEnd } from '../instance/charge.ts'
import { scheduleEndOf } from '../instance/renewal-schedule.ts'
import type { Pool, PoolStatus } from './records.ts'

/** Until a pool with a later start is being prepared, and how long that takes (unconfirmed). */
const stepsMs = { wait: 5_000, prepare: 10_000 }
/** How long a released pool can be asked for by its id (unconfirmed). */
const keptMs = 30 * 86_400_000

/** Lets a pool end or be renewed by itself before; takes back what was to come of that until now. */
export const schedulePoolEnd = (pool: Pool, context: Pick<LifeContext, 'state' | 'now' | 'schedule'>): void =>
  scheduleEndOf(pool, { ended: 'pool.ended', renewed: 'pool.renewed' }, context)

/** Begins the life of a new pool: one that starts at once is Active already. */
export function schedulePool(pool: Pool, context: LifeContext): void {
  schedulePoolEnd(pool, context)
  if (pool.status === 'Active') return
  const { wait, prepare } = stepsMs
  const left = pool.startsAt - context.now
  context.schedule('pool.preparing', pool.id, Math.min(wait, left))
  context.schedule('pool.prepared', pool.id, Math.min(wait + prepare, left))
  context.schedule('pool.started', pool.id, left)
}

/** Gives a pool's room back to the market. Its instances go on, each with stock of its own from then on. */
export function releasePool(pool: Pool, { state, schedule }: Pick<LifeContext, 'state' | 'schedule'>): void {
  for (const kind of ['preparing', 'prepared', 'started', 'ended', 'renewed']) state.agenda.cancel(`pool.${kind}:${pool.id}`)
  for (const instance of state.instances.by('pool', pool.id)) state.instances.put({ ...instance, poolId: undefined })
  state.privatePools.put({ ...pool, status: 'Released' })
  schedule('pool.forgotten', pool.id, keptMs)
}

const step =
  (from: readonly PoolStatus[], to: PoolStatus) =>
  (subject: string, { state }: LifeContext): void => {
    const pool = state.privatePools.get(subject)
    if (pool && from.includes(pool.status)) state.privatePools.put({ ...pool, status: to })
  }

export const lifecycles: Lifecycles = {
  'pool.preparing': step(['Pending'], 'Preparing'),
  'pool.prepared': step(['Pending', 'Preparing'], 'Prepared'),
  'pool.started': step(['Pending', 'Preparing', 'Prepared'], 'Active'),
  'pool.ended': (subject, context) => {
    const pool = context.state.privatePools.get(subject)
    if (pool && pool.status !== 'Released') releasePool(pool, context)
  },
  'pool.renewed': (subject, context) => {
    const pool = context.state.privatePools.get(subject)
    if (pool?.endsAt === undefined || pool.status === 'Released' || pool.renewal.status !== 'AutoRenewal') return
    const { duration, unit } = pool.renewal
    schedulePoolEnd(context.state.privatePools.put({ ...pool, endsAt: periodEnd(pool.endsAt, duration, unit) }), context)
  },
  'pool.forgotten': (subject, { state }) => state.privatePools.delete(subject),
}
