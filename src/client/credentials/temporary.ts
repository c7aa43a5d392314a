import type { Text } from '../../api/text.ts'
import { nonEmpty } from '../json.ts'
import { checkCredentials } from './check.ts'
import { unusableAnswer } from './refusals.ts'
import type { Temporary } from './source.ts'

/** Credentials whose end is not told, or has passed when they come, are asked for again so soon: a wrong clock must not stop work. */
const unknownLifeMs = 300_000

/** When credentials end: a moment that is still to come, else 5 minutes from now. */
export function endOf(expiration: unknown, now: number): number {
  const endsAt = typeof expiration === 'string' ? Date.parse(expiration) : Number.NaN
  return endsAt > now ? endsAt : now + unknownLifeMs
}

/**
 * The credentials of an answer, in the names most of Alibaba Cloud's services use.
 * @param now Milliseconds since 1970; an `Expiration` is told by it.
 * @throws UsageError UnusableCredentials when one is missing, InvalidCredentials when one cannot be sent
 */
export function readTemporary(fields: unknown, who: Text | string, now: number): Temporary {
  const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = (fields ?? {}) as Readonly<Record<string, unknown>>
  const accessKeyId = nonEmpty(AccessKeyId)
  const accessKeySecret = nonEmpty(AccessKeySecret)
  const securityToken = nonEmpty(SecurityToken)
  if (accessKeyId === undefined || accessKeySecret === undefined || securityToken === undefined)
    throw unusableAnswer(who, { en: 'the answer holds no temporary credentials', zh: '应答中没有临时凭证' })
  return { credentials: checkCredentials({ accessKeyId, accessKeySecret, securityToken }), endsAt: endOf(Expiration, now) }
}
