import { demand, Fault } from '../fault.ts'
import { type Context, vpc } from '../operation.ts'
import { hopOf } from './next-hop.ts'
import { type Table, tableOf } from './route-entries.ts'
import { addEntry, demandStable, entryOf, removeEntry } from './route-rows.ts'

const mostAtOnce = 50

/** Does for each what it can, and tells of the others why not. */
function forEach<T extends { readonly DstCidrBlock?: string | undefined; readonly NextHop?: string | undefined }>(
  all: readonly T[] | undefined,
  act: (one: T) => void,
) {
  const { length } = all ?? []
  demand(length > 0, 'MissingParameter', 'RouteEntries must be specified.')
  demand(length <= mostAtOnce, 'InvalidParameter', `At most ${mostAtOnce} RouteEntries can be given.`)
  const FailedRouteEntries = (all ?? []).flatMap((one) => {
    try {
      act(one)
      return []
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const { code: FailedCode, message: FailedMessage } = error
      return [{ DstCidrBlock: one.DstCidrBlock ?? '', NextHop: one.NextHop ?? '', FailedCode, FailedMessage }]
    }
  })
  return { FailedCount: FailedRouteEntries.length, SuccessCount: length - FailedRouteEntries.length, FailedRouteEntries }
}

/** The tables of a call, each of which has to be stable when that begins. */
function stableTables(ids: readonly (string | undefined)[], context: Context): ReadonlyMap<string, Table> {
  const tables = new Map([...new Set(ids)].map((id) => [id ?? '', tableOf(id ?? '', context)] as const))
  for (const row of tables.values()) demandStable(row, context)
  return tables
}

/** Which entries are refused by themselves, and which whole calls, is unconfirmed. */
export const CreateRouteEntries = vpc(
  'CreateRouteEntries',
  [
    'RouteEntries.RouteTableId',
    'RouteEntries.DstCidrBlock',
    'RouteEntries.NextHop',
    'RouteEntries.NextHopType',
    'RouteEntries.IpVersion',
    'RouteEntries.Name',
    'RouteEntries.Description',
  ],
  (input, context) => {
    const tables = stableTables(
      (input.RouteEntries ?? []).map((one) => one.RouteTableId),
      context,
    )
    const RouteEntryIds: string[] = []
    const told = forEach(input.RouteEntries, (one) => {
      const row = tables.get(one.RouteTableId)
      if (row === undefined) return
      demand(one.IpVersion === undefined || one.IpVersion === 4, 'InvalidParameter', 'The specified IpVersion is not valid.')
      const hop = hopOf(one.NextHopType, one.NextHop, row, context)
      RouteEntryIds.push(addEntry(one.DstCidrBlock, hop, { name: one.Name, description: one.Description }, row, context).id)
    })
    return { ...told, RouteEntryIds }
  },
)

export const DeleteRouteEntries = vpc(
  'DeleteRouteEntries',
  ['RouteEntries.RouteTableId', 'RouteEntries.RouteEntryId', 'RouteEntries.DstCidrBlock', 'RouteEntries.NextHop'],
  (input, context) => {
    stableTables(
      (input.RouteEntries ?? []).map((one) => one.RouteTableId),
      context,
    )
    return forEach(input.RouteEntries, ({ RouteEntryId, RouteTableId, DstCidrBlock, NextHop }) => {
      const [entry] = entryOf({ RouteEntryId, RouteTableId, DestinationCidrBlock: DstCidrBlock, NextHopId: NextHop }, context)
      demand(entry.status === 'Available', 'IncorrectRouteEntryStatus', 'The route entry is being deleted.', 400)
      removeEntry(entry, context)
    })
  },
)
