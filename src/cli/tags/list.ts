import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { exit } from '../errors.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'
import { openProgress } from '../progress/progress.ts'
import { type Tagged, tagsOn } from './deed.ts'
import { type KindName, kindNames, kinds } from './kinds.ts'

/** A tag, and what carries it. */
interface Tag {
  readonly Key: string
  readonly Value: string
  readonly Count: number
  /** How many of each kind: `instances 3, disks 4`. */
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

/** The tags of some things, each once, in the order of their keys and values. */
export function tagsIn(things: readonly { readonly kind: string; readonly of: Tagged }[]): Tag[] {
  const all = new Map<string, Tag>()
  for (const { kind, of } of things)
    for (const { Key, Value } of tagsOn(of)) {
      const name = JSON.stringify([Key, Value])
      const { Count, Resources }: Pick<Tag, 'Count' | 'Resources'> = all.get(name) ?? { Count: 0, Resources: {} }
      all.set(name, { Key, Value, Count: Count + 1, Resources: { ...Resources, [kind]: (Resources[kind] ?? 0) + 1 } })
    }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tag]) => tag)
}

/**
 * `tanxing tags list`: every tag in use, and on how many resources of which kind. They are read from the lists of these resources:
 * ListTagResources wants a tag or an id to begin with.
 */
export const command: Command = {
  options: {
    ...connection,
    ...outputOptions,
    key: { type: 'string', value: 'KEY', help: { en: 'only tags with this key', zh: '仅列出该键的标签' } },
    kind: {
      type: 'string',
      multiple: true,
      choices: kindNames,
      help: { en: 'only tags of such resources', zh: '仅列出该类资源的标签' },
    },
  },
  async run(invocation) {
    const { world, values } = invocation
    const print = await openOutput(listing, invocation)
    const asked = values.list('kind')
    const wanted = kindNames.filter((kind) => asked.length === 0 || asked.includes(kind))
    const connected = await connect(invocation)
    const progress = openProgress(invocation, { en: 'kinds of resources', zh: '类资源' })
    const things: { kind: KindName; of: Tagged }[] = []
    try {
      for (const [at, kind] of wanted.entries()) {
        for await (const of of kinds[kind].read(connected, world.signal)) things.push({ kind, of })
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
