import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandOneOf } from '../values.ts'
import { endEvent, isOpen, openEvents, publishEvent } from './cycle.ts'

const mostIds = 100
/** So many simulated events of one instance can be open (the real number is unconfirmed). */
const mostOpen = 10

const types = [
  'SystemMaintenance.Reboot',
  'SystemFailure.Reboot',
  'InstanceFailure.Reboot',
  'SystemMaintenance.Stop',
  'SystemMaintenance.Redeploy',
  'SystemFailure.Redeploy',
  'SystemFailure.Stop',
]

/** A simulated event is told like a real one; at NotBefore it is Executed, and touches its instance only with TriggerRealOps. */
export const CreateSimulatedSystemEvents = ecs(
  'CreateSimulatedSystemEvents',
  ['EventType', 'InstanceId', 'NotBefore', 'TriggerRealOps'],
  (input, context) => {
    const { EventType: type, InstanceId: ids } = input
    demandOneOf(type, types, 'EventType', 'InvalidParameter', 403)
    demand(ids.length >= 1 && ids.length <= mostIds, 'InstanceIdLimitExceeded', `From 1 to ${mostIds} InstanceId can be given.`, 403)
    demand(new Set(ids).size === ids.length, 'InvalidParameter', 'An InstanceId is given more than once.', 403)
    const notBefore = parseTime(input.NotBefore)
    demand(notBefore !== undefined, 'InvalidParameter', 'The specified NotBefore is not valid.', 403)
    demand(notBefore >= context.now, 'InvalidNotBefore.Passed', 'The specified NotBefore has passed.', 403)
    const eventIds = ids.map((instanceId) => {
      const instance = owned(context.state.instances.get(instanceId), context)
      demand(instance, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.')
      const open = openEvents(instanceId, context.state).filter(({ simulated }) => simulated)
      demand(open.length < mostOpen, 'SimulatedEventLimitExceeded', `An instance has at most ${mostOpen} open simulated events.`, 403)
      const operates = input.TriggerRealOps === true
      const event = publishEvent({ instanceId, type, notBefore, reason: 'A simulated event.', simulated: true, operates }, context)
      return event?.id ?? ''
    })
    return { EventIdSet: { EventId: eventIds } }
  },
)

/** Cancelling one that is Canceled changes nothing; one that ended otherwise is refused (the code is unconfirmed). */
export const CancelSimulatedSystemEvents = ecs('CancelSimulatedSystemEvents', ['EventId'], ({ EventId: ids }, context) => {
  demand(ids.length >= 1 && ids.length <= mostIds, 'EventIdLimitExceeded', `From 1 to ${mostIds} EventId can be given.`, 400)
  for (const id of new Set(ids)) {
    const event = owned(context.state.systemEvents.get(id), context)
    demand(event, 'InvalidEventId.NotFound', 'The specified EventId does not exist.', 403)
    demand(event.simulated, 'CannotCancelSystemEvent.NotSimulated', 'The specified event is not a simulated one.', 403)
    demand(isOpen(event) || event.cycle === 'Canceled', 'InvalidParameter', 'The specified event has ended.', 403)
    if (isOpen(event)) endEvent(event, 'Canceled', context)
  }
  return {}
})
