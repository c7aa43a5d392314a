import type { Connection } from './connect.ts'
import { type Command, connection } from './command.ts'
import { connect } from './connect.ts'
import { CommandError, exit } from './errors.ts'
import { say } from './language.ts'
import { type Noun, named } from './select/select.ts'

/**
 * A command that gives one thing another name.
 * @param call what changes the name of the thing with that id
 */
export const renameCommand = <T>(
  noun: Noun<T>,
  words: string,
  call: (connection: Connection, id: string, name: string, signal: AbortSignal) => Promise<unknown>,
): Command => ({
  usage: 'ID|NAME NEW-NAME [OPTIONS]',
  takesRest: true,
  options: { ...connection },
  async run(invocation) {
    const { world, rest, language } = invocation
    const [which, name, ...more] = rest
    if (which === undefined || name === undefined || more.length > 0)
      throw new CommandError({
        en: `name one ${noun.one.en} and its new name: tanxing ${words} old new`,
        zh: `请给出一个${noun.one.zh}及其新名称：tanxing ${words} old new`,
      })
    const connected = await connect(invocation)
    const [item] = await named([which], noun, connected, world.signal)
    const id = item === undefined ? which : noun.id(item)
    await call(connected, id, name, world.signal)
    // What the service now calls it, not what it was asked to.
    const [renamed] = await named([id], noun, connected, world.signal)
    const is = renamed === undefined ? '' : (noun.name(renamed) ?? '')
    world.stderr(`${say({ en: `${id} is named ${is}`, zh: `${id} 现名为 ${is}` }, language)}\n`)
    return exit.done
  },
})
