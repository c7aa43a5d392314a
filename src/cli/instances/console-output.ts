import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { named } from '../select/select.ts'
import { instances } from './instance.ts'

/** What a guest writes could steer the terminal: of control characters only line ends and tabs are let through. */
export const harmless = (text: string) =>
  text
    // oxlint-disable-next-line no-control-regex
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')

/** `tanxing instances console-output`: what the guest wrote to its serial console. */
export const command: Command = {
  usage: 'ID|NAME [OPTIONS]',
  takesRest: true,
  options: {
    ...connection,
    raw: { type: 'boolean', help: { en: 'as it was written, control characters included', zh: '原样输出，包括控制字符' } },
    output: { type: 'string', short: 'o', choices: ['text', 'json'], default: 'text', help: { en: 'how to print', zh: '输出格式' } },
  },
  async run(invocation) {
    const { world, values, rest, language } = invocation
    const [which, ...more] = rest
    if (which === undefined || more.length > 0) throw new CommandError({ en: 'name one instance', zh: '请指定一台实例' })
    const connected = await connect(invocation)
    const [instance] = await named([which], instances, connected, world.signal)
    const InstanceId = instance?.InstanceId ?? which
    const answer = await connected.ecs.getInstanceConsoleOutput({ InstanceId }, { signal: world.signal })
    const { ConsoleOutput, LastUpdateTime } = answer
    const written = Buffer.from(ConsoleOutput, 'base64').toString('utf8')
    const text = values.flag('raw') ? written : harmless(written)
    if (values.text('output') === 'json')
      world.stdout(`${JSON.stringify({ InstanceId, LastUpdateTime, ConsoleOutput: text }, undefined, 2)}\n`)
    else world.stdout(text === '' || text.endsWith('\n') ? text : `${text}\n`)
    world.stderr(`${say({ en: `${InstanceId}, as of ${LastUpdateTime}`, zh: `${InstanceId}，更新于 ${LastUpdateTime}` }, language)}\n`)
    return exit.done
  },
}
