import { demand, fault } from '../../fault.ts'
import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { ecs } from '../../operation.ts'
import { endEvent, openEvents } from '../events/cycle.ts'
import { eventKinds } from '../events/types.ts'
import type { Instance } from '../records.ts'
import { beginTask } from '../task/begin.ts'
import { durations } from './lifecycles.ts'
import { demandUnlocked } from './locks.ts'
import { instanceOf } from './power.ts'

/**
 * Moves an instance to another host: one that runs is stopped and started, one that is stopped is Starting for a while and Stopped again
 * (unconfirmed). Returns how long that takes, in milliseconds; 0 when it is in no state for it.
 */
export function beginRedeploy(instance: Instance, { state, schedule }: Pick<LifeContext, 'state' | 'schedule'>): number {
  if (instance.releasing) return 0
  if (instance.status === 'Running') {
    state.instances.put({ ...instance, status: 'Stopping' })
    schedule('redeploy.stopped', instance.id, durations.stop)
    return durations.stop + durations.start
  }
  if (instance.status !== 'Stopped') return 0
  state.instances.put({ ...instance, status: 'Starting' })
  schedule('redeploy.moved', instance.id, durations.start)
  return durations.start
}

/** Only a real event lets an instance be redeployed: simulated ones do not count. */
export const RedeployInstance = ecs('RedeployInstance', ['InstanceId', 'ForceStop'], ({ InstanceId }, context) => {
  const instance = instanceOf(InstanceId, context)
  demandUnlocked('RedeployInstance', instance)
  const expired = instance.expiresAt !== undefined && instance.expiresAt <= context.now
  demand(!expired, 'InstanceExpiredOrInArrears', 'The specified instance has expired or is in arrears.', 403)
  const answered = openEvents(InstanceId, context.state).filter(
    ({ simulated, type, cycle }) => !simulated && eventKinds[type]?.redeployedWhen?.includes(cycle),
  )
  demand(answered.length > 0, 'InvalidOperation.RedeployInstance', 'The instance has no maintenance event that allows it.', 403)
  const takes = beginRedeploy(instance, context)
  if (takes === 0) throw fault('IncorrectInstanceStatus', 'The current status of the resource does not support this operation.', 403)
  for (const event of answered)
    if (event.cycle === 'Scheduled') endEvent(event, 'Avoided', context)
    else {
      context.state.agenda.cancel(`event.due:${event.id}`)
      context.state.systemEvents.put({ ...event, cycle: 'Executing' })
      context.schedule('event.done', event.id, takes)
    }
  const { id: resourceId, accountId, regionId } = instance
  return { TaskId: beginTask({ accountId, regionId, action: 'RedeployInstance', resourceId }, takes, context).id }
})

export const lifecycles: Lifecycles = {
  'redeploy.stopped': (subject, { state, schedule }) => {
    const instance = state.instances.get(subject)
    if (instance?.status !== 'Stopping' || instance.releasing) return
    state.instances.put({ ...instance, status: 'Starting' })
    schedule('instance.running', subject, durations.start)
  },
  'redeploy.moved': (subject, { state, now }) => {
    const instance = state.instances.get(subject)
    if (instance?.status === 'Starting' && !instance.releasing) state.instances.put({ ...instance, status: 'Stopped', stoppedAt: now })
  },
}
