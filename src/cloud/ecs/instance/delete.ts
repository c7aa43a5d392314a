import { demand, fault } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import type { Instance } from '../records.ts'
import { durations } from './lifecycles.ts'
import { instanceOf } from './power.ts'

interface Release {
  readonly Force?: boolean | undefined
  readonly TerminateSubscription?: boolean | undefined
}

/** Lets an instance go, whatever state it is in. */
export function beginRelease(instance: Instance, { state, schedule }: Pick<Context, 'state' | 'schedule'>): void {
  state.instances.put({ ...instance, releasing: true, status: instance.status === 'Stopped' ? 'Stopped' : 'Stopping' })
  schedule('instance.released', instance.id, durations.release)
}

/** Begins a release: the instance stops if it runs, and is gone a little later. */
function release(id: string, { Force = false, TerminateSubscription = false }: Release, context: Context): void {
  const instance = instanceOf(id, context)
  if (instance.status === 'Pending')
    throw fault('IncorrectInstanceStatus.Initializing', 'The specified instance status does not support this operation.')
  demand(!instance.deletionProtection, 'InvalidOperation.DeletionProtection', 'The operation is not allowed due to deletion protection.')
  const ended = instance.expiresAt !== undefined && instance.expiresAt <= context.now
  demand(
    instance.instanceChargeType === 'PostPaid' || (ended && TerminateSubscription),
    'ChargeTypeViolation',
    'The operation is not permitted due to charge type of the instance.',
    403,
  )
  demand(
    !instance.releasing && (instance.status === 'Stopped' || Force),
    'IncorrectInstanceStatus',
    'The current status of the resource does not support this operation.',
  )
  const routed = context.state.routeEntries.count('hop', id) > 0
  demand(!routed, 'DependencyViolation.RouteEntry', 'A route entry still leads to the specified instance.', 400)
  beginRelease(instance, context)
}

const parameters = ['InstanceId', 'Force', 'ForceStop', 'TerminateSubscription'] as const

// ForceStop says how a running instance is stopped first; there is no guest here that could tell.
export const DeleteInstance = ecs('DeleteInstance', parameters, (input, context) => {
  release(input.InstanceId, input, context)
  return {}
})

export const DeleteInstances = ecs('DeleteInstances', parameters, (input, context) => {
  const ids = new Set(input.InstanceId)
  demand(ids.size >= 1 && ids.size <= 100, 'InvalidParameter', 'From 1 to 100 instance ids can be given.')
  for (const id of ids) release(id, input, context)
  return {}
})
