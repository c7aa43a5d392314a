import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags, shownTags, tagTest } from '../tags.ts'
import { demandStrictDescription, demandStrictName, equalities, named, passes } from '../values.ts'
import { localDisksOf, roomOn, socketsOf, totalsOf } from './capacity.ts'
import { clusterOf, demandZone } from './find.ts'
import type { DedicatedHost, DedicatedHostCluster } from './records.ts'
import { availableTypes } from './view.ts'

const mostIds = 100

function demandTexts(name: string | undefined, description: string | undefined): void {
  // The code for a name is unconfirmed.
  demandStrictName(name, 'DedicatedHostClusterName', 'InvalidDedicatedHostClusterName.Malformed')
  demandStrictDescription(description, 'InvalidDescription.Malformed')
}

export const CreateDedicatedHostCluster = ecs(
  'CreateDedicatedHostCluster',
  ['DedicatedHostClusterName', 'Description', 'ZoneId', 'ResourceGroupId', 'Tag'],
  (input, context) => {
    const { state, random, accountId, regionId } = context
    demandTexts(input.DedicatedHostClusterName, input.Description)
    demandZone(input.ZoneId, regionId)
    const cluster = state.dedicatedHostClusters.put({
      id: newId('dc', regionId, random),
      accountId,
      regionId,
      zoneId: input.ZoneId,
      clusterName: input.DedicatedHostClusterName ?? '',
      description: input.Description ?? '',
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      tags: newTags(input.Tag),
    })
    return { DedicatedHostClusterId: cluster.id }
  },
)

export const ModifyDedicatedHostClusterAttribute = ecs(
  'ModifyDedicatedHostClusterAttribute',
  ['DedicatedHostClusterId', 'DedicatedHostClusterName', 'Description'],
  (input, context) => {
    const cluster = clusterOf(input.DedicatedHostClusterId, context)
    demandTexts(input.DedicatedHostClusterName, input.Description)
    context.state.dedicatedHostClusters.put({
      ...cluster,
      clusterName: input.DedicatedHostClusterName || cluster.clusterName,
      description: input.Description ?? cluster.description,
    })
    return {}
  },
)

/** One that hosts are in stays (the code is unconfirmed). */
export const DeleteDedicatedHostCluster = ecs('DeleteDedicatedHostCluster', ['DedicatedHostClusterId'], (input, context) => {
  const cluster = clusterOf(input.DedicatedHostClusterId, context)
  const empty = context.state.dedicatedHosts.count('cluster', cluster.id) === 0
  demand(empty, 'DependencyViolation.NotEmpty', 'There are still dedicated hosts in the cluster.', 403)
  context.state.dedicatedHostClusters.delete(cluster.id)
  return {}
})

function capacityView(hosts: readonly DedicatedHost[], context: Context) {
  const totals = totalsOf(hosts.flatMap((host) => socketsOf(host, context)))
  const room = new Map<string, number>()
  for (const host of hosts) for (const [type, count] of roomOn(host, context)) room.set(type, (room.get(type) ?? 0) + count)
  const disks = hosts.map((host) => localDisksOf(host, context)).filter(({ total }) => total > 0)
  return {
    TotalVcpus: totals.vcpus,
    AvailableVcpus: totals.freeVcpus,
    TotalMemory: totals.memory,
    AvailableMemory: totals.freeMemory,
    AvailableInstanceTypes: availableTypes(room),
    LocalStorageCapacities: {
      LocalStorageCapacity: [...new Set(disks.map(({ category }) => category))].map((category) => {
        const same = disks.filter((one) => one.category === category)
        const sum = (of: 'total' | 'free') => same.reduce((total, one) => total + one[of], 0)
        return { DataDiskCategory: category, TotalDisk: sum('total'), AvailableDisk: sum('free') }
      }),
    },
  }
}

function clusterView(cluster: DedicatedHostCluster, context: Context) {
  const hosts = context.state.dedicatedHosts.by('cluster', cluster.id)
  return {
    DedicatedHostClusterId: cluster.id,
    DedicatedHostClusterName: cluster.clusterName,
    Description: cluster.description,
    RegionId: cluster.regionId,
    ZoneId: cluster.zoneId,
    ResourceGroupId: cluster.resourceGroupId,
    DedicatedHostIds: { DedicatedHostId: hosts.map(({ id }) => id) },
    DedicatedHostClusterCapacity: capacityView(hosts, context),
    Tags: shownTags(cluster.tags),
  }
}

/** Status and LockReason are not honoured: the documentation calls them not yet available. */
export const DescribeDedicatedHostClusters = ecs(
  'DescribeDedicatedHostClusters',
  ['DedicatedHostClusterIds', 'DedicatedHostClusterName', 'ZoneId', 'ResourceGroupId', 'Tag', 'PageNumber', 'PageSize'],
  (input, context) => {
    const { state, accountId, regionId } = context
    const { DedicatedHostClusterIds: ids } = input
    demand((ids?.length ?? 0) <= mostIds, 'InvalidParameter', `At most ${mostIds} DedicatedHostClusterIds can be given.`)
    demandZone(input.ZoneId, regionId)
    const where = passes<DedicatedHostCluster>([
      named(input.DedicatedHostClusterName, (cluster) => cluster.clusterName),
      tagTest(input.Tag),
      ...equalities<DedicatedHostCluster, typeof input>(input, {
        ZoneId: (cluster) => cluster.zoneId,
        ResourceGroupId: (cluster) => cluster.resourceGroupId,
      }),
    ])
    const found = state.dedicatedHostClusters.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where })
    const { rows, fields } = page(found, input, { maxSize: 100 })
    const { NextToken: _, ...counts } = fields
    return { DedicatedHostClusters: { DedicatedHostCluster: rows.map((cluster) => clusterView(cluster, context)) }, ...counts }
  },
)
