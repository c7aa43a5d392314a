import type { Connection } from '../connect.ts'
import { named, type Noun } from './select.ts'

type LookUp = <T>(noun: Noun<T>) => Promise<string>

/** What a filter may name. Nouns filter by each other, so each is read when it is needed. */
const things = {
  command: async (id: LookUp) => id((await import('../commands/saved.ts')).savedCommands),
  disk: async (id: LookUp) => id((await import('../disks/disk.ts')).disks),
  image: async (id: LookUp) => id((await import('../images/image.ts')).images),
  instance: async (id: LookUp) => id((await import('../instances/instance.ts')).instances),
  'security-group': async (id: LookUp) => id((await import('../security-groups/security-group.ts')).securityGroups),
  snapshot: async (id: LookUp) => id((await import('../snapshots/snapshot.ts')).snapshots),
  vpc: async (id: LookUp) => id((await import('../networks/nouns.ts')).vpcs),
  vswitch: async (id: LookUp) => id((await import('../networks/vswitch.ts')).vSwitches),
} as const

export type Thing = keyof typeof things

/** The ids of public images are their file names. */
const isId = (word: string, prefix: string) => word.startsWith(prefix) || word.endsWith('.vhd')

/**
 * The id of what a word names. What is an id already is left to the service, whether it is there or not.
 * @throws CommandError as `named`
 */
export const idOf = (thing: Thing, word: string, connection: Connection, signal: AbortSignal): Promise<string> =>
  things[thing](async (noun) => {
    if (isId(word, noun.prefix)) return word
    const [id = word] = (await named([word], noun, connection, signal)).map(noun.id)
    return id
  })
