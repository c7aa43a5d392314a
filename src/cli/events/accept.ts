import type { Command } from '../command.ts'
import type { Language } from '../language.ts'
import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import type { OneCall } from '../safety/deed.ts'
import { happening, type SystemEvent, systemEvents } from './event.ts'

const kind = { en: 'what runs on the instance is interrupted', zh: '实例上的业务将中断' } as const

const accepting = (language: Language) => {
  const all = systemEvents(language)
  // `--all` is all that ask.
  const noun: typeof all = {
    ...all,
    read: (connection, input, signal) =>
      all.read(connection, 'EventId' in input ? input : { InstanceEventCycleStatus: ['Inquiring'], ...input }, signal),
  }
  return deedCommand<SystemEvent>({
    noun,
    verb: { en: 'accept', zh: '接受' },
    done: { en: 'accepted', zh: '已接受' },
    action: ({ EventId }, { Choice }): OneCall => ({
      action: 'AcceptInquiredSystemEvent',
      input: { EventId, ...(Choice !== undefined && { Choice }) },
    }),
    seen: {
      idOf: noun.id,
      states: statesOf(noun, ({ EventCycleStatus }) => EventCycleStatus.Name),
      there: (state) => state !== undefined && state !== 'Inquiring',
    },
    limit: 10,
    // AcceptInquiredSystemEvent has no DryRun.
    dryRuns: false,
    options: {
      choice: {
        type: 'string',
        value: 'TEXT',
        help: { en: 'the answer, where the event lets one choose', zh: '事件提供多个选项时的选择' },
      },
    },
    input: ({ values }) => {
      const Choice = values.text('choice')
      return Choice === undefined ? {} : { Choice }
    },
    about: ({ InstanceId, EventType }) => `${InstanceId}  ${happening(EventType.Name, language)}`,
    // An event carries none.
    tags: () => [],
    losses: (items) => Promise.resolve(new Map(items.map(({ EventId, InstanceId }) => [EventId, [{ kind, what: InstanceId }]]))),
    refusal: ({ EventCycleStatus: { Name } }) =>
      Name === 'Inquiring' ? undefined : { en: `is ${Name} and asks nothing`, zh: `状态为 ${Name}，不需要接受` },
  })
}

/** `tanxing events accept`: lets events go ahead that ask first, and waits until they do. */
export const command: Command = { ...accepting('en'), run: (invocation) => accepting(invocation.language).run(invocation) }
