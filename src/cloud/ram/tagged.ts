import type { State } from '../state.ts'
import type { TaggedTable } from '../tagging.ts'
import type { Tag } from '../vpc/records.ts'
import { namedId } from './identity.ts'
import type { Policy, Role } from './records.ts'

/** Characters of a tag's value; those of ECS take half as many. */
export const longestTagValue = 256

interface Place {
  readonly accountId: string
}

/** As much of a table of RAM as tags take: the ids of its rows are names within the account. */
interface NamedTable<R> {
  get(id: string): R | undefined
  put(row: R): R
  select(selection: { readonly accountId: string; readonly ids: readonly string[] | undefined }): R[]
}

/** Rows of RAM as a table of what carries tags, where their names are their ids. */
function byName<R extends Role | Policy>(table: NamedTable<R>, nameOf: (row: R) => string, { accountId }: Place): TaggedTable {
  const rowOf = (name: string) => table.get(namedId(accountId, name))
  const shown = (row: R) => {
    const tags: readonly Tag[] = row.tags ?? []
    return { id: nameOf(row), accountId, regionId: '', tags }
  }
  return {
    get(name) {
      const row = rowOf(name)
      return row && shown(row)
    },
    put(tagged) {
      const row = rowOf(tagged.id)
      if (row) table.put({ ...row, tags: tagged.tags })
      return tagged
    },
    select({ ids, where }) {
      const found = table.select({ accountId, ids: ids?.map((name) => namedId(accountId, name)) }).map(shown)
      return where ? found.filter(where) : found
    },
  }
}

export const taggedRoles = ({ roles }: State, place: Place): TaggedTable => byName(roles, ({ roleName }) => roleName, place)
export const taggedPolicies = ({ policies }: State, place: Place): TaggedTable => byName(policies, ({ policyName }) => policyName, place)
