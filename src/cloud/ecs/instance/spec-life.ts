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
  /** A larger type for a while is over: a stopped instance has its former one, another one gets it when it restarts (unconfirmed). */
  'instance.formerType': (subject, { state, now }) => {
    const instance = state.instances.get(subject)
    if (instance?.formerType === undefined || instance.releasing) return
    const { formerType, ...rest } = instance
    const ready = { ...rest, becoming: { instanceType: formerType, ready: true as const } }
    state.instances.put(instance.status === 'Stopped' ? respecified(ready, now) : ready)
  },
  'instance.moreBandwidth': (subject, { state, now, schedule }) => {
    const instance = state.instances.get(subject)
    if (instance?.moreBandwidth === undefined) return
    const { internetMaxBandwidthOut: before, internetMaxBandwidthIn, moreBandwidth } = instance
    const { out, until } = moreBandwidth
    const into = Math.max(internetMaxBandwidthIn, out)
    const raised = { internetMaxBandwidthOut: out, internetMaxBandwidthIn: into, moreBandwidth: { out, until, before } }
    state.instances.put({ ...instance, ...raised })
    schedule('instance.lessBandwidth', subject, Math.max(0, until - now))
  },
  'instance.lessBandwidth': (subject, { state }) => {
    const instance = state.instances.get(subject)
    if (instance?.moreBandwidth?.before === undefined) return
    const { moreBandwidth, ...rest } = instance
    state.instances.put({ ...rest, internetMaxBandwidthOut: moreBandwidth.before ?? rest.internetMaxBandwidthOut })
  },
  'instance.reboot': (subject, { state, schedule }) => {
    const instance = state.instances.get(subject)
    if (instance?.status !== 'Running' || instance.releasing) return
    state.instances.put({ ...instance, status: 'Starting' })
    schedule('instance.running', subject, durations.stop + durations.start)
  },
}
