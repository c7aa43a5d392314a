import type { Text } from '../api/text.ts'

/** Who lacks what, read from a refusal's `AccessDeniedDetail`. */
export interface Denial {
  /** The permission that is missing: `ecs:StartInstance`. */
  readonly action: string
  /** Who asked: `user alice`, `role ops/shift`. */
  readonly principal: string
  /** The account that the caller belongs to, when told. */
  readonly accountId: string | undefined
  /** What it was to be done to, when the refusal tells; the real cloud encrypts that for `DecodeDiagnosticMessage` of RAM. */
  readonly resource: string | undefined
  /** True when a statement denies it; false when none allows it. */
  readonly explicit: boolean
  /** The kind of policy that decided, as the wire names it: `AccountLevelIdentityBasedPolicy`, `SessionPolicy` … */
  readonly policyType: string | undefined
  /** For `RamClient.decodeDiagnosticMessage`, which tells the statement that decided. */
  readonly encodedMessage: string | undefined
  /** All of it in a sentence. */
  readonly text: Text
}

type Detail = Readonly<Record<string, string>>

/** A local cloud's message is JSON in base64; the real one's cannot be read. */
function resourceOf(encoded: string | undefined): string | undefined {
  if (encoded === undefined || encoded.length > 100_000) return undefined
  try {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))
    const message = JSON.parse(new TextDecoder().decode(bytes)) as { AuthResource?: unknown }
    return typeof message.AuthResource === 'string' ? message.AuthResource : undefined
  } catch {
    return undefined
  }
}

const kinds: { readonly [type: string]: Text } = {
  SubUser: { en: 'user', zh: '用户' },
  AssumedRoleUser: { en: 'role', zh: '角色' },
}

/** What a refusal says about the missing permission; undefined when it names none. */
export function denialOf(detail: Detail | undefined): Denial | undefined {
  if (detail?.AuthAction === undefined) return undefined
  const { AuthAction: action, AuthPrincipalDisplayName: name = '', AuthPrincipalType: type = '' } = detail
  const kind = (Object.hasOwn(kinds, type) ? kinds[type] : undefined) ?? { en: type || 'the caller', zh: type || '调用者' }
  const resource = resourceOf(detail.EncodedDiagnosticMessage)
  const explicit = detail.NoPermissionType === 'ExplicitDeny'
  const on = { en: resource === undefined ? '' : ` on ${resource}`, zh: resource === undefined ? '' : `（资源 ${resource}）` }
  const policyType = detail.PolicyType
  const why = explicit ? { en: 'a policy denies it', zh: '有策略明确拒绝' } : { en: 'no policy allows it', zh: '没有策略允许' }
  const by = policyType === undefined ? { en: '', zh: '' } : { en: ` (${policyType})`, zh: `（${policyType}）` }
  return {
    action,
    principal: `${kind.en} ${name}`.trim(),
    accountId: detail.AuthPrincipalOwnerId,
    resource,
    explicit,
    policyType,
    encodedMessage: detail.EncodedDiagnosticMessage,
    text: {
      en: `${kind.en} ${name} lacks ${action}${on.en}: ${why.en}${by.en}`,
      zh: `${kind.zh} ${name} 缺少 ${action} 权限${on.zh}：${why.zh}${by.zh}`,
    },
  }
}
