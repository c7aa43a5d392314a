import { expect, test } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { strays } from '../strays.ts'
import { testCloud } from '../testing.ts'

const PolicyDocument = JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }] })
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs.aliyuncs.com' } }
const [user, group, role, policy] = [{ UserName: 'u' }, { GroupName: 'g' }, { RoleName: 'r' }, { PolicyType: 'Custom', PolicyName: 'p' }]

/** In an order in which each finds what it needs. */
const calls: readonly (readonly [action: string, input: object])[] = [
  ['CreateUser', user],
  ['CreateGroup', { ...group, Comments: 'c' }],
  ['CreateRole', { ...role, AssumeRolePolicyDocument: JSON.stringify({ Version: '1', Statement: [trust] }) }],
  ['CreatePolicy', { PolicyName: 'p', PolicyDocument }],
  ['CreatePolicyVersion', { PolicyName: 'p', PolicyDocument, SetAsDefault: true }],
  ['UpdatePolicyDescription', { PolicyName: 'p', NewDescription: 'd' }],
  ['CreateAccessKey', user],
  ['CreateLoginProfile', { ...user, Password: 'a long password' }],
  ['SetAccountAlias', { AccountAlias: 'alias' }],
  ['AddUserToGroup', { ...user, ...group }],
  ['AttachPolicyToUser', { ...policy, ...user }],
  ['AttachPolicyToGroup', { ...policy, ...group }],
  ['AttachPolicyToRole', { ...policy, ...role }],
  ['GetUser', user],
  ['UpdateUser', { ...user, NewComments: 'c' }],
  ['ListUsers', { MaxItems: 1 }],
  ['GetGroup', group],
  ['UpdateGroup', { ...group, NewComments: 'd' }],
  ['ListGroups', {}],
  ['ListGroupsForUser', user],
  ['ListUsersForGroup', group],
  ['GetRole', role],
  ['UpdateRole', { ...role, NewDescription: 'd' }],
  ['ListRoles', {}],
  ['GetPolicy', policy],
  ['ListPolicies', {}],
  ['GetPolicyVersion', { ...policy, VersionId: 'v1' }],
  ['ListPolicyVersions', policy],
  ['ListPoliciesForUser', user],
  ['ListPoliciesForGroup', group],
  ['ListPoliciesForRole', role],
  ['ListEntitiesForPolicy', policy],
  ['ListAccessKeys', user],
  ['GetLoginProfile', user],
  ['GetAccountAlias', {}],
  ['CreateVirtualMFADevice', { VirtualMFADeviceName: 'm' }],
  ['ListVirtualMFADevices', {}],
  ['SetPasswordPolicy', {}],
  ['GetSecurityPreference', {}],
  ['TagResources', { ResourceType: 'role', ResourceNames: ['r'], Tag: [{ Key: 'k', Value: 'v' }] }],
  ['ListTagResources', { ResourceType: 'role', ResourceNames: ['r'] }],
]

test('the answers of RAM have the fields and types of their catalogue and no others', async () => {
  const { call } = await testCloud()
  const found: string[] = []
  for (const [action, input] of calls)
    found.push(...strays(await call(action, input, { product: 'ram' }), catalogue('ram').get(action)?.output, action))
  expect([...new Set(found)]).toEqual([])
})
