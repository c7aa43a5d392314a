import type { Row } from '../../engine/table.ts'

/** The first three are open: something is still to come of them. */
export type EventCycle = 'Inquiring' | 'Scheduled' | 'Executing' | 'Executed' | 'Avoided' | 'Canceled' | 'Failed'

/** Something that Alibaba Cloud does to an instance, or would. Times are milliseconds since 1970. */
export interface SystemEvent extends Row {
  readonly instanceId: string
  /** `SystemMaintenance.Reboot` */
  readonly type: string
  readonly cycle: EventCycle
  readonly publishedAt: number
  /** Nothing happens before. */
  readonly notBefore: number
  /** Of one that its owner moved: what it was first scheduled for. */
  readonly firstNotBefore?: number
  readonly finishedAt: number | undefined
  readonly reason: string
  /** Made by CreateSimulatedSystemEvents. */
  readonly simulated: boolean
  /** Does to the instance what its type says, rather than only being told. */
  readonly operates: boolean
  /** What the owner chose when asked. */
  readonly choice?: string
}
