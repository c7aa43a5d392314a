import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { marketOf, takesBack } from '../../market/model.ts'
import type { Instance } from '../records.ts'
import { durations, economy, removeInstance } from './lifecycles.ts'
import { lockInstance, unlockInstance } from './locks.ts'
import { holdsStock, limitOf, watchSpot } from './spot-watch.ts'

/** Milliseconds between the notice and the end. */
export const noticeMs = 5 * 60_000

/** Told of every notice: the instance as it is from then on, `recyclingAt` set. */
export type NoticeHook = (instance: Instance, context: LifeContext) => void

/** What else a notice does. */
const hooks: readonly NoticeHook[] = []

/** From here on the instance is locked, and its metadata tell when it ends. A price that falls again changes nothing (unconfirmed). */
function giveNotice(instance: Instance, context: LifeContext): void {
  const told = context.state.instances.put({ ...instance, recyclingAt: context.now + noticeMs })
  lockInstance(context.state, instance.id, 'Recycling')
  context.schedule('spot.reclaimed', instance.id, noticeMs)
  for (const hook of hooks) hook(told, context)
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
