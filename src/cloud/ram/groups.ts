import { toSeconds } from '../../api/time.ts'
import { demand } from '../fault.ts'
import { ram } from '../operation.ts'
import { listed } from '../rows.ts'
import { checked, name } from './fields.ts'
import { groupNamed } from './find.ts'
import { namedId } from './identity.ts'
import { markedPage } from './marker.ts'
import { spare } from './quotas.ts'
import type { Group } from './records.ts'
import { newGroupId } from './secrets.ts'

const view = ({ groupId, groupName, comments, createdAt }: Group) => ({
  GroupId: groupId,
  GroupName: groupName,
  Comments: comments,
  CreateDate: toSeconds(createdAt),
})
const fullView = (group: Group) => ({ ...view(group), UpdateDate: toSeconds(group.updatedAt) })

const exists = 'The group already exists.'

export const CreateGroup = ram('CreateGroup', ['GroupName', 'Comments'], (input, { state, accountId, now, random }) => {
  const groupName = name('GroupName', input.GroupName)
  const comments = checked('Comments', input.Comments ?? '')
  const id = namedId(accountId, groupName)
  demand(state.groups.get(id) === undefined, 'EntityAlreadyExists.Group', exists, 409)
  spare('LimitExceeded.Group', state.groups.list({ accountId }).length)
  const group = state.groups.put({
    id,
    accountId,
    regionId: '',
    groupName,
    groupId: newGroupId(random),
    comments,
    members: [],
    createdAt: now,
    updatedAt: now,
    attached: [],
  })
  return { Group: view(group) }
})

export const GetGroup = ram('GetGroup', ['GroupName'], (input, context) => ({ Group: fullView(groupNamed(input.GroupName, context)) }))

export const UpdateGroup = ram('UpdateGroup', ['GroupName', 'NewGroupName', 'NewComments'], (input, context) => {
  const { state, accountId, now } = context
  const group = groupNamed(input.GroupName, context)
  const groupName = checked('GroupName', input.NewGroupName ?? group.groupName, 'NewGroupName')
  const comments = checked('Comments', input.NewComments ?? group.comments, 'NewComments')
  const id = namedId(accountId, groupName)
  if (id !== group.id) {
    demand(state.groups.get(id) === undefined, 'EntityAlreadyExists.Group', exists, 409)
    state.groups.delete(group.id)
  }
  return { Group: fullView(state.groups.put({ ...group, id, groupName, comments, updatedAt: now })) }
})

export const ListGroups = ram('ListGroups', ['Marker', 'MaxItems'], (input, { state, accountId }) => {
  const { rows, fields } = markedPage(state.groups.select({ accountId }), (group) => group.groupName, input)
  return { Groups: { Group: listed(rows, fullView) }, ...fields }
})

export const DeleteGroup = ram('DeleteGroup', ['GroupName'], (input, context) => {
  const group = groupNamed(input.GroupName, context)
  demand(group.members.length === 0, 'DeleteConflict.Group.User', 'The group still has a member: take it out first.', 409)
  demand(group.attached.length === 0, 'DeleteConflict.Group.Policy', 'The group still has a policy attached: detach it first.', 409)
  context.state.groups.delete(group.id)
  return {}
})
