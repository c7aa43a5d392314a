import { type Place, sourceOfProfile, titleOf } from './place.ts'
import { brokenFile, notThere } from './refusals.ts'
import { readText, shown } from './surroundings.ts'

/** The values of `type` and the modes of config.json they are. `sts` is unconfirmed. */
const modes: { readonly [type: string]: string } = {
  access_key: 'AK',
  sts: 'StsToken',
  ecs_ram_role: 'EcsRamRole',
  ram_role_arn: 'RamRoleArn',
  oidc_role_arn: 'OIDC',
  rsa_key_pair: 'RsaKeyPair',
}

/** What the ini file calls the keys that config.json calls otherwise. */
const keyNames = {
  sts_token: 'security_token',
  ram_role_name: 'role_name',
  ram_role_arn: 'role_arn',
  ram_session_name: 'role_session_name',
  oidc_token_file: 'oidc_token_file_path',
  expired_seconds: 'role_session_expiration',
} as const

/** Sections of `key = value` lines; lines that begin with `#` or `;` are comments. The last value of a key counts. */
function readIni(content: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const sections = new Map<string, Record<string, string>>()
  let section: Record<string, string> | undefined
  for (const line of content.split(/\r?\n/)) {
    const [, title] = /^\s*\[([^\]]*)\]\s*$/.exec(line) ?? []
    const [, key, value] = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (title !== undefined) {
      section = sections.get(title.trim()) ?? (Object.create(null) as Record<string, string>)
      sections.set(title.trim(), section)
    } else if (section !== undefined && key !== undefined && value !== undefined) section[key] = value
  }
  return sections
}

/**
 * The SDKs' `~/.alibabacloud/credentials` (or `credentials.ini`, Python's name), or the file ALIBABA_CLOUD_CREDENTIALS_FILE names:
 * the section asked for, else `default`. Read once, and never written.
 */
export const iniFile: Place = {
  named: true,
  async look(surroundings, asked) {
    const { env, home } = surroundings
    const named = env.ALIBABA_CLOUD_CREDENTIALS_FILE
    const paths = named ? [named] : [`${home}/.alibabacloud/credentials`, `${home}/.alibabacloud/credentials.ini`]
    let path = ''
    let content: string | undefined
    for (path of paths) {
      content = await readText(surroundings, path)
      if (content !== undefined) break
    }
    if (content === undefined) return notThere(shown(paths[0] ?? '', home))
    const place = shown(path, home)
    const name = asked ?? 'default'
    const section = readIni(content).get(name)
    if (section === undefined) return { why: { en: `${place} has no section ${name}`, zh: `${place} 中没有 ${name} 一节` } }
    const type = section.type ?? ''
    const mode = Object.hasOwn(modes, type) ? modes[type] : undefined
    if (mode === undefined) {
      const known = Object.keys(modes).join(', ')
      throw brokenFile(place, { en: `section ${name}: type is not one of ${known}`, zh: `${name} 一节的 type 不是 ${known} 之一` })
    }
    const values: Record<string, unknown> = { ...section, mode }
    for (const [key, written] of Object.entries(keyNames)) values[key] = section[written]
    const profile = { name, place, values, keyNames }
    return sourceOfProfile(profile, surroundings, titleOf(profile), section.region_id || env.ALIBABA_CLOUD_REGION_ID || undefined)
  },
}
