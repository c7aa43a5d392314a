import type { Lifecycles } from '../../lifecycle.ts'
import { durations } from './lifecycles.ts'
import { respecified } from './spec-order.ts'

export const lifecycles: Lifecycles = {
  /** The order of a type is done: a stopped instance has it, another one gets it when it restarts, by itself if that was asked for. */
  'instance.respecified': (subject, { state, now, schedule }) => {
    const instance = state.instances.get(subject)
    if (instance?.becoming === undefined || instance.releasing) return
    const ready = { ...instance, becoming: { ...instance.becoming, ready: true as const } }
    state.instances.put(instance.status === 'Stopped' ? respecified(ready, now) : ready)
    const { rebootAt } = instance.becoming
    if (rebootAt !== undefined) schedule('instance.reboot', subject, Math.max(0, rebootAt - now))
  },
  'instance.reboot': (subject, { state, schedule }) => {
    const instance = state.instances.get(subject)
    if (instance?.status !== 'Running' || instance.releasing) return
    state.instances.put({ ...instance, status: 'Starting' })
    schedule('instance.running', subject, durations.stop + durations.start)
  },
}
