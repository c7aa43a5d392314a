import { toSeconds } from '../../api/time.ts'
import { demand, Fault } from '../fault.ts'
import { type Context, sts } from '../operation.ts'
import { trusts } from '../ram/evaluate.ts'
import { arnOf, type Caller, namedId, principalDetail, roleArn } from '../ram/identity.ts'
import { longestDocument, policyOf, readPolicy } from '../ram/policy-document.ts'
import type { Role } from '../ram/records.ts'
import { newTemporaryKey } from '../ram/secrets.ts'
import { keptAfterEndMs } from './sessions.ts'

/** Every name a trust policy may call the caller by: the account stands for all of its identities. */
function namesOf(caller: Caller): string[] {
  const account = `acs:ram::${caller.accountId}:root`
  return caller.kind === 'role' ? [account, roleArn(caller.accountId, caller.roleName), arnOf(caller)] : [account, arnOf(caller)]
}

function roleAt(arn: string, { state, accountId }: Context): Role {
  const [, owner, roleName = ''] = /^acs:ram::(\d+):role\/([A-Za-z0-9._-]{1,64})$/.exec(arn) ?? []
  demand(owner !== undefined, 'InvalidParameter.RoleArn', 'The specified RoleArn is not valid.', 400)
  const role = owner === accountId ? state.roles.get(namedId(accountId, roleName)) : undefined
  demand(role !== undefined, 'EntityNotExist.Role', 'The specified Role does not exist.', 404)
  return role
}

/** Seconds: from 900 to what the role allows, an hour when nothing is said. */
function duration(seconds: number, role: Role): number {
  const fits = Number.isInteger(seconds) && seconds >= 900 && seconds <= role.maxSessionDuration
  demand(fits, 'InvalidParameter.DurationSeconds', `The specified DurationSeconds is not from 900 to ${role.maxSessionDuration}.`, 400)
  return seconds
}

function checkSessionPolicy(text: string): void {
  demand(text.length <= longestDocument.session, 'InvalidParameter.PolicySize', 'The specified Policy is too long.', 400)
  demand(
    !('malformed' in readPolicy(text, 'identity')),
    'InvalidParameter.PolicyGrammar',
    'The specified Policy is not a valid policy.',
    400,
  )
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

export const AssumeRole = sts('AssumeRole', ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy', 'ExternalId'], (input, context) => {
  const { caller, state, now, random, accountId } = context
  demand(caller.kind !== 'root', 'NoPermission', 'Roles may not be assumed by root accounts.', 403)
  const sessionName = input.RoleSessionName
  /** 32 characters in the documentation of 2021, 64 today (unconfirmed). */
  const named = /^[A-Za-z0-9.@_-]{2,64}$/.test(sessionName)
  demand(named, 'InvalidParameter.RoleSessionName', 'The specified RoleSessionName is not valid.', 400)
  const role = roleAt(input.RoleArn, context)
  const seconds = duration(input.DurationSeconds ?? 3600, role)
  if (input.Policy !== undefined) checkSessionPolicy(input.Policy)
  demandTrust(role, input.ExternalId, context)
  const { accessKeyId, secret, token } = newTemporaryKey(random)
  const { roleName, roleId } = role
  const expiresAt = now + seconds * 1000
  const session = { id: accessKeyId, accountId, regionId: '', secret, token, roleName, roleId, sessionName, expiresAt }
  state.sessions.put({ ...session, policy: input.Policy })
  context.schedule('session.expired', accessKeyId, seconds * 1000 + keptAfterEndMs)
  return {
    AssumedRoleUser: { Arn: `${input.RoleArn}/${sessionName}`, AssumedRoleId: `${roleId}:${sessionName}` },
    Credentials: {
      AccessKeyId: accessKeyId,
      AccessKeySecret: secret,
      SecurityToken: token,
      Expiration: toSeconds(expiresAt),
    },
  }
})

/** `Account` and `AssumedRoleUser` are unconfirmed as values of IdentityType. */
export const GetCallerIdentity = sts('GetCallerIdentity', [], (_input, { caller }) => {
  const known = { AccountId: caller.accountId, Arn: arnOf(caller) }
  if (caller.kind === 'root') return { ...known, IdentityType: 'Account', UserId: caller.accountId, PrincipalId: caller.accountId }
  if (caller.kind === 'user') return { ...known, IdentityType: 'RAMUser', UserId: caller.userId, PrincipalId: caller.userId }
  const PrincipalId = `${caller.roleId}:${caller.sessionName}`
  return { ...known, IdentityType: 'AssumedRoleUser', RoleId: caller.roleId, PrincipalId }
})
