import { describe, expect, test } from 'vitest'
import { type TestAnswer, testCloud } from '../testing.ts'

const product = 'ram'
const reading = { PolicyType: 'System', PolicyName: 'AliyunECSReadOnlyAccess' }
const named = { GroupName: 'ops' }
const joined = { ...named, UserName: 'alice' }

/** Alice and the group `ops`, apart from each other. */
async function cloudWithGroup() {
  const cloud = await testCloud()
  const ram = (action: string, input: object = {}): Promise<TestAnswer> => cloud.call(action, input, { product })
  const refused = (action: string, input: object = {}) => cloud.refusal(action, input, { product })
  await ram('CreateUser', { UserName: 'alice', DisplayName: 'Alice' })
  const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
  const { Group } = await ram('CreateGroup', { ...named, Comments: 'operators' })
  const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  return { ...cloud, ram, refused, as, Group }
}

describe('a group', () => {
  test('is made, found, renamed, listed and deleted', async () => {
    const { ram, refused, Group, clock } = await cloudWithGroup()
    expect(Group).toEqual({
      GroupId: expect.stringMatching(/^g-\w{16}$/),
      GroupName: 'ops',
      Comments: 'operators',
      CreateDate: '2026-01-01T00:00:00Z',
    })
    clock.advance(60_000)
    const changed = await ram('UpdateGroup', { ...named, NewGroupName: 'crew', NewComments: 'all' })
    expect(changed.Group).toEqual({ ...Group, GroupName: 'crew', Comments: 'all', UpdateDate: '2026-01-01T00:01:00Z' })
    expect((await ram('GetGroup', { GroupName: 'crew' })).Group).toEqual(changed.Group)
    expect((await ram('ListGroups')).Groups.Group).toEqual([changed.Group])
    expect(await refused('GetGroup', named)).toMatchObject({ code: 'EntityNotExist.Group', status: 404 })
    await ram('DeleteGroup', { GroupName: 'crew' })
    expect((await ram('ListGroups')).Groups.Group).toEqual([])
  })

  test('of a name that is taken, or that is none, is refused', async () => {
    const { ram, refused } = await cloudWithGroup()
    expect(await refused('CreateGroup', named)).toMatchObject({ code: 'EntityAlreadyExists.Group', status: 409 })
    await ram('CreateGroup', { GroupName: 'crew' })
    expect((await refused('UpdateGroup', { ...named, NewGroupName: 'crew' })).code).toBe('EntityAlreadyExists.Group')
    expect((await refused('CreateGroup', { GroupName: 'a_b' })).code).toBe('InvalidParameter.GroupName.InvalidChars')
    expect((await refused('CreateGroup', { GroupName: 'x'.repeat(65) })).code).toBe('InvalidParameter.GroupName.Length')
  })

  test('is deleted once it has no member and no policy, and so is a user in it', async () => {
    const { ram, refused } = await cloudWithGroup()
    await ram('AddUserToGroup', joined)
    await ram('AttachPolicyToGroup', { ...reading, ...named })
    expect(await refused('DeleteGroup', named)).toMatchObject({ code: 'DeleteConflict.Group.User', status: 409 })
    await ram('DeleteAccessKey', { UserName: 'alice', UserAccessKeyId: (await keysOf(ram))[0] })
    expect(await refused('DeleteUser', { UserName: 'alice' })).toMatchObject({ code: 'DeleteConflict.User.Group', status: 409 })
    await ram('RemoveUserFromGroup', joined)
    expect(await refused('DeleteGroup', named)).toMatchObject({ code: 'DeleteConflict.Group.Policy', status: 409 })
    await ram('DetachPolicyFromGroup', { ...reading, ...named })
    await ram('DeleteGroup', named)
    await ram('DeleteUser', { UserName: 'alice' })
  })
})

const keysOf = async (ram: (action: string, input: object) => Promise<TestAnswer>): Promise<string[]> =>
  (await ram('ListAccessKeys', { UserName: 'alice' })).AccessKeys.AccessKey.map((key: TestAnswer) => key.AccessKeyId)

describe('a member of a group', () => {
  test('is told from both sides, and stays in it under a new name', async () => {
    const { ram, Group } = await cloudWithGroup()
    await ram('AddUserToGroup', joined)
    const JoinDate = '2026-01-01T00:00:00Z'
    expect((await ram('ListUsersForGroup', named)).Users.User).toEqual([{ UserName: 'alice', DisplayName: 'Alice', JoinDate }])
    await ram('UpdateUser', { UserName: 'alice', NewUserName: 'alicia' })
    const { CreateDate: _, ...told } = Group
    expect((await ram('ListGroupsForUser', { UserName: 'alicia' })).Groups.Group).toEqual([{ ...told, JoinDate }])
    expect((await ram('ListUsersForGroup', named)).Users.User[0].UserName).toBe('alicia')
    await ram('UpdateGroup', { ...named, NewGroupName: 'crew' })
    expect((await ram('ListGroupsForUser', { UserName: 'alicia' })).Groups.Group[0].GroupName).toBe('crew')
  })

  test('joins once, and leaves only where it is', async () => {
    const { ram, refused } = await cloudWithGroup()
    expect(await refused('RemoveUserFromGroup', joined)).toMatchObject({ code: 'EntityNotExist.User.Group', status: 404 })
    await ram('AddUserToGroup', joined)
    expect(await refused('AddUserToGroup', joined)).toMatchObject({ code: 'EntityAlreadyExists.User.Group', status: 409 })
    expect((await refused('AddUserToGroup', { ...named, UserName: 'bob' })).code).toBe('EntityNotExist.User')
    expect((await refused('AddUserToGroup', { UserName: 'alice', GroupName: 'none' })).code).toBe('EntityNotExist.Group')
  })

  test("may do what the group's policies allow, for as long as it is in it", async () => {
    const { ram, as, call, refusal } = await cloudWithGroup()
    await ram('AttachPolicyToGroup', { ...reading, ...named })
    expect((await refusal('DescribeZones', {}, { as })).code).toBe('Forbidden.RAM')
    await ram('AddUserToGroup', joined)
    expect((await call('DescribeZones', {}, { as })).Zones.Zone.length).toBeGreaterThan(0)
    await ram('RemoveUserFromGroup', joined)
    expect((await refusal('DescribeZones', {}, { as })).code).toBe('Forbidden.RAM')
  })

  test("is held back by a Deny of the group's, whatever its own policies allow, and told so", async () => {
    const { ram, as, refusal } = await cloudWithGroup()
    const PolicyDocument = JSON.stringify({ Version: '1', Statement: [{ Effect: 'Deny', Action: 'ecs:DescribeZones', Resource: '*' }] })
    await ram('CreatePolicy', { PolicyName: 'no-zones', PolicyDocument })
    await ram('AttachPolicyToGroup', { PolicyType: 'Custom', PolicyName: 'no-zones', ...named })
    await ram('AddUserToGroup', joined)
    await ram('AttachPolicyToUser', { ...reading, UserName: 'alice' })
    const { body } = await refusal('DescribeZones', {}, { as })
    const { EncodedDiagnosticMessage } = (body as TestAnswer).AccessDeniedDetail
    expect((await ram('DecodeDiagnosticMessage', { EncodedDiagnosticMessage })).DecodedDiagnosticMessage.MatchedPolicies).toEqual([
      {
        PolicyIdentifier: 'no-zones',
        PolicyType: 'Custom',
        PolicyVersion: 'v1',
        AttachedEntityType: 'Group',
        AttachedScope: 'Account',
        AttachedEntityName: 'ops',
        Effect: 'Deny',
        Statement: 0,
      },
    ])
  })
})

describe("a group's policies", () => {
  test('are attached once, listed, counted, and in the way of deleting the policy', async () => {
    const { ram, refused } = await cloudWithGroup()
    const PolicyDocument = JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }] })
    await ram('CreatePolicy', { PolicyName: 'p', PolicyDocument, Description: 'd' })
    const policy = { PolicyType: 'Custom', PolicyName: 'p' }
    expect((await refused('DetachPolicyFromGroup', { ...policy, ...named })).code).toBe('EntityNotExist.Group.Policy')
    await ram('AttachPolicyToGroup', { ...policy, ...named })
    expect((await refused('AttachPolicyToGroup', { ...policy, ...named })).code).toBe('EntityAlreadyExists.Group.Policy')
    const AttachDate = '2026-01-01T00:00:00Z'
    expect((await ram('ListPoliciesForGroup', named)).Policies.Policy).toEqual([
      { ...policy, Description: 'd', DefaultVersion: 'v1', AttachDate },
    ])
    expect((await ram('GetPolicy', policy)).Policy.AttachmentCount).toBe(1)
    expect((await ram('ListEntitiesForPolicy', policy)).Groups.Group).toEqual([{ ...named, Comments: 'operators', AttachDate }])
    expect(await refused('DeletePolicy', { PolicyName: 'p' })).toMatchObject({ code: 'DeleteConflict.Policy.Group', status: 409 })
  })
})
