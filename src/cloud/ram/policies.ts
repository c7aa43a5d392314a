import { toSeconds } from '../../api/time.ts'
import { demand } from '../fault.ts'
import { type Context, ram } from '../operation.ts'
import { checked, name, policyText, policyType } from './fields.ts'
import { type AnyPolicy, holdersOf, policyNamed, systemPolicyList } from './find.ts'
import { namedId, roleArn } from './identity.ts'
import { markedPage } from './marker.ts'
import { spare } from './quotas.ts'

const view = ({ policyName, policyType: type, description, createdAt }: AnyPolicy) => ({
  PolicyName: policyName,
  PolicyType: type,
  Description: description,
  DefaultVersion: 'v1',
  CreateDate: toSeconds(createdAt),
})

function countedView(policy: AnyPolicy, context: Context) {
  const { users, roles } = holdersOf(policy, context)
  return { ...view(policy), UpdateDate: toSeconds(policy.createdAt), AttachmentCount: users.length + roles.length }
}

export const CreatePolicy = ram('CreatePolicy', ['PolicyName', 'PolicyDocument', 'Description'], (input, context) => {
  const { state, accountId, now } = context
  const policyName = name('PolicyName', input.PolicyName)
  const description = checked('Description', input.Description ?? '')
  const document = policyText(input.PolicyDocument, 'PolicyDocument', 'identity')
  const id = namedId(accountId, policyName)
  demand(state.policies.get(id) === undefined, 'EntityAlreadyExists.Policy', 'The policy already exists.', 409)
  spare('LimitExceeded.Policy', state.policies.size)
  const policy = state.policies.put({ id, accountId, regionId: '', policyName, description, document, createdAt: now })
  return { Policy: view({ ...policy, policyType: 'Custom' }) }
})

export const GetPolicy = ram('GetPolicy', ['PolicyType', 'PolicyName'], (input, context) => {
  const policy = policyNamed(input, context)
  const { document, createdAt } = policy
  return {
    Policy: { ...countedView(policy, context), PolicyDocument: document },
    DefaultPolicyVersion: { VersionId: 'v1', IsDefaultVersion: true, PolicyDocument: document, CreateDate: toSeconds(createdAt) },
  }
})

export const ListPolicies = ram('ListPolicies', ['PolicyType', 'Marker', 'MaxItems'], (input, context) => {
  const type = input.PolicyType === undefined ? undefined : policyType(input.PolicyType)
  const custom = context.state.policies.select({ accountId: context.accountId }).map((row): AnyPolicy => ({ ...row, policyType: 'Custom' }))
  const all = [...systemPolicyList(), ...custom].filter((policy) => type === undefined || policy.policyType === type)
  const { rows, fields } = markedPage(all, (policy) => `${policy.policyType}/${policy.policyName}`, input)
  return { Policies: { Policy: rows.map((policy) => countedView(policy, context)) }, ...fields }
})

/** CascadingDelete is about the policy's further versions, of which there are none here. */
export const DeletePolicy = ram('DeletePolicy', ['PolicyName', 'CascadingDelete'], (input, context) => {
  const { policyName } = policyNamed({ PolicyType: 'Custom', PolicyName: input.PolicyName }, context)
  const { users, roles } = holdersOf({ policyType: 'Custom', policyName }, context)
  demand(users.length === 0, 'DeleteConflict.Policy.User', 'The policy is still attached to a user: detach it first.', 409)
  demand(roles.length === 0, 'DeleteConflict.Policy.Role', 'The policy is still attached to a role: detach it first.', 409)
  context.state.policies.delete(namedId(context.accountId, policyName))
  return {}
})

export const ListEntitiesForPolicy = ram('ListEntitiesForPolicy', ['PolicyType', 'PolicyName'], (input, context) => {
  const policy = policyNamed(input, context)
  const { users, roles } = holdersOf(policy, context)
  const since = ({ attached }: (typeof users)[number] | (typeof roles)[number]) =>
    toSeconds(
      attached.find((each) => each.policyName === policy.policyName && each.policyType === policy.policyType)?.attachedAt ?? context.now,
    )
  return {
    Groups: { Group: [] },
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
