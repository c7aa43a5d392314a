import { TanxingError, UsageError } from '../errors.ts'
import { jsonObject } from '../json.ts'
import type { Incoming } from '../transport/transport.ts'
import { ask } from './ask.ts'
import { visible } from './check.ts'
import type { Temporary } from './source.ts'
import { isOn, nowOf, type Surroundings } from './surroundings.ts'
import { readTemporary } from './temporary.ts'

/** The same on every instance; it is reached from there alone. */
const service = 'http://100.100.100.200'
const rolesPath = '/latest/meta-data/ram/security-credentials/'
const tokenLifeSeconds = 21_600
const timeoutMs = 1_000

const unavailable = (why: string) =>
  new UsageError('MetadataUnavailable', `ECS metadata: ${why}`, {
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
  if (hardenedOnly) throw unavailable(`no token was given (HTTP ${reply?.status}) and ALIBABA_CLOUD_IMDSV1_DISABLED is set`)
  return undefined
}

async function read(surroundings: Surroundings, path: string, limitMs: number): Promise<Incoming> {
  try {
    const token = await metadataToken(surroundings, limitMs)
    const headers: Record<string, string> = token === undefined ? {} : { 'x-aliyun-ecs-metadata-token': token }
    return await ask(surroundings, new URL(path, service), { headers, timeoutMs: limitMs, direct: true })
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof TanxingError)) throw error
    throw unavailable(error.message)
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
  throw unavailable(status === 404 ? 'this instance has no role attached' : `no role was named (HTTP ${status})`)
}

/**
 * The credentials of this instance's role, each time they are asked for.
 * @param role Its name; asked of the instance when it is not given.
 * @throws UsageError MetadataUnavailable, at once when ALIBABA_CLOUD_ECS_METADATA_DISABLED is set
 */
export function instanceRole(surroundings: Surroundings, role?: string): () => Promise<Temporary> {
  if (isOn(surroundings, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED')) throw unavailable('ALIBABA_CLOUD_ECS_METADATA_DISABLED is set')
  return async () => {
    const name = role ?? (await instanceRoleName(surroundings))
    const { status, text } = await read(surroundings, rolesPath + encodeURIComponent(name), timeoutMs)
    const fields = status === 200 ? jsonObject(text) : undefined
    if (fields?.Code === 'Success') return readTemporary(fields, 'ECS metadata', nowOf(surroundings))
    throw unavailable(status === 404 ? `this instance has no role ${name}` : `no credentials of role ${name} were given (HTTP ${status})`)
  }
}
