import type { Command } from '../command.ts'
import { exit } from '../errors.ts'
import { say } from '../language.ts'
import { cloudFrom, cloudOptions } from './options.ts'
import { metadataOption, metadataPlace, serveMetadata } from './metadata.ts'
import { defaultPort, portOf, startCloud, untilEnded } from './serve.ts'

/** `tanxing local start`: a local cloud until Ctrl-C. On stdout, what another shell needs to use it. */
export const command: Command = {
  options: {
    ...cloudOptions,
    data: {
      type: 'string',
      value: 'DIR',
      help: {
        en: 'keep everything in this folder, across restarts and crashes; in memory without it',
        zh: '将全部数据保存在该目录，重启或崩溃后仍在；不指定则仅在内存中',
      },
    },
    metadata: metadataOption,
    port: {
      type: 'string',
      value: 'PORT',
      help: {
        en: `port on 127.0.0.1; ${defaultPort}, 0 for any free one`,
        zh: `127.0.0.1 上的端口；默认 ${defaultPort}，0 表示任意空闲端口`,
      },
    },
  },
  async run(invocation) {
    const { world, language, values } = invocation
    const place = metadataPlace(values)
    const { cloud, server } = await startCloud({ ...cloudFrom(invocation), data: values.text('data') }, portOf(invocation))
    const metadata =
      place &&
      (await serveMetadata(cloud, place).catch(async (error: unknown) => {
        await cloud.close()
        throw error
      }))
    const { accessKeyId, accessKeySecret } = cloud.credentials
    const variables = {
      TANXING_ENDPOINT: server.url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
      ...(metadata && { TANXING_METADATA: metadata.url }),
    }
    for (const [name, value] of Object.entries(variables)) world.stdout(`export ${name}=${shellWord(value)}\n`)
    const ready = { en: `local cloud at ${server.url} (Ctrl-C ends it)`, zh: `本地云已就绪：${server.url}（按 Ctrl-C 结束）` }
    world.stderr(`${say(ready, language)}\n`)
    await untilEnded(world.signal)
    await cloud.close()
    return exit.done
  },
}

/** A word as a POSIX shell reads it back; keys may be spelled in any way. */
const shellWord = (text: string) => (/^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
