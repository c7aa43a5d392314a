import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { periodEnd } from '../instance/charge.ts'
import { removeInstance } from '../instance/lifecycles.ts'
import { lockInstance, unlockInstance } from '../instance/locks.ts'
import { scheduleEndOf } from '../instance/renewal-schedule.ts'
import type { Instance } from '../records.ts'
import { instancesOn } from './capacity.ts'
import type { DedicatedHost } from './records.ts'

/** Milliseconds of the cloud's time that making a host takes (unconfirmed). */
export const creationMs = 5_000
/** Milliseconds between the end of a subscription and the release of its host (unconfirmed, as for an instance). */
const graceMs = 15 * 86_400_000

type Scheduling = Pick<LifeContext, 'state' | 'now' | 'schedule'>

/** Lets the subscription of a host end, or be renewed by itself before; takes back what was to come of it until now. Other hosts have no end. */
export function scheduleHostEnd({ id, expiresAt, renewal }: DedicatedHost, context: Scheduling): void {
  context.state.agenda.cancel(`host.overdue:${id}`)
  scheduleEndOf({ id, endsAt: expiresAt, renewal }, { ended: 'host.expired', renewed: 'host.renewed' }, context)
}

/** Lets a host last until `end`. One that was over is unlocked, and its instances with it, which stay Stopped. */
export function extendHost(host: DedicatedHost, end: number | undefined, context: Scheduling): DedicatedHost {
  const { state } = context
  const extended = state.dedicatedHosts.put({ ...host, expiresAt: end, locked: undefined })
  if (host.locked) for (const { id } of instancesOn(host, context)) unlockInstance(state, id, 'dedicatedhostfinancial')
  scheduleHostEnd(extended, context)
  return extended
}

/** Deletes a host and whatever is to come of it. */
export function removeHost({ id }: DedicatedHost, { state }: Pick<LifeContext, 'state'>): void {
  for (const kind of Object.keys(lifecycles)) state.agenda.cancel(`${kind}:${id}`)
  state.dedicatedHosts.delete(id)
}

/** Months that a host is renewed by at once. */
const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36, 48, 60]

/**
 * Whether an instance can be renewed by itself until `end`: its dedicated host lasts as long. One that is renewed along with its
 * instances is, by the shortest term that is long enough.
 */
export function hostReaches({ dedicatedHost }: Pick<Instance, 'dedicatedHost'>, end: number, context: Scheduling): boolean {
  const host = dedicatedHost && context.state.dedicatedHosts.get(dedicatedHost.id)
  if (host?.expiresAt === undefined || host.expiresAt >= end) return true
  if (host.renewsWithInstances !== true) return false
  const from = host.expiresAt
  const longEnough = months.map((count) => periodEnd(from, count, 'Month')).find((at) => at >= end)
  if (longEnough !== undefined) extendHost(host, longEnough, context)
  return longEnough !== undefined
}

export const lifecycles: Lifecycles = {
  'host.created': (subject, { state }) => {
    const host = state.dedicatedHosts.get(subject)
    if (host?.status === 'Creating') state.dedicatedHosts.put({ ...host, status: 'Available' })
  },
  'host.redeployed': (subject, { state, random }) => {
    const host = state.dedicatedHosts.get(subject)
    if (host?.status === 'Redeploying') state.dedicatedHosts.put({ ...host, status: 'Available', machineId: newMachineId(random) })
  },
  /** A host goes when nothing is on it; otherwise the time passes, and it stays (unconfirmed). */
  'host.autoRelease': (subject, { state }) => {
    const host = state.dedicatedHosts.get(subject)
    if (host === undefined) return
    if (state.instances.count('placed', subject) === 0) removeHost(host, { state })
    else state.dedicatedHosts.put({ ...host, autoReleaseAt: undefined })
  },
  'host.renewed': (subject, context) => {
    const host = context.state.dedicatedHosts.get(subject)
    if (host?.expiresAt === undefined || host.renewal?.status !== 'AutoRenewal') return
    extendHost(host, periodEnd(host.expiresAt, host.renewal.duration, host.renewal.unit), context)
  },
  /** The end: the host is locked, and so are its instances, which stop where they stand. */
  'host.expired': (subject, context) => {
    const { state, now, schedule } = context
    const host = state.dedicatedHosts.get(subject)
    if (host?.expiresAt === undefined || host.expiresAt > now) return
    state.dedicatedHosts.put({ ...host, locked: 'financial' })
    for (const instance of instancesOn(host, context)) {
      const stands = instance.status === 'Stopped' || instance.status === 'Pending' || instance.releasing
      if (!stands) state.instances.put({ ...instance, status: 'Stopped', stoppedAt: now, stoppedMode: 'Not-applicable' })
      lockInstance(state, instance.id, 'dedicatedhostfinancial')
    }
    schedule('host.overdue', subject, graceMs)
  },
  'host.overdue': (subject, context) => {
    const host = context.state.dedicatedHosts.get(subject)
    if (host?.expiresAt === undefined || host.expiresAt > context.now) return
    for (const instance of instancesOn(host, context)) removeInstance(instance, context)
    removeHost(host, context)
  },
}

/** The number of a machine. */
export const newMachineId = (random: LifeContext['random']): string => random.uuid().replaceAll('-', '').toLowerCase()
