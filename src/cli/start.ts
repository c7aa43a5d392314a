import { EcsClient } from '../client/index.ts'
import { type Command } from './command.ts'
import { defaultRegion } from './connect.ts'
import { exit } from './errors.ts'
import { playOn, answerLog } from './hello/play.ts'
import { clientLines } from './local/clients.ts'
import { cloudFrom, cloudOptions } from './local/options.ts'
import { defaultPort, startCloud, untilEnded } from './local/serve.ts'

/** `tanxing start`, which `npm start` runs: plays the tutorial on a fresh local cloud, then keeps the cloud up. */
export const command: Command = {
  options: {
    ...cloudOptions,
    port: {
      type: 'string',
      value: 'PORT',
      help: {
        en: `port on 127.0.0.1; ${defaultPort}, or any free one if that is taken`,
        zh: `127.0.0.1 上的端口；默认 ${defaultPort}，被占用时任取空闲端口`,
      },
    },
  },
  async run(invocation) {
    const { world, language, values } = invocation
    const options = { seed: 'demo', ...withoutUndefined(cloudFrom(invocation)) }
    const asked = values.text('port')
    const { cloud, server } = await startCloud(options, Number(asked ?? defaultPort)).catch((error: unknown) => {
      if (asked !== undefined) throw error
      return startCloud(options, 0)
    })
    const ecs = new EcsClient({
      regionId: defaultRegion,
      endpoint: server.url,
      credentials: cloud.credentials,
      onAnswer: short(answerLog(invocation)),
    })
    await playOn({ ecs, regionId: defaultRegion }, (line) => world.stdout(`${line}\n`))
    world.stdout(
      language === 'zh'
        ? `\n本地云：${server.url}（账号 ${cloud.accountId}）\n`
        : `\nlocal cloud: ${server.url} (account ${cloud.accountId})\n`,
    )
    for (const [client, line] of clientLines(server.url, cloud.credentials)) world.stdout(`  ${client.padEnd(13)} ${line}\n`)
    world.stderr(language === 'zh' ? '按 Ctrl-C 结束。\n' : 'Ctrl-C ends it.\n')
    await untilEnded(world.signal)
    await cloud.close()
    return exit.done
  },
}

const withoutUndefined = (options: object) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))

type Log = ReturnType<typeof answerLog>
/** On the screen a raw answer is cut; `tanxing hello --log-file` keeps it whole. */
const short =
  (log: Log): Log =>
  (event) =>
    log({ ...event, text: event.text.length > 200 ? `${event.text.slice(0, 200)}…` : event.text })
