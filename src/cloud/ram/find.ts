import { demand, fault } from '../fault.ts'
import type { Context } from '../operation.ts'
import type { Tag } from '../vpc/records.ts'
import { name, policyType } from './fields.ts'
import { namedId } from './identity.ts'
import type { Group, MfaDevice, PolicyVersions, Role, User } from './records.ts'
import { systemPolicies } from './system-policies.ts'

/** A policy of either type, as the operations show it. */
export interface AnyPolicy {
  readonly policyType: 'System' | 'Custom'
  readonly policyName: string
  readonly description: string
  readonly document: string
  readonly createdAt: number
  readonly updatedAt?: number
  readonly versions?: PolicyVersions
  readonly tags?: readonly Tag[]
}

/** The id of the version that counts. */
export const defaultVersionOf = ({ versions }: Pick<AnyPolicy, 'versions'>): string => `v${versions?.default ?? 1}`

/** When a system policy was made is not known to us. */
const systemSince = Date.UTC(2015, 3, 28)

/** @throws Fault EntityNotExist.User */
export function userNamed(value: string | undefined, { state, accountId }: Context): User {
  const user = state.users.get(namedId(accountId, name('UserName', value)))
  demand(user !== undefined, 'EntityNotExist.User', 'The user does not exist.', 404)
  return user
}

/** @throws Fault EntityNotExist.Group */
export function groupNamed(value: string | undefined, { state, accountId }: Context): Group {
  const group = state.groups.get(namedId(accountId, name('GroupName', value)))
  demand(group !== undefined, 'EntityNotExist.Group', 'The group does not exist.', 404)
  return group
}

/** The MFA device that a user has bound. */
export const mfaDeviceOf = ({ id }: Pick<User, 'id'>, { state }: Pick<Context, 'state'>): MfaDevice | undefined =>
  state.mfaDevices.by('user', id)[0]

/** The groups a user is in, by name. */
export const groupsOf = (user: Pick<User, 'id'>, { state }: Pick<Context, 'state'>): Group[] =>
  state.groups.by('member', user.id).toSorted((a, b) => (a.groupName < b.groupName ? -1 : 1))

/** @throws Fault EntityNotExist.Role */
export function roleNamed(value: string | undefined, { state, accountId }: Context): Role {
  const role = state.roles.get(namedId(accountId, name('RoleName', value)))
  demand(role !== undefined, 'EntityNotExist.Role', 'The role does not exist.', 404)
  return role
}

export const systemPolicyList = (): AnyPolicy[] =>
  [...systemPolicies().values()].map((policy) => ({ ...policy, policyType: 'System', createdAt: systemSince }))

/** The policy if there is one. */
export function policyIn({ state, accountId }: Context, type: 'System' | 'Custom', policyName: string): AnyPolicy | undefined {
  if (type === 'System') return systemPolicyList().find((policy) => policy.policyName === policyName)
  const row = state.policies.get(namedId(accountId, policyName))
  return row && { ...row, policyType: 'Custom' }
}

/** @throws Fault EntityNotExist.Policy */
export function policyNamed(input: { PolicyType?: string | undefined; PolicyName?: string | undefined }, context: Context): AnyPolicy {
  const policy = policyIn(context, policyType(input.PolicyType), name('PolicyName', input.PolicyName))
  if (policy === undefined) throw fault('EntityNotExist.Policy', 'The policy does not exist.', 404)
  return policy
}

/** Who has the policy attached, in this account. */
export function holdersOf(policy: Pick<AnyPolicy, 'policyType' | 'policyName'>, { state, accountId }: Context) {
  const selection = { accountId, by: { policy: `${policy.policyType}/${policy.policyName}` } }
  return { users: state.users.select(selection), groups: state.groups.select(selection), roles: state.roles.select(selection) }
}
