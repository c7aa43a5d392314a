import { toSeconds } from '../../api/time.ts'
import { newTags, shownTags, tagTest } from '../ecs/tags.ts'
import { demand } from '../fault.ts'
import { ram } from '../operation.ts'
import { listed } from '../rows.ts'
import { checked, name, policyText } from './fields.ts'
import { roleNamed } from './find.ts'
import { namedId, roleArn } from './identity.ts'
import { markedPage } from './marker.ts'
import { spare } from './quotas.ts'
import type { Role } from './records.ts'
import { newPrincipalId } from './secrets.ts'
import { longestTagValue } from './tagged.ts'

const listView = ({ accountId, roleId, roleName, description, maxSessionDuration, createdAt, updatedAt }: Role) => ({
  RoleId: roleId,
  RoleName: roleName,
  Arn: roleArn(accountId, roleName),
  Description: description,
  MaxSessionDuration: maxSessionDuration,
  CreateDate: toSeconds(createdAt),
  UpdateDate: toSeconds(updatedAt),
})
const taggedView = (role: Role) => ({ ...listView(role), Tags: shownTags(role.tags ?? []) })
const view = (role: Role) => ({ ...listView(role), AssumeRolePolicyDocument: role.trustPolicy })

/** Seconds: one hour by default, twelve at most. */
function sessionDuration(seconds: number, parameter: string): number {
  const fits = Number.isInteger(seconds) && seconds >= 3600 && seconds <= 43_200
  demand(fits, `InvalidParameter.${parameter}`, `The specified ${parameter} is not from 3600 to 43200.`)
  return seconds
}

export const CreateRole = ram(
  'CreateRole',
  ['RoleName', 'AssumeRolePolicyDocument', 'Description', 'MaxSessionDuration', 'Tag'],
  (input, context) => {
    const { state, accountId, now, random } = context
    const roleName = name('RoleName', input.RoleName)
    const trustPolicy = policyText(input.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument', 'trust')
    const description = checked('Description', input.Description ?? '')
    const maxSessionDuration = sessionDuration(input.MaxSessionDuration ?? 3600, 'MaxSessionDuration')
    const id = namedId(accountId, roleName)
    demand(state.roles.get(id) === undefined, 'EntityAlreadyExists.Role', 'The role already exists.', 409)
    spare('LimitExceeded.Role', state.roles.list({ accountId }).length)
    const role = state.roles.put({
      id,
      accountId,
      regionId: '',
      roleName,
      roleId: newPrincipalId('role', random),
      description,
      trustPolicy,
      maxSessionDuration,
      createdAt: now,
      updatedAt: now,
      attached: [],
      tags: newTags(input.Tag, longestTagValue),
    })
    const { UpdateDate: _, ...created } = view(role)
    return { Role: created }
  },
)

export const GetRole = ram('GetRole', ['RoleName'], (input, context) => ({ Role: view(roleNamed(input.RoleName, context)) }))

export const UpdateRole = ram(
  'UpdateRole',
  ['RoleName', 'NewAssumeRolePolicyDocument', 'NewDescription', 'NewMaxSessionDuration'],
  (input, context) => {
    const role = roleNamed(input.RoleName, context)
    const { NewAssumeRolePolicyDocument: trust, NewDescription: description, NewMaxSessionDuration: seconds } = input
    const changed = context.state.roles.put({
      ...role,
      ...(trust !== undefined && { trustPolicy: policyText(trust, 'NewAssumeRolePolicyDocument', 'trust') }),
      ...(description !== undefined && { description: checked('Description', description, 'NewDescription') }),
      ...(seconds !== undefined && { maxSessionDuration: sessionDuration(seconds, 'NewMaxSessionDuration') }),
      updatedAt: context.now,
    })
    return { Role: view(changed) }
  },
)

export const ListRoles = ram('ListRoles', ['Marker', 'MaxItems', 'Tag'], (input, { state, accountId }) => {
  const tagged = tagTest(input.Tag)
  const where = tagged && (({ tags = [] }: Role) => tagged({ tags }))
  const { rows, fields } = markedPage(state.roles.select({ accountId, where }), (role) => role.roleName, input)
  return { Roles: { Role: listed(rows, taggedView) }, ...fields }
})

export const DeleteRole = ram('DeleteRole', ['RoleName'], (input, context) => {
  const role = roleNamed(input.RoleName, context)
  demand(role.attached.length === 0, 'DeleteConflict.Role.Policy', 'The role still has a policy attached: detach it first.', 409)
  context.state.roles.delete(role.id)
  return {}
})
