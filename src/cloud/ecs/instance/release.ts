import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { autoReleaseAt } from './charge.ts'
import { instanceOf } from './power.ts'

/** Without a time, what was set is taken back. */
export const ModifyInstanceAutoReleaseTime = ecs('ModifyInstanceAutoReleaseTime', ['InstanceId', 'AutoReleaseTime'], (input, context) => {
  const { state, now, schedule } = context
  const instance = instanceOf(input.InstanceId, context)
  const { id, instanceChargeType, releasing } = instance
  demand(instanceChargeType === 'PostPaid', 'ChargeTypeViolation', 'AutoReleaseTime is for PostPaid instances only.', 403)
  demand(!releasing, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.')
  const at = autoReleaseAt(input.AutoReleaseTime, now)
  state.instances.put({ ...instance, autoReleaseAt: at })
  if (at === undefined) state.agenda.cancel(`instance.autoRelease:${id}`)
  else schedule('instance.autoRelease', id, Math.max(0, at - now))
  return {}
})
