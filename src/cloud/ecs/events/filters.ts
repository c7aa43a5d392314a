import { parseTime } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { passes, type Test } from '../values.ts'
import { isOpen } from './cycle.ts'
import type { SystemEvent } from './records.ts'

interface Span {
  readonly Start?: string | undefined
  readonly End?: string | undefined
}

export interface EventFilters {
  readonly EventId?: readonly string[] | undefined
  readonly EventType?: string | undefined
  readonly InstanceEventType?: readonly string[] | undefined
  readonly NotBefore?: Span | undefined
  readonly EventPublishTime?: Span | undefined
}

const mostIds = 100
const mostTypes = 30

function moment(text: string | undefined, name: string): number | undefined {
  if (!text) return undefined
  const at = parseTime(text)
  demand(at !== undefined, 'InvalidParameter', `The specified ${name} is not valid.`, 403)
  return at
}

function within(span: Span | undefined, name: string, field: (event: SystemEvent) => number): Test<SystemEvent> {
  const [start, end] = [moment(span?.Start, `${name}.Start`), moment(span?.End, `${name}.End`)]
  if (start === undefined && end === undefined) return undefined
  demand(
    start === undefined || end === undefined || start <= end,
    'InvalidParameter.TimeEndBeforeStart',
    `${name} ends before it starts.`,
    403,
  )
  return (event) => field(event) >= (start ?? Number.NEGATIVE_INFINITY) && field(event) <= (end ?? Number.POSITIVE_INFINITY)
}

/**
 * The test of what both lists filter events by; undefined when nothing was asked. EventType counts only without InstanceEventType.
 * @throws Fault EventIdLimitExceeded, InvalidParameter, InvalidParameter.TimeEndBeforeStart
 */
export function eventTest({ EventId: ids = [], EventType, InstanceEventType = [], NotBefore, EventPublishTime }: EventFilters) {
  demand(ids.length <= mostIds, 'EventIdLimitExceeded', `At most ${mostIds} EventId can be given.`, 403)
  demand(InstanceEventType.length <= mostTypes, 'InvalidParameter', `At most ${mostTypes} InstanceEventType can be given.`, 403)
  const types = InstanceEventType.length > 0 ? InstanceEventType : EventType ? [EventType] : []
  return passes<SystemEvent>([
    ids.length > 0 ? ({ id }) => ids.includes(id) : undefined,
    types.length > 0 ? ({ type }) => types.includes(type) : undefined,
    within(NotBefore, 'NotBefore', (event) => event.notBefore),
    within(EventPublishTime, 'EventPublishTime', (event) => event.publishedAt),
  ])
}

/** Unless told otherwise, the history is of what has ended. */
export const cycleTest = (one: string | undefined, several: readonly string[] = []): Test<SystemEvent> => {
  const wanted = several.length > 0 ? several : one ? [one] : []
  return wanted.length > 0 ? ({ cycle }) => wanted.includes(cycle) : (event) => !isOpen(event)
}
