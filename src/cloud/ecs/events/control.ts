import type { Cloud } from '../../cloud.ts'
import { line, readFields, readMoment, readOneOf, readText } from '../../faults/read.ts'
import type { Machine } from '../../gateway/exchange.ts'
import { contextFor } from '../../settle.ts'
import { publishEvent } from './cycle.ts'
import type { SystemEvent } from './records.ts'
import { eventKinds } from './types.ts'

export interface RealEvent {
  readonly instanceId: string
  /** `SystemMaintenance.Reboot`, `SystemFailure.Redeploy`, … */
  readonly type: string
  /** When it comes due, milliseconds since 1970; now by default. */
  readonly notBefore?: number | undefined
  /** Where it begins; what its type says by default. `Inquiring` waits for AcceptInquiredSystemEvent. */
  readonly cycle?: 'Inquiring' | 'Scheduled' | 'Executing' | undefined
  readonly reason?: string
}

/** System events as Alibaba Cloud has them happen: they do to the instance what they say. */
export interface Events {
  /** Returns the event's id. RangeError for an instance or a type that there is not. */
  publish(event: RealEvent): string
  /** All there are, ended ones of the last 30 days too, oldest first. */
  list(): SystemEvent[]
}

const cycles = ['Inquiring', 'Scheduled', 'Executing'] as const
const types = Object.keys(eventKinds)

/** `machine` is the one of now: a reset puts another in its place. */
export const createEvents = (machine: () => Machine): Events => ({
  publish(asked) {
    const current = machine()
    current.settle()
    const instance = current.state.instances.get(asked.instanceId)
    if (instance === undefined) throw new RangeError(`there is no instance ${JSON.stringify(asked.instanceId)}`)
    const type = readOneOf(asked.type, 'type', types)
    const root = { kind: 'root', accountId: instance.accountId, accessKeyId: '' } as const
    const event = publishEvent({ ...asked, type }, contextFor(current, root, instance.regionId))
    // What is due at once, happens at once.
    current.settle()
    current.state.commit()
    return event?.id ?? ''
  },
  list: () => machine().state.systemEvents.all(),
})

type Route = (cloud: Cloud, body: Record<string, unknown>, query: URLSearchParams) => object

/** One line of at most 256 characters. */
const readLine = (value: unknown, what: string): string => readText(value, what, 256, line)

const shown = ({ id, instanceId, type, cycle, publishedAt, notBefore, finishedAt, reason, simulated }: SystemEvent) => ({
  id,
  instanceId,
  type,
  cycle,
  publishedAt: new Date(publishedAt).toISOString(),
  notBefore: new Date(notBefore).toISOString(),
  finishedAt: finishedAt === undefined ? null : new Date(finishedAt).toISOString(),
  reason,
  simulated,
})

/** The control plane's part for system events. RangeError for what is not understood. */
export const eventRoutes: { readonly [methodAndPath: string]: Route } = {
  'GET /_local/events': ({ events }) => ({ events: events.list().map(shown) }),
  'POST /_local/events': ({ events }, body) => {
    const fields = readFields(body, 'an event', ['instanceId', 'type', 'notBefore', 'cycle', 'reason'])
    const id = events.publish({
      instanceId: readLine(fields.instanceId, 'instanceId'),
      type: readOneOf(fields.type, 'type', types),
      notBefore: fields.notBefore === undefined ? undefined : readMoment(fields.notBefore, 'notBefore'),
      cycle: fields.cycle === undefined ? undefined : readOneOf(fields.cycle, 'cycle', cycles),
      reason: fields.reason === undefined ? '' : readLine(fields.reason, 'reason'),
    })
    return { id }
  },
}
