import { toSeconds } from '../../../api/time.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { imageOf } from './find.ts'

/** The rest of a call is left out, as the documentation says. */
const mostPerCall = 10
const mostInAll = 50

/** Shares an image with other accounts of this cloud, takes it back from some, and shows it to all or no more. */
export const ModifyImageSharePermission = ecs(
  'ModifyImageSharePermission',
  ['ImageId', 'AddAccount', 'RemoveAccount', 'IsPublic'],
  (input, context) => {
    const { state, now } = context
    const image = imageOf(input.ImageId, context)
    const [added, removed] = [(input.AddAccount ?? []).slice(0, mostPerCall), (input.RemoveAccount ?? []).slice(0, mostPerCall)]
    const something = added.length + removed.length > 0 || input.IsPublic !== undefined
    demand(something, 'MissingParameter', 'One of AddAccount, RemoveAccount and IsPublic must be given.')
    demand(image.status === 'Available', 'IncorrectImageStatus', 'The current status of the image does not support this operation.')
    const opens = added.length > 0 || input.IsPublic === true
    const plain = image.disks.every((disk) => !disk.encrypted)
    demand(plain || !opens, 'OperationDeined.EncryptedSnapshot', 'An image with encrypted disks cannot be shared.')
    for (const id of added) {
      demand(id !== image.accountId, 'InvalidAccount.Forbbiden', 'An image cannot be shared with its own account.')
      demand(state.accounts.get(id), 'InvalidAccount.NotFound', 'The specified account does not exist.', 404)
    }
    const kept = image.sharedWith.filter((share) => !removed.includes(share.accountId))
    const fresh = [...new Set(added)].filter((id) => !kept.some((share) => share.accountId === id))
    const sharedWith = [...kept, ...fresh.map((accountId) => ({ accountId, at: now }))]
    demand(sharedWith.length <= mostInAll, 'QuotaExceed.ShareImageUser', `An image is shared with at most ${mostInAll} accounts.`)
    state.images.put({ ...image, sharedWith, isPublic: input.IsPublic ?? image.isPublic })
    return {}
  },
)

/** The only group there is: everybody. */
const everybody = 'all'

/** Deprecated for IsPublic of ModifyImageSharePermission: the group `all` is what that says. */
export const ModifyImageShareGroupPermission = ecs(
  'ModifyImageShareGroupPermission',
  ['ImageId', 'AddGroup', 'RemoveGroup'],
  ({ ImageId, AddGroup = [], RemoveGroup = [] }, context) => {
    const image = imageOf(ImageId, context)
    for (const group of [...AddGroup, ...RemoveGroup])
      demand(group === everybody, 'InvalidGroup.Malformed', 'The specified group is not valid.')
    demand(AddGroup.length + RemoveGroup.length > 0, 'MissingParameter', 'One of AddGroup and RemoveGroup must be given.')
    demand(image.status === 'Available', 'IncorrectImageStatus', 'The current status of the image does not support this operation.')
    context.state.images.put({ ...image, isPublic: AddGroup.length > 0 })
    return {}
  },
)

export const DescribeImageSharePermission = ecs('DescribeImageSharePermission', ['ImageId', 'PageNumber', 'PageSize'], (input, context) => {
  const image = imageOf(input.ImageId, context)
  const { rows, fields } = page(image.sharedWith, input, { maxSize: 100 })
  const { NextToken: _token, ...counts } = fields
  return {
    ImageId: image.id,
    RegionId: image.regionId,
    Accounts: { Account: rows.map(({ accountId, at }) => ({ AliyunId: accountId, SharedTime: toSeconds(at) })) },
    ShareGroups: { ShareGroup: image.isPublic ? [{ Group: everybody }] : [] },
    ...counts,
  }
})
