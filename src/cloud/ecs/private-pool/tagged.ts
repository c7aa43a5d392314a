import type { State } from '../../state.ts'
import type { TaggedTable } from '../../tagging.ts'
import type { Pool } from './records.ts'

/** The pools of a kind as a table of what carries tags. */
export const taggedPools =
  (kind: Pool['kind']) =>
  ({ privatePools }: State): TaggedTable => {
    const ofKind = (pool: Pool | undefined) => (pool?.kind === kind ? pool : undefined)
    return {
      get: (id) => ofKind(privatePools.get(id)),
      put(row) {
        const pool = ofKind(privatePools.get(row.id))
        if (pool) privatePools.put({ ...pool, tags: row.tags })
        return row
      },
      select: ({ where, ...selection }) =>
        privatePools.select({ ...selection, where: (pool) => pool.kind === kind && (where === undefined || where(pool)) }),
    }
  }
