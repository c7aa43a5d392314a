import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { exit } from '../errors.ts'

/** `tanxing hello`: the tutorial. */
export const command: Command = {
  options: {
    ...connection,
    'log-file': {
      type: 'string',
      value: 'FILE',
      help: {
        en: 'log the raw answers to this file, e.g. ecs_invoke.log, not to stderr',
        zh: '把原始应答写入该文件（例如 ecs_invoke.log），而不是标准错误',
      },
    },
  },
  async run(invocation) {
    // The log names file and line: of the source, not of the bundle. It works for what is loaded from here on.
    process.setSourceMapsEnabled(true)
    const { answerLog, tutorial } = await import('./tutorial.ts')
    await tutorial(await connect(invocation, { onAnswer: answerLog(invocation) }), invocation)
    return exit.done
  },
}
