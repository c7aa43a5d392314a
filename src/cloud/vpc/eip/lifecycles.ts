import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import type { Eip } from '../records.ts'
import { putEip, unbind } from './binding.ts'

/** Milliseconds of the cloud's time (unconfirmed; allocating took 2 s in public logs, the call included). */
export const durations = { associate: 2_000, unassociate: 2_000, release: 1_000 } as const

const inStatus = (subject: string, status: Eip['status'], { state }: LifeContext): Eip | undefined => {
  const eip = state.eips.get(subject)
  return eip?.status === status ? eip : undefined
}

export const lifecycles: Lifecycles = {
  'eip.associated': (subject, context) => {
    const eip = inStatus(subject, 'Associating', context)
    if (eip) putEip({ ...eip, status: 'InUse' }, context.state)
  },
  'eip.unassociated': (subject, context) => {
    const eip = inStatus(subject, 'Unassociating', context)
    if (eip) unbind(eip, context.state)
  },
  'eip.released': (subject, context) => {
    if (inStatus(subject, 'Releasing', context)) context.state.eips.delete(subject)
  },
}
