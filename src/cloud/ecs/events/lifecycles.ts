import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { durations } from '../instance/lifecycles.ts'
import { beginRedeploy } from '../instance/redeploy.ts'
import type { Instance } from '../records.ts'
import { endEvent } from './cycle.ts'
import type { SystemEvent } from './records.ts'
import { type EventKind, eventKinds } from './types.ts'

type Work = (instance: Instance, context: LifeContext) => number

/** What each kind of event does. Returns how long it takes, in milliseconds; 0 when there is nothing to do in the instance's state. */
const works: { readonly [does in NonNullable<EventKind['does']>]: Work } = {
  reboot: (instance, { state, schedule }) => {
    if (instance.status !== 'Running' || instance.releasing) return 0
    const takes = durations.stop + durations.start
    state.instances.put({ ...instance, status: 'Starting' })
    schedule('instance.running', instance.id, takes)
    return takes
  },
  stop: (instance, { state, schedule }) => {
    if (instance.status !== 'Running' || instance.releasing) return 0
    state.instances.put({ ...instance, status: 'Stopping', stoppedMode: 'KeepCharging' })
    schedule('instance.stopped', instance.id, durations.stop)
    return durations.stop
  },
  redeploy: beginRedeploy,
}

/** Carries an event out: it is Executing while its instance changes, and Executed at once when nothing has to. */
export function execute(event: SystemEvent, context: LifeContext): void {
  const { state, schedule } = context
  const instance = state.instances.get(event.instanceId)
  const does = eventKinds[event.type]?.does
  const takes = instance && does && event.operates ? works[does](instance, context) : 0
  if (takes === 0) {
    endEvent(event, instance ? 'Executed' : 'Canceled', context)
    return
  }
  state.systemEvents.put({ ...event, cycle: 'Executing' })
  schedule('event.done', event.id, takes)
}

export const lifecycles: Lifecycles = {
  'event.due': (subject, context) => {
    const event = context.state.systemEvents.get(subject)
    if (event?.cycle === 'Scheduled' || event?.cycle === 'Executing') execute(event, context)
  },
  'event.done': (subject, context) => {
    const event = context.state.systemEvents.get(subject)
    if (event?.cycle === 'Executing') endEvent(event, 'Executed', context)
  },
  'event.forgotten': (subject, { state }) => state.systemEvents.delete(subject),
}
