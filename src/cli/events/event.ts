import type * as Ecs from '../../api/generated/ecs.ts'
import type { Listed } from '../list.ts'

/** A system event as DescribeInstanceHistoryEvents answers it. */
export type SystemEvent = Ecs.Items['DescribeInstanceHistoryEvents']

/** The states of an event that is still to come, or under way. */
export const ahead = ['Inquiring', 'Scheduled', 'Executing'] as const
/** The states of one that is over. */
export const over = ['Executed', 'Avoided', 'Canceled', 'Failed'] as const

/** Events on the command line. */
export const events: Listed<SystemEvent> = {
  id: ({ EventId }) => EventId,
  columns: [
    { head: { en: 'ID', zh: '事件 ID' }, cell: ({ EventId }) => EventId },
    { head: { en: 'TYPE', zh: '类型' }, cell: ({ EventType }) => EventType.Name },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ EventCycleStatus }) => EventCycleStatus.Name },
    { head: { en: 'INSTANCE', zh: '实例' }, cell: ({ InstanceId }) => InstanceId },
    { head: { en: 'NOT BEFORE', zh: '计划执行时间' }, cell: ({ NotBefore }) => NotBefore },
    { head: { en: 'ENDED', zh: '完成时间' }, cell: ({ EventFinishTime }) => EventFinishTime },
    { head: { en: 'REASON', zh: '原因' }, cell: ({ Reason }) => Reason },
    { head: { en: 'IMPACT', zh: '影响级别' }, cell: ({ ImpactLevel }) => ImpactLevel, extra: true },
    { head: { en: 'PUBLISHED', zh: '发布时间' }, cell: ({ EventPublishTime }) => EventPublishTime, extra: true },
  ],
  filters: {
    instance: { parameter: 'InstanceId' },
    type: { parameter: 'InstanceEventType', list: true },
    status: { parameter: 'InstanceEventCycleStatus', list: true, choices: [...ahead, ...over] },
    event: { parameter: 'EventId', list: true },
  },
  read: ({ ecs }, input, signal) => ecs.paginate('DescribeInstanceHistoryEvents', input, { signal }),
}
