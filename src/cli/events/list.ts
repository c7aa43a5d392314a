import { type Command, connection, type Invocation } from '../command.ts'
import { connect, type Connection } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { wordsOf } from '../input.ts'
import { instances } from '../instances/instance.ts'
import { collect, openOutput, outputOptions } from '../output.ts'
import { filterInput, filterOptions } from '../select/filters.ts'
import { named } from '../select/select.ts'
import { ahead, over, type SystemEvent, systemEvents } from './event.ts'

const idsPerCall = 100

/** The states that are asked for: by default of what is to come. @throws CommandError when they are told in two ways */
function statesOf({ values }: Invocation, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const [past, every] = [values.flag('past'), values.flag('every')]
  if ([past, every, 'InstanceEventCycleStatus' in input].filter(Boolean).length > 1)
    throw new CommandError({
      en: 'give one of --past, --every and --filter status=…',
      zh: '--past、--every 与 --filter status=… 只能使用其一',
    })
  return { InstanceEventCycleStatus: every ? [...ahead, ...over] : [...(past ? over : ahead)], ...input }
}

/** The events of all instances, or of those that are named, the soonest first. */
async function eventsOf(input: object, connected: Connection, { world, rest, language }: Invocation): Promise<SystemEvent[]> {
  const { read } = systemEvents(language)
  const words = await wordsOf(rest, world)
  const found: SystemEvent[] = []
  if (rest.length === 0) found.push(...(await collect(read(connected, input, world.signal))))
  const ids = (await named(words, instances, connected, world.signal)).map(instances.id)
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const some = { ...input, ResourceType: 'instance', ResourceId: ids.slice(at, at + idsPerCall) }
    found.push(...(await collect(read(connected, some, world.signal))))
  }
  return found.sort((one, other) => (one.NotBefore < other.NotBefore ? -1 : one.NotBefore > other.NotBefore ? 1 : 0))
}

/** `tanxing events list`: what Alibaba Cloud is about to do to instances, and with `--past` what it did. */
export const command: Command = {
  usage: '[INSTANCE…] [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    past: { type: 'boolean', help: { en: 'those that are over', zh: '已结束的事件' } },
    every: { type: 'boolean', help: { en: 'those to come and those that are over', zh: '未结束和已结束的全部事件' } },
    ...filterOptions(systemEvents('en').filters),
  },
  async run(invocation) {
    const noun = systemEvents(invocation.language)
    const input = statesOf(invocation, filterInput(invocation.values, noun.filters))
    const print = await openOutput(noun, invocation)
    await print(await eventsOf(input, await connect(invocation), invocation))
    return exit.done
  },
}
