import { toSeconds } from '../../api/time.ts'
import { demand } from '../fault.ts'
import { ram } from '../operation.ts'
import { groupNamed, groupsOf, userNamed } from './find.ts'
import { namedId } from './identity.ts'
import { markedPage } from './marker.ts'
import { spare } from './quotas.ts'
import type { Group } from './records.ts'

const has = (group: Group, userName: string) => group.members.some((member) => member.userName === userName)

/** The group, with a member under its new name. */
export const renamedMember = (group: Group, from: string, to: string): Group => ({
  ...group,
  members: group.members.map((member) => (member.userName === from ? { ...member, userName: to } : member)),
})

export const AddUserToGroup = ram('AddUserToGroup', ['UserName', 'GroupName'], (input, context) => {
  const user = userNamed(input.UserName, context)
  const group = groupNamed(input.GroupName, context)
  demand(!has(group, user.userName), 'EntityAlreadyExists.User.Group', 'The user is already in the group.', 409)
  spare('LimitExceeded.User.Group', context.state.groups.count('member', user.id))
  context.state.groups.put({ ...group, members: [...group.members, { userName: user.userName, joinedAt: context.now }] })
  return {}
})

export const RemoveUserFromGroup = ram('RemoveUserFromGroup', ['UserName', 'GroupName'], (input, context) => {
  const { userName } = userNamed(input.UserName, context)
  const group = groupNamed(input.GroupName, context)
  demand(has(group, userName), 'EntityNotExist.User.Group', 'The user is not in the group.', 404)
  context.state.groups.put({ ...group, members: group.members.filter((member) => member.userName !== userName) })
  return {}
})

export const ListGroupsForUser = ram('ListGroupsForUser', ['UserName'], (input, context) => {
  const user = userNamed(input.UserName, context)
  return {
    Groups: {
      Group: groupsOf(user, context).map(({ groupId, groupName, comments, members }) => ({
        GroupId: groupId,
        GroupName: groupName,
        Comments: comments,
        JoinDate: toSeconds(members.find((member) => member.userName === user.userName)?.joinedAt ?? context.now),
      })),
    },
  }
})

export const ListUsersForGroup = ram('ListUsersForGroup', ['GroupName', 'Marker', 'MaxItems'], (input, context) => {
  const { members } = groupNamed(input.GroupName, context)
  const { rows, fields } = markedPage(members, (member) => member.userName, input)
  return {
    Users: {
      User: rows.map(({ userName, joinedAt }) => ({
        UserName: userName,
        DisplayName: context.state.users.get(namedId(context.accountId, userName))?.displayName ?? '',
        JoinDate: toSeconds(joinedAt),
      })),
    },
    ...fields,
  }
})
