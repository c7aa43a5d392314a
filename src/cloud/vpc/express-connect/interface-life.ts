import { periodEnd } from '../../ecs/instance/charge.ts'
import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import type { State } from '../../state.ts'
import type { InterfaceStatus, RouterInterface } from './records.ts'

/** How long an interface stays in a state that it leaves by itself, milliseconds (unconfirmed). */
const stays: Readonly<Partial<Record<InterfaceStatus, number>>> = {
  Connecting: 3_000,
  AcceptingConnecting: 3_000,
  Activating: 2_000,
  Deactivating: 3_000,
  Deleting: 3_000,
}

const becomes: Readonly<Partial<Record<InterfaceStatus, InterfaceStatus>>> = {
  Connecting: 'Activating',
  AcceptingConnecting: 'Activating',
  Activating: 'Active',
  Deactivating: 'Inactive',
}

/** Puts an interface and lets come what comes of its state. */
export function putInterface(row: RouterInterface, { state, schedule }: Pick<LifeContext, 'state' | 'schedule'>): RouterInterface {
  const ms = stays[row.status]
  if (ms !== undefined) schedule('routerInterface.next', row.id, ms)
  return state.routerInterfaces.put(row)
}

/** The interface at the other end, where it is there, is where it is said to be and leads back. */
export function peerOf(row: RouterInterface, { routerInterfaces }: State): RouterInterface | undefined {
  const { opposite } = row
  const peer = routerInterfaces.get(opposite.interfaceId)
  const there = peer?.accountId === opposite.ownerId && peer.regionId === opposite.regionId && peer.routerId === opposite.routerId
  return there && peer.opposite.interfaceId === row.id ? peer : undefined
}

/** What is left of a link without its other end is Idle, and can be connected with another one (unconfirmed). */
function unlink(row: RouterInterface, { state, now }: LifeContext): void {
  const peer = peerOf(row, state)
  if (peer && peer.status !== 'Deleting') state.routerInterfaces.put({ ...peer, status: 'Idle', connectedAt: undefined, modifiedAt: now })
}

/** Lets the end of a subscription come. */
export function scheduleEnd({ id, expiresAt }: RouterInterface, { schedule, now }: Pick<LifeContext, 'schedule' | 'now'>): void {
  if (expiresAt !== undefined) schedule('routerInterface.expired', id, expiresAt - now)
}

export const lifecycles: Lifecycles = {
  'routerInterface.next': (subject, context) => {
    const { state, now } = context
    const row = state.routerInterfaces.get(subject)
    const status = row && becomes[row.status]
    if (row?.status === 'Deleting') {
      unlink(row, context)
      state.routerInterfaces.delete(subject)
    } else if (row && status) {
      putInterface({ ...row, status, modifiedAt: now, ...(status === 'Active' && { connectedAt: row.connectedAt ?? now }) }, context)
    }
  },
  /** Renewed by itself where that was asked for; else locked, and no longer Active. */
  'routerInterface.expired': (subject, context) => {
    const { state, now } = context
    const row = state.routerInterfaces.get(subject)
    if (row?.expiresAt === undefined || row.expiresAt > now) return
    if (row.renewalMonths !== undefined) {
      const renewed = state.routerInterfaces.put({ ...row, expiresAt: periodEnd(row.expiresAt, row.renewalMonths, 'Month') })
      scheduleEnd(renewed, context)
      return
    }
    const status = row.status === 'Active' || row.status === 'Activating' ? 'Inactive' : row.status
    state.routerInterfaces.put({ ...row, status, locked: true, modifiedAt: now })
  },
}
