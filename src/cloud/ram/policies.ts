import { toSeconds } from '../../api/time.ts'
import { newTags, shownTags, tagTest } from '../ecs/tags.ts'
import { demand, fault } from '../fault.ts'
import { type Context, ram } from '../operation.ts'
import { checked, name, policyText, policyType } from './fields.ts'
import { type AnyPolicy, defaultVersionOf, holdersOf, policyNamed, systemPolicyList } from './find.ts'
import { namedId, roleArn } from './identity.ts'
import { markedPage } from './marker.ts'
import { spare } from './quotas.ts'
import type { Role } from './records.ts'
import { longestTagValue } from './tagged.ts'

const view = (policy: AnyPolicy) => ({
  PolicyName: policy.policyName,
  PolicyType: policy.policyType,
  Description: policy.description,
  DefaultVersion: defaultVersionOf(policy),
  CreateDate: toSeconds(policy.createdAt),
})
const updatedView = (policy: AnyPolicy) => ({ ...view(policy), UpdateDate: toSeconds(policy.updatedAt ?? policy.createdAt) })

function countedView(policy: AnyPolicy, context: Context) {
  const { users, groups, roles } = holdersOf(policy, context)
  return { ...updatedView(policy), AttachmentCount: users.length + groups.length + roles.length }
}

export const CreatePolicy = ram('CreatePolicy', ['PolicyName', 'PolicyDocument', 'Description', 'Tag'], (input, context) => {
  const { state, accountId, now } = context
  const policyName = name('PolicyName', input.PolicyName)
  const description = checked('Description', input.Description ?? '')
  const document = policyText(input.PolicyDocument, 'PolicyDocument', 'identity')
  const tags = newTags(input.Tag, longestTagValue)
  const id = namedId(accountId, policyName)
  demand(state.policies.get(id) === undefined, 'EntityAlreadyExists.Policy', 'The policy already exists.', 409)
  spare('LimitExceeded.Policy', state.policies.list({ accountId }).length)
  const policy = state.policies.put({ id, accountId, regionId: '', policyName, description, document, createdAt: now, tags })
  return { Policy: view({ ...policy, policyType: 'Custom' }) }
})

export const GetPolicy = ram('GetPolicy', ['PolicyType', 'PolicyName'], (input, context) => {
  const policy = policyNamed(input, context)
  const { document, versions } = policy
  const { createdAt } = versions?.list.find(({ number }) => number === versions.default) ?? policy
  const version = {
    VersionId: defaultVersionOf(policy),
    IsDefaultVersion: true,
    PolicyDocument: document,
    CreateDate: toSeconds(createdAt),
  }
  return { Policy: { ...countedView(policy, context), PolicyDocument: document }, DefaultPolicyVersion: version }
})

export const UpdatePolicyDescription = ram('UpdatePolicyDescription', ['PolicyName', 'NewDescription'], (input, context) => {
  const { state, accountId, now } = context
  const { policyName } = policyNamed({ PolicyType: 'Custom', PolicyName: input.PolicyName }, context)
  const description = checked('Description', input.NewDescription ?? '', 'NewDescription')
  const row = state.policies.get(namedId(accountId, policyName))
  if (row === undefined) throw fault('EntityNotExist.Policy', 'The policy does not exist.', 404)
  const changed = state.policies.put({ ...row, description, updatedAt: now })
  return { Policy: updatedView({ ...changed, policyType: 'Custom' }) }
})

export const ListPolicies = ram('ListPolicies', ['PolicyType', 'Marker', 'MaxItems', 'Tag'], (input, context) => {
  const type = input.PolicyType === undefined ? undefined : policyType(input.PolicyType)
  const tagged = tagTest(input.Tag)
  const custom = context.state.policies.select({ accountId: context.accountId }).map((row): AnyPolicy => ({ ...row, policyType: 'Custom' }))
  const all = [...systemPolicyList(), ...custom].filter(
    (policy) => (type === undefined || policy.policyType === type) && (tagged === undefined || tagged({ tags: policy.tags ?? [] })),
  )
  const { rows, fields } = markedPage(all, (policy) => `${policy.policyType}/${policy.policyName}`, input)
  return {
    Policies: { Policy: rows.map((policy) => ({ ...countedView(policy, context), Tags: shownTags(policy.tags ?? []) })) },
    ...fields,
  }
})

/** With CascadingDelete the versions that are not the default go too; without, they are in the way. */
export const DeletePolicy = ram('DeletePolicy', ['PolicyName', 'CascadingDelete'], (input, context) => {
  const { policyName, versions } = policyNamed({ PolicyType: 'Custom', PolicyName: input.PolicyName }, context)
  const { users, groups, roles } = holdersOf({ policyType: 'Custom', policyName }, context)
  demand(users.length === 0, 'DeleteConflict.Policy.User', 'The policy is still attached to a user: detach it first.', 409)
  demand(groups.length === 0, 'DeleteConflict.Policy.Group', 'The policy is still attached to a group: detach it first.', 409)
  demand(roles.length === 0, 'DeleteConflict.Policy.Role', 'The policy is still attached to a role: detach it first.', 409)
  const alone = (versions?.list.length ?? 1) === 1 || input.CascadingDelete === true
  demand(alone, 'DeleteConflict.Policy.Version', 'The policy still has versions besides its default one: delete them first.', 409)
  context.state.policies.delete(namedId(context.accountId, policyName))
  return {}
})

export const ListEntitiesForPolicy = ram('ListEntitiesForPolicy', ['PolicyType', 'PolicyName'], (input, context) => {
  const policy = policyNamed(input, context)
  const { users, groups, roles } = holdersOf(policy, context)
  const since = ({ attached }: Pick<Role, 'attached'>) =>
    toSeconds(
      attached.find((each) => each.policyName === policy.policyName && each.policyType === policy.policyType)?.attachedAt ?? context.now,
    )
  return {
    Groups: {
      Group: groups.map((group) => ({ GroupName: group.groupName, Comments: group.comments, AttachDate: since(group) })),
    },
    Users: {
      User: users.map((user) => ({
        UserId: user.userId,
        UserName: user.userName,
        DisplayName: user.displayName,
        AttachDate: since(user),
      })),
    },
    Roles: {
      Role: roles.map((role) => ({
        RoleId: role.roleId,
        RoleName: role.roleName,
        Arn: roleArn(role.accountId, role.roleName),
        Description: role.description,
        AttachDate: since(role),
      })),
    },
  }
})
