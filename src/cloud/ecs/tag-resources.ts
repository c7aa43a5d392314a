import { taggedKeyPairs } from './key-pair/find.ts'
import { taggedInterfaces } from './network-interface/find.ts'
import { taggedPools } from './private-pool/tagged.ts'
import { ecs } from '../operation.ts'
import { listTagResources, type Taggable, tagResources, untagResources } from '../tagging.ts'

/** A kind of resource that carries tags needs a line here. */
export const taggable: Taggable = {
  product: 'ecs',
  tables: {
    instance: (state) => state.instances,
    image: (state) => state.images,
    disk: (state) => state.disks,
    ddh: (state) => state.dedicatedHosts,
    ddhcluster: (state) => state.dedicatedHostClusters,
    snapshot: (state) => state.snapshots,
    snapshotpolicy: (state) => state.autoSnapshotPolicies,
    securitygroup: (state) => state.securityGroups,
    eni: taggedInterfaces,
    keypair: taggedKeyPairs,
    command: (state) => state.commands,
    invocation: (state) => state.invocations,
    activation: (state) => state.activations,
    managedinstance: (state) => state.managedInstances,
    launchtemplate: (state) => state.launchTemplates,
    capacityreservation: taggedPools('reservation'),
    reservedinstance: (state) => state.reservedInstances,
    elasticityassurance: taggedPools('assurance'),
    // These are not documented, and Terraform's provider tags two of them.
    snapshotgroup: (state) => state.snapshotGroups,
    imagecomponent: (state) => state.imageComponents,
    imagepipeline: (state) => state.imagePipelines,
  },
}

export const TagResources = ecs('TagResources', ['ResourceType', 'ResourceId', 'Tag'], (input, context) =>
  tagResources(input, taggable, context),
)
export const UntagResources = ecs('UntagResources', ['ResourceType', 'ResourceId', 'TagKey', 'All'], (input, context) =>
  untagResources(input, taggable, context),
)
export const ListTagResources = ecs('ListTagResources', ['ResourceType', 'ResourceId', 'Tag', 'TagFilter', 'NextToken'], (input, context) =>
  listTagResources(input, taggable, context),
)
