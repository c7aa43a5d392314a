import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandOneOf } from '../values.ts'
import { execute } from './lifecycles.ts'

const mostIds = 100
const longestText = 256

/** The owner lets an event go ahead that asked first. What can be chosen is not published for all types: it is kept and shown as ResponseResult (unconfirmed). */
export const AcceptInquiredSystemEvent = ecs('AcceptInquiredSystemEvent', ['EventId', 'Choice'], ({ EventId, Choice }, context) => {
  const event = owned(context.state.systemEvents.get(EventId), context)
  demand(event?.cycle === 'Inquiring', 'InvalidEventId.NoInquiringEventFound', 'No event of that EventId is Inquiring.', 404)
  demand((Choice?.length ?? 0) <= longestText, 'InvalidParameter', 'The specified Choice is not valid.', 400)
  const instance = context.state.instances.get(event.instanceId)
  const settled = instance !== undefined && ['Running', 'Stopped'].includes(instance.status) && !instance.releasing
  demand(settled, 'IncorrectInstanceStatus', 'The current status of the resource does not support this operation.', 403)
  execute({ ...event, ...(Choice && { choice: Choice }) }, context)
  return {}
})

const categories = [
  'hardware-cpu-error',
  'hardware-motherboard-error',
  'hardware-mem-error',
  'hardware-power-error',
  'hardware-disk-error',
  'hardware-networkcard-error',
  'hardware-raidcard-error',
  'hardware-fan-error',
  'others',
]
const reasons = ['instance-hang', 'instance-stuck-in-status', 'abnormal-network', 'abnormal-local-disk', 'abnormal-cloud-disk', 'others']

function moment(text: string | undefined, name: string): number | undefined {
  const at = text ? parseTime(text) : undefined
  demand(!text || at !== undefined, 'InvalidParameter', `The specified ${name} is not valid.`, 403)
  return at
}

/** A report is checked and goes nowhere: nobody here would read it. */
export const ReportInstancesStatus = ecs(
  'ReportInstancesStatus',
  ['InstanceId', 'Reason', 'IssueCategory', 'Description', 'StartTime', 'EndTime', 'DiskId', 'Device'],
  (input, context) => {
    const { InstanceId: ids, DiskId: diskIds = [], Device: devices = [] } = input
    demand(ids.length >= 1 && ids.length <= mostIds, 'InstanceIdLimitExceeded', `From 1 to ${mostIds} InstanceId can be given.`, 403)
    demand(diskIds.length <= mostIds, 'DiskIdLimitExceeded', `At most ${mostIds} DiskId can be given.`, 403)
    demand(devices.length <= mostIds, 'InvalidParameter', `At most ${mostIds} Device can be given.`, 403)
    for (const id of ids) {
      const instance = owned(context.state.instances.get(id), context)
      demand(instance, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.', 403)
    }
    demandOneOf(input.Reason, reasons, 'Reason', 'InvalidParameter', 403)
    demandOneOf(input.IssueCategory, categories, 'IssueCategory', 'InvalidParameter', 403)
    const [start, end] = [moment(input.StartTime, 'StartTime'), moment(input.EndTime, 'EndTime')]
    const ordered = start === undefined || end === undefined || start <= end
    demand(ordered, 'InvalidParameter', 'The specified EndTime is before StartTime.', 403)
    return {}
  },
)
