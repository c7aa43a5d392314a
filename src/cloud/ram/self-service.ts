import type { State } from '../state.ts'
import { securityPreferenceOf } from './account-settings.ts'
import { type Caller, userArn } from './identity.ts'
import type { SecurityPreference } from './records.ts'

/** What users may do about themselves without a policy that allows it, by the account's security preference. */
const allowedBy: ReadonlyMap<string, keyof SecurityPreference> = new Map([
  ['ram:ChangePassword', 'changePassword'],
  ['ram:CreateAccessKey', 'manageAccessKeys'],
  ['ram:DeleteAccessKey', 'manageAccessKeys'],
  ['ram:ListAccessKeys', 'manageAccessKeys'],
  ['ram:UpdateAccessKey', 'manageAccessKeys'],
  ['ram:BindMFADevice', 'manageMfaDevices'],
  ['ram:GetUserMFAInfo', 'manageMfaDevices'],
  ['ram:UnbindMFADevice', 'manageMfaDevices'],
])

/**
 * Whether the account lets its users do this to themselves. A statement that denies it still counts.
 * That the preference opens the API as it does the console is unconfirmed.
 */
export function mayByItself(state: State, caller: Caller, action: string, resource: string): boolean {
  const preference = allowedBy.get(action)
  if (caller.kind !== 'user' || preference === undefined) return false
  const about = action === 'ram:ChangePassword' || resource === userArn(caller.accountId, caller.userName)
  return about && securityPreferenceOf(state, caller.accountId)[preference] === true
}
