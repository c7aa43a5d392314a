import type { Command } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { openValueOutput, wholeOptions } from '../output.ts'
import { readRecipe } from './folder.ts'

/** `tanxing undo show`: a recipe whole. */
export const command: Command = {
  usage: 'ID [OPTIONS]',
  takesRest: true,
  options: { ...wholeOptions },
  async run(invocation) {
    const [id, ...more] = invocation.rest
    if (id === undefined || more.length > 0)
      throw new CommandError({ en: 'name one recipe; see `tanxing undo list`', zh: '请给出一个记录 ID；参见 `tanxing undo list`' })
    const print = await openValueOutput(invocation, 'yaml')
    const recipe = await readRecipe(invocation.world, id)
    await print(recipe, recipe.Items)
    return exit.done
  },
}
