import type { InstanceType } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'

/** Types of super computing clusters, which are in an HPC cluster always; others never are. */
const isOfCluster = ({ InstanceTypeFamily }: Pick<InstanceType, 'InstanceTypeFamily'>): boolean => InstanceTypeFamily.startsWith('ecs.scc')

/**
 * The id of the HPC cluster of new instances, undefined for most types.
 * @throws Fault InvalidHpcClusterId.Necessary, InvalidHpcClusterId.Unnecessary, InvalidHpcClusterId.NotFound
 */
export function hpcClusterFor(id: string | undefined, type: InstanceType, context: Context): string | undefined {
  if (!isOfCluster(type)) {
    demand(!id, 'InvalidHpcClusterId.Unnecessary', 'The specified HpcClusterId is unnecessary.')
    return undefined
  }
  demand(id, 'InvalidHpcClusterId.Necessary', 'The HpcClusterId is necessary.')
  const cluster = owned(context.state.hpcClusters.get(id), context)
  demand(cluster, 'InvalidHpcClusterId.NotFound', 'The specified HpcClusterId is not found.')
  return cluster.id
}
