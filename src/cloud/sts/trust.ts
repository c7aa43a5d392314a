import type { AccessDeniedDetail } from '../fault.ts'
import { deniedDetail } from '../ram/denied-detail.ts'
import { type Applicant, trustVerdict } from '../ram/evaluate.ts'
import { type Caller, principalDetail, roleArn } from '../ram/identity.ts'
import { policyOf } from '../ram/policy-document.ts'
import type { Role } from '../ram/records.ts'

interface Asked {
  readonly role: Role
  readonly caller: Caller
  readonly applicant: Applicant
}

/**
 * Asks a role's trust policy whether it lets the caller in.
 * @returns why not, with the statement that denied; undefined when it does
 */
export function untrusted({ role, caller, applicant }: Asked): AccessDeniedDetail | undefined {
  const verdict = trustVerdict(policyOf(role.trustPolicy, 'trust'), applicant)
  if (verdict.kind === 'Allow') return undefined
  const policy = {
    PolicyIdentifier: role.roleName,
    PolicyType: 'AssumeRolePolicy',
    AttachedEntityType: 'Role',
    AttachedEntityName: role.roleName,
  }
  return deniedDetail({
    question: { action: 'sts:AssumeRole', resource: roleArn(role.accountId, role.roleName), conditions: applicant.conditions },
    principal: principalDetail(caller),
    policyType: 'AssumeRolePolicy',
    matched: verdict.kind === 'ExplicitDeny' ? [{ ...policy, Effect: 'Deny', Statement: verdict.index }] : [],
    checked: [policy],
  })
}
