import type { Connection } from '../connect.ts'
import type { Noun } from '../select/select.ts'
import { given, ownWords, type Place } from './words.ts'

/** Reads ids, each with a name by which the thing may be called too, or with '' . */
export type Pairs = (connection: Connection, signal: AbortSignal) => AsyncIterable<readonly [id: string, name: string]>

/** Reads a noun's things as ids and names. */
const pairs = <T>({ read, id, name }: Noun<T>): Pairs =>
  async function* (connection, signal) {
    for await (const item of read(connection, {}, signal)) yield [id(item), name(item) ?? '']
  }

/** Instance types have no other name. */
const types: Pairs = async function* ({ ecs }, signal) {
  for await (const { InstanceTypeId } of ecs.paginate('DescribeInstanceTypes', {}, { signal })) yield [InstanceTypeId, '']
}

/** What can be listed. */
const things = {
  instances: async () => pairs((await import('../instances/instance.ts')).instances),
  disks: async () => pairs((await import('../disks/disk.ts')).disks),
  images: async () => pairs((await import('../images/image.ts')).images),
  snapshots: async () => pairs((await import('../snapshots/snapshot.ts')).snapshots),
  'security-groups': async () => pairs((await import('../security-groups/security-group.ts')).securityGroups),
  'key-pairs': async () => pairs((await import('../key-pairs/key-pair.ts')).keyPairs),
  'launch-templates': async () => pairs((await import('../launch-templates/template.ts')).launchTemplates),
  commands: async () => pairs((await import('../commands/saved.ts')).savedCommands),
  runs: async () => pairs({ ...(await import('../commands/invocations.ts')).invocations, name: () => undefined }),
  types: () => Promise.resolve(types),
  events: async () => pairs((await import('../events/event.ts')).systemEvents('en')),
  vpc: async () => pairs((await import('../networks/nouns.ts')).nouns.vpc),
  vswitch: async () => pairs((await import('../networks/nouns.ts')).nouns.vswitch),
  eip: async () => pairs((await import('../networks/nouns.ts')).nouns.eip),
  interface: async () => pairs((await import('../networks/nouns.ts')).nouns.interface),
} as const satisfies { readonly [thing: string]: () => Promise<Pairs> }

/** What can be listed, by the word for it. */
export type Thing = keyof typeof things

const isThing = (word: string): word is Thing => Object.hasOwn(things, word)

/** What reads all of a thing. */
export const pairsOf = (thing: Thing): Promise<Pairs> => things[thing]()

/** What the words of a command name, where that is not what its first word says; undefined for what is not there yet. */
const ofCommands: { readonly [command: string]: Thing | undefined } = {
  'commands run': 'instances',
  'commands follow': 'runs',
  'commands stop': 'runs',
  'commands save': undefined,
  'disks create': undefined,
  'events list': 'instances',
  explain: 'instances',
  'images create': undefined,
  'instances create': undefined,
  'key-pairs attach': 'instances',
  'key-pairs create': undefined,
  'key-pairs detach': 'instances',
  'key-pairs import': undefined,
  'launch-templates create': undefined,
  'networks create': undefined,
  prices: 'types',
  'security-groups create': undefined,
  'security-groups join': 'instances',
  'security-groups leave': 'instances',
  'snapshots create': 'disks',
}

/** What an option's value names, in all commands that ask for an id. */
const ofOptions: { readonly [option: string]: Thing } = {
  command: 'commands',
  image: 'images',
  instance: 'instances',
  'key-pair': 'key-pairs',
  'security-group': 'security-groups',
  snapshot: 'snapshots',
  template: 'launch-templates',
  type: 'types',
  vpc: 'vpc',
  vswitch: 'vswitch',
}

/** What the words of a command name; a list of words where one of them must come first. */
export function namedBy({ name, options, before }: Place): Thing | readonly string[] | undefined {
  if (Object.hasOwn(ofCommands, name)) return ofCommands[name]
  const [noun = ''] = name.split(' ')
  const kinds = ['vpc', 'vswitch', 'eip', 'interface'] as const
  const [first = ''] = ownWords(before, options)
  if (noun === 'networks') return kinds.find((kind) => kind === first) ?? kinds
  const word = noun === 'tags' ? (given(before, 'kind') ?? 'instances') : noun
  return isThing(word) ? word : undefined
}

/** What the value of an option names. */
export function valueNames(option: string, { name }: Place): Thing | undefined {
  if (option === 'to') return name === 'images copy' ? undefined : 'instances'
  return Object.hasOwn(ofOptions, option) ? ofOptions[option] : undefined
}
