import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { unbind } from '../../vpc/eip/binding.ts'
import { leaveHaVips } from '../../vpc/ha-vip/life.ts'
import type { Instance } from '../records.ts'
import type { NetworkInterface } from './records.ts'
import { showAttached } from './shape.ts'

/** Milliseconds of the cloud's time (unconfirmed). */
export const durations = { attach: 3_000, detach: 3_000, delete: 2_000 } as const

const inState = (subject: string, status: NetworkInterface['status'], { state }: LifeContext): NetworkInterface | undefined => {
  const eni = state.networkInterfaces.get(subject)
  return eni?.status === status ? eni : undefined
}

/** Lets go of an interface for good, and of the addresses that are bound to it or that it serves. */
export function removeInterface(eni: NetworkInterface, context: LifeContext): void {
  for (const eip of context.state.eips.by('boundTo', eni.id)) unbind(eip, context.state)
  leaveHaVips(eni.id, context.state)
  for (const permission of context.state.interfacePermissions.by('networkInterface', eni.id))
    context.state.interfacePermissions.delete(permission.id)
  context.state.networkInterfaces.delete(eni.id)
}

export const lifecycles: Lifecycles = {
  'networkInterface.attached': (subject, context) => {
    const eni = inState(subject, 'Attaching', context)
    if (eni === undefined) return
    context.state.networkInterfaces.put({ ...eni, status: 'InUse' })
    showAttached(eni.instanceId, context.state)
  },
  'networkInterface.detached': (subject, context) => {
    const eni = inState(subject, 'Detaching', context)
    if (eni === undefined) return
    context.state.networkInterfaces.put({ ...eni, status: 'Available', instanceId: '' })
    showAttached(eni.instanceId, context.state)
  },
  'networkInterface.deleted': (subject, context) => {
    const eni = inState(subject, 'Deleting', context)
    if (eni) removeInterface(eni, context)
  },
}

/**
 * What becomes of the secondary interfaces of an instance that goes: those with DeleteOnRelease go with it, the others are free,
 * and so are those of another account (unconfirmed).
 */
export function releaseInterfaces({ id, accountId }: Pick<Instance, 'id' | 'accountId'>, context: LifeContext): void {
  for (const eni of context.state.networkInterfaces.by('instance', id))
    if (eni.deleteOnRelease && eni.accountId === accountId) removeInterface(eni, context)
    else context.state.networkInterfaces.put({ ...eni, status: 'Available', instanceId: '' })
}
