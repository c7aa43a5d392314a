import { demand } from '../fault.ts'
import { ram } from '../operation.ts'
import { accountRow, defaultPasswordPolicy, passwordPolicyOf } from './account-settings.ts'
import { needed } from './fields.ts'
import { userNamed } from './find.ts'
import { isPasswordOf, withPassword } from './passwords.ts'
import type { PasswordPolicy } from './records.ts'

const view = (policy: PasswordPolicy) => ({
  MinimumPasswordLength: policy.minimumLength,
  RequireLowercaseCharacters: policy.lowercase,
  RequireUppercaseCharacters: policy.uppercase,
  RequireNumbers: policy.numbers,
  RequireSymbols: policy.symbols,
  MaxPasswordAge: policy.maxAgeDays,
  HardExpiry: policy.hardExpiry,
  PasswordReusePrevention: policy.reusePrevention,
  MaxLoginAttemps: policy.maxAttempts,
})

/** @throws Fault InvalidParameter.<Parameter> (unconfirmed) */
function within(value: number | undefined, otherwise: number, least: number, most: number, parameter: string): number {
  const number = value ?? otherwise
  const fits = Number.isInteger(number) && number >= least && number <= most
  demand(fits, `InvalidParameter.${parameter}`, `The specified ${parameter} is not from ${least} to ${most}.`, 400)
  return number
}

export const GetPasswordPolicy = ram('GetPasswordPolicy', [], (_input, { state, accountId }) => ({
  PasswordPolicy: view(passwordPolicyOf(state, accountId)),
}))

/** Replaces the whole policy: what is not given is as it was at first. Age and attempts count at logins, of which there are none here. */
export const SetPasswordPolicy = ram(
  'SetPasswordPolicy',
  [
    'MinimumPasswordLength',
    'RequireLowercaseCharacters',
    'RequireUppercaseCharacters',
    'RequireNumbers',
    'RequireSymbols',
    'MaxPasswordAge',
    'HardExpiry',
    'PasswordReusePrevention',
    'MaxLoginAttemps',
  ],
  (input, { state, accountId }) => {
    const usual = defaultPasswordPolicy
    const passwordPolicy: PasswordPolicy = {
      minimumLength: within(input.MinimumPasswordLength, usual.minimumLength, 8, 32, 'MinimumPasswordLength'),
      lowercase: input.RequireLowercaseCharacters ?? usual.lowercase,
      uppercase: input.RequireUppercaseCharacters ?? usual.uppercase,
      numbers: input.RequireNumbers ?? usual.numbers,
      symbols: input.RequireSymbols ?? usual.symbols,
      maxAgeDays: within(input.MaxPasswordAge, usual.maxAgeDays, 0, 1_095, 'MaxPasswordAge'),
      hardExpiry: input.HardExpiry ?? usual.hardExpiry,
      reusePrevention: within(input.PasswordReusePrevention, usual.reusePrevention, 0, 24, 'PasswordReusePrevention'),
      maxAttempts: within(input.MaxLoginAttemps, usual.maxAttempts, 0, 32, 'MaxLoginAttemps'),
    }
    state.accounts.put({ ...accountRow(state, accountId), passwordPolicy })
    return { PasswordPolicy: view(passwordPolicy) }
  },
)

/** A RAM user changes its own; the account itself has none. How a wrong old one is refused is unconfirmed. */
export const ChangePassword = ram('ChangePassword', ['OldPassword', 'NewPassword'], (input, context) => {
  const { state, accountId, caller, random } = context
  demand(caller.kind === 'user', 'NoPermission', 'Only a RAM user has a password to change.', 403)
  const user = userNamed(caller.userName, context)
  const { loginProfile: profile } = user
  demand(profile, 'EntityNotExist.User.LoginProfile', 'The user login profile does not exist.', 404)
  const right = isPasswordOf(profile, needed(input.OldPassword, 'OldPassword'))
  demand(right, 'InvalidParameter.OldPassword', 'The specified OldPassword is wrong.', 400)
  const policy = passwordPolicyOf(state, accountId)
  const passwordHashes = withPassword(profile.passwordHashes, needed(input.NewPassword, 'NewPassword'), policy, random)
  state.users.put({ ...user, loginProfile: { ...profile, passwordHashes, passwordResetRequired: false } })
  return {}
})
