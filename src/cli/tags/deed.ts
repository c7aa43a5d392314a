import type { Text } from '../../api/text.ts'
import type { Invocation, Options } from '../command.ts'
import { statesOf } from '../safety/carry-out.ts'
import type { Deed, Loss, Seen } from '../safety/deed.ts'
import type { Noun } from '../select/select.ts'

interface Tag {
  readonly Key: string
  readonly Value?: string
}

/** What carries tags, as listings answer it: of some the fields of a tag have other names. */
export interface Tagged {
  readonly Tags?: {
    readonly Tag: readonly { readonly Key?: string; readonly Value?: string; readonly TagKey?: string; readonly TagValue?: string }[]
  }
}

/** The tags of something, by key and value. */
export const tagsOn = ({ Tags }: Tagged): readonly { readonly Key: string; readonly Value: string }[] =>
  (Tags?.Tag ?? []).map(({ Key, Value, TagKey, TagValue }) => ({ Key: TagKey ?? Key ?? '', Value: TagValue ?? Value ?? '' }))

/** What is done to tags, whatever carries them. */
export interface Change {
  readonly verb: Text
  readonly headed: Text
  readonly done: Text
  readonly action: 'TagResources' | 'UntagResources'
  readonly own: Options
  /** What the operation takes beside the resources. @throws CommandError when nothing is to be changed */
  readonly input: (invocation: Invocation) => Record<string, unknown>
  /** The keys that are taken off; undefined where none is, so that nobody is asked. */
  readonly takesOff?: (invocation: Invocation) => readonly string[]
}

const limit = 200
const kind: Text = { en: 'tag', zh: '标签' }

/** The tags of `keys` that something has. */
const taken = (item: Tagged, keys: readonly string[]) => tagsOn(item).filter(({ Key }) => keys.includes(Key))

const textOf = ({ Key, Value = '' }: Tag) => (Value === '' ? Key : `${Key}=${Value}`)

/** `env=prod,app=web`: what something is seen to carry. */
const tagText = (item: Tagged) => tagsOn(item).map(textOf).join(',')

/** Whether the tags that are seen have those that were put on, and none that was taken off. */
const asAsked: NonNullable<Seen<unknown>['there']> = (state = '', _, { Tag = [], TagKey = [] }) => {
  const seen = state.split(',')
  const isOff = (key: string) => seen.every((text) => text !== key && !text.startsWith(`${key}=`))
  // A value may have commas of its own.
  return (Tag as Tag[]).every((tag) => `,${state},`.includes(`,${textOf(tag)},`)) && (TagKey as string[]).every(isOff)
}

/** A change of tags as a deed to things of one noun. */
export function tagDeed<T extends Tagged>(noun: Noun<T>, type: string, change: Change): Deed<T> {
  const { verb, headed, done, action, own, input, takesOff } = change
  const lossesOf = (item: T, keys: readonly string[]): Loss[] =>
    taken(item, keys).map(({ Key, Value }) => ({ kind, what: Value === '' ? Key : `${Key}=${Value}` }))
  return {
    noun,
    verb,
    headed,
    done,
    // Tags are changed without DryRun.
    dryRuns: false,
    options: own,
    action,
    input: (invocation) => ({ ResourceType: type, ...input(invocation) }),
    about: tagText,
    seen: { idOf: noun.id, states: statesOf(noun, tagText), there: asAsked },
    // Who may not be touched may be tagged: else the protect tag could not be taken off.
    tags: () => [],
    ...(takesOff && {
      limit,
      already: (item: T, invocation: Invocation) => taken(item, takesOff(invocation)).length === 0,
      losses: (items: readonly T[], _: unknown, invocation: Invocation) =>
        Promise.resolve(new Map(items.map((item) => [noun.id(item), lossesOf(item, takesOff(invocation))]))),
    }),
  }
}
