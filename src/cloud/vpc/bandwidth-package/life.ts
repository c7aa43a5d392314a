import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { putEip } from '../eip/binding.ts'
import type { Eip } from '../records.ts'

/** Milliseconds until an address shares a bandwidth, or does no more (unconfirmed). */
export const durations = { bind: 2_000, unbind: 2_000 } as const

/** Lets an address go from the bandwidth that it shares. */
export function leave(eip: Eip, { state }: Pick<LifeContext, 'state'>): void {
  const { shared: _, ...alone } = eip
  putEip(alone, state)
}

export const lifecycles: Lifecycles = {
  'eip.shared': (subject, { state }) => {
    const eip = state.eips.get(subject)
    if (eip?.shared?.status === 'BINDING') putEip({ ...eip, shared: { ...eip.shared, status: 'BINDED' } }, state)
  },
  'eip.unshared': (subject, context) => {
    const eip = context.state.eips.get(subject)
    if (eip?.shared?.status === 'UNBINDING') leave(eip, context)
  },
}
