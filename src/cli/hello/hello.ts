import { type Command, connection } from '../command.ts'
import { exit } from '../errors.ts'
import { play } from './play.ts'

/** `tanxing hello`: the tutorial. */
export const command: Command = {
  options: {
    ...connection,
    'log-file': {
      type: 'string',
      value: 'FILE',
      help: { en: 'log the raw answers to this file, not to stderr', zh: '把原始应答写入该文件，而不是标准错误' },
    },
  },
  async run(invocation) {
    await play(invocation)
    return exit.done
  },
}
