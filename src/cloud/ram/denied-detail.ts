import type { AccessDeniedDetail } from '../fault.ts'
import type { Question } from './evaluate.ts'

/** Why a question was answered no. */
export interface Refused {
  readonly question: Question
  /** The caller as `principalDetail` tells it. */
  readonly principal: AccessDeniedDetail
  /** Which kind of policy it was; the names are those of `PolicyType` on the wire. */
  readonly policyType: string
  /** The policy and the statement in it that denied; none when no statement allowed. */
  readonly matched: readonly object[]
  /** The policies that were asked. */
  readonly checked: readonly object[]
}

/**
 * The wire's `AccessDeniedDetail`. Its EncodedDiagnosticMessage is base64 of JSON that names the statement that denied,
 * or the policies of which none allowed; on the real cloud only RAM can decode it.
 */
export function deniedDetail({ question, principal, policyType, matched, checked }: Refused): AccessDeniedDetail {
  const message = {
    AuthAction: question.action,
    AuthPrincipal: principal,
    AuthResource: question.resource,
    AuthConditions: Object.entries(question.conditions).map(([ConditionKey, value]) => ({ ConditionKey, ConditionValues: [value] })),
    ExplicitDeny: matched.length > 0,
    NoPermissionPolicyType: policyType,
    MatchedPolicies: matched,
    CheckedPolicies: checked,
  }
  return {
    AuthAction: question.action,
    ...principal,
    NoPermissionType: matched.length > 0 ? 'ExplicitDeny' : 'ImplicitDeny',
    PolicyType: policyType,
    EncodedDiagnosticMessage: Buffer.from(JSON.stringify(message)).toString('base64'),
  }
}
