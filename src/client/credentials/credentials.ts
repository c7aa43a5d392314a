import type { Credentials } from '../../api/wire.ts'
import { UsageError } from '../errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Where credentials come from when none are given; the machine's own unless a test hands in another. */
export interface Surroundings {
  readonly env: Environment
  /** The folder that holds `.aliyun/config.json`. */
  readonly home: string
}

export interface Found {
  readonly credentials: Credentials
  /** The region that goes with them, if the place says one. */
  readonly regionId: string | undefined
  /** For people: where they were found. */
  readonly source: string
}

const noCredentials = () =>
  new UsageError('NoCredentials', 'no Alibaba Cloud credentials were found', {
    en: 'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or save a profile with aliyun-cli, or use a local cloud.',
    zh: '请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或用 aliyun-cli 保存配置，或改用本地云。',
  })

function fromEnvironment({ env }: Surroundings): Found | undefined {
  const accessKeyId = env.ALIBABA_CLOUD_ACCESS_KEY_ID
  const accessKeySecret = env.ALIBABA_CLOUD_ACCESS_KEY_SECRET
  if (!accessKeyId || !accessKeySecret) return undefined
  return {
    credentials: { accessKeyId, accessKeySecret, securityToken: env.ALIBABA_CLOUD_SECURITY_TOKEN || undefined },
    regionId: env.ALIBABA_CLOUD_REGION_ID || undefined,
    source: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
  }
}

interface Profile {
  readonly name?: unknown
  readonly mode?: unknown
  readonly access_key_id?: unknown
  readonly access_key_secret?: unknown
  readonly sts_token?: unknown
  readonly region_id?: unknown
}

const broken = (path: string, why: string) =>
  new UsageError('InvalidConfigFile', `${path}: ${why}`, {
    en: 'Mend the file, or write the profile again with `tanxing configure`.',
    zh: '请修复该文件，或用 `tanxing configure` 重新写入配置。',
  })

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function fromProfile(profile: Profile, path: string): Found {
  const mode = text(profile.mode) ?? 'AK'
  if (mode !== 'AK' && mode !== 'StsToken')
    throw new UsageError(
      'UnsupportedProfileMode',
      `${path}: profile ${String(profile.name)} has mode ${mode}; modes AK and StsToken are read`,
      {
        en: 'Use a profile of mode AK or StsToken, or set the ALIBABA_CLOUD_* variables.',
        zh: '请使用 AK 或 StsToken 模式的配置，或设置 ALIBABA_CLOUD_* 环境变量。',
      },
    )
  const accessKeyId = text(profile.access_key_id)
  const accessKeySecret = text(profile.access_key_secret)
  const securityToken = mode === 'StsToken' ? text(profile.sts_token) : undefined
  if (accessKeyId === undefined || accessKeySecret === undefined || (mode === 'StsToken' && securityToken === undefined))
    throw broken(path, `profile ${String(profile.name)} is incomplete`)
  return {
    credentials: { accessKeyId, accessKeySecret, securityToken },
    regionId: text(profile.region_id),
    source: `profile ${String(profile.name)} of ${path}`,
  }
}

async function fromConfigFile({ env, home }: Surroundings, wanted: string | undefined): Promise<Found | undefined> {
  const { readFile } = await import('node:fs/promises')
  const path = `${home}/.aliyun/config.json`
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw broken(path, `cannot be read (${error.code})`)
  })
  const named = wanted ?? env.ALIBABA_CLOUD_PROFILE
  const missing = (name: string) =>
    new UsageError('ProfileNotFound', `${path}: there is no profile ${name}`, {
      en: 'Name a profile that the file has.',
      zh: '请指定文件中已有的配置名。',
    })
  if (content === undefined) {
    if (wanted !== undefined) throw missing(wanted)
    return undefined
  }
  let file: { current?: unknown; profiles?: unknown }
  try {
    file = JSON.parse(content) as typeof file
  } catch {
    throw broken(path, 'is not JSON')
  }
  const profiles = Array.isArray(file.profiles) ? (file.profiles as Profile[]) : []
  const name = named ?? text(file.current) ?? 'default'
  const profile = profiles.find((one) => one?.name === name)
  if (profile !== undefined) return fromProfile(profile, path)
  if (named !== undefined) throw missing(named)
  return undefined
}

const visible = /^[\x21-\x7e]+$/

/**
 * Returns credentials that can be sent as they are.
 * @throws UsageError InvalidCredentials when one is missing or has a blank, a line break or the like in it: pasted along, mostly
 */
export function checkCredentials(credentials: Credentials): Credentials {
  const { accessKeyId, accessKeySecret, securityToken = 'none' } = credentials
  const wrong = Object.entries({ accessKeyId, accessKeySecret, securityToken }).find(([, value]) => !visible.test(value ?? ''))
  if (wrong === undefined) return credentials
  throw new UsageError('InvalidCredentials', `the ${wrong[0]} is empty or has a character in it that cannot be sent`, {
    en: 'Copy it again, without blanks and line breaks.',
    zh: '请重新复制，不要带空格和换行。',
  })
}

/** The surroundings of this process. */
export async function ownSurroundings(): Promise<Surroundings> {
  const { homedir } = await import('node:os')
  return { env: process.env, home: homedir() }
}

/**
 * Finds credentials: a named profile, else the `ALIBABA_CLOUD_*` variables, else the current profile of `~/.aliyun/config.json`.
 * @throws UsageError NoCredentials, ProfileNotFound, UnsupportedProfileMode, InvalidConfigFile
 */
export async function findCredentials(surroundings: Surroundings, profile?: string): Promise<Found> {
  const found = profile === undefined ? fromEnvironment(surroundings) : undefined
  const resolved = found ?? (await fromConfigFile(surroundings, profile))
  if (resolved === undefined) throw noCredentials()
  return resolved
}
