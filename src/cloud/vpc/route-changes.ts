import { vpc } from '../operation.ts'
import { durations } from './lifecycles.ts'
import { leadsTo } from './express-connect/next-hops.ts'
import { hopIn, hopOf } from './next-hop.ts'
import { tableOf } from './route-entries.ts'
import { addEntry, demandStable, demandTexts, entryOf, removeEntry, unknownEntry } from './route-rows.ts'

export const CreateRouteEntry = vpc(
  'CreateRouteEntry',
  ['RouteTableId', 'DestinationCidrBlock', 'NextHopId', 'NextHopType', 'NextHopList', 'RouteEntryName', 'Description'],
  (input, context) => {
    const row = tableOf(input.RouteTableId, context)
    demandStable(row, context)
    const hop = hopIn(input, row, context)
    const texts = { name: input.RouteEntryName, description: input.Description }
    return { RouteEntryId: addEntry(input.DestinationCidrBlock, hop, texts, row, context).id }
  },
)

/** NextHopList names all the next hops of an entry that has several. */
export const DeleteRouteEntry = vpc(
  'DeleteRouteEntry',
  ['RouteEntryId', 'RouteTableId', 'DestinationCidrBlock', 'NextHopId', 'NextHopList'],
  (input, context) => {
    const [entry, row] = entryOf(input, context)
    if (input.NextHopList?.length && !leadsTo(entry, input.NextHopList)) throw unknownEntry()
    demandStable(row, context)
    removeEntry(entry, context)
    return {}
  },
)

/** Lets an entry lead to something else, or have another name. */
export const ModifyRouteEntry = vpc(
  'ModifyRouteEntry',
  ['RouteEntryId', 'RouteTableId', 'DestinationCidrBlock', 'NewNextHopId', 'NewNextHopType', 'RouteEntryName', 'Description'],
  (input, context) => {
    const { RouteEntryName: name, Description: description, NewNextHopId, NewNextHopType } = input
    const [entry, row] = entryOf(input, context)
    demandTexts({ name, description })
    const renamed = { ...entry, name: name ?? entry.name, description: description ?? entry.description }
    if (!NewNextHopId) {
      context.state.routeEntries.put(renamed)
      return {}
    }
    demandStable(row, context)
    const hop = hopOf(NewNextHopType, NewNextHopId, row, context)
    context.state.routeEntries.put({ ...renamed, nextHops: undefined, ...hop, status: 'Modifying', modifiedAt: context.now })
    context.schedule('routeEntry.available', entry.id, durations.routeEntry)
    return {}
  },
)
