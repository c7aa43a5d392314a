import { demand, fault } from '../../fault.ts'
import type { State } from '../../state.ts'
import { parseAddress } from '../cidr.ts'
import type { NatGateway } from './records.ts'

/** The codes by which an operation refuses an address that is to stand in one of a gateway's tables. */
export interface AddressCodes {
  readonly malformed: string
  readonly unknown: string
  readonly elsewhere: string
}

/** What a standard gateway's packages hold. */
const ofPackages = (row: NatGateway, state: State): string[] =>
  state.natPackages.by('gateway', row.id).flatMap(({ ips }) => ips.map((ip) => ip.ipAddress))

/**
 * Refuses an address that is not the gateway's: of one to the internet those are its elastic addresses and what its packages hold; of a VPC's
 * it is its own.
 * @throws Fault one of `codes`, or OperationUnsupported.EipInBinding
 */
export function demandAddress(address: string, row: NatGateway, codes: AddressCodes, state: State): void {
  demand(parseAddress(address) !== undefined, codes.malformed, `The address "${address}" is not valid.`, 400)
  if (row.networkType === 'intranet') {
    demand(address === row.addresses[0], codes.unknown, `The address "${address}" is not one of the NAT gateway.`, 404)
    return
  }
  if (ofPackages(row, state).includes(address)) return
  const eip = state.eips.by('address', address).find(({ accountId }) => accountId === row.accountId)
  if (eip === undefined) throw fault(codes.unknown, `The address "${address}" does not exist.`, 404)
  demand(eip.instanceId === row.id, codes.elsewhere, `The address "${address}" is not bound to the NAT gateway.`, 400)
  demand(eip.status === 'InUse', 'OperationUnsupported.EipInBinding', `The address "${address}" is being bound or unbound.`, 400)
}

/** The DNAT entries that lead from one of a gateway's addresses. */
export const forwardsOf = (row: NatGateway, address: string, state: State) =>
  state.forwardEntries.by('external', `${row.forwardTableId}/${address}`)

/** The SNAT entries that lead out by one of a gateway's addresses. */
export const snatsOf = (row: NatGateway, address: string, state: State) => state.snatEntries.by('ip', `${row.snatTableId}/${address}`)

/** Takes an address out of a gateway's tables: DNAT entries of it go, and SNAT entries that have no other. */
export function dropAddress(row: NatGateway, address: string, state: State): void {
  for (const entry of forwardsOf(row, address, state)) state.forwardEntries.delete(entry.id)
  for (const entry of snatsOf(row, address, state)) {
    const ips = entry.ips.filter((ip) => ip !== address)
    if (ips.length > 0) state.snatEntries.put({ ...entry, ips })
    else state.snatEntries.delete(entry.id)
  }
}
