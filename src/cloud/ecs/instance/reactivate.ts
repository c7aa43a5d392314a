import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { demandUnlocked, isLocked, unlockInstance } from './locks.ts'
import { instanceOf, start } from './power.ts'

/**
 * Starts a pay-as-you-go instance again that was stopped because a bill was not paid. Here no bill stays unpaid: the call itself takes the lock off.
 * Which of the two codes refuses which state is unconfirmed.
 */
export const ReActivateInstances = ecs('ReActivateInstances', ['InstanceId'], ({ InstanceId }, context) => {
  const instance = instanceOf(InstanceId, context)
  if (isLocked(instance, 'security')) demandUnlocked('StartInstance', { locks: [{ reason: 'security', message: '' }] })
  demand(instance.instanceChargeType === 'PostPaid', 'InvalidPayType.NotSupport', 'The instance is not pay-as-you-go.')
  const stopped = instance.status === 'Stopped' && !instance.releasing
  demand(stopped, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.', 403)
  const overdue = isLocked(instance, 'financial')
  demand(overdue, 'ReopenInstance.InstanceStatusNotValid', 'The instance was not stopped for an overdue payment.')
  unlockInstance(context.state, instance.id, 'financial')
  start(instanceOf(InstanceId, context), context)
  return {}
})
