import { accessPoints } from '../../../api/access-points.ts'
import { isMainland } from '../../../api/regions.ts'
import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import type { ConnectionStatus, PhysicalConnection } from './records.ts'

/**
 * How long a connection stays in a state that it leaves by itself, milliseconds of the cloud's time. Real ones wait for people: the
 * provider reviews and allots a port, a carrier lays the line, and whoever ordered it confirms that it is there. Nobody does so here, so
 * all of it happens on the clock, in minutes instead of weeks (a model, as the numbers are).
 */
const stays: Readonly<Partial<Record<ConnectionStatus, number>>> = {
  Initial: 10_000,
  Approved: 5_000,
  Allocating: 15_000,
  Allocated: 600_000,
  Terminating: 5_000,
}
const enablingMs = 5_000

/** `CO` is any other carrier of the Chinese mainland and `Other` one of elsewhere, so that is what the review sees to. */
const fitsPlace = ({ lineOperator, regionId }: PhysicalConnection) => lineOperator !== (isMainland(regionId) ? 'Other' : 'CO')

/** Where a connection goes by itself from its state; undefined where it stays. */
function nextStatus(row: PhysicalConnection): ConnectionStatus | undefined {
  switch (row.status) {
    case 'Initial':
      return fitsPlace(row) ? 'Approved' : 'Rejected'
    case 'Approved':
      return 'Allocating'
    case 'Allocating':
      return accessPoints().get(row.accessPointId)?.ports.includes(row.portType) ? 'Allocated' : 'Allocation Failed'
    case 'Allocated':
      return 'Confirmed'
    case 'Confirmed':
      return row.enabling ? 'Enabled' : undefined
    case 'Terminating':
      return 'Terminated'
    default:
      return undefined
  }
}

/** Puts a connection and lets come what comes of its state. */
export function putConnection(row: PhysicalConnection, { state, schedule }: Pick<LifeContext, 'state' | 'schedule'>): PhysicalConnection {
  const ms = row.enabling ? enablingMs : stays[row.status]
  if (ms !== undefined) schedule('physicalConnection.next', row.id, ms)
  return state.physicalConnections.put(row)
}

/** Enabled from now on. */
export const enabled = (row: PhysicalConnection, now: number): PhysicalConnection => ({
  ...row,
  status: 'Enabled',
  enabling: false,
  enabledAt: now,
})

export const lifecycles: Lifecycles = {
  'physicalConnection.next': (subject, context) => {
    const row = context.state.physicalConnections.get(subject)
    if (row === undefined) return
    const status = nextStatus(row)
    if (status === 'Enabled') putConnection(enabled(row, context.now), context)
    else if (status) putConnection({ ...row, status }, context)
  },
}
