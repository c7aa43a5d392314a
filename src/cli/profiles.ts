import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomId } from '../api/system.ts'
import type { Credentials } from '../api/wire.ts'
import { CommandError, exit } from './errors.ts'

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
 * Saves a profile as aliyun-cli does, readable by its owner alone, with mode AK, or StsToken when there is a token. What else the
 * file holds stays, and so does the current profile if there is one; the file is replaced whole, so that it is never half written.
 * @returns the file, and its current profile
 * @throws CommandError when the file is broken or cannot be written
 */
export async function saveProfile(
  home: string,
  name: string,
  { accessKeyId, accessKeySecret, securityToken }: Credentials,
  regionId: string,
): Promise<{ readonly path: string; readonly current: string }> {
  const path = configPath(home)
  const config = await readConfig(home)
  const before = profilesOf(config)
  const { sts_token: _, ...old } = before.find((profile) => profile?.name === name) ?? { output_format: 'json', language: 'en' }
  const saved = {
    ...old,
    name,
    mode: securityToken === undefined ? 'AK' : 'StsToken',
    access_key_id: accessKeyId,
    access_key_secret: accessKeySecret,
    ...(securityToken !== undefined && { sts_token: securityToken }),
    region_id: regionId,
  }
  const known = before.some((profile) => profile?.name === name)
  const profiles = known ? before.map((profile) => (profile?.name === name ? saved : profile)) : [...before, saved]
  const current = typeof config.current === 'string' && config.current !== '' ? config.current : name
  const draft = `${path}.${randomId()}`
  try {
    await mkdir(join(home, '.aliyun'), { recursive: true, mode: 0o700 })
    await writeFile(draft, `${JSON.stringify({ ...config, current, profiles }, undefined, '\t')}\n`, { mode: 0o600 })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    const { code } = error as NodeJS.ErrnoException
    throw new CommandError({ en: `cannot write ${path} (${code})`, zh: `无法写入 ${path}（${code}）` }, exit.failed)
  }
  return { path, current }
}
