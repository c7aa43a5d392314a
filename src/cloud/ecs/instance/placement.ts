import type { Instance } from '../records.ts'

/** Whether it runs on what the market sells: not in a private pool and on no dedicated host. */
export const isOnMarket = ({ poolId, dedicatedHost }: Pick<Instance, 'poolId' | 'dedicatedHost'>): boolean =>
  poolId === undefined && dedicatedHost === undefined

/** The ids of what it is placed in: deployment set, dedicated host, HPC cluster. Undefined for most. */
export function placesOf({ deploymentSet, dedicatedHost, hpcClusterId }: Instance): readonly string[] | undefined {
  if (deploymentSet === undefined && dedicatedHost === undefined && hpcClusterId === undefined) return undefined
  return [deploymentSet?.id, dedicatedHost?.id, hpcClusterId].filter((id) => id !== undefined)
}
