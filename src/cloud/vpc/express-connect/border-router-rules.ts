import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import type { BorderRouter, PhysicalConnection } from './records.ts'

const dayMs = 24 * 3_600_000
/** How long a VLAN is kept for a router that is terminated. */
const vlanKeptMs = 7 * dayMs
const mostVlan = 2_999

const bandwidths: ReadonlySet<number> = new Set([
  50, 100, 200, 300, 400, 500, 1000, 2048, 5120, 8192, 10240, 20480, 40960, 50120, 61440, 102400,
])

/** @throws Fault InvalidParameter (unconfirmed) */
export const demandBandwidth = (mbits: number | undefined): void =>
  demand(mbits === undefined || bandwidths.has(mbits), 'InvalidParameter', 'The specified Bandwidth is not valid.')

/**
 * A VLAN is one router's on a connection, and for 7 days after it is terminated.
 * @param self the router that asks for it, once there is one
 * @throws Fault InvalidVlanId.Malformed, InvalidVlanId.Used
 */
export function demandVlan(vlanId: number, connectionId: string, self: string | undefined, { state, now }: Context): void {
  const fits = Number.isInteger(vlanId) && vlanId >= 0 && vlanId <= mostVlan
  demand(fits, 'InvalidVlanId.Malformed', 'The specified VlanId is not valid.')
  const used = state.borderRouters.by('connection', connectionId).some((row) => {
    const kept = row.status !== 'terminated' || now < (row.terminatedAt ?? 0) + vlanKeptMs
    return row.id !== self && row.vlanId === vlanId && kept
  })
  demand(!used, 'InvalidVlanId.Used', 'The specified VlanId has been used.')
}

/** @throws Fault InvalidPhysicalConnectionId.NotEnabled */
export const demandEnabled = (connection: PhysicalConnection | undefined): void =>
  demand(connection?.status === 'Enabled', 'InvalidPhysicalConnectionId.NotEnabled', 'The physical connection is not Enabled.')

/** @throws Fault InvalidOperation.OperationNotAllowedInState */
export const demandState = ({ status }: BorderRouter, ...allowed: readonly BorderRouter['status'][]): void =>
  demand(
    allowed.includes(status),
    'InvalidOperation.OperationNotAllowedInState',
    `A virtual border router that is ${status} does not allow this.`,
  )

/** @throws Fault `code` for who does not own the connection */
export const demandConnectionOwner = (row: BorderRouter, { accountId }: Context, code = 'OperationDenied'): void =>
  demand(row.connectionOwnerId === accountId, code, 'Only the owner of the physical connection may do this.', 403)
