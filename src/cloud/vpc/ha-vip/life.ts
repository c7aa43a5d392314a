import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import type { State } from '../../state.ts'
import type { HaVip } from './records.ts'

/** Milliseconds that any change of one takes (unconfirmed). */
const changeMs = 2_000

/** Puts one that is changing, and lets it come to rest. */
export function changeHaVip(row: HaVip, { state, schedule }: Pick<LifeContext, 'state' | 'schedule'>): HaVip {
  schedule('haVip.settled', row.id, changeMs)
  return state.haVips.put(row)
}

const withServers = (row: HaVip, servers: readonly string[]): HaVip => ({
  ...row,
  servers,
  serverType: servers.length > 0 ? row.serverType : '',
})

/** Without one of those that serve it. */
export const without = (row: HaVip, server: string): HaVip =>
  withServers(
    row,
    row.servers.filter((id) => id !== server),
  )

const atRest = (row: HaVip): HaVip => ({ ...row, status: row.servers.length > 0 ? 'InUse' : 'Available' })

/** What is gone serves nothing any more. */
export function leaveHaVips(server: string, { haVips }: State): void {
  for (const row of haVips.by('server', server)) {
    const rest = without(row, server)
    haVips.put(row.status === 'InUse' ? atRest(rest) : rest)
  }
}

export const lifecycles: Lifecycles = {
  'haVip.settled': (subject, { state }) => {
    const row = state.haVips.get(subject)
    if (row?.status === 'Deleting') state.haVips.delete(subject)
    else if (row) state.haVips.put(atRest(row))
  },
}
