import type { Goal } from '../../client/index.ts'
import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { wordsOf } from '../input.ts'
import { say } from '../language.ts'
import { demanded } from '../numbers.ts'
import { openOutput, outputOptions } from '../output.ts'
import { timeoutOf, waitOptions } from '../safety/command.ts'
import { named, select, selectOptions } from '../select/select.ts'
import { instances, statuses } from './instance.ts'

const goals = [...statuses, 'Deleted'] as const

/** `tanxing instances wait`: ends when all of them have been in a state, or with exit code 5 when it takes too long. */
export const command: Command = {
  usage: 'ID|NAME… --for STATE [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    ...outputOptions,
    for: { type: 'string', choices: goals, help: { en: 'the state', zh: '要等待的状态' } },
    ...waitOptions,
    ...selectOptions(instances.filters),
  },
  async run(invocation) {
    const { world, rest, language } = invocation
    const { signal } = world
    const goal = demanded(invocation, 'for') as Goal<'instance'>
    const timeoutMs = timeoutOf(invocation)
    const print = await openOutput(instances, invocation, () => undefined)
    const connected = await connect(invocation)
    const words = await wordsOf(rest, world)
    if (words.length === 0 && rest.length > 0) throw new CommandError({ en: 'no instance is named', zh: '未指定任何实例' })
    // One that is gone already is there no more to be found.
    const gone = goal === 'Deleted' && words.length > 0 && words.every((word) => /^i-\w+$/.test(word))
    const ids = gone ? words : (await select(instances, connected, { ...invocation, rest: words })).map(instances.id)
    await connected.ecs.waitUntil(goal, ids, { signal, timeoutMs })
    if (goal !== 'Deleted') await print(ids.length === 0 ? [] : await named(ids, instances, connected, signal))
    world.stderr(`${say({ en: `${ids.length} of ${ids.length} ${goal}`, zh: `共 ${ids.length} 个，均已 ${goal}` }, language)}\n`)
    return exit.done
  },
}
