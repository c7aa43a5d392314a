import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { publishEvent } from '../events/cycle.ts'
import { instanceOf } from '../instance/power.ts'

/**
 * Crashes the system of an instance, which starts again: an `InstanceFailure.Reboot` event tells of it. No dump is written. With which codes
 * bare metal and an instance that does not run are refused is unconfirmed.
 */
export const SendDiagnosticInterrupt = ecs('SendDiagnosticInterrupt', ['InstanceId'], ({ InstanceId }, context) => {
  const instance = instanceOf(InstanceId, context)
  const bareMetal = /^ecs\.(?:ebm|scc)/.test(instance.instanceType)
  demand(!bareMetal, 'InvalidInstanceType.NotSupported', 'The type of the instance does not support diagnostic interrupts.')
  const running = instance.status === 'Running' && !instance.releasing
  demand(running, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
  publishEvent({ instanceId: instance.id, type: 'InstanceFailure.Reboot', reason: 'diagnostic interrupt' }, context)
  return {}
})
