import { type Command } from './command.ts'
import { defaultRegion } from './connect.ts'
import { exit } from './errors.ts'
import { say } from './language.ts'
import { clientLines } from './local/clients.ts'
import { cloudFrom, cloudOptions } from './local/options.ts'
import { defaultPort, portOf, startCloud, untilEnded } from './local/serve.ts'

/** On the screen a raw answer is cut; `tanxing hello` logs it whole. */
const logged = 160

/** `tanxing start`, which `npm start` runs: plays the tutorial on a fresh local cloud, then keeps the cloud up. */
export const command: Command = {
  options: {
    ...cloudOptions,
    seed: { ...(cloudOptions.seed as (typeof cloudOptions)[string]), default: 'demo' },
    port: {
      type: 'string',
      value: 'PORT',
      help: {
        en: `port on 127.0.0.1; ${defaultPort}, or any free one when that is taken`,
        zh: `127.0.0.1 上的端口；默认 ${defaultPort}，被占用时任取空闲端口`,
      },
    },
  },
  async run(invocation) {
    const { world, language, values } = invocation
    const options = cloudFrom(invocation)
    const { cloud, server } = await startCloud(options, portOf(invocation)).catch((error: unknown) => {
      if (values.text('port') !== undefined) throw error
      return startCloud(options, 0)
    })
    try {
      process.setSourceMapsEnabled(true)
      const [{ EcsClient }, { answerLog, tutorial }] = await Promise.all([import('../client/ecs.ts'), import('./hello/tutorial.ts')])
      const onAnswer = answerLog(invocation, logged)
      const ecs = new EcsClient({ regionId: defaultRegion, endpoint: server.url, credentials: cloud.credentials, onAnswer })
      await tutorial({ ecs, regionId: defaultRegion }, invocation)
      const where = {
        en: `local cloud: ${server.url} (account ${cloud.accountId})`,
        zh: `本地云：${server.url}（账号 ${cloud.accountId}）`,
      }
      world.stdout(`\n${say(where, language)}\n${say({ en: 'To call it from', zh: '各客户端的调用方式' }, language)}\n`)
      for (const [client, line] of clientLines(server.url, cloud.credentials)) world.stdout(`\n${client}\n  ${line}\n`)
      world.stderr(`\n${say({ en: 'Ctrl-C ends it.', zh: '按 Ctrl-C 结束。' }, language)}\n`)
      await untilEnded(world.signal)
    } finally {
      await cloud.close()
    }
    return exit.done
  },
}
