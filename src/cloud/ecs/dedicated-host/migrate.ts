import { instanceTypeOf } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { durations } from '../instance/lifecycles.ts'
import { machineFor } from '../instance/machine.ts'
import { withType } from '../instance/spec-order.ts'
import { isTargeted } from '../private-pool/match.ts'
import type { Instance, OnDedicatedHost } from '../records.ts'
import { demandOneOf } from '../values.ts'
import { clusterOf } from './find.ts'
import { hostsFor, type PlaceCodes } from './place.ts'

/** What a call says of the dedicated host that an instance is to be on. */
export interface MigrateInput {
  readonly DedicatedHostId?: string | undefined
  readonly DedicatedHostClusterId?: string | undefined
  readonly Tenancy?: string | undefined
  readonly Affinity?: string | undefined
  readonly MigrationType?: string | undefined
  readonly InstanceType?: string | undefined
}

const codes: PlaceCodes = { unknown: 404, type: ['InvalidInstanceType.NotSupport', 404], full: ['LackResource', 400] }

/** Whether a call is about dedicated hosts. */
export const movesHost = (input: MigrateInput): boolean =>
  Boolean(input.DedicatedHostId || input.Tenancy || input.Affinity || input.DedicatedHostClusterId || input.InstanceType)

function demandValues({ Tenancy, Affinity, MigrationType, DedicatedHostId, InstanceType }: MigrateInput): void {
  // `default` leads back to a shared machine, as the console does; the documentation names `host` alone (unconfirmed).
  demandOneOf(Tenancy, ['host', 'default'], 'Tenancy', 'InvalidParam.Tenancy', 400)
  demandOneOf(Affinity, ['host', 'default'], 'Affinity', 'InvalidParameter')
  demandOneOf(MigrationType, ['reboot', 'live'], 'MigrationType', 'InvalidParameter')
  const named = Boolean(DedicatedHostId)
  demand(named || MigrationType !== 'live', 'InvalidParameter', 'A live migration takes a DedicatedHostId.')
  demand(named || Tenancy === 'default' || !InstanceType, 'InvalidParameter', 'Another InstanceType takes a DedicatedHostId.')
  demand(MigrationType !== 'live' || !InstanceType, 'InvalidParameter', 'A live migration keeps the InstanceType.')
}

/** Only what is paid by use comes from a shared machine or goes to one. */
function demandByUse({ instanceChargeType, spotStrategy }: Instance): void {
  const plain = instanceChargeType === 'PostPaid' && spotStrategy === 'NoSpot'
  demand(
    plain,
    'InvalidInstanceChargeType.NotSupport',
    'Only pay-as-you-go instances can be moved between shared and dedicated hosts.',
    404,
  )
}

/** Stopped for a reboot; moved alive, it may run as well. */
function demandState({ status, releasing }: Instance, alive: boolean): void {
  demand(
    !releasing && status !== 'Pending',
    'IncorrectInstanceStatus',
    'The current status of the resource does not support this operation.',
    403,
  )
  const fits = status === 'Stopped' || (alive && status === 'Running')
  demand(fits, 'OperationDenied.UnstoppedInstance', 'The instance has to be stopped before it is moved.', 400)
}

/** The instance on its new machine: it starts again, unless it was moved alive. */
function put(instance: Instance, alive: boolean, { state, schedule }: Context): void {
  state.instances.put(alive ? instance : { ...instance, status: 'Starting' })
  if (!alive) schedule('instance.running', instance.id, durations.start)
}

function typed(instance: Instance, id: string | undefined, { now }: Context): Instance {
  if (!id || id === instance.instanceType) return instance
  const type = instanceTypeOf(id)
  demand(type, 'InvalidInstanceType.ValueNotSupported', 'The specified InstanceType does not exist or is not supported here.', 400)
  return withType(instance, id, now)
}

/** Back to a machine shared with others', of which the market has to have one. */
function leaveHost(instance: Instance, input: MigrateInput, context: Context): void {
  const elsewhere = !input.DedicatedHostId && input.Affinity !== 'host' && instance.dedicatedHost !== undefined
  demand(elsewhere, 'InvalidParam.Tenancy', 'The specified Tenancy does not go with the instance or the other parameters.', 400)
  demandState(instance, false)
  demandByUse(instance)
  const shared: Instance = { ...typed(instance, input.InstanceType, context), dedicatedHost: undefined }
  put({ ...shared, ...machineFor(shared, true, context) }, false, context)
}

/** Where it goes: the host named, or one that takes what names none. */
function target(instance: Instance, input: MigrateInput, affinity: OnDedicatedHost['affinity'], context: Context): OnDedicatedHost {
  const { DedicatedHostId: hostId = '', DedicatedHostClusterId: clusterId = '' } = input
  if (clusterId !== '') clusterOf(clusterId, context)
  const [place] = hostsFor({ ...instance, hostId, clusterId, affinity }, { amount: 1, least: 1 }, codes, context)
  return place as OnDedicatedHost
}

/**
 * Moves an instance to a dedicated host, between two, or back; on the host that it is on already, only its affinity changes.
 * @throws Fault InvalidParam.Tenancy, InvalidParameter, OperationDenied.UnstoppedInstance, IncorrectInstanceStatus,
 * InvalidInstanceChargeType.NotSupport, InvalidInstanceType.NotSupport, LackResource, and as `hostsFor` does
 */
export function migrate(instance: Instance, input: MigrateInput, context: Context): void {
  demandValues(input)
  if (input.Tenancy === 'default') return leaveHost(instance, input, context)
  const on = instance.dedicatedHost
  const affinity = input.Affinity === 'host' || (!input.Affinity && on?.affinity === 'host') ? 'host' : 'default'
  const stays = on && !input.InstanceType && !input.DedicatedHostClusterId && (input.DedicatedHostId ?? on.id) === on.id
  if (stays && (input.DedicatedHostId || input.Tenancy !== 'host')) {
    context.state.instances.put({ ...instance, dedicatedHost: { ...on, affinity } })
    return
  }
  demand(
    on || input.DedicatedHostId || input.Tenancy === 'host',
    'InvalidParam.Tenancy',
    'Tenancy or DedicatedHostId must be specified.',
    400,
  )
  const alive = input.MigrationType === 'live'
  demandState(instance, alive)
  if (on === undefined) demandByUse(instance)
  demand(!instance.deploymentSet, 'InvalidDeploymentOnHost', 'An instance on a dedicated host is in no deployment set.', 400)
  const pooled = 'The instance is bound to a private pool.'
  demand(!isTargeted(instance), 'Invalid.PrivatePoolOptions.MatchCriteria', pooled)
  const moved = typed(instance, input.InstanceType, context)
  const dedicatedHost = target(moved, input, affinity, context)
  put({ ...moved, poolId: undefined, dedicatedHost }, alive, context)
}
