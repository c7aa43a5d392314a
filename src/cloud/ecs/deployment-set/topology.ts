import { createHash } from 'node:crypto'
import { demand } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import type { Instance } from '../records.ts'

const mostIds = 100
/** Switches of the middle layer in a zone, and racks below each. */
const [spines, racks] = [8, 64]

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const numberOf = (text: string): number => Number.parseInt(hashOf(text).slice(0, 8), 16)

/** The machine: a dedicated host's own, otherwise one that nobody else is told of. */
function machineOf({ id, dedicatedHost }: Instance, { state }: Context): string {
  const host = dedicatedHost && state.dedicatedHosts.get(dedicatedHost.id)
  return host?.machineId ?? hashOf(`machine ${id}`).slice(0, 32)
}

/**
 * The network nodes above an instance, the topmost first: the zone's, a switch, a rack. Instances that a deployment set keeps close to
 * one another are below the same ones.
 */
function nodesOf({ id, zoneId, deploymentSet }: Instance, { state }: Context): string[] {
  const close = deploymentSet && state.deploymentSets.get(deploymentSet.id)?.strategy === 'LowLatency'
  const seed = close ? deploymentSet.id : id
  const spine = numberOf(`spine ${seed}`) % spines
  const rack = numberOf(`rack ${seed}`) % racks
  return [zoneId, `${zoneId} ${spine}`, `${zoneId} ${spine} ${rack}`].map((name) => `nn-${hashOf(name).slice(0, 17)}`)
}

/** Instances that are stopped in economical mode are nowhere. How many layers there are, and their names, are made up. */
export const DescribeInstanceTopology = ecs('DescribeInstanceTopology', ['InstanceIds'], ({ InstanceIds: ids }, context) => {
  const { state, accountId, regionId } = context
  demand((ids?.length ?? 0) <= mostIds, 'InvalidInstanceIds.Malformed', `At most ${mostIds} InstanceIds can be given.`)
  const placed = ({ status, stoppedMode }: Instance) => status !== 'Stopped' || stoppedMode !== 'StopCharging'
  const found = state.instances.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where: placed })
  const Topology = found.slice(0, mostIds).map((instance) => ({
    InstanceId: instance.id,
    HostId: machineOf(instance, context),
    NetworkNodes: { NetworkNodes: nodesOf(instance, context) },
  }))
  return { Topologys: { Topology } }
})
