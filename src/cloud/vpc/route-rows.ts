import { demandDescription, demandName } from '../ecs/values.ts'
import { demand, fault } from '../fault.ts'
import { newId } from '../ids.ts'
import type { Context } from '../operation.ts'
import { owned } from '../owned.ts'
import { contains, formatCidr, parseCidr } from './cidr.ts'
import { durations } from './lifecycles.ts'
import type { Hop } from './next-hop.ts'
import type { RouteEntry } from './records.ts'
import { entriesOf, services, type Table, tableOf } from './route-entries.ts'

/** Entries of its users that a table holds at most. */
const quota = 200

/**
 * A table changes one step at a time.
 * @throws Fault IncorrectVpcStatus, IncorrectRouteEntryStatus
 */
export function demandStable(row: Table, { state }: Context): void {
  demand(row.status === 'Available', 'IncorrectVpcStatus', 'The status of the VPC does not support this operation.', 400)
  const settled = state.routeEntries.by('table', row.routeTableId).every((entry) => entry.status === 'Available')
  demand(settled, 'IncorrectRouteEntryStatus', 'The status of some route entry blocks this operation.', 400)
}

/**
 * The block of an entry; an address alone is a block of one. It may hold a vSwitch's block, but neither be it nor lie in it.
 * @throws Fault InvalidCidrBlock.Malformed, InvalidCidrBlock, InvalidCIDRBlock.Duplicate
 */
function blockOf(text: string, row: Table, { state }: Context): string {
  const cidr = parseCidr(text)
  const written = cidr && formatCidr(cidr)
  // That bits after the mask are refused is unconfirmed.
  const fits = cidr !== undefined && written !== undefined && (written === text || cidr.prefix === 32)
  demand(fits, 'InvalidCidrBlock.Malformed', 'The specified DestinationCidrBlock is not valid.', 400)
  demand(written !== services, 'InvalidCidrBlock', `The entry of ${services} is the system's.`)
  const inside = state.vSwitches.by('vpc', row.id).some(({ cidrBlock }) => {
    const other = parseCidr(cidrBlock)
    return other !== undefined && contains(other, cidr)
  })
  demand(!inside, 'InvalidCidrBlock', 'The specified DestinationCidrBlock lies in the block of a vSwitch.')
  const there = state.routeEntries.by('table', row.routeTableId).some(({ cidrBlock }) => cidrBlock === written)
  demand(!there, 'InvalidCIDRBlock.Duplicate', 'The route table has an entry of the specified DestinationCidrBlock.')
  return written
}

interface Texts {
  readonly name?: string | undefined
  readonly description?: string | undefined
}

/** @throws Fault InvalidParameter (which code names and descriptions are refused by is unconfirmed) */
export function demandTexts({ name, description }: Texts): void {
  demandName(name, 'RouteEntryName', 'InvalidParameter')
  demandDescription(description, 'Description', 'InvalidParameter')
}

/**
 * Puts an entry into a table that is stable, or was when the call began.
 * @throws Fault for what is not valid, and QuotaExceeded
 */
export function addEntry(text: string, hop: Hop, { name, description }: Texts, row: Table, context: Context): RouteEntry {
  const { state, accountId, random, now } = context
  demandTexts({ name, description })
  const cidrBlock = blockOf(text, row, context)
  const { length } = state.routeEntries.by('table', row.routeTableId)
  demand(length < quota, 'QuotaExceeded', `A route table holds at most ${quota} entries of its users.`)
  const entry = state.routeEntries.put({
    id: newId('rte', row.regionId, random),
    accountId,
    regionId: row.regionId,
    routeTableId: row.routeTableId,
    name: name ?? '',
    description: description ?? '',
    cidrBlock,
    ...hop,
    status: 'Pending',
    modifiedAt: now,
  })
  context.schedule('routeEntry.available', entry.id, durations.routeEntry)
  return entry
}

interface Asked {
  readonly RouteEntryId?: string | undefined
  readonly RouteTableId?: string | undefined
  readonly DestinationCidrBlock?: string | undefined
  readonly NextHopId?: string | undefined
}

/** The refusal of an entry that is not there. */
export const unknownEntry = () => fault('InvalidRouteEntry.NotFound', 'The specified route entry does not exist.')

/**
 * The entry that is named by its id, or by its table and block, and what has the table it is in.
 * @throws Fault MissingParameter, InvalidRouteTableId.NotFound, InvalidRouteEntryId.NotFound, InvalidRouteEntry.NotFound, OperationDenied for one of
 * the system's
 */
export function entryOf({ RouteEntryId, RouteTableId, DestinationCidrBlock, NextHopId }: Asked, context: Context): [RouteEntry, Table] {
  const { state } = context
  if (RouteEntryId) {
    const entry = owned(state.routeEntries.get(RouteEntryId), context)
    demand(entry, 'InvalidRouteEntryId.NotFound', 'The specified RouteEntryId does not exist.', 400)
    demand(entry.madeBy !== 'system', 'OperationDenied', "The route entry is the system's.", 400)
    return [entry, tableOf(entry.routeTableId, context)]
  }
  const named = RouteTableId && DestinationCidrBlock
  demand(named, 'MissingParameter', 'RouteEntryId, or RouteTableId and DestinationCidrBlock, must be specified.')
  const row = tableOf(RouteTableId, context)
  const cidr = parseCidr(DestinationCidrBlock)
  demand(cidr, 'InvalidCidrBlock.Malformed', 'The specified DestinationCidrBlock is not valid.', 400)
  const found = entriesOf(row, state).find(({ shown }) => shown.DestinationCidrBlock === formatCidr(cidr))
  if (found === undefined) throw unknownEntry()
  demand(found.shown.Type === 'Custom', 'OperationDenied', "The route entry is the system's.", 400)
  const entry = state.routeEntries.get(found.shown.RouteEntryId)
  if (entry === undefined || (NextHopId && NextHopId !== entry.nextHopId)) throw unknownEntry()
  return [entry, row]
}

/** Lets an entry go. */
export function removeEntry(entry: RouteEntry, { state, now, schedule }: Context): void {
  state.routeEntries.put({ ...entry, status: 'Deleting', modifiedAt: now })
  schedule('routeEntry.deleted', entry.id, durations.routeEntry)
}
