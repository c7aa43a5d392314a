import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import type { Instance } from '../records.ts'
import { periodEnd } from './charge.ts'
import { hostReaches } from '../dedicated-host/life.ts'
import { removeInstance } from './lifecycles.ts'
import { lockInstance, unlockInstance } from './locks.ts'
import { scheduleEnd } from './renewal-schedule.ts'

/** Milliseconds between the end of a subscription and the release of its instance (unconfirmed). */
export const graceMs = 15 * 86_400_000

/** Lets a subscription last until `end`, the disks that are paid for with it as well. One that was over is unlocked, and stays Stopped (unconfirmed). */
export function extend(instance: Instance, end: number, context: Pick<LifeContext, 'state' | 'now' | 'schedule'>): void {
  const { state, now } = context
  const over = instance.expiresAt !== undefined && instance.expiresAt <= now
  const renewed = state.instances.put({ ...instance, expiresAt: end })
  for (const disk of state.disks.by('instance', instance.id))
    if (disk.diskChargeType === 'PrePaid') state.disks.put({ ...disk, expiresAt: end })
  if (over) unlockInstance(state, instance.id, 'financial')
  scheduleEnd(renewed, context)
}

type Subscribed = Instance & { readonly expiresAt: number }

const hasEnd = (instance: Instance): instance is Subscribed => instance.expiresAt !== undefined && !instance.releasing

function subscribed(subject: string, { state }: LifeContext): Subscribed | undefined {
  const instance = state.instances.get(subject)
  return instance && hasEnd(instance) ? instance : undefined
}

export const lifecycles: Lifecycles = {
  /** One whose dedicated host ends before is not renewed. */
  'instance.renewal': (subject, context) => {
    const instance = subscribed(subject, context)
    if (instance?.renewal?.status !== 'AutoRenewal') return
    const end = periodEnd(instance.expiresAt, instance.renewal.duration, instance.renewal.unit)
    if (hostReaches(instance, end, context)) extend(instance, end, context)
    else context.schedule('instance.expired', subject, instance.expiresAt - context.now)
  },
  /** The end: the instance stops where it stands and is locked like one whose account is in arrears (unconfirmed which reason it is locked for). */
  'instance.expired': (subject, context) => {
    const instance = subscribed(subject, context)
    if (instance === undefined || instance.expiresAt > context.now) return
    const { state, now, schedule } = context
    const runs = instance.status === 'Running' || instance.status === 'Starting' || instance.status === 'Stopping'
    if (runs) state.instances.put({ ...instance, status: 'Stopped', stoppedAt: now, stoppedMode: 'Not-applicable' })
    lockInstance(state, subject, 'financial')
    schedule('instance.overdue', subject, graceMs)
  },
  'instance.overdue': (subject, context) => {
    const instance = subscribed(subject, context)
    if (instance !== undefined && instance.expiresAt <= context.now) removeInstance(instance, context)
  },
}
