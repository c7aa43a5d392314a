import { toSeconds } from '../../api/time.ts'
import { demand, fault } from '../fault.ts'
import { type Context, ram } from '../operation.ts'
import { needed } from './fields.ts'
import { passwordPolicyOf } from './account-settings.ts'
import { userNamed } from './find.ts'
import { withPassword } from './passwords.ts'
import type { LoginProfile, User } from './records.ts'

const view = ({ userName }: User, { createdAt, passwordResetRequired, mfaBindRequired }: LoginProfile) => ({
  UserName: userName,
  PasswordResetRequired: passwordResetRequired,
  MFABindRequired: mfaBindRequired,
  CreateDate: toSeconds(createdAt),
})

/** @throws Fault EntityNotExist.User, EntityNotExist.User.LoginProfile */
function userWithProfile(userName: string | undefined, context: Context): { readonly user: User; readonly profile: LoginProfile } {
  const user = userNamed(userName, context)
  const { loginProfile: profile } = user
  if (profile === undefined) throw fault('EntityNotExist.User.LoginProfile', 'The user login profile does not exist.', 404)
  return { user, profile }
}

export const CreateLoginProfile = ram(
  'CreateLoginProfile',
  ['UserName', 'Password', 'PasswordResetRequired', 'MFABindRequired'],
  (input, context) => {
    const user = userNamed(input.UserName, context)
    const password = needed(input.Password, 'Password')
    const passwordHashes = withPassword([], password, passwordPolicyOf(context.state, context.accountId), context.random)
    demand(user.loginProfile === undefined, 'EntityAlreadyExists.User.LoginProfile', 'The user has a login profile already.', 409)
    const loginProfile = {
      createdAt: context.now,
      passwordHashes,
      passwordResetRequired: input.PasswordResetRequired ?? false,
      mfaBindRequired: input.MFABindRequired ?? false,
    }
    context.state.users.put({ ...user, loginProfile })
    return { LoginProfile: view(user, loginProfile) }
  },
)

export const GetLoginProfile = ram('GetLoginProfile', ['UserName'], (input, context) => {
  const { user, profile } = userWithProfile(input.UserName, context)
  return { LoginProfile: view(user, profile) }
})

export const UpdateLoginProfile = ram(
  'UpdateLoginProfile',
  ['UserName', 'Password', 'PasswordResetRequired', 'MFABindRequired'],
  (input, context) => {
    const { user, profile } = userWithProfile(input.UserName, context)
    const policy = passwordPolicyOf(context.state, context.accountId)
    const hashes = input.Password === undefined ? undefined : withPassword(profile.passwordHashes, input.Password, policy, context.random)
    const loginProfile = {
      ...profile,
      ...(hashes && { passwordHashes: hashes }),
      passwordResetRequired: input.PasswordResetRequired ?? profile.passwordResetRequired,
      mfaBindRequired: input.MFABindRequired ?? profile.mfaBindRequired,
    }
    context.state.users.put({ ...user, loginProfile })
    return {}
  },
)

export const DeleteLoginProfile = ram('DeleteLoginProfile', ['UserName'], (input, context) => {
  const { user } = userWithProfile(input.UserName, context)
  context.state.users.put({ ...user, loginProfile: undefined })
  return {}
})
