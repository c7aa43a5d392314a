import { type Context, ram } from '../operation.ts'
import { listTagResources, type Taggable, tagResources, untagResources } from '../tagging.ts'
import { needed } from './fields.ts'
import { policyNamed, roleNamed } from './find.ts'
import { longestTagValue, taggedPolicies, taggedRoles } from './tagged.ts'

/** Roles and custom policies. Codes other than those of names that are not there are those of ECS (unconfirmed). */
const taggable: Taggable = {
  product: 'ram',
  tables: { role: taggedRoles, policy: taggedPolicies },
  longestValue: longestTagValue,
  mostListed: 100,
}

interface Named {
  readonly ResourceType?: string | undefined
  readonly ResourceNames?: readonly string[] | undefined
}

/** @throws Fault MissingResourceType, EntityNotExist.Role, EntityNotExist.Policy */
function named({ ResourceType: type, ResourceNames: names = [] }: Named, context: Context) {
  const ResourceType = needed(type, 'ResourceType')
  for (const name of names.slice(0, 50)) {
    if (ResourceType === 'role') roleNamed(name, context)
    if (ResourceType === 'policy') policyNamed({ PolicyType: 'Custom', PolicyName: name }, context)
  }
  return { ResourceType, ResourceId: names }
}

export const TagResources = ram('TagResources', ['ResourceType', 'ResourceNames', 'Tag'], (input, context) =>
  tagResources({ ...named(input, context), Tag: input.Tag }, taggable, context),
)
export const UntagResources = ram('UntagResources', ['ResourceType', 'ResourceNames', 'TagKeys', 'All'], (input, context) =>
  untagResources({ ...named(input, context), TagKey: input.TagKeys, All: input.All }, taggable, context),
)
export const ListTagResources = ram(
  'ListTagResources',
  ['ResourceType', 'ResourceNames', 'Tag', 'NextToken', 'PageSize'],
  (input, context) => {
    const { ResourceType, ResourceId } = named(input, context)
    const asked = { ResourceType, ResourceId, Tag: input.Tag, NextToken: input.NextToken, MaxResults: input.PageSize }
    const { NextToken, TagResources: found } = listTagResources(asked, taggable, context)
    return {
      NextToken,
      TagResources: found.TagResource.map(({ ResourceId: ResourceName, ...pair }) => ({ ResourceName, ...pair })),
    }
  },
)
