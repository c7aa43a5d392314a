import type { Item } from './recipe.ts'

type Tags = { readonly Tag?: readonly { readonly TagKey?: string; readonly TagValue?: string }[] } | undefined

/** Tags of an answer as a call takes them. The system's own cannot be given. */
export const tagsToGive = (tags: Tags): { Key: string; Value: string }[] =>
  (tags?.Tag ?? [])
    .map(({ TagKey = '', TagValue = '' }) => ({ Key: TagKey, Value: TagValue }))
    .filter(({ Key }) => Key !== '' && !/^(?:acs:|aliyun)/i.test(Key))

/** Facts without what is empty, as they are written. */
export const filled = (facts: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)),
  )

/** The facts of an item as the kind's own type: the recipe's shape was held against it when it was read. */
export const factsOf = <Facts>({ Facts }: Item): Partial<Facts> => Facts as Partial<Facts>

/** `i-… web-003` */
export const itemName = ({ Id, Name }: Pick<Item, 'Id' | 'Name'>): string => (Name === '' || Name === Id ? Id : `${Id} ${Name}`)

/** A list in parts of at most `most`. */
export const inChunks = <T>(items: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, at) => items.slice(at * most, (at + 1) * most))

const idsPerCall = 100

/** What a listing tells of some ids, a hundred at a time. */
export async function lookUp<T>(ids: readonly string[], read: (some: string[]) => AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for (const some of inChunks([...new Set(ids)], idsPerCall)) for await (const one of read(some)) found.push(one)
  return found
}
