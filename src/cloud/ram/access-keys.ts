import { toSeconds } from '../../api/time.ts'
import { demand, fault } from '../fault.ts'
import { type Context, ram } from '../operation.ts'
import { listed } from '../rows.ts'
import { needed } from './fields.ts'
import { userNamed } from './find.ts'
import { namedId } from './identity.ts'
import { spare } from './quotas.ts'
import type { AccessKey } from './records.ts'
import { newAccessKey } from './secrets.ts'

const view = ({ id, status, createdAt }: AccessKey) => ({ AccessKeyId: id, Status: status, CreateDate: toSeconds(createdAt) })

/** Whose keys are meant: the user's that is named, or the caller's own, which for the account itself is the empty name. */
function ownerOf(userName: string | undefined, context: Context): string {
  const { caller } = context
  if (userName === undefined && caller.kind === 'root') return ''
  return userNamed(userName ?? (caller.kind === 'user' ? caller.userName : undefined), context).userName
}

const keysOf = (owner: string, { state, accountId }: Context) =>
  state.accessKeys.select({ accountId, by: { user: namedId(accountId, owner) } })

function keyOf(input: { UserAccessKeyId?: string | undefined; UserName?: string | undefined }, context: Context): AccessKey {
  const owner = ownerOf(input.UserName, context)
  const key = context.state.accessKeys.get(needed(input.UserAccessKeyId, 'UserAccessKeyId'))
  if (key === undefined || key.accountId !== context.accountId || key.userName !== owner)
    throw fault('EntityNotExist.User.AccessKey', 'The AccessKey of the user does not exist.', 404)
  return key
}

/** The only answer that ever holds the secret. */
export const CreateAccessKey = ram('CreateAccessKey', ['UserName'], (input, context) => {
  const { state, accountId, now, random } = context
  const userName = ownerOf(input.UserName, context)
  spare('LimitExceeded.User.AccessKey', keysOf(userName, context).length)
  const { accessKeyId, secret } = newAccessKey(random)
  const key = state.accessKeys.put({ id: accessKeyId, accountId, regionId: '', secret, userName, status: 'Active', createdAt: now })
  return { AccessKey: { ...view(key), AccessKeySecret: secret } }
})

export const ListAccessKeys = ram('ListAccessKeys', ['UserName'], (input, context) => ({
  AccessKeys: { AccessKey: listed(keysOf(ownerOf(input.UserName, context), context), view) },
}))

export const UpdateAccessKey = ram('UpdateAccessKey', ['UserAccessKeyId', 'UserName', 'Status'], (input, context) => {
  const key = keyOf(input, context)
  const status = needed(input.Status, 'Status')
  demand(status === 'Active' || status === 'Inactive', 'InvalidParameter.Status', 'The specified Status is not valid.')
  context.state.accessKeys.put({ ...key, status })
  return {}
})

/** Empty for one that was not used since the cloud was started (unconfirmed). */
export const GetAccessKeyLastUsed = ram('GetAccessKeyLastUsed', ['UserAccessKeyId', 'UserName'], (input, context) => {
  const at = context.state.keyUses.get(keyOf(input, context).id)
  return { AccessKeyLastUsed: { LastUsedDate: at === undefined ? '' : toSeconds(at) } }
})

export const DeleteAccessKey = ram('DeleteAccessKey', ['UserAccessKeyId', 'UserName'], (input, context) => {
  const { id } = keyOf(input, context)
  context.state.accessKeys.delete(id)
  return {}
})
