import { images } from '../images/image.ts'
import { instances } from '../instances/instance.ts'
import { disks } from '../disks/disk.ts'
import { keyPairs } from '../key-pairs/key-pair.ts'
import { launchTemplates } from '../launch-templates/template.ts'
import { interfaces } from '../networks/nouns.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import { snapshots } from '../snapshots/snapshot.ts'
import type { Noun } from '../select/select.ts'
import { type Command, connection } from '../command.ts'
import { connect, type Connection } from '../connect.ts'
import { exit } from '../errors.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { openProgress } from '../progress/progress.ts'

interface Tagged {
  readonly Tags?: {
    readonly Tag: readonly { readonly Key?: string; readonly Value?: string; readonly TagKey?: string; readonly TagValue?: string }[]
  }
}

/** A tag, and what carries it. */
interface Tag {
  readonly Key: string
  readonly Value: string
  readonly Count: number
  /** How many of each kind: `instance 3, disk 4`. */
  readonly Resources: Readonly<Record<string, number>>
}

const listing: Listing<Tag> = {
  id: ({ Key, Value }) => `${Key}=${Value}`,
  columns: [
    { head: { en: 'KEY', zh: '标签键' }, cell: ({ Key }) => Key },
    { head: { en: 'VALUE', zh: '标签值' }, cell: ({ Value }) => Value },
    { head: { en: 'COUNT', zh: '数量' }, cell: ({ Count }) => Count },
    {
      head: { en: 'RESOURCES', zh: '资源' },
      cell: ({ Resources }) =>
        Object.entries(Resources)
          .map(([kind, count]) => `${kind} ${count}`)
          .join(', '),
    },
  ],
}

type Read = (connection: Connection, signal: AbortSignal) => AsyncIterable<Tagged>

/** `own` narrows a listing to what belongs to the account. */
const reading =
  <T extends object>(noun: Noun<T>, own: object = {}): Read =>
  (connection, signal) =>
    noun.read(connection, own, signal) as AsyncIterable<Tagged>

/** By the name that RAM and the tags' operations have for it. Read from their own lists: ListTagResources wants a tag or an id to begin with. */
const kinds = {
  instance: reading(instances),
  disk: reading(disks),
  snapshot: reading(snapshots),
  image: reading(images, { ImageOwnerAlias: 'self' }),
  securitygroup: reading(securityGroups),
  keypair: reading(keyPairs),
  eni: reading(interfaces),
  launchtemplate: reading(launchTemplates),
} as const satisfies Readonly<Record<string, Read>>

type Kind = keyof typeof kinds

/** The tags of some things, each once, in the order of their keys and values. */
export function tagsIn(things: readonly { readonly kind: string; readonly of: Tagged }[]): Tag[] {
  const all = new Map<string, Tag>()
  for (const { kind, of } of things)
    for (const tag of of.Tags?.Tag ?? []) {
      const [Key, Value] = [tag.TagKey ?? tag.Key ?? '', tag.TagValue ?? tag.Value ?? '']
      const name = JSON.stringify([Key, Value])
      const { Count, Resources }: Pick<Tag, 'Count' | 'Resources'> = all.get(name) ?? { Count: 0, Resources: {} }
      all.set(name, { Key, Value, Count: Count + 1, Resources: { ...Resources, [kind]: (Resources[kind] ?? 0) + 1 } })
    }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tag]) => tag)
}

/** `tanxing tags list`: every tag in use, and on how many resources of which kind. */
export const command: Command = {
  options: {
    ...connection,
    ...outputOptions,
    key: { type: 'string', value: 'KEY', help: { en: 'only tags with this key', zh: '仅列出该键的标签' } },
    type: {
      type: 'string',
      multiple: true,
      choices: Object.keys(kinds),
      help: { en: 'only tags of such resources', zh: '仅列出该类资源的标签' },
    },
  },
  async run(invocation) {
    const { world, values } = invocation
    const print = await openOutput(listing, invocation)
    const asked = values.list('type')
    const wanted = (Object.keys(kinds) as Kind[]).filter((kind) => asked.length === 0 || asked.includes(kind))
    const connected = await connect(invocation)
    const progress = openProgress(invocation, { en: 'kinds of resources', zh: '类资源' })
    const things: { kind: Kind; of: Tagged }[] = []
    try {
      for (const [at, kind] of wanted.entries()) {
        for await (const of of kinds[kind](connected, world.signal)) things.push({ kind, of })
        progress.tell(at + 1, wanted.length)
      }
    } finally {
      progress.end()
    }
    const key = values.text('key')
    await print(tagsIn(things).filter(({ Key }) => key === undefined || Key === key))
    return exit.done
  },
}
