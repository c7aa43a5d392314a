import type { AccessDeniedDetail } from '../fault.ts'
import type { State } from '../state.ts'

/** Who is calling, as the access key told. */
export type Caller =
  | { readonly kind: 'root'; readonly accountId: string; readonly accessKeyId: string }
  | { readonly kind: 'user'; readonly accountId: string; readonly accessKeyId: string; readonly userName: string; readonly userId: string }
  | {
      readonly kind: 'role'
      readonly accountId: string
      readonly accessKeyId: string
      readonly roleName: string
      readonly roleId: string
      readonly sessionName: string
    }
  /** Nobody yet: the operation itself has the caller proved, by what is in its parameters. `arrivedAt` is the machine's time. */
  | { readonly kind: 'anonymous'; readonly accountId: string; readonly accessKeyId: ''; readonly arrivedAt: number }

export interface Identity {
  readonly caller: Caller
  readonly secret: string
  readonly status: 'Active' | 'Inactive'
  /** The security token that has to come with the key, and when both end (milliseconds since 1970): temporary credentials only. */
  readonly token?: string
  readonly expiresAt?: number
}

/** Rows of RAM are found by their name within the account. */
export const namedId = (accountId: string, name: string): string => `${accountId}/${name}`

export const userArn = (accountId: string, userName: string): string => `acs:ram::${accountId}:user/${userName}`
export const roleArn = (accountId: string, roleName: string): string => `acs:ram::${accountId}:role/${roleName}`

export const rootArn = (accountId: string): string => `acs:ram::${accountId}:root`

/** The caller's ARN, empty for nobody. That of a role's session is `assumed-role/<role>/<session>` (unconfirmed; public logs show it). */
export function arnOf(caller: Caller): string {
  const { accountId } = caller
  if (caller.kind === 'root') return rootArn(accountId)
  if (caller.kind === 'anonymous') return ''
  if (caller.kind === 'user') return userArn(accountId, caller.userName)
  return `acs:ram::${accountId}:assumed-role/${caller.roleName}/${caller.sessionName}`
}

/** `Account` and `Federated` are unconfirmed. */
const principalTypes = { root: 'Account', user: 'SubUser', role: 'AssumedRoleUser', anonymous: 'Federated' } as const

/** The caller as `AccessDeniedDetail` names it. */
export const principalDetail = (caller: Caller): AccessDeniedDetail => ({
  AuthPrincipalType: principalTypes[caller.kind],
  AuthPrincipalDisplayName:
    caller.kind === 'user' ? caller.userId : caller.kind === 'role' ? `${caller.roleName}:${caller.sessionName}` : '',
  AuthPrincipalOwnerId: caller.accountId,
})

function fromSession(state: State, accessKeyId: string): Identity | undefined {
  const session = state.sessions.get(accessKeyId)
  if (session === undefined) return undefined
  const { accountId, roleName, roleId, sessionName, secret, token, expiresAt } = session
  return { caller: { kind: 'role', accountId, accessKeyId, roleName, roleId, sessionName }, secret, status: 'Active', token, expiresAt }
}

/** Finds whose key it is: the account's own, a user's, or a role's session. Undefined when no such key exists. */
export function identify(state: State, accessKeyId: string): Identity | undefined {
  const key = state.accessKeys.get(accessKeyId)
  if (key === undefined) return fromSession(state, accessKeyId)
  const { accountId, userName, secret, status } = key
  if (userName === '') return { caller: { kind: 'root', accountId, accessKeyId }, secret, status }
  const user = state.users.get(namedId(accountId, userName))
  return user && { caller: { kind: 'user', accountId, accessKeyId, userName, userId: user.userId }, secret, status }
}
