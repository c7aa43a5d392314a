import { saidOf, type Text } from '../../api/text.ts'
import { UsageError } from '../errors.ts'
import { jsonObject } from '../json.ts'
import { checkCredentials } from './check.ts'
import { splitCommand } from './command.ts'
import { type Context, type Mode, nameOf, need, type Profile, text } from './profile.ts'
import type { Temporary } from './source.ts'
import { isOn, nowOf, type Run } from './surroundings.ts'
import { endOf } from './temporary.ts'

const bounds = { timeoutMs: 60_000, maxBytes: 64 * 1024 }

/** What the profile holds of an earlier run, as the SDKs write it there: never mixed with what is printed now. */
const cleared = {
  mode: '',
  process_command: '',
  access_key_id: '',
  access_key_secret: '',
  sts_token: '',
  sts_expiration: 0,
  expiration: '',
}

const failed = (profile: Profile, why: Text) =>
  new UsageError('ExternalCommandFailed', saidOf(nameOf(profile), why), {
    en: 'Run the profile’s process_command in a terminal: it must print a profile as JSON.',
    zh: '请在终端中运行该配置的 process_command：它必须以 JSON 输出一个配置。',
  })

const runProcess: Run = async ([file = '', ...words], { timeoutMs, maxBytes, env }) => {
  const { execFile } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    const options = { timeout: timeoutMs, maxBuffer: maxBytes, killSignal: 'SIGKILL', windowsHide: true, env: { ...env } } as const
    const child = execFile(file, words, options, (error, stdout) => (error ? reject(error) : resolve(stdout)))
    child.stdin?.end()
  })
}

/** What is known of a failure without repeating the command or what it printed: either may hold a secret. */
function reasonOf(error: unknown): Text {
  const { code, killed, signal } = (error ?? {}) as { code?: unknown; killed?: unknown; signal?: unknown }
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return { en: `the command printed more than ${bounds.maxBytes} bytes`, zh: `命令输出超过 ${bounds.maxBytes} 字节` }
  if (killed === true) return { en: `the command did not end within ${bounds.timeoutMs} ms`, zh: `命令未在 ${bounds.timeoutMs} 毫秒内结束` }
  if (typeof code === 'number') return { en: `the command ended with exit code ${code}`, zh: `命令的退出码为 ${code}` }
  const known = String(code ?? signal ?? 'unknown')
  return { en: `the command could not be run (${known})`, zh: `命令无法运行（${known}）` }
}

/** Seconds as aliyun-cli keeps them, or a time as the credentials libraries read it. */
const endTold = ({ values }: Profile): unknown =>
  typeof values.sts_expiration === 'number' && values.sts_expiration > 0
    ? new Date(values.sts_expiration * 1000).toISOString()
    : values.expiration

async function resolve(printed: Profile, { surroundings, provide }: Context): Promise<Temporary> {
  const provision = provide(printed)
  if ('fetch' in provision) return provision.fetch()
  const credentials = checkCredentials(provision.credentials)
  return { credentials, endsAt: endOf(endTold(printed), nowOf(surroundings)) }
}

/**
 * External: runs the profile's command, which prints a profile as JSON: mode and keys. It is run again before what it gave ends, and
 * every 5 minutes when it does not tell the end. 60 s and 64 KiB are its bounds.
 */
export const external: Mode = (profile, context) => {
  const { surroundings } = context
  if (isOn(surroundings, 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS'))
    throw failed(profile, {
      en: 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS is set, so its command is not run',
      zh: '已设置 ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS，因此不运行其命令',
    })
  const words = splitCommand(need(profile, 'process_command'), surroundings.env.OS === 'Windows_NT')
  if (words === undefined)
    throw failed(profile, { en: 'process_command has a quote that does not end', zh: 'process_command 中的引号未闭合' })
  return {
    async fetch() {
      const run = surroundings.run ?? runProcess
      const output = await run(words, { ...bounds, env: surroundings.env }).catch((error: unknown) => {
        throw failed(profile, reasonOf(error))
      })
      const values = output.length > bounds.maxBytes ? undefined : jsonObject(output)
      if (values === undefined) throw failed(profile, { en: 'the command printed no JSON object', zh: '命令输出的不是 JSON 对象' })
      const printed = { ...profile, values: { ...profile.values, ...cleared, ...values, process_command: '' } }
      if (/^external$/i.test(text(printed, 'mode') ?? ''))
        throw failed(profile, { en: 'the command printed a profile of mode External again', zh: '命令输出的配置又是 External 模式' })
      return resolve(printed, context)
    },
  }
}
