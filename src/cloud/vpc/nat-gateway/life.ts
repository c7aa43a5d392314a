import { newId } from '../../ids.ts'
import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import type { NatGateway } from './records.ts'

/** Milliseconds of the cloud's time. Making a gateway is documented with 1 to 3 minutes; how long the rest takes is unconfirmed. */
export const durations = { create: 60_000, modify: 5_000, convert: 60_000, delete: 10_000, entry: 3_000 } as const

const everywhere = '0.0.0.0/0'

/**
 * Leads all of a VPC's traffic that no other entry leads to a new gateway to the internet. The entry of a standard gateway is documented as the
 * system's; that of an enhanced one can be changed like a user's (unconfirmed).
 */
function addDefaultRoute(row: NatGateway, { state, random, now }: LifeContext): void {
  const parent = state.vpcs.get(row.vpcId)
  if (parent === undefined || row.networkType === 'intranet') return
  if (state.routeEntries.by('table', parent.routeTableId).some(({ cidrBlock }) => cidrBlock === everywhere)) return
  state.routeEntries.put({
    id: newId('rte', row.regionId, random),
    accountId: row.accountId,
    regionId: row.regionId,
    routeTableId: parent.routeTableId,
    name: '',
    description: '',
    cidrBlock: everywhere,
    nextHopId: row.id,
    nextHopType: 'NatGateway',
    status: 'Available',
    modifiedAt: now,
    madeBy: row.natType === 'Normal' ? 'system' : 'gateway',
  })
}

export const lifecycles: Lifecycles = {
  'natGateway.available': (subject, context) => {
    const row = context.state.natGateways.get(subject)
    if (row === undefined || row.status === 'Deleting') return
    context.state.natGateways.put({ ...row, status: 'Available' })
    if (row.status === 'Creating') addDefaultRoute(row, context)
  },
  'natGateway.deleted': (subject, { state }) => {
    for (const entry of state.routeEntries.by('hop', subject)) state.routeEntries.delete(entry.id)
    state.natGateways.delete(subject)
  },
  'forwardEntry.settled': (subject, { state }) => {
    const entry = state.forwardEntries.get(subject)
    if (entry?.status === 'Deleting') state.forwardEntries.delete(subject)
    else if (entry) state.forwardEntries.put({ ...entry, status: 'Available' })
  },
  'snatEntry.settled': (subject, { state }) => {
    const entry = state.snatEntries.get(subject)
    if (entry?.status === 'Deleting') state.snatEntries.delete(subject)
    else if (entry) state.snatEntries.put({ ...entry, status: 'Available' })
  },
}
