import { demand, fault } from '../../fault.ts'
import { type Context, ecs } from '../../operation.ts'
import { durations } from './lifecycles.ts'
import { instanceOf } from './power.ts'

interface Release {
  readonly Force?: boolean | undefined
  readonly TerminateSubscription?: boolean | undefined
}

/** Begins a release: the instance stops if it runs, and is gone a little later. */
function release(id: string, { Force = false, TerminateSubscription = false }: Release, context: Context): void {
  const instance = instanceOf(id, context)
  const { state, now } = context
  if (instance.status === 'Pending')
    throw fault('IncorrectInstanceStatus.Initializing', 'The specified instance status does not support this operation.')
  demand(!instance.deletionProtection, 'InvalidOperation.DeletionProtection', 'The operation is not allowed due to deletion protection.')
  const expired = instance.expiresAt !== undefined && instance.expiresAt <= now
  if (instance.instanceChargeType === 'PrePaid')
    demand(expired && TerminateSubscription, 'ChargeTypeViolation', 'The operation is not permitted due to charge type of the instance.')
  demand(
    !instance.releasing && (instance.status === 'Stopped' || Force),
    'IncorrectInstanceStatus',
    'The current status of the resource does not support this operation.',
  )
  state.instances.put({ ...instance, releasing: true, status: instance.status === 'Stopped' ? 'Stopped' : 'Stopping' })
  context.schedule('instance.released', id, durations.release)
}

// ForceStop says how a running instance is stopped first; there is no guest here that could tell.
export const DeleteInstance = ecs('DeleteInstance', ['InstanceId', 'Force', 'ForceStop', 'TerminateSubscription'], (input, context) => {
  release(input.InstanceId, input, context)
  return {}
})

export const DeleteInstances = ecs('DeleteInstances', ['InstanceId', 'Force', 'ForceStop', 'TerminateSubscription'], (input, context) => {
  demand(input.InstanceId.length >= 1 && input.InstanceId.length <= 100, 'InvalidParameter', 'From 1 to 100 instance ids can be given.')
  for (const id of input.InstanceId) {
    demand(
      context.state.instances.get(id)?.regionId === context.regionId,
      'InvalidInstanceId.NotFound',
      'The specified InstanceId does not exist.',
    )
    release(id, input, context)
  }
  return {}
})
