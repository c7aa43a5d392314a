import type { AccountRow } from '../accounts.ts'
import type { State } from '../state.ts'
import type { PasswordPolicy, SecurityPreference } from './records.ts'

/** The row of an account; one that nothing was set for yet may have none. */
export const accountRow = (state: State, accountId: string): AccountRow =>
  state.accounts.get(accountId) ?? { id: accountId, accountId, regionId: '' }

/** What holds while nothing was set. Which kinds of characters are asked for then is unconfirmed. */
export const defaultPasswordPolicy: PasswordPolicy = {
  minimumLength: 8,
  lowercase: false,
  uppercase: false,
  numbers: false,
  symbols: false,
  maxAgeDays: 0,
  hardExpiry: false,
  reusePrevention: 0,
  maxAttempts: 5,
}

export const defaultSecurityPreference: SecurityPreference = {
  changePassword: true,
  manageAccessKeys: false,
  manageMfaDevices: true,
  managePublicKeys: false,
  saveMfaTicket: false,
  loginNetworkMasks: '',
  loginSessionHours: 6,
}

export const passwordPolicyOf = (state: State, accountId: string): PasswordPolicy =>
  state.accounts.get(accountId)?.passwordPolicy ?? defaultPasswordPolicy

export const securityPreferenceOf = (state: State, accountId: string): SecurityPreference =>
  state.accounts.get(accountId)?.securityPreference ?? defaultSecurityPreference
