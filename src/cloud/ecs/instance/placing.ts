import type { InstanceType } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { type HostInput, hostWish, launchOnHosts } from '../dedicated-host/launch.ts'
import { findSet, join } from '../deployment-set/members.ts'
import { hpcClusterFor } from '../hpc-cluster/join.ts'
import { type Order, supply } from '../market/sale.ts'
import { isTargeted } from '../private-pool/match.ts'
import type { Instance } from '../records.ts'
import type { ChargeInput } from './charge.ts'

/** What a launch says of where its instances go among the machines. */
export interface PlacementInput extends HostInput {
  readonly DeploymentSetId?: string | undefined
  readonly DeploymentSetGroupNo?: number | undefined
  readonly HpcClusterId?: string | undefined
}

type Placed = Pick<Instance, 'poolId' | 'deploymentSet' | 'dedicatedHost' | 'hpcClusterId'>
type Amounts = { readonly amount: number; readonly least: number }

/** On a dedicated host nothing is a spot instance, whatever the call says of one. */
export const withoutSpotOnHosts = <I extends PlacementInput & ChargeInput>(input: I): I =>
  hostWish(input) === undefined ? input : { ...input, SpotStrategy: undefined, SpotPriceLimit: undefined }

const setCodes = {
  full: 'QuotaExceed.DeploymentSetInstanceQuotaFull',
  // Which code tells of another zone is unconfirmed.
  elsewhere: 'DeploymentSet.NoRoom',
}

/** What the instances are in the deployment set that is named; undefined where none is. */
function inDeploymentSet(input: PlacementInput, order: Order, how: Amounts, context: Context): Placed[] | undefined {
  const { DeploymentSetId: id, DeploymentSetGroupNo: groupNo } = input
  if (!id) {
    demand(groupNo === undefined, 'InvalidParameter', 'DeploymentSetGroupNo is specified without DeploymentSetId.')
    return undefined
  }
  const set = findSet(id, context)
  demand(set, 'DeploymentSet.NotFound', 'The specified deployment set does not exist.', 404)
  const { zoneId, instanceType } = order
  return join(set, { zoneId, instanceType, groupNo }, how, setCodes, context).map((deploymentSet) => ({ deploymentSet }))
}

/** Where the instances get their machines from: dedicated hosts, private pools or the market. */
function onMachines(input: PlacementInput, order: Order & Pick<Instance, 'expiresAt'>, how: Amounts, context: Context): Placed[] {
  const wish = hostWish(input)
  if (wish === undefined) return supply(order, how, context).map((poolId) => (poolId === undefined ? {} : { poolId }))
  demand(!input.DeploymentSetId, 'InvalidDeploymentOnHost', 'An instance on a dedicated host is in no deployment set.', 400)
  const pooled = 'The specified private pool does not go with a dedicated host.'
  demand(!isTargeted(order), 'Invalid.PrivatePoolOptions.MatchCriteria', pooled)
  return launchOnHosts(order, wish, how, context).map((dedicatedHost) => ({ dedicatedHost }))
}

/**
 * The places of up to `amount` new instances, at least `least`: as many as there is room for.
 * @throws Fault as deployment sets, dedicated hosts, HPC clusters, private pools and the market refuse
 */
export function placesFor(
  input: PlacementInput,
  type: InstanceType,
  order: Order & Pick<Instance, 'expiresAt'>,
  how: Amounts,
  context: Context,
): readonly Placed[] {
  const hpcClusterId = hpcClusterFor(input.HpcClusterId, type, context)
  const sets = inDeploymentSet(input, order, how, context)
  const amount = sets?.length ?? how.amount
  const machines = onMachines(input, order, { ...how, amount }, context)
  return machines.map((machine, at) => ({ ...machine, ...sets?.[at], ...(hpcClusterId !== undefined && { hpcClusterId }) }))
}
