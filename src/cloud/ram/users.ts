import { toSeconds } from '../../api/time.ts'
import { demand } from '../fault.ts'
import { ram } from '../operation.ts'
import { listed } from '../rows.ts'
import { checked, name } from './fields.ts'
import { groupsOf, mfaDeviceOf, userNamed } from './find.ts'
import { namedId } from './identity.ts'
import { markedPage } from './marker.ts'
import { renamedMember } from './memberships.ts'
import { spare } from './quotas.ts'
import type { User } from './records.ts'
import { newPrincipalId } from './secrets.ts'

const view = ({ userId, userName, displayName, mobilePhone, email, comments, createdAt }: User) => ({
  UserId: userId,
  UserName: userName,
  DisplayName: displayName,
  MobilePhone: mobilePhone,
  Email: email,
  Comments: comments,
  CreateDate: toSeconds(createdAt),
})
const fullView = (user: User) => ({ ...view(user), UpdateDate: toSeconds(user.updatedAt) })

export const CreateUser = ram('CreateUser', ['UserName', 'DisplayName', 'MobilePhone', 'Email', 'Comments'], (input, context) => {
  const { state, accountId, now, random } = context
  const userName = name('UserName', input.UserName)
  const id = namedId(accountId, userName)
  demand(state.users.get(id) === undefined, 'EntityAlreadyExists.User', 'The user already exists.', 409)
  spare('LimitExceeded.User', state.users.list({ accountId }).length)
  const user = state.users.put({
    id,
    accountId,
    regionId: '',
    userName,
    userId: newPrincipalId('user', random),
    displayName: checked('DisplayName', input.DisplayName ?? ''),
    mobilePhone: checked('MobilePhone', input.MobilePhone ?? ''),
    email: checked('Email', input.Email ?? ''),
    comments: checked('Comments', input.Comments ?? ''),
    createdAt: now,
    updatedAt: now,
    attached: [],
  })
  return { User: view(user) }
})

/** Without UserName a RAM user asks about itself. */
export const GetUser = ram('GetUser', ['UserName'], (input, context) => {
  const { caller } = context
  const user = userNamed(input.UserName ?? (caller.kind === 'user' ? caller.userName : undefined), context)
  return { User: { ...fullView(user), LastLoginDate: '' } }
})

export const UpdateUser = ram(
  'UpdateUser',
  ['UserName', 'NewUserName', 'NewDisplayName', 'NewMobilePhone', 'NewEmail', 'NewComments'],
  (input, context) => {
    const { state, accountId, now } = context
    const user = userNamed(input.UserName, context)
    const userName = checked('UserName', input.NewUserName ?? user.userName, 'NewUserName')
    const id = namedId(accountId, userName)
    const renamed = {
      ...user,
      id,
      userName,
      displayName: checked('DisplayName', input.NewDisplayName ?? user.displayName, 'NewDisplayName'),
      mobilePhone: checked('MobilePhone', input.NewMobilePhone ?? user.mobilePhone, 'NewMobilePhone'),
      email: checked('Email', input.NewEmail ?? user.email, 'NewEmail'),
      comments: checked('Comments', input.NewComments ?? user.comments, 'NewComments'),
      updatedAt: now,
    }
    if (id !== user.id) {
      demand(state.users.get(id) === undefined, 'EntityAlreadyExists.User', 'The user already exists.', 409)
      state.users.delete(user.id)
      for (const key of state.accessKeys.by('user', user.id)) state.accessKeys.put({ ...key, userName })
      for (const device of state.mfaDevices.by('user', user.id)) state.mfaDevices.put({ ...device, userName })
      for (const group of groupsOf(user, context)) state.groups.put(renamedMember(group, user.userName, userName))
    }
    return { User: fullView(state.users.put(renamed)) }
  },
)

export const ListUsers = ram('ListUsers', ['Marker', 'MaxItems'], (input, { state, accountId }) => {
  const { rows, fields } = markedPage(state.users.select({ accountId }), (user) => user.userName, input)
  return { Users: { User: listed(rows, fullView) }, ...fields }
})

export const DeleteUser = ram('DeleteUser', ['UserName'], (input, context) => {
  const { state } = context
  const user = userNamed(input.UserName, context)
  const keys = state.accessKeys.by('user', user.id)
  demand(keys.length === 0, 'DeleteConflict.User.AccessKey', 'The user still has an AccessKey: delete it first.', 409)
  demand(user.loginProfile === undefined, 'DeleteConflict.User.LoginProfile', 'The user still has a login profile: delete it first.', 409)
  demand(
    mfaDeviceOf(user, context) === undefined,
    'DeleteConflict.User.MFADevice',
    'The user still has an MFA device: unbind it first.',
    409,
  )
  demand(groupsOf(user, context).length === 0, 'DeleteConflict.User.Group', 'The user is still in a group: take it out first.', 409)
  demand(user.attached.length === 0, 'DeleteConflict.User.Policy', 'The user still has a policy attached: detach it first.', 409)
  state.users.delete(user.id)
  return {}
})
