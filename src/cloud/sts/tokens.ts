import { toSeconds } from '../../api/time.ts'
import { demand, Fault } from '../fault.ts'
import { type Context, sts } from '../operation.ts'
import { trusts } from '../ram/evaluate.ts'
import { arnOf, type Caller, principalDetail, roleArn } from '../ram/identity.ts'
import { policyOf } from '../ram/policy-document.ts'
import type { Role, Session } from '../ram/records.ts'
import { readSessionInput } from './session-input.ts'
import { credentialsView, openSession } from './sessions.ts'

/** Every name a trust policy may call the caller by: the account stands for all of its identities. */
function namesOf(caller: Caller): string[] {
  const account = `acs:ram::${caller.accountId}:root`
  return caller.kind === 'role' ? [account, roleArn(caller.accountId, caller.roleName), arnOf(caller)] : [account, arnOf(caller)]
}

/** The role's own policy decides as well, besides what the caller's policies allow. Of the request it knows the time and the ExternalId. */
function demandTrust(role: Role, externalId: string | undefined, { caller, now }: Context): void {
  const conditions = {
    'acs:CurrentTime': toSeconds(now),
    'acs:MFAPresent': 'false',
    ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
  }
  if (trusts(policyOf(role.trustPolicy, 'trust'), namesOf(caller), conditions)) return
  throw new Fault('NoPermission', 'You are not authorized to do this action. You should be authorized by RAM.', 403, {
    AuthAction: 'sts:AssumeRole',
    ...principalDetail(caller),
    NoPermissionType: 'ImplicitDeny',
    PolicyType: 'AssumeRolePolicy',
  })
}

/** What a session is called, and its credentials, as the operations answer them. */
export const sessionAnswer = (session: Session) => {
  const { accountId, roleName, roleId, sessionName } = session
  return {
    AssumedRoleUser: { Arn: `${roleArn(accountId, roleName)}/${sessionName}`, AssumedRoleId: `${roleId}:${sessionName}` },
    Credentials: credentialsView(session),
  }
}

export const AssumeRole = sts('AssumeRole', ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy', 'ExternalId'], (input, context) => {
  demand(context.caller.kind !== 'root', 'NoPermission', 'Roles may not be assumed by root accounts.', 403)
  const { role, ...order } = readSessionInput(input, context)
  demandTrust(role, input.ExternalId, context)
  return sessionAnswer(openSession(role, order, context))
})

/** `Account` and `AssumedRoleUser` are unconfirmed as values of IdentityType. */
export const GetCallerIdentity = sts('GetCallerIdentity', [], (_input, { caller }) => {
  const known = { AccountId: caller.accountId, Arn: arnOf(caller) }
  if (caller.kind === 'user') return { ...known, IdentityType: 'RAMUser', UserId: caller.userId, PrincipalId: caller.userId }
  if (caller.kind !== 'role') return { ...known, IdentityType: 'Account', UserId: caller.accountId, PrincipalId: caller.accountId }
  const PrincipalId = `${caller.roleId}:${caller.sessionName}`
  return { ...known, IdentityType: 'AssumedRoleUser', RoleId: caller.roleId, PrincipalId }
})
