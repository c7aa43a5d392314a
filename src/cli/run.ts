import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { factsFolder } from '../api/catalogue.ts'
import type { Credentials } from '../api/wire.ts'
import { createCloud } from '../cloud/index.ts'
import { authorityFolder, openAuthority } from '../proxy/authority.ts'
import { environmentFor } from '../proxy/environment.ts'
import { forwardTo } from '../proxy/forward.ts'
import { type Handle, startProxy } from '../proxy/proxy.ts'
import type { Command, Invocation } from './command.ts'
import { CommandError, exit } from './errors.ts'
import { say } from './language.ts'
import { cloudFrom, cloudOptions } from './local/options.ts'
import { runCommand } from './run/run.ts'

interface Target {
  readonly handle: Handle
  readonly credentials: Credentials
}

/** The running cloud at `--endpoint`, with the key that goes with it; otherwise a cloud of the command's own. */
async function targetOf(invocation: Invocation): Promise<Target> {
  const { values, world } = invocation
  const endpoint = values.text('endpoint')
  const { keys = [], ...options } = cloudFrom(invocation)
  if (endpoint === undefined) {
    const cloud = await createCloud({
      seed: 'demo',
      ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
      keys,
    })
    return { handle: cloud.handle, credentials: cloud.credentials }
  }
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId = '', ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret = '' } = world.env
  try {
    return { handle: forwardTo(endpoint), credentials: keys[0] ?? { accessKeyId, accessKeySecret } }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CommandError({ en: error.message, zh: `${endpoint} 不是本地云：请使用 http://127.0.0.1:端口 的形式` }, exit.usage)
  }
}

/** `dist/preload.cjs`, which the build makes. */
function preloadFile(): string {
  const path = join(factsFolder, '../dist/preload.cjs')
  if (existsSync(path)) return path
  throw new CommandError(
    { en: 'dist/preload.cjs is missing: run npm run build', zh: '缺少 dist/preload.cjs：请先执行 npm run build' },
    exit.failed,
  )
}

/** `tanxing run -- COMMAND`: the command's Alibaba Cloud traffic goes to a local cloud; the exit code is the command's. */
export const command: Command = {
  usage: '[OPTIONS] -- COMMAND [ARGUMENTS…]',
  takesRest: true,
  options: {
    ...cloudOptions,
    endpoint: {
      type: 'string',
      value: 'URL',
      help: { en: 'a running local cloud, e.g. http://127.0.0.1:20140', zh: '正在运行的本地云，例如 http://127.0.0.1:20140' },
    },
  },
  async run(invocation) {
    const { world, rest, language } = invocation
    const [program, ...args] = rest
    if (program === undefined)
      throw new CommandError({
        en: 'name the command after --, e.g. tanxing run -- python3 program.py',
        zh: '请在 -- 之后写要运行的命令，例如 tanxing run -- python3 program.py',
      })
    const { handle, credentials } = await targetOf(invocation)
    const authority = await openAuthority({ folder: authorityFolder(world.env as NodeJS.ProcessEnv, world.home) })
    const proxy = await startProxy({ handle, authority, language })
    try {
      const env = environmentFor({
        env: world.env as NodeJS.ProcessEnv,
        proxy,
        caFile: authority.caFile,
        preload: preloadFile(),
        credentials,
      })
      return await runCommand({ command: program, args, env, say: (line) => world.stderr(`tanxing: ${say(line, language)}\n`) })
    } finally {
      await proxy.close()
    }
  },
}
