import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Credentials } from '../api/wire.ts'
import type { CloudOptions } from '../cloud/index.ts'
import type { Handle } from '../proxy/proxy.ts'
import type { Command, Invocation } from './command.ts'
import { CommandError } from './errors.ts'
import { say } from './language.ts'
import { cloudFrom, cloudOptions } from './local/options.ts'
import { demandInstance, instanceOption } from './run/instance.ts'

interface Led {
  readonly handle: Handle
  /** Of the instance that `--instance` names. */
  readonly metadata?: Handle
  /** What stands in the command's environment. */
  readonly credentials: Credentials | undefined
  readonly close: () => Promise<void>
}

const noKeys = {
  en: '--endpoint needs the keys of that cloud: --key ID:SECRET, or ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  zh: '--endpoint 需要该本地云的密钥：--key ID:SECRET，或 ALIBABA_CLOUD_ACCESS_KEY_ID 与 ALIBABA_CLOUD_ACCESS_KEY_SECRET',
}

/** The running cloud at `--endpoint`, with the first `--key` or the keys of the environment; with `--instance` a key must be given. */
async function running(endpoint: string, invocation: Invocation, keys: readonly Credentials[]): Promise<Led> {
  const { world, values } = invocation
  const instanceId = instanceOption(values)
  const { forwardTo, metadataAt } = await import('../proxy/forward.ts')
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret } = world.env
  const ambient = instanceId === undefined && accessKeyId && accessKeySecret ? { accessKeyId, accessKeySecret } : undefined
  const credentials = keys[0] ?? ambient
  if (credentials === undefined && instanceId === undefined) throw new CommandError(noKeys)
  let handle: Handle
  try {
    handle = forwardTo(endpoint)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CommandError({ en: error.message, zh: `${endpoint} 不是本地云：请使用 http://127.0.0.1:端口` })
  }
  const close = () => Promise.resolve()
  if (instanceId === undefined) return { handle, credentials, close }
  const metadata = metadataAt(endpoint, instanceId)
  await demandInstance(metadata, instanceId, endpoint)
  return { handle, metadata, credentials, close }
}

/** A cloud of its own, which ends with the command. */
async function own(options: CloudOptions, { values }: Invocation): Promise<Led> {
  const instanceId = instanceOption(values)
  const { createCloud } = await import('../cloud/index.ts')
  const cloud = await createCloud(options)
  const handle: Handle = (request) => cloud.handle(request)
  const led = { handle, close: () => cloud.close() }
  if (instanceId === undefined) return { ...led, credentials: cloud.credentials }
  const service = cloud.metadata(instanceId)
  const metadata: Handle = (request) => service.handle(request)
  await demandInstance(metadata, instanceId, 'this process')
  return { ...led, metadata, credentials: options.keys?.length ? cloud.credentials : undefined }
}

/** The preloads for Node.js and Python are built files; they lie in `dist`, seen from the source as from the build. */
function built() {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder)
  return { preload: join(folder, 'dist', 'preload.cjs'), python: join(folder, 'dist', 'python') }
}

/** `tanxing run -- COMMAND`: a program written for the real cloud, unchanged, on a local one. */
export const command: Command = {
  usage: '[OPTIONS] -- COMMAND [ARGUMENT…]',
  takesRest: true,
  options: {
    ...cloudOptions,
    endpoint: {
      type: 'string',
      value: 'URL',
      help: { en: 'a local cloud that runs already, in place of one of its own', zh: '使用已在运行的本地云，而不另起一个' },
    },
    instance: {
      type: 'string',
      value: 'ID',
      help: {
        en: 'run as on this instance: its metadata at 100.100.100.200, and no keys but those of --key',
        zh: '如同在该实例上运行：100.100.100.200 为其元数据服务，除 --key 外不提供密钥',
      },
    },
  },
  async run(invocation) {
    const { world, values, rest, language } = invocation
    const [program, ...args] = rest
    if (program === undefined)
      throw new CommandError({ en: 'name a command: tanxing run -- COMMAND', zh: '请给出命令：tanxing run -- COMMAND' })
    const options = cloudFrom(invocation)
    const endpoint = values.text('endpoint')
    const [{ authorityFolder, openAuthority }, { environmentFor }, { startProxy }, { runCommand }] = await Promise.all([
      import('../proxy/authority.ts'),
      import('../proxy/environment.ts'),
      import('../proxy/proxy.ts'),
      import('./run/run.ts'),
    ])
    const led = endpoint === undefined ? await own(options, invocation) : await running(endpoint, invocation, options.keys ?? [])
    const authority = await openAuthority({ folder: authorityFolder(world.env, world.home), now: world.now })
    const proxy = await startProxy({ handle: led.handle, metadata: led.metadata, authority, language })
    try {
      const { credentials, metadata } = led
      const sources = { env: world.env, proxy, caFile: authority.caFile, trustFile: authority.trustFile, ...built() }
      const env = environmentFor({ ...sources, credentials, metadata: metadata !== undefined })
      return await runCommand({ command: program, args, env, say: (line) => world.stderr(`${say(line, language)}\n`) })
    } finally {
      await proxy.close()
      await led.close()
    }
  },
}
