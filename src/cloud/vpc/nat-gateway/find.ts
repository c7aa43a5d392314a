import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { NatGateway } from './records.ts'

type Seen = Pick<Context, 'state' | 'accountId' | 'regionId'>

/**
 * The caller's NAT gateway of that id.
 * @throws Fault InvalidNatGatewayId.NotFound
 */
export function natGatewayOf(id: string, context: Seen): NatGateway {
  const row = owned(context.state.natGateways.get(id), context)
  demand(row, 'InvalidNatGatewayId.NotFound', 'The specified NatGatewayId does not exist.', 404)
  return row
}

/** @throws Fault unless it is at rest: IncorrectStatus.NATGW, or the code that the operation is known to use */
export const demandAvailable = ({ status }: NatGateway, code = 'IncorrectStatus.NATGW'): void =>
  demand(status === 'Available', code, 'The status of the NAT gateway does not support this operation.', 400)

function withTable(tableId: string, kind: 'forwardTableId' | 'snatTableId', { state, accountId, regionId }: Seen): NatGateway | undefined {
  const found = state.natGateways.by('table', tableId).find((row) => row[kind] === tableId)
  return owned(found, { accountId, regionId })
}

/**
 * The gateway whose DNAT table that is.
 * @throws Fault InvalidForwardTableId.NotFound
 */
export function ofForwardTable(tableId: string, context: Seen): NatGateway {
  const row = withTable(tableId, 'forwardTableId', context)
  demand(row, 'InvalidForwardTableId.NotFound', 'The specified ForwardTableId does not exist.', 404)
  return row
}

/**
 * The gateway whose SNAT table that is.
 * @throws Fault InvalidSnatTableId.NotFound
 */
export function ofSnatTable(tableId: string, context: Seen): NatGateway {
  const row = withTable(tableId, 'snatTableId', context)
  demand(row, 'InvalidSnatTableId.NotFound', 'The specified SnatTableId does not exist.', 404)
  return row
}
