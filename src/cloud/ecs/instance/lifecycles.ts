import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { unbind } from '../../vpc/eip/binding.ts'
import { leaveHaVips } from '../../vpc/ha-vip/life.ts'
import { noteLoss } from '../auto-provisioning-group/watch.ts'
import { leaveInstance } from '../disk/leaving.ts'
import { releaseInterfaces } from '../network-interface/lifecycles.ts'
import { removeChannels } from '../storage-channel/life.ts'
import { runAtBoot } from '../invocation/execute.ts'
import { cancelEventsOf } from '../events/cycle.ts'
import type { Instance } from '../records.ts'
import { isLocked } from './locks.ts'
import { subscriptionTransitions } from './renewal-schedule.ts'
import { respecified, specTransitions } from './spec-order.ts'
import { spotTransitions } from './spot-watch.ts'

/**
 * Milliseconds of the cloud's time. RunInstances to Running took 15 to 22 s and a forced release 10 s in public logs;
 * start, stop and reboot are not published (unconfirmed).
 */
export const durations = { create: 10_000, start: 8_000, stop: 8_000, release: 10_000 } as const

/**
 * What is left of an instance when it goes: disks and interfaces that stay are free, as are its elastic addresses; the rest goes with it.
 * One that is locked for security takes all its disks along.
 */
export function removeInstance(instance: Instance, context: LifeContext): void {
  const { state } = context
  // What stays of a subscription is paid by use from then on.
  for (const disk of state.disks.by('instance', instance.id))
    if (disk.diskChargeType === 'PrePaid') state.disks.put({ ...disk, diskChargeType: 'PostPaid', expiresAt: undefined, portable: true })
  leaveInstance(instance.id, isLocked(instance, 'security'), context)
  releaseInterfaces(instance, context)
  removeChannels(instance.id, context)
  for (const eip of state.eips.by('boundTo', instance.id)) unbind(eip, state)
  leaveHaVips(instance.id, state)
  const kinds = [...Object.keys(lifecycles), ...spotTransitions, ...subscriptionTransitions, ...specTransitions]
  for (const kind of kinds) state.agenda.cancel(`${kind}:${instance.id}`)
  cancelEventsOf(instance.id, context)
  state.instances.delete(instance.id)
  noteLoss(instance, context)
}

/** The instance, if it is there and in a state from which the transition leads on. */
const from = (subject: string, { state }: LifeContext, ...statuses: readonly Instance['status'][]): Instance | undefined => {
  const instance = state.instances.get(subject)
  return instance && statuses.includes(instance.status) && !instance.releasing ? instance : undefined
}

const running = (instance: Instance, now: number): Instance => ({
  ...respecified(instance, now),
  status: 'Running',
  startedAt: now,
  stoppedMode: 'Not-applicable',
})

/** Economical mode keeps the private address and gives the public one back. */
export const economy = ({ stoppedMode, publicIpAddress }: Instance): Partial<Instance> =>
  stoppedMode === 'StopCharging' && publicIpAddress !== '' ? { publicIpAddress: '', regainsPublicIp: true } : {}

/** What a release or an auto-release time does. */
const release = (subject: string, context: LifeContext) => {
  const instance = context.state.instances.get(subject)
  if (instance) removeInstance(instance, context)
}

export const lifecycles: Lifecycles = {
  /** CreateInstance ends Stopped; RunInstances goes on to start. */
  'instance.created': (subject, context) => {
    const instance = from(subject, context, 'Pending')
    if (instance === undefined) return
    const starts = context.state.agenda.has(`instance.running:${subject}`)
    context.state.instances.put({
      ...instance,
      status: starts ? 'Starting' : 'Stopped',
      stoppedMode: starts ? 'Not-applicable' : 'KeepCharging',
    })
    for (const disk of context.state.disks.by('instance', subject))
      context.state.disks.put({ ...disk, status: 'In_use', attachedAt: context.now })
  },
  'instance.running': (subject, context) => {
    const instance = from(subject, context, 'Starting')
    if (instance === undefined) return
    context.state.instances.put(running(instance, context.now))
    runAtBoot(subject, context)
  },
  'instance.stopped': (subject, context) => {
    const instance = from(subject, context, 'Stopping')
    if (instance === undefined) return
    context.state.instances.put({ ...instance, status: 'Stopped', stoppedAt: context.now, ...economy(instance) })
    if (instance.stoppedMode === 'StopCharging') noteLoss(instance, context)
  },
  'instance.released': release,
  'instance.autoRelease': release,
}
