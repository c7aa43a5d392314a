import { toSeconds } from '../../api/time.ts'
import { demandResourceGroup } from '../ecs/instance/places.ts'
import { demand } from '../fault.ts'
import { type Context, ram } from '../operation.ts'
import { name, policyType } from './fields.ts'
import { defaultVersionOf, groupNamed, policyIn, policyNamed, roleNamed, userNamed } from './find.ts'
import { spare } from './quotas.ts'
import type { Attachment } from './records.ts'

interface PolicyInput {
  readonly PolicyType?: string | undefined
  readonly PolicyName?: string | undefined
  readonly ResourceGroupId?: string | undefined
}

type Holder = 'User' | 'Group' | 'Role'

type Named = Pick<Attachment, 'policyType' | 'policyName' | 'resourceGroupId'>

const isOf =
  ({ policyType: type, policyName, resourceGroupId }: Named) =>
  (attachment: Attachment) =>
    attachment.policyName === policyName && attachment.policyType === type && attachment.resourceGroupId === resourceGroupId

/** What a policy is attached for: the resources of a group, or everything, which the account's own id says as well (unconfirmed). */
function scopeOf({ ResourceGroupId: id }: PolicyInput, { accountId }: Context): Pick<Attachment, 'resourceGroupId'> {
  return id && id !== accountId ? { resourceGroupId: demandResourceGroup(id) } : {}
}

function attach(attached: readonly Attachment[], holder: Holder, input: PolicyInput, context: Context): Attachment[] {
  const { policyType: type, policyName } = policyNamed(input, context)
  const attachment = { policyType: type, policyName, attachedAt: context.now, ...scopeOf(input, context) }
  demand(!attached.some(isOf(attachment)), `EntityAlreadyExists.${holder}.Policy`, `The policy is already attached to the ${holder}.`, 409)
  spare(`LimitExceeded.${holder}.Policy`, attached.length)
  return [...attached, attachment]
}

function detach(attached: readonly Attachment[], holder: Holder, input: PolicyInput, context: Context): Attachment[] {
  const named = { policyType: policyType(input.PolicyType), policyName: name('PolicyName', input.PolicyName) }
  const wanted = isOf({ ...named, ...scopeOf(input, context) })
  demand(attached.some(wanted), `EntityNotExist.${holder}.Policy`, `The policy is not attached to the ${holder}.`, 404)
  return attached.filter((attachment) => !wanted(attachment))
}

const isSamePolicy = (a: Attachment) => (b: Attachment) => a.policyName === b.policyName && a.policyType === b.policyType

/** Each policy once, whatever it is attached for. */
const attachedViews = (attached: readonly Attachment[], context: Context) =>
  attached
    .filter((attachment, at) => attached.findIndex(isSamePolicy(attachment)) === at)
    .map(({ policyType: type, policyName, attachedAt }) => {
      const policy = policyIn(context, type, policyName)
      return {
        PolicyName: policyName,
        PolicyType: type,
        Description: policy?.description ?? '',
        DefaultVersion: defaultVersionOf(policy ?? {}),
        AttachDate: toSeconds(attachedAt),
      }
    })

export const AttachPolicyToUser = ram(
  'AttachPolicyToUser',
  ['PolicyType', 'PolicyName', 'UserName', 'ResourceGroupId'],
  (input, context) => {
    const user = userNamed(input.UserName, context)
    context.state.users.put({ ...user, attached: attach(user.attached, 'User', input, context) })
    return {}
  },
)

export const DetachPolicyFromUser = ram(
  'DetachPolicyFromUser',
  ['PolicyType', 'PolicyName', 'UserName', 'ResourceGroupId'],
  (input, context) => {
    const user = userNamed(input.UserName, context)
    context.state.users.put({ ...user, attached: detach(user.attached, 'User', input, context) })
    return {}
  },
)

export const ListPoliciesForUser = ram('ListPoliciesForUser', ['UserName'], (input, context) => ({
  Policies: { Policy: attachedViews(userNamed(input.UserName, context).attached, context) },
}))

export const AttachPolicyToGroup = ram(
  'AttachPolicyToGroup',
  ['PolicyType', 'PolicyName', 'GroupName', 'ResourceGroupId'],
  (input, context) => {
    const group = groupNamed(input.GroupName, context)
    context.state.groups.put({ ...group, attached: attach(group.attached, 'Group', input, context) })
    return {}
  },
)

export const DetachPolicyFromGroup = ram(
  'DetachPolicyFromGroup',
  ['PolicyType', 'PolicyName', 'GroupName', 'ResourceGroupId'],
  (input, context) => {
    const group = groupNamed(input.GroupName, context)
    context.state.groups.put({ ...group, attached: detach(group.attached, 'Group', input, context) })
    return {}
  },
)

export const ListPoliciesForGroup = ram('ListPoliciesForGroup', ['GroupName'], (input, context) => ({
  Policies: { Policy: attachedViews(groupNamed(input.GroupName, context).attached, context) },
}))

export const AttachPolicyToRole = ram(
  'AttachPolicyToRole',
  ['PolicyType', 'PolicyName', 'RoleName', 'ResourceGroupId'],
  (input, context) => {
    const role = roleNamed(input.RoleName, context)
    context.state.roles.put({ ...role, attached: attach(role.attached, 'Role', input, context) })
    return {}
  },
)

export const DetachPolicyFromRole = ram(
  'DetachPolicyFromRole',
  ['PolicyType', 'PolicyName', 'RoleName', 'ResourceGroupId'],
  (input, context) => {
    const role = roleNamed(input.RoleName, context)
    context.state.roles.put({ ...role, attached: detach(role.attached, 'Role', input, context) })
    return {}
  },
)

export const ListPoliciesForRole = ram('ListPoliciesForRole', ['RoleName'], (input, context) => ({
  Policies: { Policy: attachedViews(roleNamed(input.RoleName, context).attached, context) },
}))
