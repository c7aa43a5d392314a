import { type Command, connection } from './command.ts'
import { connect } from './connect.ts'
import { exit } from './errors.ts'
import { openValueOutput, wholeOptions } from './output.ts'
import { type Noun, select, selectOptions } from './select/select.ts'

/** A command that prints things whole: one as itself, several as a list. */
export const getCommand = <T>(noun: Noun<T>): Command => ({
  usage: 'ID|NAME… [OPTIONS]',
  takesRest: true,
  options: { ...connection, ...wholeOptions, ...selectOptions(noun.filters) },
  async run(invocation) {
    const print = await openValueOutput(invocation, 'yaml')
    const items = await select(noun, await connect(invocation), invocation)
    const alone = invocation.rest.length === 1 && items.length === 1
    const isIds = invocation.values.text('output') === 'ids'
    await print(alone ? items[0] : items, isIds ? items.map(noun.id) : items)
    return exit.done
  },
})
