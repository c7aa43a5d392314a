import { type Command, connection } from './command.ts'
import { connect, type Connection } from './connect.ts'
import { exit } from './errors.ts'
import { openValueOutput, wholeOptions } from './output.ts'
import { type Noun, select, selectOptions } from './select/select.ts'

/**
 * A command that prints things whole: one as itself, several as a list.
 * @param whole what there is to know beyond the listing
 */
export const getCommand = <T>(
  noun: Noun<T>,
  whole: (items: readonly T[], connection: Connection, signal: AbortSignal) => Promise<readonly unknown[]> = (items) =>
    Promise.resolve(items),
): Command => ({
  usage: 'ID|NAME… [OPTIONS]',
  takesRest: true,
  options: { ...connection, ...wholeOptions, ...selectOptions(noun.filters) },
  async run(invocation) {
    const print = await openValueOutput(invocation, 'yaml')
    const connected = await connect(invocation)
    const items = await select(noun, connected, invocation)
    const alone = invocation.rest.length === 1 && items.length === 1
    const isIds = invocation.values.text('output') === 'ids'
    const all = isIds ? items : await whole(items, connected, invocation.world.signal)
    await print(alone ? all[0] : all, isIds ? items.map(noun.id) : all)
    return exit.done
  },
})
