import { describe, expect, test } from 'vitest'
import type { Credentials } from '../../api/wire.ts'
import { testCloud } from '../testing.ts'

const policyOf = (...statements: object[]) => JSON.stringify({ Version: '1', Statement: statements })
const allow = (Action: string, Resource = '*') => ({ Effect: 'Allow', Action, Resource })

/** Alice may assume any role; the role `ops` lets her in and may read ECS. */
async function cloudWithRole({ trusted = 'root', seconds = 3600 } = {}) {
  const cloud = await testCloud()
  const account = cloud.cloud.accountId
  const ram = (action: string, input: object) => cloud.call(action, input, { product: 'ram' })
  await ram('CreateUser', { UserName: 'alice' })
  await ram('AttachPolicyToUser', { PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess', UserName: 'alice' })
  const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${account}:${trusted}`] } }
  const { Role } = await ram('CreateRole', { RoleName: 'ops', AssumeRolePolicyDocument: policyOf(trust), MaxSessionDuration: seconds })
  await ram('AttachPolicyToRole', { PolicyType: 'System', PolicyName: 'AliyunECSReadOnlyAccess', RoleName: 'ops' })
  const alice: Credentials = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  const input = (more: object = {}) => ({ RoleArn: Role.Arn, RoleSessionName: 'shift', ...more })
  const assume = (more: object = {}, as = alice) => cloud.call('AssumeRole', input(more), { product: 'sts', as })
  const refused = (more: object = {}, as = alice) => cloud.refusal('AssumeRole', input(more), { product: 'sts', as })
  const session = async (more: object = {}): Promise<Credentials> => {
    const { Credentials: made } = await assume(more)
    return { accessKeyId: made.AccessKeyId, accessKeySecret: made.AccessKeySecret, securityToken: made.SecurityToken }
  }
  return { ...cloud, account, ram, alice, Role, assume, refused, session }
}

test("AssumeRole answers temporary credentials that end to the second, and the session's names", async () => {
  const { assume, Role } = await cloudWithRole()
  const { AssumedRoleUser, Credentials: made } = await assume({ DurationSeconds: 900 })
  expect(AssumedRoleUser).toEqual({ Arn: `${Role.Arn}/shift`, AssumedRoleId: `${Role.RoleId}:shift` })
  expect(made).toMatchObject({ AccessKeyId: expect.stringMatching(/^STS\.[A-Za-z0-9]+$/), Expiration: '2026-01-01T00:15:00Z' })
  expect(made.SecurityToken.length).toBeGreaterThan(200)
})

test('GetCallerIdentity tells the account, a user and a session apart', async () => {
  const { call, alice, session, account, Role } = await cloudWithRole()
  const who = (as?: Credentials) => call('GetCallerIdentity', {}, { product: 'sts', ...(as && { as }) })
  expect(await who()).toMatchObject({ AccountId: account, Arn: `acs:ram::${account}:root`, IdentityType: 'Account' })
  expect(await who(alice)).toMatchObject({ Arn: `acs:ram::${account}:user/alice`, IdentityType: 'RAMUser' })
  expect(await who(await session())).toMatchObject({
    Arn: `acs:ram::${account}:assumed-role/ops/shift`,
    IdentityType: 'AssumedRoleUser',
    RoleId: Role.RoleId,
    PrincipalId: `${Role.RoleId}:shift`,
  })
})

describe('a session', () => {
  test("may do what the role's policies allow, and nothing else", async () => {
    const { call, refusal, session } = await cloudWithRole()
    const as = await session()
    expect((await call('DescribeRegions', {}, { as })).Regions.Region.length).toBeGreaterThan(0)
    expect(await refusal('StopInstance', { InstanceId: 'i-1' }, { as })).toMatchObject({
      code: 'Forbidden.RAM',
      body: { AccessDeniedDetail: { AuthPrincipalType: 'AssumedRoleUser', NoPermissionType: 'ImplicitDeny' } },
    })
  })

  test("is narrowed by its own policy, which never widens the role's", async () => {
    const { call, refusal, session } = await cloudWithRole()
    const narrow = await session({ Policy: policyOf(allow('ecs:DescribeZones')) })
    expect((await refusal('DescribeRegions', {}, { as: narrow })).body).toMatchObject({
      AccessDeniedDetail: { PolicyType: 'SessionPolicy' },
    })
    const wide = await session({ Policy: policyOf(allow('*')) })
    await expect(call('DescribeRegions', {}, { as: wide })).resolves.toBeDefined()
    expect((await refusal('StopInstance', { InstanceId: 'i-1' }, { as: wide })).code).toBe('Forbidden.RAM')
  })

  test('needs its token, and the right one', async () => {
    const { refusal, session, cloud } = await cloudWithRole()
    const { securityToken, ...bare } = await session()
    const refused = async (as: Credentials) => (await refusal('DescribeRegions', {}, { as })).code
    expect(await refused(bare)).toBe('MissingSecurityToken')
    const other = await session()
    expect(await refused({ ...other, securityToken })).toBe('InvalidSecurityToken.MismatchWithAccessKey')
    expect(await refused({ ...cloud.credentials, securityToken })).toBe('InvalidSecurityToken.MismatchWithAccessKey')
    expect(await refused({ ...other, securityToken: 'x' })).toBe('InvalidSecurityToken.Malformed')
    expect(await refused({ ...cloud.credentials, securityToken: 'x' })).toBe('InvalidSecurityToken.Malformed')
    expect(await refused({ accessKeyId: 'STS.none', accessKeySecret: 'x', securityToken: 'x' })).toBe('InvalidSecurityToken.Malformed')
  })

  test('ends with its time', async () => {
    const { clock, call, refusal, session, cloud } = await cloudWithRole()
    const as = await session({ DurationSeconds: 900 })
    clock.advance(899_000)
    await expect(call('DescribeRegions', {}, { as })).resolves.toBeDefined()
    clock.advance(1000)
    expect((await refusal('DescribeRegions', {}, { as })).code).toBe('InvalidSecurityToken.Expired')
    clock.advance(48 * 3_600_000)
    cloud.settle()
    expect((await refusal('DescribeRegions', {}, { as })).code).toBe('InvalidSecurityToken.Expired')
  })

  test('of a role deleted and made anew may do nothing', async () => {
    const { ram, refusal, session, Role } = await cloudWithRole()
    const as = await session()
    const policy = { PolicyType: 'System', PolicyName: 'AliyunECSReadOnlyAccess', RoleName: 'ops' }
    await ram('DetachPolicyFromRole', policy)
    await ram('DeleteRole', { RoleName: 'ops' })
    await ram('CreateRole', { RoleName: 'ops', AssumeRolePolicyDocument: Role.AssumeRolePolicyDocument })
    await ram('AttachPolicyToRole', policy)
    expect((await refusal('DescribeRegions', {}, { as })).code).toBe('Forbidden.RAM')
  })
})

describe('AssumeRole is refused', () => {
  test('to the account itself', async () => {
    const { refused, cloud } = await cloudWithRole()
    expect(await refused({}, cloud.credentials)).toMatchObject({
      code: 'NoPermission',
      status: 403,
      message: 'Roles may not be assumed by root accounts.',
    })
  })

  test('to a user whose policies do not allow it', async () => {
    const { ram, refused } = await cloudWithRole()
    await ram('DetachPolicyFromUser', { PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess', UserName: 'alice' })
    expect(await refused()).toMatchObject({ code: 'NoPermission', body: { AccessDeniedDetail: { AuthAction: 'sts:AssumeRole' } } })
  })

  test('to a user the role does not trust', async () => {
    const { refused } = await cloudWithRole({ trusted: 'user/bob' })
    expect(await refused()).toMatchObject({ code: 'NoPermission', body: { AccessDeniedDetail: { PolicyType: 'AssumeRolePolicy' } } })
  })

  test.each([
    [{ RoleArn: 'ops' }, 'InvalidParameter.RoleArn', 400],
    [{ RoleSessionName: 'x' }, 'InvalidParameter.RoleSessionName', 400],
    [{ RoleSessionName: 'a b' }, 'InvalidParameter.RoleSessionName', 400],
    [{ DurationSeconds: 899 }, 'InvalidParameter.DurationSeconds', 400],
    [{ DurationSeconds: 3601 }, 'InvalidParameter.DurationSeconds', 400],
    [{ Policy: '{}' }, 'InvalidParameter.PolicyGrammar', 400],
    [{ Policy: 'x'.repeat(2049) }, 'InvalidParameter.PolicySize', 400],
    [{ RoleArn: 'acs:ram::1:role/ops' }, 'EntityNotExist.Role', 404],
  ])('with %j', async (input, code, status) => {
    const { refused } = await cloudWithRole()
    expect(await refused(input)).toMatchObject({ code, status })
  })
})

test('AssumeRole lets a user in that the role trusts by name, for as long as the role allows', async () => {
  const { assume } = await cloudWithRole({ trusted: 'user/alice', seconds: 7200 })
  expect((await assume({ DurationSeconds: 7200 })).Credentials.Expiration).toBe('2026-01-01T02:00:00Z')
})
