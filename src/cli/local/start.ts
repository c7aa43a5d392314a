import type { Command } from '../command.ts'
import { exit } from '../errors.ts'
import { cloudFrom, cloudOptions } from './options.ts'
import { portOf, startCloud, untilEnded } from './serve.ts'

/** `tanxing local start`: a local cloud until Ctrl-C. */
export const command: Command = {
  options: {
    ...cloudOptions,
    port: {
      type: 'string',
      value: 'PORT',
      help: { en: 'port on 127.0.0.1; 20140 by default, 0 for any', zh: '127.0.0.1 上的端口；默认 20140，0 表示任意' },
    },
  },
  async run(invocation) {
    const { world, language } = invocation
    const { cloud, server } = await startCloud(cloudFrom(invocation), portOf(invocation))
    const { accessKeyId, accessKeySecret } = cloud.credentials
    world.stdout(
      `ALIBABA_CLOUD_ENDPOINT=${server.url}\nALIBABA_CLOUD_ACCESS_KEY_ID=${accessKeyId}\nALIBABA_CLOUD_ACCESS_KEY_SECRET=${accessKeySecret}\n`,
    )
    world.stderr(language === 'zh' ? `本地云已就绪：${server.url}（Ctrl-C 结束）\n` : `local cloud at ${server.url} (Ctrl-C ends it)\n`)
    await untilEnded(world.signal)
    await cloud.close()
    return exit.done
  },
}
