import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { marketOf, takesBack } from '../../market/model.ts'
import { publishEvent } from '../events/cycle.ts'
import type { Instance } from '../records.ts'
import { durations, economy, removeInstance } from './lifecycles.ts'
import { lockInstance, unlockInstance } from './locks.ts'
import { holdsStock, limitOf, watchSpot } from './spot-watch.ts'

/** Milliseconds between the notice and the end. */
export const noticeMs = 5 * 60_000

/** From here on the instance is locked, its metadata tell when it ends, and so does an event. A price that falls again changes nothing (unconfirmed). */
function giveNotice(instance: Instance, context: LifeContext): void {
  const notBefore = context.now + noticeMs
  context.state.instances.put({ ...instance, recyclingAt: notBefore })
  lockInstance(context.state, instance.id, 'Recycling')
  context.schedule('spot.reclaimed', instance.id, noticeMs)
  publishEvent({ instanceId: instance.id, type: 'Instance:PreemptibleInstanceInterruption', notBefore, operates: false }, context)
}

/** An instance that is to be kept stops in economical mode: its disks stay, and it can be started when the market allows. */
function stop(instance: Instance, { state, schedule }: LifeContext): void {
  const { recyclingAt: _, ...kept } = instance
  const stopped = { ...kept, stoppedMode: 'StopCharging' }
  if (instance.status === 'Stopped') {
    state.instances.put({ ...stopped, ...economy(stopped) })
    return
  }
  state.instances.put({ ...stopped, status: 'Stopping' })
  schedule('instance.stopped', instance.id, durations.stop)
}

export const lifecycles: Lifecycles = {
  'spot.market': (subject, context) => {
    const instance = context.state.instances.get(subject)
    if (instance === undefined || instance.recyclingAt !== undefined || instance.releasing || !holdsStock(instance)) return
    if (takesBack(marketOf(context.state), instance, limitOf(instance), context.now)) giveNotice(instance, context)
    else watchSpot(instance, context)
  },
  /** Deletion protection does not hold a spot instance. */
  'spot.reclaimed': (subject, context) => {
    const instance = context.state.instances.get(subject)
    if (instance?.recyclingAt === undefined || instance.releasing) return
    if (instance.spotInterruptionBehavior !== 'Stop') {
      removeInstance(instance, context)
      return
    }
    unlockInstance(context.state, subject, 'Recycling')
    stop(context.state.instances.get(subject) ?? instance, context)
  },
}
