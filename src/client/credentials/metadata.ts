import { saidOf, type Text } from '../../api/text.ts'
import { TanxingError, UsageError } from '../errors.ts'
import { jsonObject } from '../json.ts'
import type { Incoming } from '../transport/transport.ts'
import { ask } from './ask.ts'
import { visible } from './check.ts'
import { isSet } from './refusals.ts'
import type { Temporary } from './source.ts'
import { isOn, nowOf, type Surroundings } from './surroundings.ts'
import { readTemporary } from './temporary.ts'

/** The same on every instance; it is reached from there alone. */
const service = 'http://100.100.100.200'
const rolesPath = '/latest/meta-data/ram/security-credentials/'
const tokenLifeSeconds = 21_600
const timeoutMs = 1_000

const metadata: Text = { en: 'ECS metadata', zh: 'ECS 元数据' }

const unavailable = (why: Text) =>
  new UsageError('MetadataUnavailable', saidOf(metadata, why), {
    en: 'An instance role works on an ECS instance that has one attached; elsewhere use another profile.',
    zh: '实例角色仅在已绑定角色的 ECS 实例上可用；在其他环境请使用别的配置。',
  })

/** A token of the hardened mode, or undefined where the service hands out none and the plain mode may be used. */
async function metadataToken(surroundings: Surroundings, limitMs: number): Promise<string | undefined> {
  const headers = { 'x-aliyun-ecs-metadata-token-ttl-seconds': String(tokenLifeSeconds) }
  const hardenedOnly = isOn(surroundings, 'ALIBABA_CLOUD_IMDSV1_DISABLED')
  const question = { method: 'PUT', headers, timeoutMs: limitMs, direct: true } as const
  const reply = await ask(surroundings, new URL('/latest/api/token', service), question).catch((error: unknown) => {
    if (hardenedOnly) throw error
    return undefined
  })
  const token = reply?.status === 200 ? reply.text.trim() : ''
  if (visible.test(token)) return token
  if (hardenedOnly)
    throw unavailable({
      en: `no token was given (HTTP ${reply?.status}) and ALIBABA_CLOUD_IMDSV1_DISABLED is set`,
      zh: `未获得令牌（HTTP ${reply?.status}），且已设置 ALIBABA_CLOUD_IMDSV1_DISABLED`,
    })
  return undefined
}

async function read(surroundings: Surroundings, path: string, limitMs: number): Promise<Incoming> {
  try {
    const token = await metadataToken(surroundings, limitMs)
    const headers: Record<string, string> = token === undefined ? {} : { 'x-aliyun-ecs-metadata-token': token }
    return await ask(surroundings, new URL(path, service), { headers, timeoutMs: limitMs, direct: true })
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof TanxingError)) throw error
    throw unavailable(error.text)
  }
}

/**
 * The name of the role attached to this instance.
 * @param withinMs How long to wait in all; 2,000 ms by default.
 * @throws UsageError MetadataUnavailable
 */
export async function instanceRoleName(surroundings: Surroundings, withinMs = 2 * timeoutMs): Promise<string> {
  const { status, text } = await read(surroundings, rolesPath, withinMs / 2)
  const [, name] = /^\s*([\w.-]{1,64})\s*$/.exec(text) ?? []
  if (status === 200 && name !== undefined) return name
  throw unavailable(
    status === 404
      ? { en: 'this instance has no role attached', zh: '该实例未绑定角色' }
      : { en: `no role was named (HTTP ${status})`, zh: `未获得角色名称（HTTP ${status}）` },
  )
}

/**
 * The credentials of this instance's role, each time they are asked for.
 * @param role Its name; asked of the instance when it is not given.
 * @throws UsageError MetadataUnavailable, at once when ALIBABA_CLOUD_ECS_METADATA_DISABLED is set
 */
export function instanceRole(surroundings: Surroundings, role?: string): () => Promise<Temporary> {
  if (isOn(surroundings, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED')) throw unavailable(isSet('ALIBABA_CLOUD_ECS_METADATA_DISABLED').why)
  return async () => {
    const name = role ?? (await instanceRoleName(surroundings))
    const { status, text } = await read(surroundings, rolesPath + encodeURIComponent(name), timeoutMs)
    const fields = status === 200 ? jsonObject(text) : undefined
    if (fields?.Code === 'Success') return readTemporary(fields, metadata, nowOf(surroundings))
    throw unavailable(
      status === 404
        ? { en: `this instance has no role ${name}`, zh: `该实例没有角色 ${name}` }
        : { en: `no credentials of role ${name} were given (HTTP ${status})`, zh: `未获得角色 ${name} 的凭证（HTTP ${status}）` },
    )
  }
}
