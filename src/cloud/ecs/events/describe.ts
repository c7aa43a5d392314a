import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import type { Instance, InstanceStatus } from '../records.ts'
import { tagTest } from '../tags.ts'
import { demandOneOf, passes, type Test } from '../values.ts'
import { isOpen } from './cycle.ts'
import { cycleTest, eventTest } from './filters.ts'
import type { SystemEvent } from './records.ts'
import { cycleCodes, eventKinds } from './types.ts'

const mostIds = 100
/** Says that the instance is not to be had while the event lasts (the scale is unconfirmed). */
const impact = '100'

const eventView = (event: SystemEvent) => ({
  EventId: event.id,
  EventType: { Code: eventKinds[event.type]?.code ?? 0, Name: event.type },
  EventCycleStatus: { Code: cycleCodes[event.cycle], Name: event.cycle },
  EventPublishTime: toSeconds(event.publishedAt),
  NotBefore: toSeconds(event.notBefore),
  Reason: event.reason,
  ImpactLevel: impact,
  ExtendedAttribute: {},
})

const historyView = (event: SystemEvent) => ({
  ...eventView(event),
  InstanceId: event.instanceId,
  ResourceType: 'instance',
  EventFinishTime: event.finishedAt === undefined ? '' : toSeconds(event.finishedAt),
  ExtendedAttribute: {
    ...(event.cycle === 'Inquiring' && { CanAccept: 'true' }),
    ...(event.choice && { ResponseResult: event.choice }),
    ...(event.firstNotBefore !== undefined && { InitialNotBefore: toSeconds(event.firstNotBefore) }),
  },
})

const cycles = Object.keys(cycleCodes)

export const DescribeInstanceHistoryEvents = ecs(
  'DescribeInstanceHistoryEvents',
  [
    'InstanceId',
    'EventId',
    'EventType',
    'EventCycleStatus',
    'InstanceEventType',
    'InstanceEventCycleStatus',
    'EventPublishTime',
    'NotBefore',
    'ResourceType',
    'ResourceId',
    'ResourceGroupId',
    'ImpactLevel',
    'Tag',
    'PageNumber',
    'PageSize',
    'NextToken',
    'MaxResults',
  ],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.ResourceType, ['instance', 'ddh', 'managedhost'], 'ResourceType', 'InvalidParameter', 403)
    for (const cycle of [input.EventCycleStatus, ...(input.InstanceEventCycleStatus ?? [])])
      demandOneOf(cycle, cycles, 'EventCycleStatus', 'InvalidParameter', 403)
    demand((input.ResourceId?.length ?? 0) <= mostIds, 'InvalidParameter', `At most ${mostIds} ResourceId can be given.`, 403)
    const ids = input.ResourceId?.length ? input.ResourceId : input.InstanceId ? [input.InstanceId] : undefined
    const tags = tagTest(input.Tag)
    const group = input.ResourceGroupId
    const ofInstance: Test<SystemEvent> =
      tags || group
        ? ({ instanceId }) => {
            const instance = state.instances.get(instanceId)
            return instance !== undefined && (tags?.(instance) ?? true) && (!group || instance.resourceGroupId === group)
          }
        : undefined
    const where = passes<SystemEvent>([
      cycleTest(input.EventCycleStatus, input.InstanceEventCycleStatus),
      eventTest(input),
      ids && (({ instanceId }) => ids.includes(instanceId)),
      // Hosts have no events here.
      input.ResourceType && input.ResourceType !== 'instance' ? () => false : undefined,
      input.ImpactLevel ? () => input.ImpactLevel === impact : undefined,
      ofInstance,
    ])
    const by = { instance: ids?.length === 1 ? ids[0] : undefined }
    const { rows, fields } = page(state.systemEvents.list({ accountId, regionId, by, where }), input, { maxSize: 100 })
    return { InstanceSystemEventSet: { InstanceSystemEventType: listed(rows, historyView) }, ...fields }
  },
)

/** The numbers beside the names of states. Running's is published, the others are unconfirmed. */
const statusCodes: { readonly [status in InstanceStatus]: number } = { Starting: 0, Running: 1, Stopped: 2, Stopping: 3, Pending: 4 }
/** Those of Ok, Warning and Maintaining are published, the others unconfirmed. */
const healthCodes = {
  Ok: 0,
  Maintaining: 0,
  Initializing: 16,
  Warning: 64,
  InsufficientData: 96,
  NotApplicable: 112,
  Impaired: 128,
} as const

/** What is under way decides, then what is to come, then the state. */
function healthOf(instance: Instance, open: readonly SystemEvent[]): keyof typeof healthCodes {
  const executing = open.filter(({ cycle }) => cycle === 'Executing')
  if (executing.some(({ type }) => type.includes('Failure.'))) return 'Impaired'
  if (executing.length > 0) return 'Maintaining'
  if (open.length > 0) return 'Warning'
  return instance.status === 'Pending' ? 'Initializing' : 'Ok'
}

/** Filters of events list the instances that have such an open event, and of their events only those. */
export const DescribeInstancesFullStatus = ecs(
  'DescribeInstancesFullStatus',
  [
    'InstanceId',
    'EventId',
    'EventType',
    'InstanceEventType',
    'EventPublishTime',
    'NotBefore',
    'Status',
    'HealthStatus',
    'PageNumber',
    'PageSize',
  ],
  (input, { state, accountId, regionId }) => {
    demand((input.InstanceId?.length ?? 0) <= mostIds, 'InstanceIdLimitExceeded', `At most ${mostIds} InstanceId can be given.`, 403)
    demandOneOf(input.Status, ['Starting', 'Running', 'Stopped'], 'Status', 'InvalidParameter', 403)
    demandOneOf(input.HealthStatus, Object.keys(healthCodes), 'HealthStatus', 'InvalidParameter', 403)
    const asked = eventTest(input)
    const openOf = (id: string) => state.systemEvents.by('instance', id).filter(isOpen)
    const shownOf = (id: string) => openOf(id).filter((event) => asked?.(event) ?? true)
    const health: string | undefined = input.HealthStatus
    const having = asked && state.systemEvents.select({ accountId, regionId, where: (event) => isOpen(event) && asked(event) })
    const holders = having && new Set(having.map(({ instanceId }) => instanceId))
    const named = input.InstanceId?.length ? input.InstanceId : undefined
    const ids = holders ? (named ?? [...holders]).filter((id) => holders.has(id)) : named
    const where = passes<Instance>([
      input.Status ? ({ status }) => status === input.Status : undefined,
      health ? (instance) => healthOf(instance, openOf(instance.id)) === health : undefined,
    ])
    const { rows, fields } = page(state.instances.list({ accountId, regionId, ids, where }), input, { maxSize: 100 })
    const { NextToken: _, ...counts } = fields
    const types = rows.map((instance) => {
      const name = healthOf(instance, openOf(instance.id))
      return {
        InstanceId: instance.id,
        Status: { Code: statusCodes[instance.status], Name: instance.status },
        HealthStatus: { Code: healthCodes[name], Name: name },
        ScheduledSystemEventSet: { ScheduledSystemEventType: shownOf(instance.id).map(eventView) },
      }
    })
    return { InstanceFullStatusSet: { InstanceFullStatusType: types }, ...counts }
  },
)
