import { toSeconds } from '../../api/time.ts'
import { demand } from '../fault.ts'
import { type Context, ram } from '../operation.ts'
import { name, policyType } from './fields.ts'
import { defaultVersionOf, groupNamed, policyIn, policyNamed, roleNamed, userNamed } from './find.ts'
import { spare } from './quotas.ts'
import type { Attachment } from './records.ts'

interface PolicyInput {
  readonly PolicyType?: string | undefined
  readonly PolicyName?: string | undefined
}

type Holder = 'User' | 'Group' | 'Role'

const isOf =
  ({ policyType: type, policyName }: Pick<Attachment, 'policyType' | 'policyName'>) =>
  (attachment: Attachment) =>
    attachment.policyName === policyName && attachment.policyType === type

function attach(attached: readonly Attachment[], holder: Holder, input: PolicyInput, context: Context): Attachment[] {
  const { policyType: type, policyName } = policyNamed(input, context)
  const attachment = { policyType: type, policyName, attachedAt: context.now }
  demand(!attached.some(isOf(attachment)), `EntityAlreadyExists.${holder}.Policy`, `The policy is already attached to the ${holder}.`, 409)
  spare(`LimitExceeded.${holder}.Policy`, attached.length)
  return [...attached, attachment]
}

function detach(attached: readonly Attachment[], holder: Holder, input: PolicyInput): Attachment[] {
  const wanted = isOf({ policyType: policyType(input.PolicyType), policyName: name('PolicyName', input.PolicyName) })
  demand(attached.some(wanted), `EntityNotExist.${holder}.Policy`, `The policy is not attached to the ${holder}.`, 404)
  return attached.filter((attachment) => !wanted(attachment))
}

const attachedViews = (attached: readonly Attachment[], context: Context) =>
  attached.map(({ policyType: type, policyName, attachedAt }) => {
    const policy = policyIn(context, type, policyName)
    return {
      PolicyName: policyName,
      PolicyType: type,
      Description: policy?.description ?? '',
      DefaultVersion: defaultVersionOf(policy ?? {}),
      AttachDate: toSeconds(attachedAt),
    }
  })

export const AttachPolicyToUser = ram('AttachPolicyToUser', ['PolicyType', 'PolicyName', 'UserName'], (input, context) => {
  const user = userNamed(input.UserName, context)
  context.state.users.put({ ...user, attached: attach(user.attached, 'User', input, context) })
  return {}
})

export const DetachPolicyFromUser = ram('DetachPolicyFromUser', ['PolicyType', 'PolicyName', 'UserName'], (input, context) => {
  const user = userNamed(input.UserName, context)
  context.state.users.put({ ...user, attached: detach(user.attached, 'User', input) })
  return {}
})

export const ListPoliciesForUser = ram('ListPoliciesForUser', ['UserName'], (input, context) => ({
  Policies: { Policy: attachedViews(userNamed(input.UserName, context).attached, context) },
}))

export const AttachPolicyToGroup = ram('AttachPolicyToGroup', ['PolicyType', 'PolicyName', 'GroupName'], (input, context) => {
  const group = groupNamed(input.GroupName, context)
  context.state.groups.put({ ...group, attached: attach(group.attached, 'Group', input, context) })
  return {}
})

export const DetachPolicyFromGroup = ram('DetachPolicyFromGroup', ['PolicyType', 'PolicyName', 'GroupName'], (input, context) => {
  const group = groupNamed(input.GroupName, context)
  context.state.groups.put({ ...group, attached: detach(group.attached, 'Group', input) })
  return {}
})

export const ListPoliciesForGroup = ram('ListPoliciesForGroup', ['GroupName'], (input, context) => ({
  Policies: { Policy: attachedViews(groupNamed(input.GroupName, context).attached, context) },
}))

export const AttachPolicyToRole = ram('AttachPolicyToRole', ['PolicyType', 'PolicyName', 'RoleName'], (input, context) => {
  const role = roleNamed(input.RoleName, context)
  context.state.roles.put({ ...role, attached: attach(role.attached, 'Role', input, context) })
  return {}
})

export const DetachPolicyFromRole = ram('DetachPolicyFromRole', ['PolicyType', 'PolicyName', 'RoleName'], (input, context) => {
  const role = roleNamed(input.RoleName, context)
  context.state.roles.put({ ...role, attached: detach(role.attached, 'Role', input) })
  return {}
})

export const ListPoliciesForRole = ram('ListPoliciesForRole', ['RoleName'], (input, context) => ({
  Policies: { Policy: attachedViews(roleNamed(input.RoleName, context).attached, context) },
}))
