import { vpc } from '../../operation.ts'
import { listTagResources, type Taggable, tagResources, untagResources } from '../../tagging.ts'

/** Express Connect tags its resources by operations of its own. */
const taggable: Taggable = {
  product: 'vpc',
  operation: 'TagResourcesForExpressConnect',
  tables: {
    PHYSICALCONNECTION: (state) => state.physicalConnections,
    VIRTUALBORDERROUTER: (state) => state.borderRouters,
    ROUTERINTERFACE: (state) => state.routerInterfaces,
  },
}

export const TagResourcesForExpressConnect = vpc('TagResourcesForExpressConnect', ['ResourceType', 'ResourceId', 'Tag'], (input, context) =>
  tagResources(input, taggable, context),
)
export const UntagResourcesForExpressConnect = vpc(
  'UntagResourcesForExpressConnect',
  ['ResourceType', 'ResourceId', 'TagKey', 'All'],
  (input, context) => untagResources(input, taggable, context),
)
export const ListTagResourcesForExpressConnect = vpc(
  'ListTagResourcesForExpressConnect',
  ['ResourceType', 'ResourceId', 'Tag', 'NextToken', 'MaxResults'],
  (input, context) => listTagResources(input, taggable, context),
)
