import { demand } from '../../fault.ts'
import { vpc } from '../../operation.ts'
import type { State } from '../../state.ts'
import { demandUnprotected } from '../deletion-protection.ts'
import { unbind } from '../eip/binding.ts'
import { demandAvailable, natGatewayOf } from './find.ts'
import { durations } from './life.ts'
import type { NatGateway } from './records.ts'

/** @throws Fault DependencyViolation.BandwidthPackages or .EIPS; those of entries are unconfirmed for this operation */
function demandBare(row: NatGateway, state: State): void {
  const dependants = {
    BandwidthPackages: state.natPackages.count('gateway', row.id),
    ForwardEntry: state.forwardEntries.count('table', row.forwardTableId),
    SnatEntry: state.snatEntries.count('table', row.snatTableId),
    EIPS: state.eips.count('boundTo', row.id),
  }
  for (const [kind, held] of Object.entries(dependants))
    demand(held === 0, `DependencyViolation.${kind}`, `The NAT gateway still has ${kind}.`, 400)
}

function empty(row: NatGateway, state: State): void {
  for (const entry of state.forwardEntries.by('table', row.forwardTableId)) state.forwardEntries.delete(entry.id)
  for (const entry of state.snatEntries.by('table', row.snatTableId)) state.snatEntries.delete(entry.id)
  for (const eip of state.eips.by('boundTo', row.id)) unbind(eip, state)
  for (const each of state.natPackages.by('gateway', row.id)) state.natPackages.delete(each.id)
}

/** Force takes along what the gateway has, but no route that a user has led to it. The route that came with it goes as well. */
export const DeleteNatGateway = vpc('DeleteNatGateway', ['NatGatewayId', 'Force'], (input, context) => {
  const { state } = context
  const row = natGatewayOf(input.NatGatewayId, context)
  demandAvailable(row, 'IncorrectStatus.NatGateway')
  demandUnprotected(row)
  const routed = state.routeEntries.by('hop', row.id).some(({ madeBy }) => madeBy === undefined)
  demand(!routed, 'DependencyViolation.RouterEntry', 'A route entry leads to the NAT gateway.', 400)
  if (input.Force === true) empty(row, state)
  else demandBare(row, state)
  const emptied = state.natGateways.get(row.id) ?? row
  state.natGateways.put({ ...emptied, status: 'Deleting' })
  context.schedule('natGateway.deleted', row.id, durations.delete)
  return {}
})
