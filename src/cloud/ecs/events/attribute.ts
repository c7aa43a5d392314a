import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'

/** Moves a scheduled event: to any time from now on that is not after the one it was first told for. The codes are unconfirmed. */
export const ModifySystemEventAttribute = ecs('ModifySystemEventAttribute', ['EventId', 'InstanceId', 'NotBefore'], (input, context) => {
  const { state, now, schedule } = context
  const event = owned(state.systemEvents.get(input.EventId), context)
  const there = event !== undefined && event.instanceId === input.InstanceId
  demand(there, 'InvalidParameter', 'The instance has no event of the specified EventId.', 403)
  demand(event.cycle === 'Scheduled', 'InvalidParameter', 'The specified event is not Scheduled.', 403)
  const notBefore = parseTime(input.NotBefore)
  demand(notBefore !== undefined, 'InvalidParameter', 'The specified NotBefore is not valid.', 403)
  demand(notBefore >= now, 'InvalidNotBefore.Passed', 'The specified NotBefore has passed.', 403)
  const first = event.firstNotBefore ?? event.notBefore
  demand(notBefore <= first, 'InvalidParameter', 'The specified NotBefore is later than the event was first scheduled for.', 403)
  state.systemEvents.put({ ...event, notBefore, firstNotBefore: first })
  schedule('event.due', event.id, notBefore - now)
  return {}
})
