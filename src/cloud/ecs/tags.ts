import { demand } from '../fault.ts'
import type { Tag } from '../vpc/records.ts'
import type { Test } from './values.ts'

type TagInput = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined

const mostTags = 20
const reserved = /^(?:aliyun|acs:|https?:\/\/)/
const count = (tags: TagInput) =>
  demand((tags?.length ?? 0) <= mostTags, 'InvalidTagCount', 'The specified tags are beyond the permitted range.')

/**
 * The tags a new resource is given.
 * @param longestValue characters of a value
 * @throws Fault InvalidTagCount, InvalidTagKey.Malformed, InvalidTagValue.Malformed, Duplicate.TagKey
 */
export function newTags(given: TagInput, longestValue = 128): readonly Tag[] {
  count(given)
  const tags = (given ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }))
  for (const { key, value } of tags) {
    demand(key.length > 0 && key.length <= 128 && !reserved.test(key), 'InvalidTagKey.Malformed', 'The specified Tag.n.Key is not valid.')
    demand(value.length <= longestValue && !reserved.test(value), 'InvalidTagValue.Malformed', 'The specified Tag.n.Value is not valid.')
  }
  demand(new Set(tags.map((tag) => tag.key)).size === tags.length, 'Duplicate.TagKey', 'The Tag.N.Key contain duplicate key.')
  return tags
}

/**
 * The test of a list's tag filter: every pair asked for is there; a key alone fits any value.
 * @throws Fault InvalidTagCount, InvalidTag.Mismatch (a value without its key)
 */
export function tagTest(asked: TagInput): Test<{ readonly tags: readonly Tag[] }> {
  count(asked)
  if (!asked?.length) return undefined
  demand(
    asked.every((tag) => tag.Key),
    'InvalidTag.Mismatch',
    'The specified Tag.n.Key and Tag.n.Value are not match.',
  )
  return ({ tags }) =>
    asked.every(({ Key, Value }) => tags.some((tag) => tag.key === Key && (Value === undefined || Value === '' || tag.value === Value)))
}

/** The key of the tables' `tag` index for a pair. The length keeps apart what `=` in a tag's own key would mix up. */
export const tagKey = ({ key, value }: Tag): string => `${key.length}=${key}=${value}`

/** The keys of the tables' `tag` index that a resource with these tags is under: each pair, and each key whatever its value. */
export const tagKeys = (tags: readonly Tag[]): readonly string[] => tags.flatMap((tag) => [tagKey(tag), `*=${tag.key}`])

/**
 * The keys of the tables' `tag` index that all resources which fit a filter are under, and no others.
 * @throws Fault as `tagTest` does
 */
export const askedTagKeys = (asked: TagInput): readonly string[] | undefined =>
  tagTest(asked) && asked?.map(({ Key = '', Value }) => (Value ? tagKey({ key: Key, value: Value }) : `*=${Key}`))

/** Tags as the answers of ECS show them. */
export const shownTags = (tags: readonly Tag[]) => ({ Tag: tags.map(({ key, value }) => ({ TagKey: key, TagValue: value })) })
