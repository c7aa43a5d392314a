import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { periodEnd } from '../instance/charge.ts'
import { scheduleEndOf } from '../instance/renewal-schedule.ts'
import { creationMs, voucherLife } from '../term-life.ts'
import type { ReservedInstance } from './records.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Terms end at midnight of UTC+8. */
const offsetMs = 8 * hourMs

/** The end of a term that starts at `start`: at the midnight of UTC+8 after it (from memory: unconfirmed). */
export const termEnd = (start: number, period: number, unit: string): number =>
  Math.ceil(periodEnd(start + offsetMs, period, unit) / dayMs) * dayMs - offsetMs

/** Lets one end, or be renewed by itself before: when in the day, and how many days before, is that of instances (unconfirmed). */
export const scheduleReservedEnd = (row: ReservedInstance, context: Pick<LifeContext, 'state' | 'now' | 'schedule'>): void =>
  scheduleEndOf(row, { ended: 'reserved.ended', renewed: 'reserved.renewed' }, context)

/** Lets one give way to those that are made of it. */
export function replaceReserved(row: ReservedInstance, { state, schedule }: Pick<LifeContext, 'state' | 'schedule'>): void {
  for (const kind of ['ended', 'renewed']) state.agenda.cancel(`reserved.${kind}:${row.id}`)
  state.reservedInstances.put({ ...row, status: 'Updating' })
  schedule('reserved.replaced', row.id, creationMs)
}

export const lifecycles: Lifecycles = {
  ...voucherLife<ReservedInstance>('reserved', (state) => state.reservedInstances),
  'reserved.replaced': (subject, { state }) => {
    const row = state.reservedInstances.get(subject)
    if (row?.status === 'Updating') state.reservedInstances.put({ ...row, status: 'Inactive' })
  },
  'reserved.renewed': (subject, context) => {
    const row = context.state.reservedInstances.get(subject)
    if (row?.status !== 'Active' || row.renewal.status !== 'AutoRenewal') return
    const { duration, unit } = row.renewal
    scheduleReservedEnd(context.state.reservedInstances.put({ ...row, endsAt: termEnd(row.endsAt, duration, unit) }), context)
  },
}
