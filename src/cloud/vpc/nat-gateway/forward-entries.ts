import { equalities, passes } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, vpc } from '../../operation.ts'
import { numberedPage } from '../lists.ts'
import { demandAvailable, natGatewayOf, ofForwardTable } from './find.ts'
import { forwardOf } from './forward-rules.ts'
import { durations } from './life.ts'
import { demandTexts } from './make.ts'
import type { ForwardEntry, NatGateway } from './records.ts'

/** Entries that one table holds at most. */
const quota = 100

/** @throws Fault InvalidForwardEntryId.NotFound */
function entryOf(id: string, row: NatGateway, { state }: Context): ForwardEntry {
  const entry = state.forwardEntries.get(id)
  demand(entry?.tableId === row.forwardTableId, 'InvalidForwardEntryId.NotFound', 'The specified ForwardEntryId does not exist.', 404)
  return entry
}

function put(entry: ForwardEntry, { state, schedule }: Context): void {
  state.forwardEntries.put(entry)
  schedule('forwardEntry.settled', entry.id, durations.entry)
}

const demandSettled = (settled: boolean): void =>
  demand(settled, 'IncorretForwardEntryStatus', 'The status of a DNAT entry blocks this operation.', 400)

export const CreateForwardEntry = vpc(
  'CreateForwardEntry',
  ['ForwardTableId', 'ExternalIp', 'ExternalPort', 'InternalIp', 'InternalPort', 'IpProtocol', 'ForwardEntryName', 'PortBreak'],
  (input, context) => {
    const { state, random, accountId } = context
    const row = ofForwardTable(input.ForwardTableId, context)
    demandAvailable(row)
    demandTexts({ Name: input.ForwardEntryName })
    const forward = forwardOf(input, row, context)
    const held = state.forwardEntries.count('table', row.forwardTableId)
    demand(held < quota, 'QuotaExceeded', `A DNAT table holds at most ${quota} entries.`, 400)
    const id = newId('fwd', row.regionId, random)
    const entry: ForwardEntry = {
      id,
      accountId,
      regionId: row.regionId,
      natGatewayId: row.id,
      vpcId: row.vpcId,
      tableId: row.forwardTableId,
      name: input.ForwardEntryName ?? '',
      ...forward,
      status: 'Pending',
    }
    put(entry, context)
    return { ForwardEntryId: id }
  },
)

/** Changes what is given and leaves the rest. An entry changes one step at a time. */
export const ModifyForwardEntry = vpc(
  'ModifyForwardEntry',
  [
    'ForwardTableId',
    'ForwardEntryId',
    'ExternalIp',
    'ExternalPort',
    'InternalIp',
    'InternalPort',
    'IpProtocol',
    'ForwardEntryName',
    'PortBreak',
  ],
  (input, context) => {
    const row = ofForwardTable(input.ForwardTableId, context)
    const entry = entryOf(input.ForwardEntryId, row, context)
    demandAvailable(row)
    demandSettled(entry.status === 'Available')
    demandTexts({ Name: input.ForwardEntryName })
    const {
      ExternalIp = entry.externalIp,
      ExternalPort = entry.externalPort,
      InternalIp = entry.internalIp,
      InternalPort = entry.internalPort,
      IpProtocol = entry.protocol,
      PortBreak,
    } = input
    const asked = { ExternalIp, ExternalPort, InternalIp, InternalPort, IpProtocol, PortBreak }
    const forward = forwardOf(asked, row, context, entry.id)
    put({ ...entry, ...forward, name: input.ForwardEntryName ?? entry.name, status: 'Pending' }, context)
    return {}
  },
)

export const DeleteForwardEntry = vpc('DeleteForwardEntry', ['ForwardTableId', 'ForwardEntryId'], (input, context) => {
  const row = ofForwardTable(input.ForwardTableId, context)
  const entry = entryOf(input.ForwardEntryId, row, context)
  demandAvailable(row)
  const { forwardEntries } = context.state
  const settled = forwardEntries.by('table', row.forwardTableId).every(({ status }) => status !== 'Pending')
  demandSettled(settled && entry.status === 'Available')
  put({ ...entry, status: 'Deleting' }, context)
  return {}
})

const view = (entry: ForwardEntry) => ({
  ForwardEntryId: entry.id,
  ForwardEntryName: entry.name,
  ForwardTableId: entry.tableId,
  NatGatewayId: entry.natGatewayId,
  ExternalIp: entry.externalIp,
  ExternalPort: entry.externalPort,
  InternalIp: entry.internalIp,
  InternalPort: entry.internalPort,
  IpProtocol: entry.protocol,
  Status: entry.status,
})

/** The table asked for by its id or by its gateway's. */
function tableOf(
  { ForwardTableId, NatGatewayId }: { ForwardTableId?: string | undefined; NatGatewayId?: string | undefined },
  context: Context,
): string {
  demand(ForwardTableId || NatGatewayId, 'MissingParameter', 'ForwardTableId or NatGatewayId must be specified.')
  const row = ForwardTableId ? ofForwardTable(ForwardTableId, context) : natGatewayOf(NatGatewayId ?? '', context)
  return row.forwardTableId
}

export const DescribeForwardTableEntries = vpc(
  'DescribeForwardTableEntries',
  [
    'ForwardTableId',
    'NatGatewayId',
    'ForwardEntryId',
    'ForwardEntryName',
    'ExternalIp',
    'ExternalPort',
    'InternalIp',
    'InternalPort',
    'IpProtocol',
    'PageNumber',
    'PageSize',
  ],
  (input, context) => {
    const { state, accountId, regionId } = context
    const where = passes<ForwardEntry>(
      equalities<ForwardEntry, typeof input>(input, {
        NatGatewayId: (entry) => entry.natGatewayId,
        ForwardEntryId: (entry) => entry.id,
        ForwardEntryName: (entry) => entry.name,
        ExternalIp: (entry) => entry.externalIp,
        ExternalPort: (entry) => entry.externalPort,
        InternalIp: (entry) => entry.internalIp,
        InternalPort: (entry) => entry.internalPort,
        IpProtocol: (entry) => entry.protocol,
      }),
    )
    const entries = state.forwardEntries.select({ accountId, regionId, by: { table: tableOf(input, context) }, where })
    const { rows, counts } = numberedPage(entries, input)
    return { ...counts, ForwardTableEntries: { ForwardTableEntry: rows.map(view) } }
  },
)
