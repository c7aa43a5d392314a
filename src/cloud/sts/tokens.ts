import { toSeconds } from '../../api/time.ts'
import { Fault } from '../fault.ts'
import { type Context, sts } from '../operation.ts'
import { deniedDetail } from '../ram/denied-detail.ts'
import { arnOf, type Caller, principalDetail, roleArn, rootArn } from '../ram/identity.ts'
import type { Role, Session } from '../ram/records.ts'
import { readSessionInput } from './session-input.ts'
import { credentialsView, openSession } from './sessions.ts'
import { untrusted } from './trust.ts'

/** Every name a trust policy may call the caller by: the account stands for all of its identities. */
function namesOf(caller: Caller): string[] {
  const account = rootArn(caller.accountId)
  if (caller.kind !== 'role') return [account, arnOf(caller)]
  const role = roleArn(caller.accountId, caller.roleName)
  return [account, role, `${role}/${caller.sessionName}`, arnOf(caller)]
}

/** The role's own policy decides as well, besides what the caller's policies allow. Of the request it knows the time and the ExternalId. */
function demandTrust(role: Role, externalId: string | undefined, { caller, now }: Context): void {
  const conditions = {
    'acs:CurrentTime': toSeconds(now),
    'acs:MFAPresent': 'false',
    ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
  }
  const detail = untrusted({ role, caller, applicant: { kind: 'RAM', names: namesOf(caller), conditions } })
  if (detail === undefined) return
  throw new Fault('NoPermission', 'You are not authorized to do this action. You should be authorized by RAM.', 403, detail)
}

/** Whatever a trust policy says: it is a rule of STS itself, so that no policy is named in the refusal. */
function refuseRoot(caller: Caller, resource: string): void {
  if (caller.kind !== 'root') return
  const question = { action: 'sts:AssumeRole', resource, conditions: {} }
  const detail = deniedDetail({ question, principal: principalDetail(caller), policyType: 'AssumeRolePolicy', matched: [], checked: [] })
  throw new Fault('NoPermission', 'Roles may not be assumed by root accounts.', 403, detail)
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
  refuseRoot(context.caller, input.RoleArn ?? '')
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
