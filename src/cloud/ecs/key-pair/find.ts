import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { keyPairKey, type State } from '../../state.ts'
import type { TaggedTable } from '../../tagging.ts'
import type { KeyPair } from '../records.ts'

interface Place {
  readonly accountId: string
  readonly regionId: string
}

/**
 * The caller's key pair of that name.
 * @throws Fault InvalidKeyPairName.NotFound
 */
export function keyPairOf(name: string, context: Pick<Context, 'state' | 'accountId' | 'regionId'>, status?: number): KeyPair {
  const pair = context.state.keyPairs.get(keyPairKey(context, name))
  demand(pair, 'InvalidKeyPairName.NotFound', 'The specified KeyPairName does not exist.', status)
  return pair
}

/**
 * The key pair of a new instance: Windows takes none, and a name given for it is not looked at.
 * @throws Fault InvalidKeyPairName.NotFound, with status 400
 */
export const keyPairNameOf = (name: string | undefined, osType: string, context: Context): string =>
  !name || osType === 'windows' ? '' : keyPairOf(name, context, 400).keyPairName

/** Key pairs as a table of what carries tags, where their names are their ids. */
export const taggedKeyPairs = ({ keyPairs }: State, place: Place): TaggedTable => {
  const byName = (pair: KeyPair | undefined) => pair && { ...pair, id: pair.keyPairName }
  return {
    get: (name) => byName(keyPairs.get(keyPairKey(place, name))),
    put(row) {
      const pair = keyPairs.get(keyPairKey(place, row.id))
      if (pair) keyPairs.put({ ...pair, tags: row.tags })
      return row
    },
    select: ({ ids, ...selection }) =>
      keyPairs
        .select({ ...selection, ids: ids?.map((name) => keyPairKey(place, name)) })
        .map((pair) => ({ ...pair, id: pair.keyPairName })),
  }
}
