import { newId } from '../../ids.ts'
import type { LifeContext } from '../../lifecycle.ts'
import type { State } from '../../state.ts'
import type { EventCycle, SystemEvent } from './records.ts'
import { eventKinds } from './types.ts'
import { withinWindows } from './window-time.ts'

export interface NewEvent {
  readonly instanceId: string
  /** A key of `eventKinds`. */
  readonly type: string
  /** Milliseconds since 1970; now by default. */
  readonly notBefore?: number | undefined
  readonly reason?: string
  /** By default what its type says. An Inquiring event waits for its owner's answer. */
  readonly cycle?: 'Inquiring' | 'Scheduled' | 'Executing' | undefined
  readonly simulated?: boolean
  /** Does to the instance what its type says when it comes due; true by default. */
  readonly operates?: boolean
}

/** How long what has ended can be asked for. The real span is not published (unconfirmed). */
const keptMs = 30 * 86_400_000
/** So many of one instance are kept at most, so that making and cancelling them does not fill the memory. */
const mostEnded = 100

const openCycles: readonly EventCycle[] = ['Inquiring', 'Scheduled', 'Executing']
export const isOpen = ({ cycle }: Pick<SystemEvent, 'cycle'>): boolean => openCycles.includes(cycle)

/** The open events of an instance, oldest first. */
export const openEvents = (instanceId: string, { systemEvents }: Pick<State, 'systemEvents'>): SystemEvent[] =>
  systemEvents.by('instance', instanceId).filter(isOpen)

/** Tells of an event; it comes due by itself at `notBefore`, real maintenance not before a window that its owner planned. Undefined when the instance is gone. */
export function publishEvent(asked: NewEvent, { state, now, random, schedule }: LifeContext): SystemEvent | undefined {
  const instance = state.instances.get(asked.instanceId)
  if (instance === undefined) return undefined
  const { accountId, regionId } = instance
  const cycle = asked.cycle ?? eventKinds[asked.type]?.starts ?? 'Scheduled'
  const earliest = Math.max(asked.notBefore ?? now, now)
  const planned = cycle === 'Scheduled' && asked.simulated !== true
  const notBefore = planned ? withinWindows(asked.type, earliest, instance, state) : earliest
  const event = state.systemEvents.put({
    id: newId('e', regionId, random),
    accountId,
    regionId,
    instanceId: instance.id,
    type: asked.type,
    cycle,
    publishedAt: now,
    notBefore,
    finishedAt: undefined,
    reason: asked.reason ?? '',
    simulated: asked.simulated ?? false,
    operates: asked.operates ?? true,
  })
  if (event.cycle !== 'Inquiring') schedule('event.due', event.id, notBefore - now)
  return event
}

/** Ends an event. It stays in the history for a while, the last hundred of an instance do. */
export function endEvent(
  event: SystemEvent,
  cycle: 'Executed' | 'Avoided' | 'Canceled' | 'Failed',
  { state, now, schedule }: Pick<LifeContext, 'state' | 'now' | 'schedule'>,
): void {
  for (const kind of ['event.due', 'event.done']) state.agenda.cancel(`${kind}:${event.id}`)
  state.systemEvents.put({ ...event, cycle, finishedAt: now })
  schedule('event.forgotten', event.id, keptMs)
  const ended = state.systemEvents.by('instance', event.instanceId).filter((one) => !isOpen(one))
  for (const { id } of ended.slice(0, -mostEnded)) {
    state.agenda.cancel(`event.forgotten:${id}`)
    state.systemEvents.delete(id)
  }
}

/** A reboot by its owner, before it is due, spares an instance the one that maintenance had scheduled. */
export function avoidReboots(instanceId: string, context: LifeContext): void {
  for (const event of openEvents(instanceId, context.state))
    if (event.cycle === 'Scheduled' && eventKinds[event.type]?.does === 'reboot') endEvent(event, 'Avoided', context)
}

/** What was to happen to an instance that is gone will not (whether it is called Canceled is unconfirmed). */
export function cancelEventsOf(instanceId: string, context: LifeContext): void {
  for (const event of openEvents(instanceId, context.state)) endEvent(event, 'Canceled', context)
}
