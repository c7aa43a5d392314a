import type * as Ecs from '../../api/generated/ecs.ts'
import type { Text } from '../../api/text.ts'
import { type Language, say } from '../language.ts'
import type { Noun } from '../select/select.ts'

/** A system event as DescribeInstanceHistoryEvents answers it. */
export type SystemEvent = Ecs.Items['DescribeInstanceHistoryEvents']

/** The states of an event that is still to come, or under way. */
export const ahead = ['Inquiring', 'Scheduled', 'Executing'] as const
/** The states of one that is over. */
export const over = ['Executed', 'Avoided', 'Canceled', 'Failed'] as const

const causes: { readonly [cause: string]: Text } = {
  SystemMaintenance: { en: 'for maintenance', zh: '因系统维护' },
  SystemFailure: { en: 'after a system failure', zh: '因系统错误' },
  InstanceFailure: { en: 'after a failure inside the instance', zh: '因实例错误' },
  InstanceExpiration: { en: 'as the subscription has ended', zh: '因包年包月到期' },
  AccountUnbalanced: { en: 'as payment is overdue', zh: '因账号欠费' },
}

const deeds: { readonly [deed: string]: Text } = {
  Reboot: { en: 'reboot', zh: '实例重启' },
  Redeploy: { en: 'redeployment on another host', zh: '实例重新部署' },
  Stop: { en: 'stop', zh: '实例停止' },
  Delete: { en: 'release', zh: '实例释放' },
}

const others: { readonly [type: string]: Text } = {
  'Instance:PreemptibleInstanceInterruption': { en: 'reclaim of the spot instance', zh: '抢占式实例被回收' },
}

/** What happens to the instance and why, in words; the type itself where it is none that is known. */
export function happening(type: string, language: Language): string {
  const [cause = '', deed = ''] = type.split('.')
  const known = [causes, deeds, others].map((texts, at) => {
    const key = [cause, deed, type][at] ?? ''
    return Object.hasOwn(texts, key) ? texts[key] : undefined
  })
  const [why, what, whole] = known
  if (whole !== undefined) return say(whole, language)
  if (why === undefined || what === undefined) return type
  return say({ en: `${what.en} ${why.en}`, zh: `${why.zh}${what.zh}` }, language)
}

/** Events on the command line; what happens is told in the language of the reader. */
export const systemEvents = (language: Language): Noun<SystemEvent> => ({
  one: { en: 'event', zh: '系统事件' },
  many: { en: 'events', zh: '个系统事件' },
  prefix: 'e-',
  id: ({ EventId }) => EventId,
  name: () => undefined,
  columns: [
    { head: { en: 'ID', zh: '事件 ID' }, cell: ({ EventId }) => EventId },
    { head: { en: 'INSTANCE', zh: '实例' }, cell: ({ InstanceId }) => InstanceId },
    { head: { en: 'WHAT', zh: '内容' }, cell: ({ EventType }) => happening(EventType.Name, language) },
    { head: { en: 'STATUS', zh: '状态' }, cell: ({ EventCycleStatus }) => EventCycleStatus.Name },
    { head: { en: 'NOT BEFORE', zh: '计划执行时间' }, cell: ({ NotBefore }) => NotBefore },
    { head: { en: 'ENDED', zh: '完成时间' }, cell: ({ EventFinishTime }) => EventFinishTime },
    { head: { en: 'REASON', zh: '原因' }, cell: ({ Reason }) => Reason },
    { head: { en: 'TYPE', zh: '类型' }, cell: ({ EventType }) => EventType.Name, extra: true },
    { head: { en: 'IMPACT', zh: '影响级别' }, cell: ({ ImpactLevel }) => ImpactLevel, extra: true },
    { head: { en: 'PUBLISHED', zh: '发布时间' }, cell: ({ EventPublishTime }) => EventPublishTime, extra: true },
  ],
  filters: {
    type: { parameter: 'InstanceEventType', list: true },
    status: { parameter: 'InstanceEventCycleStatus', list: true, choices: [...ahead, ...over] },
    event: { parameter: 'EventId', list: true },
  },
  // Without states the service lists what is over, and nothing that is to come.
  read: ({ ecs }, input, signal) =>
    ecs.paginate('DescribeInstanceHistoryEvents', { InstanceEventCycleStatus: [...ahead, ...over], ...input }, { signal }),
  withIds: (EventId) => ({ EventId }),
  // They have no names; an id of another form is looked for as one.
  withName: (id) => ({ EventId: [id] }),
})
