import { vpc } from '../operation.ts'
import { listTagResources, type Taggable, tagResources, untagResources } from '../tagging.ts'

/** A kind of resource that carries tags needs a line here. */
const taggable: Taggable = {
  product: 'vpc',
  tables: {
    VPC: (state) => state.vpcs,
    VSWITCH: (state) => state.vSwitches,
    EIP: (state) => state.eips,
    HAVIP: (state) => state.haVips,
    NATGATEWAY: (state) => state.natGateways,
    COMMONBANDWIDTHPACKAGE: (state) => state.bandwidthPackages,
  },
}

export const TagResources = vpc('TagResources', ['ResourceType', 'ResourceId', 'Tag'], (input, context) =>
  tagResources(input, taggable, context),
)
/** Spelled so by VPC; ECS writes `UntagResources`. */
export const UnTagResources = vpc('UnTagResources', ['ResourceType', 'ResourceId', 'TagKey', 'All'], (input, context) =>
  untagResources(input, taggable, context),
)
export const ListTagResources = vpc(
  'ListTagResources',
  ['ResourceType', 'ResourceId', 'Tag', 'NextToken', 'MaxResults'],
  (input, context) => listTagResources(input, taggable, context),
)
