import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import { demandStrictDescription, demandStrictName } from '../values.ts'
import type { HpcCluster } from './records.ts'

const mostIds = 100

function demandTexts(name: string | undefined, description: string | undefined): void {
  demandStrictName(name, 'Name', 'InvalidHpcClusterName.Malformed')
  demandStrictDescription(description, 'InvalidHpcClusterDescription.Malformed')
}

const find = (id: string, context: Context): HpcCluster | undefined => owned(context.state.hpcClusters.get(id), context)

export const CreateHpcCluster = ecs('CreateHpcCluster', ['Name', 'Description'], ({ Name, Description = '' }, context) => {
  const { state, random, accountId, regionId } = context
  demandTexts(Name, Description)
  const cluster = { id: newId('hpc', regionId, random), accountId, regionId, hpcClusterName: Name, description: Description }
  return { HpcClusterId: state.hpcClusters.put(cluster).id }
})

/** A call that changes nothing is refused. */
export const ModifyHpcClusterAttribute = ecs('ModifyHpcClusterAttribute', ['HpcClusterId', 'Name', 'Description'], (input, context) => {
  const cluster = find(input.HpcClusterId, context)
  demand(cluster, 'HpcClusterNotExists', 'The specified HPC cluster does not exist.')
  demand(input.Name || input.Description !== undefined, 'InvalidModifyInfo', 'Neither Name nor Description is specified.')
  demandTexts(input.Name, input.Description)
  const { hpcClusterName, description } = cluster
  const changed = { hpcClusterName: input.Name || hpcClusterName, description: input.Description ?? description }
  context.state.hpcClusters.put({ ...cluster, ...changed })
  return {}
})

/** One that instances are in stays. */
export const DeleteHpcCluster = ecs('DeleteHpcCluster', ['HpcClusterId'], ({ HpcClusterId }, context) => {
  const cluster = find(HpcClusterId, context)
  demand(cluster, 'NotExists.HpcCluster', 'The specified HPC cluster does not exist.')
  const empty = context.state.instances.count('placed', cluster.id) === 0
  demand(empty, 'NotEmpty.HpcCluster', 'There are still instances in the HPC cluster.')
  context.state.hpcClusters.delete(cluster.id)
  return {}
})

const view = ({ id, hpcClusterName, description }: HpcCluster) => ({
  HpcClusterId: id,
  Name: hpcClusterName,
  Description: description,
})

export const DescribeHpcClusters = ecs('DescribeHpcClusters', ['HpcClusterIds', 'PageNumber', 'PageSize'], (input, context) => {
  const { state, accountId, regionId } = context
  const { HpcClusterIds: ids } = input
  demand((ids?.length ?? 0) <= mostIds, 'InvalidHpcClusterIds.ExceedLimit', `At most ${mostIds} HpcClusterIds can be given.`)
  const found = state.hpcClusters.list({ accountId, regionId, ids: ids?.length ? ids : undefined })
  const { rows, fields } = page(found, input, { maxSize: 100 })
  const { NextToken: _, ...counts } = fields
  return { HpcClusters: { HpcCluster: listed(rows, view) }, ...counts }
})
