import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import type { BorderRouter } from './records.ts'

/** Milliseconds that a change of state takes (unconfirmed). */
const changeMs = 5_000

const becomes: Readonly<Partial<Record<BorderRouter['status'], BorderRouter['status']>>> = {
  terminating: 'terminated',
  recovering: 'active',
}

/** Puts a router that is changing its state, and lets it come to rest. */
export function changeBorderRouter(row: BorderRouter, { state, schedule }: Pick<LifeContext, 'state' | 'schedule'>): BorderRouter {
  schedule('borderRouter.settled', row.id, changeMs)
  return state.borderRouters.put(row)
}

export const lifecycles: Lifecycles = {
  'borderRouter.settled': (subject, { state, now }) => {
    const row = state.borderRouters.get(subject)
    const status = row && becomes[row.status]
    if (row?.status === 'deleting') state.borderRouters.delete(subject)
    else if (row && status === 'terminated') state.borderRouters.put({ ...row, status, terminatedAt: now })
    else if (row && status) state.borderRouters.put({ ...row, status, activatedAt: now, recoveredAt: now })
  },
}
