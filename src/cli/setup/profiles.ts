import { randomId } from '../../api/system.ts'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Credentials } from '../../api/wire.ts'
import { CommandError, exit } from '../errors.ts'

interface ConfigFile {
  current?: unknown
  profiles?: unknown
  [other: string]: unknown
}

const configPath = (home: string) => join(home, '.aliyun', 'config.json')

async function readConfig(home: string): Promise<ConfigFile> {
  const path = configPath(home)
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw new CommandError({ en: `cannot read ${path} (${error.code})`, zh: `无法读取 ${path}（${error.code}）` }, exit.failed)
  })
  try {
    const value: unknown = JSON.parse(content)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as ConfigFile
  } catch {
    // Told below, like JSON of another shape.
  }
  throw new CommandError(
    { en: `${path} is not a configuration file; it is left as it is`, zh: `${path} 不是有效的配置文件；未作任何改动` },
    exit.failed,
  )
}

const profilesOf = ({ profiles }: ConfigFile) => (Array.isArray(profiles) ? (profiles as Record<string, unknown>[]) : [])

/** The AccessKey ID that a profile holds, if there is such a profile. */
export async function savedKeyId(home: string, name: string): Promise<string | undefined> {
  const profile = profilesOf(await readConfig(home)).find((one) => one?.name === name)
  return typeof profile?.access_key_id === 'string' ? profile.access_key_id : undefined
}

/**
 * Saves a profile of mode AK as aliyun-cli does, readable by its owner alone. What else the file holds stays;
 * the file is replaced whole, so that it is never half written.
 */
export async function saveProfile(
  home: string,
  name: string,
  { accessKeyId, accessKeySecret }: Credentials,
  regionId: string,
): Promise<string> {
  const path = configPath(home)
  const config = await readConfig(home)
  const before = profilesOf(config)
  const saved = {
    name,
    mode: 'AK',
    access_key_id: accessKeyId,
    access_key_secret: accessKeySecret,
    region_id: regionId,
    output_format: 'json',
    language: 'en',
  }
  const known = before.some((profile) => profile?.name === name)
  const profiles = known ? before.map((profile) => (profile?.name === name ? { ...profile, ...saved } : profile)) : [...before, saved]
  await mkdir(join(home, '.aliyun'), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomId()}`
  try {
    await writeFile(draft, `${JSON.stringify({ current: name, ...config, profiles }, undefined, '\t')}\n`, { mode: 0o600 })
    await chmod(draft, 0o600)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    const { code } = error as NodeJS.ErrnoException
    throw new CommandError({ en: `cannot write ${path} (${code})`, zh: `无法写入 ${path}（${code}）` }, exit.failed)
  }
  return path
}
