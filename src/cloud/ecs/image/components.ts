import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags, shownTags, tagTest } from '../tags.ts'
import { demandDescription, demandName, demandOneOf, equalities, named, passes, type Test } from '../values.ts'
import type { ImageComponent } from './builder-records.ts'

/** Characters of a component's or pipeline's content (unconfirmed). */
export const longestContent = 16_384

const view = (component: ImageComponent) => ({
  ImageComponentId: component.id,
  Name: component.name,
  Description: component.description,
  ComponentType: component.componentType,
  ComponentVersion: component.componentVersion,
  SystemType: component.systemType,
  Content: component.content,
  Owner: 'SELF',
  // Contents are kept as text: parameters in them are not made out.
  Parameters: { Parameter: [] },
  CreationTime: toSeconds(component.createdAt),
  ResourceGroupId: component.resourceGroupId,
  Tags: shownTags(component.tags),
})

export const CreateImageComponent = ecs(
  'CreateImageComponent',
  ['Name', 'Content', 'Description', 'ComponentType', 'ComponentVersion', 'SystemType', 'ResourceGroupId', 'Tag'],
  (input, { state, random, now, accountId, regionId }) => {
    const { Content: content = '', ComponentVersion: version = '' } = input
    demand(
      content !== '',
      'MissingParameter',
      'The input parameter "Content" that is mandatory for processing this request is not supplied.',
    )
    demand(content.length <= longestContent, 'InvalidParameter', 'The specified Content is too long.')
    demandName(input.Name, 'Name', 'InvalidParameter')
    demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed', 400)
    demandOneOf(input.ComponentType, ['Build', 'Test'], 'ComponentType', 'InvalidParameter')
    demandOneOf(input.SystemType, ['Linux', 'Windows'], 'SystemType', 'InvalidParameter')
    demand(!version || /^\d+\.\d+\.\d+$/.test(version), 'InvalidParameter', 'The specified ComponentVersion is not valid.')
    const id = newId('ic', regionId, random)
    state.imageComponents.put({
      id,
      accountId,
      regionId,
      name: input.Name || id,
      componentType: input.ComponentType || 'Build',
      componentVersion: version || '1.0.0',
      systemType: input.SystemType || 'Linux',
      content,
      description: input.Description ?? '',
      createdAt: now,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      tags: newTags(input.Tag),
    })
    return { ImageComponentId: id }
  },
)

/** The account's own components: there are none of Alibaba Cloud's here. */
export const DescribeImageComponents = ecs(
  'DescribeImageComponents',
  [
    'ImageComponentId',
    'Name',
    'Owner',
    'ComponentType',
    'ComponentVersion',
    'SystemType',
    'ResourceGroupId',
    'Tag',
    'NextToken',
    'MaxResults',
  ],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.Owner, ['SELF', 'ALIYUN'], 'Owner', 'InvalidParameter')
    const tests: Test<ImageComponent>[] = [
      named(input.Name, (component) => component.name),
      tagTest(input.Tag),
      ...equalities<ImageComponent, typeof input>(input, {
        Owner: () => 'SELF',
        ComponentType: (component) => component.componentType,
        ComponentVersion: (component) => component.componentVersion,
        SystemType: (component) => component.systemType,
        ResourceGroupId: (component) => component.resourceGroupId,
      }),
    ]
    const ids = input.ImageComponentId?.length ? input.ImageComponentId : undefined
    const found = state.imageComponents.list({ accountId, regionId, ids, where: passes(tests) })
    const MaxResults = input.MaxResults ?? 50
    const { rows, fields } = page(found, { ...input, MaxResults }, { maxSize: 500, maxResults: [1, 500] })
    return {
      ImageComponent: { ImageComponentSet: listed(rows, view) },
      MaxResults,
      TotalCount: fields.TotalCount,
      NextToken: fields.NextToken,
    }
  },
)

export const DeleteImageComponent = ecs('DeleteImageComponent', ['ImageComponentId'], ({ ImageComponentId }, context) => {
  const component = owned(context.state.imageComponents.get(ImageComponentId), context)
  demand(component, 'InvalidImageComponentId.NotFound', 'The specified ImageComponentId does not exist.')
  context.state.imageComponents.delete(component.id)
  return {}
})
