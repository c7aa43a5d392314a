import { equalities, passes } from '../../ecs/values.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, vpc } from '../../operation.ts'
import { numberedPage } from '../lists.ts'
import { demandAvailable, natGatewayOf, ofSnatTable } from './find.ts'
import { durations } from './life.ts'
import { demandTexts } from './make.ts'
import type { NatGateway, SnatEntry } from './records.ts'
import { sourceOf, wayOf } from './snat-rules.ts'

/** Entries that one table holds at most. */
const quota = 40

/** @throws Fault InvalidSnatEntryId.NotFound */
function entryOf(id: string, row: NatGateway, { state }: Context): SnatEntry {
  const entry = state.snatEntries.get(id)
  demand(entry?.tableId === row.snatTableId, 'InvalidSnatEntryId.NotFound', 'The specified SnatEntryId does not exist.', 404)
  return entry
}

function put(entry: SnatEntry, { state, schedule }: Context): void {
  state.snatEntries.put(entry)
  schedule('snatEntry.settled', entry.id, durations.entry)
}

/** While an entry of a table is being added or changed, the others stay as they are. */
function demandSettled(entry: SnatEntry, { state }: Context): void {
  const settled = state.snatEntries.by('table', entry.tableId).every(({ status }) => status !== 'Pending')
  demand(settled && entry.status === 'Available', 'IncorretSnatEntryStatus', 'The status of an SNAT entry blocks this operation.', 400)
}

/** @throws Fault INVALID_PARAMETER */
function affinityOf(given: number): boolean {
  demand(given === 0 || given === 1, 'INVALID_PARAMETER', 'The specified EipAffinity is not valid.', 400)
  return given === 1
}

export const CreateSnatEntry = vpc(
  'CreateSnatEntry',
  ['SnatTableId', 'SnatIp', 'NetworkInterfaceId', 'SourceVSwitchId', 'SourceCIDR', 'SnatEntryName', 'EipAffinity'],
  (input, context) => {
    const { state, random, accountId } = context
    const row = ofSnatTable(input.SnatTableId, context)
    demandAvailable(row)
    demandTexts({ Name: input.SnatEntryName })
    const entry: SnatEntry = {
      id: newId('snat', row.regionId, random),
      accountId,
      regionId: row.regionId,
      natGatewayId: row.id,
      vpcId: row.vpcId,
      tableId: row.snatTableId,
      name: input.SnatEntryName ?? '',
      ...sourceOf(input, row, context),
      ...wayOf(input, row, context),
      eipAffinity: affinityOf(input.EipAffinity ?? 0),
      status: 'Pending',
    }
    const held = state.snatEntries.count('table', row.snatTableId)
    demand(held < quota, 'Forbidden.SnatEntryCountLimited', `An SNAT table holds at most ${quota} entries.`, 400)
    put(entry, context)
    return { SnatEntryId: entry.id }
  },
)

/** Changes what is given and leaves the rest; from where an entry leads is settled when it is made. */
export const ModifySnatEntry = vpc(
  'ModifySnatEntry',
  ['SnatTableId', 'SnatEntryId', 'SnatIp', 'NetworkInterfaceId', 'SnatEntryName', 'EipAffinity'],
  (input, context) => {
    const row = ofSnatTable(input.SnatTableId, context)
    const entry = entryOf(input.SnatEntryId, row, context)
    demandAvailable(row)
    demandSettled(entry, context)
    demandTexts({ Name: input.SnatEntryName })
    const way = input.SnatIp || input.NetworkInterfaceId ? wayOf(input, row, context) : {}
    const eipAffinity = input.EipAffinity === undefined ? entry.eipAffinity : affinityOf(input.EipAffinity)
    put({ ...entry, ...way, name: input.SnatEntryName ?? entry.name, eipAffinity, status: 'Pending' }, context)
    return {}
  },
)

export const DeleteSnatEntry = vpc('DeleteSnatEntry', ['SnatTableId', 'SnatEntryId'], (input, context) => {
  const row = ofSnatTable(input.SnatTableId, context)
  const entry = entryOf(input.SnatEntryId, row, context)
  demandAvailable(row)
  demandSettled(entry, context)
  put({ ...entry, status: 'Deleting' }, context)
  return {}
})

const view = (entry: SnatEntry) => ({
  SnatEntryId: entry.id,
  SnatEntryName: entry.name,
  SnatTableId: entry.tableId,
  NatGatewayId: entry.natGatewayId,
  SnatIp: entry.ips.join(','),
  NetworkInterfaceId: entry.networkInterfaceId,
  SourceVSwitchId: entry.vSwitchId,
  SourceCIDR: entry.cidrBlock,
  EipAffinity: entry.eipAffinity ? '1' : '0',
  Status: entry.status,
})

export const DescribeSnatTableEntries = vpc(
  'DescribeSnatTableEntries',
  [
    'SnatTableId',
    'NatGatewayId',
    'SnatEntryId',
    'SnatEntryName',
    'SnatIp',
    'NetworkInterfaceIds',
    'SourceVSwitchId',
    'SourceCIDR',
    'PageNumber',
    'PageSize',
  ],
  (input, context) => {
    const { state, accountId, regionId } = context
    const { SnatTableId, NatGatewayId, NetworkInterfaceIds: interfaces } = input
    demand(SnatTableId || NatGatewayId, 'MissingParameter', 'SnatTableId or NatGatewayId must be specified.')
    const table = (SnatTableId ? ofSnatTable(SnatTableId, context) : natGatewayOf(NatGatewayId ?? '', context)).snatTableId
    const where = passes<SnatEntry>([
      interfaces?.length ? (entry) => interfaces.includes(entry.networkInterfaceId) : undefined,
      input.SnatIp ? (entry) => entry.ips.includes(input.SnatIp ?? '') : undefined,
      ...equalities<SnatEntry, typeof input>(input, {
        NatGatewayId: (entry) => entry.natGatewayId,
        SnatEntryId: (entry) => entry.id,
        SnatEntryName: (entry) => entry.name,
        SourceVSwitchId: (entry) => entry.vSwitchId,
        SourceCIDR: (entry) => entry.cidrBlock,
      }),
    ])
    const { rows, counts } = numberedPage(state.snatEntries.list({ accountId, regionId, by: { table }, where }), input)
    return { ...counts, SnatTableEntries: { SnatTableEntry: rows.map(view) } }
  },
)
