import { operationOf } from '../../api/operation.ts'
import { demand } from '../fault.ts'
import { type Context, ecs } from '../operation.ts'
import { owned } from '../owned.ts'
import { page } from '../paging.ts'
import type { TaggedTable } from '../tagging.ts'
import type { Tag } from '../vpc/records.ts'
import { taggable } from './tag-resources.ts'
import { newTags, tagTest } from './tags.ts'

/** Operations of before TagResources: one resource at a time, on the same tags. */

/** Kinds of resource, and what DescribeTags calls the number of each. */
const countNames = {
  instance: 'Instance',
  disk: 'Disk',
  snapshot: 'Snapshot',
  image: 'Image',
  securitygroup: 'Securitygroup',
  volume: 'Volume',
  eni: 'Eni',
  ddh: 'Ddh',
  keypair: 'KeyPair',
  launchtemplate: 'LaunchTemplate',
  reservedinstance: 'ReservedInstance',
  snapshotpolicy: 'SnapshotPolicy',
} as const

type Kind = keyof typeof countNames
const kinds = Object.keys(countNames) as readonly Kind[]

/** The table of a kind; undefined where nothing of it exists here. */
function tableOf(type: string, action: 'AddTags' | 'DescribeResourceByTags', context: Context): TaggedTable | undefined {
  const documented = operationOf('ecs', action)?.values?.ResourceType
  demand(documented?.includes(type), 'InvalidResourceType.NotFound', 'The specified ResourceType does not exist.', 404)
  return taggable.tables[type]?.(context.state, context)
}

const most = 20

interface Named {
  readonly ResourceType: string
  readonly ResourceId: string
}

function change({ ResourceType, ResourceId }: Named, context: Context, tagsFor: (before: readonly Tag[]) => readonly Tag[]) {
  const table = tableOf(ResourceType, 'AddTags', context)
  const row = owned(table?.get(ResourceId), context)
  demand(table && row, 'InvalidResourceId.NotFound', 'The specified ResourceId does not exist.', 404)
  const tags = tagsFor(row.tags)
  demand(tags.length <= most, 'OperationDenied.QuotaExceed', `A resource carries at most ${most} tags.`, 400)
  table.put({ ...row, tags })
  return {}
}

/** A tag replaces the one of the same key that the resource has. */
export const AddTags = ecs('AddTags', ['ResourceType', 'ResourceId', 'Tag'], (input, context) => {
  demand(input.Tag.length > 0, 'InvalidTagCount', 'At least one Tag must be given.')
  const added = newTags(input.Tag)
  const keys = new Set(added.map((tag) => tag.key))
  return change(input, context, (before) => [...before.filter((tag) => !keys.has(tag.key)), ...added])
})

/** Takes off the tags that fit a given one, of which the key may stand alone; without any, all of them (unconfirmed). */
export const RemoveTags = ecs('RemoveTags', ['ResourceType', 'ResourceId', 'Tag'], (input, context) => {
  const given = input.Tag ?? []
  demand(given.length <= most, 'InvalidTagCount', `At most ${most} Tag can be given.`)
  demand(
    given.every((tag) => tag.Key),
    'InvalidTagKey.Malformed',
    'The specified Tag.n.Key is not valid.',
  )
  const fits = (tag: Tag) => given.some(({ Key, Value }) => Key === tag.key && (!Value || Value === tag.value))
  return change(input, context, (before) => (given.length > 0 ? before.filter((tag) => !fits(tag)) : []))
})

type Tags = Parameters<typeof tagTest>[0]

const pageLimits = { defaultSize: 50, maxSize: 100 }

/** Every pair that a resource carries, and how many of each kind carry it. */
export const DescribeTags = ecs('DescribeTags', ['ResourceType', 'ResourceId', 'Tag', 'PageNumber', 'PageSize'], (input, context) => {
  const { accountId, regionId } = context
  const { ResourceType = '', ResourceId } = input
  if (ResourceType) tableOf(ResourceType, 'AddTags', context)
  const ids = ResourceId ? [ResourceId] : undefined
  const carries = tagTest(input.Tag)
  const counts = new Map<string, { readonly tag: Tag; readonly of: Map<Kind, number> }>()
  for (const kind of kinds.filter((name) => ResourceType === '' || name === ResourceType))
    for (const { tags } of tableOf(kind, 'AddTags', context)?.select({ accountId, regionId, ids, where: undefined }) ?? [])
      for (const tag of tags.filter((each) => carries === undefined || carriesOne(each, input.Tag))) {
        const key = JSON.stringify([tag.key, tag.value])
        const entry = counts.get(key) ?? { tag, of: new Map() }
        entry.of.set(kind, (entry.of.get(kind) ?? 0) + 1)
        counts.set(key, entry)
      }
  const sorted = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
  const { rows, fields } = page(sorted, input, pageLimits)
  const { NextToken: _token, ...numbers } = fields
  const view = ({ tag, of }: (typeof sorted)[number]) => ({
    TagKey: tag.key,
    TagValue: tag.value,
    ResourceTypeCount: Object.fromEntries(kinds.map((kind) => [countNames[kind], of.get(kind) ?? 0])),
  })
  return { Tags: { Tag: rows.map(view) }, ...numbers }
})

const carriesOne = ({ key, value }: Tag, asked: Tags) => (asked ?? []).some(({ Key, Value }) => Key === key && (!Value || Value === value))

/** The resources of a kind, or of every one, that carry all the tags asked for; any tag where none is. */
export const DescribeResourceByTags = ecs('DescribeResourceByTags', ['ResourceType', 'Tag', 'PageNumber', 'PageSize'], (input, context) => {
  const { accountId, regionId } = context
  const { ResourceType = '' } = input
  if (ResourceType) tableOf(ResourceType, 'DescribeResourceByTags', context)
  const where = tagTest(input.Tag) ?? (({ tags }) => tags.length > 0)
  const found = (operationOf('ecs', 'DescribeResourceByTags')?.values?.ResourceType ?? [])
    .filter((type) => ResourceType === '' || type === ResourceType)
    .flatMap((type) => {
      const rows = tableOf(type, 'DescribeResourceByTags', context)?.select({ accountId, regionId, ids: undefined, where }) ?? []
      return rows.map((row) => ({ ResourceType: type, ResourceId: row.id, RegionId: row.regionId }))
    })
  const { rows, fields } = page(found, input, pageLimits)
  const { NextToken: _token, ...numbers } = fields
  return { Resources: { Resource: rows }, ...numbers }
})
