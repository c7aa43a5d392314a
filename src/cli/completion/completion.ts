import type { Command } from '../command.ts'
import { CommandError, exit } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { scripts, shells } from './scripts.ts'

/** `tanxing completion SHELL`: prints the script by which a shell completes tanxing's words. */
export const command: Command = {
  usage: shells.join('|'),
  takesRest: true,
  options: {},
  async run({ world, rest }) {
    const [name = '', ...more] = rest
    const shell = shells.find((one) => one === name)
    if (shell === undefined || more.length > 0) {
      const meant = nearest(name, shells)
      throw new CommandError({
        en: `name one shell of ${shells.join(', ')}${meant && meant !== name ? `; did you mean ${meant}?` : ''}`,
        zh: `请指定一个 shell：${shells.join('、')}${meant && meant !== name ? `；是否想用 ${meant}？` : ''}`,
      })
    }
    world.stdout(scripts[shell])
    return Promise.resolve(exit.done)
  },
}
