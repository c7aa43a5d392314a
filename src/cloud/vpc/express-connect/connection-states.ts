import { demand } from '../../fault.ts'
import { type Context, vpc } from '../../operation.ts'
import { enabled, putConnection } from './connection-life.ts'
import { connectionOf } from './find.ts'
import type { ConnectionStatus, PhysicalConnection } from './records.ts'

/** @throws Fault Forbidden.NotAllowedInState */
const demandIn = ({ status }: PhysicalConnection, allowed: readonly ConnectionStatus[]): void =>
  demand(allowed.includes(status), 'Forbidden.NotAllowedInState', `A connection that is ${status} does not allow this.`)

/** @throws Fault Forbidden.VBRExists */
const demandNoRouters = ({ id }: PhysicalConnection, { state }: Context): void =>
  demand(state.borderRouters.count('connection', id) === 0, 'Forbidden.VBRExists', 'A virtual border router stands on the connection.')

/** Takes an application back that is not Enabled yet, but for while a port is sought. */
export const CancelPhysicalConnection = vpc('CancelPhysicalConnection', ['PhysicalConnectionId'], (input, context) => {
  const row = connectionOf(input.PhysicalConnectionId, context)
  demandIn(row, ['Initial', 'Approved', 'Allocated', 'Confirmed'])
  context.state.physicalConnections.put({ ...row, status: 'Canceled', enabling: false })
  return {}
})

/** Says that the line is there. Where nobody does, the clock does. */
export const ConfirmPhysicalConnection = vpc('ConfirmPhysicalConnection', ['PhysicalConnectionId'], (input, context) => {
  const row = connectionOf(input.PhysicalConnectionId, context)
  demandIn(row, ['Allocated'])
  putConnection({ ...row, status: 'Confirmed' }, context)
  return {}
})

/** One that is Confirmed is Enabled a little later, or at once where no order is asked for; one that is Enabled stays so. */
export const EnablePhysicalConnection = vpc('EnablePhysicalConnection', ['PhysicalConnectionId', 'ByPassSp'], (input, context) => {
  const row = connectionOf(input.PhysicalConnectionId, context)
  if (row.status === 'Enabled') return {}
  demandIn(row, ['Confirmed'])
  demand(!row.enabling, 'INSTANCE.STATUS.NOT.ALLOW', 'The connection is being enabled.')
  putConnection(input.ByPassSp === true ? enabled(row, context.now) : { ...row, enabling: true }, context)
  return {}
})

export const TerminatePhysicalConnection = vpc('TerminatePhysicalConnection', ['PhysicalConnectionId'], (input, context) => {
  const row = connectionOf(input.PhysicalConnectionId, context)
  demandIn(row, ['Enabled'])
  demandNoRouters(row, context)
  putConnection({ ...row, status: 'Terminating' }, context)
  return {}
})

const deletable: ReadonlySet<ConnectionStatus> = new Set([
  'Allocated',
  'Confirmed',
  'Rejected',
  'Canceled',
  'Allocation Failed',
  'Terminated',
])

export const DeletePhysicalConnection = vpc('DeletePhysicalConnection', ['PhysicalConnectionId'], (input, context) => {
  const row = connectionOf(input.PhysicalConnectionId, context)
  demandNoRouters(row, context)
  demand(deletable.has(row.status), 'Forbidden.NotInAllowDeleteStatus', `A connection that is ${row.status} cannot be deleted.`)
  context.state.physicalConnections.delete(row.id)
  return {}
})
