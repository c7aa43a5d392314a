import { describe, expect, test } from 'vitest'
import { type TestAnswer, testCloud } from '../testing.ts'

const product = 'ram'
const document = (Action: string, Resource: unknown = '*', Effect = 'Allow') =>
  JSON.stringify({ Version: '1', Statement: [{ Effect, Action, Resource }] })
const trust = JSON.stringify({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ecs.aliyuncs.com'] } }],
})

async function cloudWithRam() {
  const cloud = await testCloud()
  return {
    ...cloud,
    refuses: cloud.refusal,
    ram: (action: string, input: object = {}) => cloud.call(action, input, { product }),
    refusal: (action: string, input: object = {}) => cloud.refusal(action, input, { product }),
  }
}

describe('a policy', () => {
  test('is made, found with its document, and listed beside the system policies', async () => {
    const { ram } = await cloudWithRam()
    const { Policy } = await ram('CreatePolicy', { PolicyName: 'stop', PolicyDocument: document('ecs:StopInstance'), Description: 'stops' })
    expect(Policy).toEqual({
      PolicyName: 'stop',
      PolicyType: 'Custom',
      Description: 'stops',
      DefaultVersion: 'v1',
      CreateDate: '2026-01-01T00:00:00Z',
    })
    const found = await ram('GetPolicy', { PolicyType: 'Custom', PolicyName: 'stop' })
    expect(found.DefaultPolicyVersion).toMatchObject({ VersionId: 'v1', PolicyDocument: document('ecs:StopInstance') })
    expect((await ram('ListPolicies', { PolicyType: 'Custom' })).Policies.Policy).toHaveLength(1)
    const system = await ram('ListPolicies', { PolicyType: 'System' })
    expect(system.Policies.Policy.map((policy: { PolicyName: string }) => policy.PolicyName)).toContain('AliyunECSReadOnlyAccess')
  })

  test.each([
    ['no document', {}, 'MissingPolicyDocument', 400],
    ['a document that is no JSON', { PolicyDocument: '{' }, 'MalformedPolicyDocument', 400],
    ['a document too long', { PolicyDocument: document('ecs:*').padEnd(6145) }, 'InvalidParameter.PolicyDocument.Length', 400],
    [
      'an underscore in its name',
      { PolicyName: 'a_b', PolicyDocument: document('ecs:*') },
      'InvalidParameter.PolicyName.InvalidChars',
      400,
    ],
  ])('is not made with %s', async (_title, input, code, status) => {
    const { refusal } = await cloudWithRam()
    expect(await refusal('CreatePolicy', { PolicyName: 'p', ...input })).toMatchObject({ code, status })
  })

  test('of a name that exists is refused', async () => {
    const { ram, refusal } = await cloudWithRam()
    const input = { PolicyName: 'p', PolicyDocument: document('ecs:*') }
    await ram('CreatePolicy', input)
    expect(await refusal('CreatePolicy', input)).toMatchObject({ code: 'EntityAlreadyExists.Policy', status: 409 })
  })

  test('knows who has it, and is deleted only once nobody does', async () => {
    const { ram, refusal } = await cloudWithRam()
    const policy = { PolicyType: 'Custom', PolicyName: 'p' }
    await ram('CreatePolicy', { PolicyName: 'p', PolicyDocument: document('ecs:*') })
    await ram('CreateUser', { UserName: 'alice' })
    await ram('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust })
    await ram('AttachPolicyToUser', { ...policy, UserName: 'alice' })
    await ram('AttachPolicyToRole', { ...policy, RoleName: 'r' })
    const { Users, Roles, Groups } = await ram('ListEntitiesForPolicy', policy)
    expect([Users.User[0].UserName, Roles.Role[0].RoleName, Groups.Group]).toEqual(['alice', 'r', []])
    expect((await ram('GetPolicy', policy)).Policy.AttachmentCount).toBe(2)
    expect(await refusal('DeletePolicy', { PolicyName: 'p' })).toMatchObject({ code: 'DeleteConflict.Policy.User', status: 409 })
    await ram('DetachPolicyFromUser', { ...policy, UserName: 'alice' })
    expect((await refusal('DeletePolicy', { PolicyName: 'p' })).code).toBe('DeleteConflict.Policy.Role')
    await ram('DetachPolicyFromRole', { ...policy, RoleName: 'r' })
    await ram('DeletePolicy', { PolicyName: 'p' })
    expect(await refusal('GetPolicy', policy)).toMatchObject({ code: 'EntityNotExist.Policy', status: 404 })
  })

  test('is attached once, and detached only where it is attached', async () => {
    const { ram, refusal } = await cloudWithRam()
    const input = { PolicyType: 'System', PolicyName: 'AliyunECSFullAccess', UserName: 'alice' }
    await ram('CreateUser', { UserName: 'alice' })
    expect(await refusal('DetachPolicyFromUser', input)).toMatchObject({ code: 'EntityNotExist.User.Policy', status: 404 })
    await ram('AttachPolicyToUser', input)
    expect(await refusal('AttachPolicyToUser', input)).toMatchObject({ code: 'EntityAlreadyExists.User.Policy', status: 409 })
    expect((await refusal('AttachPolicyToUser', { ...input, PolicyName: 'NoSuch' })).code).toBe('EntityNotExist.Policy')
    expect((await refusal('AttachPolicyToUser', { ...input, PolicyType: 'Mine' })).code).toBe('InvalidParameter.PolicyType')
  })
})

async function cloudWithUser(...documents: readonly string[]) {
  const cloud = await cloudWithRam()
  await cloud.ram('CreateUser', { UserName: 'alice' })
  const { AccessKey } = await cloud.ram('CreateAccessKey', { UserName: 'alice' })
  for (const [at, PolicyDocument] of documents.entries()) {
    await cloud.ram('CreatePolicy', { PolicyName: `p${at}`, PolicyDocument })
    await cloud.ram('AttachPolicyToUser', { PolicyType: 'Custom', PolicyName: `p${at}`, UserName: 'alice' })
  }
  const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  return {
    ...cloud,
    as,
    does: (action: string, input: object = {}, of: 'ecs' | 'ram' | 'sts' = 'ecs') => cloud.call(action, input, { product: of, as }),
  }
}

const onlyFrom = (address: string) =>
  JSON.stringify({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*', Condition: { IpAddress: { 'acs:SourceIp': address } } }],
  })

describe('what a user may do', () => {
  test('is nothing without a policy, but to ask who it is', async () => {
    const { does } = await cloudWithUser()
    await expect(does('DescribeRegions')).rejects.toMatchObject({ code: 'Forbidden.RAM', status: 403 })
    await expect(does('ListUsers', {}, 'ram')).rejects.toMatchObject({ code: 'NoPermission', status: 403 })
    expect((await does('GetCallerIdentity', {}, 'sts')).IdentityType).toBe('RAMUser')
  })

  test('ends when the policy is detached', async () => {
    const { does, ram } = await cloudWithUser(document('ecs:Describe*'))
    expect((await does('DescribeRegions')).Regions.Region.length).toBeGreaterThan(0)
    await ram('DetachPolicyFromUser', { PolicyType: 'Custom', PolicyName: 'p0', UserName: 'alice' })
    await expect(does('DescribeRegions')).rejects.toMatchObject({ code: 'Forbidden.RAM' })
  })

  test('is refused by a Deny, and the refusal says which statement of which policy', async () => {
    const { as, ram, refuses } = await cloudWithUser(document('*'), document('ecs:DescribeRegions', '*', 'Deny'))
    const refused: TestAnswer = await refuses('DescribeRegions', {}, { as })
    expect(refused).toMatchObject({
      code: 'Forbidden.RAM',
      body: {
        AccessDeniedDetail: {
          AuthAction: 'ecs:DescribeRegions',
          AuthPrincipalType: 'SubUser',
          NoPermissionType: 'ExplicitDeny',
          PolicyType: 'AccountLevelIdentityBasedPolicy',
        },
      },
    })
    const { EncodedDiagnosticMessage } = refused.body.AccessDeniedDetail
    const decoded = await ram('DecodeDiagnosticMessage', { EncodedDiagnosticMessage })
    expect(decoded.DecodedDiagnosticMessage.MatchedPolicies).toEqual([
      {
        PolicyIdentifier: 'p1',
        PolicyType: 'Custom',
        PolicyVersion: 'v1',
        AttachedEntityType: 'User',
        AttachedScope: 'Account',
        AttachedEntityName: 'alice',
        Effect: 'Deny',
        Statement: 0,
      },
    ])
  })

  test('can be bound to the address it comes from', async () => {
    await expect((await cloudWithUser(onlyFrom('127.0.0.0/8'))).does('DescribeRegions')).resolves.toBeDefined()
    await expect((await cloudWithUser(onlyFrom('10.0.0.0/8'))).does('DescribeRegions')).rejects.toMatchObject({ code: 'Forbidden.RAM' })
  })

  test('can be its own keys alone', async () => {
    const { does, ram } = await cloudWithUser(document('ram:*AccessKey*', 'acs:ram:*:*:user/alice'))
    await ram('CreateUser', { UserName: 'bob' })
    expect((await does('ListAccessKeys', { UserName: 'alice' }, 'ram')).AccessKeys.AccessKey).toHaveLength(1)
    expect((await does('ListAccessKeys', {}, 'ram')).AccessKeys.AccessKey).toHaveLength(1)
    await expect(does('CreateAccessKey', { UserName: 'bob' }, 'ram')).rejects.toMatchObject({ code: 'NoPermission' })
  })
})

describe('a role', () => {
  test('is made, changed, listed and deleted', async () => {
    const { ram, refusal } = await cloudWithRam()
    const { Role } = await ram('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust, Description: 'd' })
    expect(Role).toMatchObject({
      RoleId: expect.stringMatching(/^3\d{17}$/),
      Arn: expect.stringMatching(/^acs:ram::\d{16}:role\/r$/),
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: trust,
    })
    await ram('UpdateRole', { RoleName: 'r', NewMaxSessionDuration: 7200 })
    expect((await ram('GetRole', { RoleName: 'r' })).Role).toMatchObject({ MaxSessionDuration: 7200, Description: 'd' })
    expect((await ram('ListRoles')).Roles.Role).toHaveLength(1)
    const policy = { PolicyType: 'System', PolicyName: 'AliyunECSFullAccess', RoleName: 'r' }
    await ram('AttachPolicyToRole', policy)
    expect((await ram('ListPoliciesForRole', { RoleName: 'r' })).Policies.Policy[0].PolicyName).toBe('AliyunECSFullAccess')
    expect(await refusal('DeleteRole', { RoleName: 'r' })).toMatchObject({ code: 'DeleteConflict.Role.Policy', status: 409 })
    await ram('DetachPolicyFromRole', policy)
    await ram('DeleteRole', { RoleName: 'r' })
    expect((await refusal('GetRole', { RoleName: 'r' })).code).toBe('EntityNotExist.Role')
  })

  test.each([
    ['a policy that names no principal', { AssumeRolePolicyDocument: document('sts:AssumeRole') }, 'MalformedPolicyDocument'],
    ['sessions too short', { AssumeRolePolicyDocument: trust, MaxSessionDuration: 900 }, 'InvalidParameter.MaxSessionDuration'],
    ['sessions too long', { AssumeRolePolicyDocument: trust, MaxSessionDuration: 43_201 }, 'InvalidParameter.MaxSessionDuration'],
  ])('is not made with %s', async (_title, input, code) => {
    const { refusal } = await cloudWithRam()
    expect((await refusal('CreateRole', { RoleName: 'r', ...input })).code).toBe(code)
  })
})
