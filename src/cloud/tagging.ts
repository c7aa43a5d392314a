import { operationOf } from '../api/operation.ts'
import type { Product } from '../api/products.ts'
import { newTags, tagTest } from './ecs/tags.ts'
import { passes, type Test } from './ecs/values.ts'
import type { Row } from './engine/table.ts'
import { demand } from './fault.ts'
import type { Context } from './operation.ts'
import { owned } from './owned.ts'
import { page } from './paging.ts'
import { matchesWildcard } from './ram/wildcard.ts'
import type { State } from './state.ts'
import type { Tag } from './vpc/records.ts'

interface Tagged extends Row {
  readonly tags: readonly Tag[]
}

/** As much of a table as tags take. */
export interface TaggedTable {
  get(id: string): Tagged | undefined
  put(row: Tagged): Tagged
  select(selection: {
    readonly accountId: string
    readonly regionId: string
    readonly ids: readonly string[] | undefined
    readonly where: Test<Tagged>
  }): Tagged[]
}

interface Place {
  readonly accountId: string
  readonly regionId: string
}

/** The resources of a product that carry tags: where they lie, by their ResourceType. */
export interface Taggable {
  readonly product: Product
  /** The operation that documents the types, TagResources by default; where it names none, those of the tables are all. */
  readonly operation?: string
  /** Characters of a tag's value, 128 by default. */
  readonly longestValue?: number
  /** Pairs that a page of ListTagResources holds at most, 50 by default. */
  readonly mostListed?: number
  readonly tables: { readonly [resourceType: string]: (state: State, place: Place) => TaggedTable }
}

interface Named {
  readonly ResourceType: string
  readonly ResourceId: readonly string[]
}

const mostIds = 50
const mostTags = 20

/**
 * The table of a type, or undefined where the type is documented but nothing of it exists here. Its case does not matter: Terraform's
 * provider writes both `eni` and `ELASTICITYASSURANCE`.
 */
function tableOf(
  type: string,
  { product, operation = 'TagResources', tables }: Taggable,
  { state, accountId, regionId }: Place & { readonly state: State },
): TaggedTable | undefined {
  const documented = operationOf(product, operation)?.values?.ResourceType ?? []
  const known = [...Object.keys(tables), ...documented].find((one) => one.toLowerCase() === type.toLowerCase())
  demand(known !== undefined, 'InvalidResourceType.NotFound', 'The specified ResourceType does not exist.', 404)
  return tables[known]?.(state, { accountId, regionId })
}

/** Gives each of the named resources other tags. All of them must exist. */
function change({ ResourceType, ResourceId }: Named, taggable: Taggable, context: Context, tagsFor: (row: Tagged) => readonly Tag[]) {
  const table = tableOf(ResourceType, taggable, context)
  demand(ResourceId.length <= mostIds, 'NumberExceed.ResourceIds', `At most ${mostIds} ResourceId can be given.`, 400)
  for (const id of ResourceId) {
    const row = owned(table?.get(id), context)
    demand(table && row, 'InvalidResourceId.NotFound', 'The specified ResourceId does not exist.', 404)
    const tags = tagsFor(row)
    demand(tags.length <= mostTags, 'QuotaExceed.Tags', `A resource carries at most ${mostTags} tags.`, 403)
    table.put({ ...row, tags })
  }
  return {}
}

/** A tag replaces the one of the same key that a resource has. */
export function tagResources(input: Named & { readonly Tag: Parameters<typeof newTags>[0] }, taggable: Taggable, context: Context) {
  demand(input.Tag?.length, 'MissingParameter.Tags', 'At least one Tag must be given.', 404)
  demand(input.Tag.length <= mostTags, 'NumberExceed.Tags', `At most ${mostTags} Tag can be given.`, 400)
  const added = newTags(input.Tag, taggable.longestValue)
  const keys = new Set(added.map((tag) => tag.key))
  return change(input, taggable, context, (row) => [...row.tags.filter((tag) => !keys.has(tag.key)), ...added])
}

interface Untag extends Named {
  readonly TagKey?: readonly string[] | undefined
  readonly All?: boolean | undefined
}

/** Takes off the tags of the given keys, and where none is given but All, every tag. A key that is not there is fine. */
export function untagResources(input: Untag, taggable: Taggable, context: Context) {
  const { TagKey: keys = [], All } = input
  demand(keys.length > 0 || All, 'MissingParameter.Tags', 'At least one TagKey must be given, or All.', 404)
  demand(keys.length <= mostTags, 'NumberExceed.Tags', `At most ${mostTags} TagKey can be given.`, 400)
  return change(input, taggable, context, (row) => (keys.length > 0 ? row.tags.filter((tag) => !keys.includes(tag.key)) : []))
}

interface Listing {
  readonly ResourceType: string
  readonly ResourceId?: readonly string[] | undefined
  readonly Tag?: Parameters<typeof tagTest>[0]
  readonly TagFilter?: readonly { readonly TagKey?: string | undefined; readonly TagValues?: readonly string[] | undefined }[] | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

/** Every filter fits some tag; `*` stands for any run of characters (the exact rule is unconfirmed). */
const filterTest = (filters: Listing['TagFilter']): Test<Tagged> =>
  filters?.length
    ? ({ tags }) =>
        filters.every(({ TagKey = '', TagValues = [] }) =>
          tags.some(
            ({ key, value }) =>
              matchesWildcard(TagKey, key) && (TagValues.length === 0 || TagValues.some((pattern) => matchesWildcard(pattern, value))),
          ),
        )
    : undefined

/** One page of pairs of a resource and a tag it carries. */
export function listTagResources(input: Listing, taggable: Taggable, context: Context) {
  const { accountId, regionId } = context
  const { mostListed = 50 } = taggable
  const { ResourceType, ResourceId: ids, Tag, TagFilter, NextToken, MaxResults = mostListed } = input
  const table = tableOf(ResourceType, taggable, context)
  const narrowed = [ids, Tag, TagFilter].some((given) => given?.length)
  demand(narrowed, 'MissingParameter.Tags', 'One of ResourceId, Tag and TagFilter must be given.', 404)
  demand((ids?.length ?? 0) <= mostIds, 'NumberExceed.ResourceIds', `At most ${mostIds} ResourceId can be given.`, 400)
  const where = passes<Tagged>([tagTest(Tag), filterTest(TagFilter)])
  const found = table?.select({ accountId, regionId, ids: ids?.length ? ids : undefined, where }) ?? []
  const pairs = found.flatMap((row) =>
    row.tags.map(({ key, value }) => ({ ResourceId: row.id, ResourceType, TagKey: key, TagValue: value })),
  )
  const { rows, fields } = page(pairs, { NextToken, MaxResults }, { maxSize: mostListed, maxResults: [1, mostListed] })
  return { NextToken: fields.NextToken, TagResources: { TagResource: rows } }
}
