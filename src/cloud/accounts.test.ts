import { describe, expect, test } from 'vitest'
import type { Credentials } from '../api/wire.ts'
import type { Account } from './accounts.ts'
import { createCloud } from './cloud.ts'
import { type TestAnswer, testCloud } from './testing.ts'

const two = { accounts: [{ id: '1000000000000001' }, { id: '1000000000000002' }] }
const statement = (Effect: string, more: object) => ({ Effect, ...more })
const policy = (...statements: object[]) => JSON.stringify({ Version: '1', Statement: statements })
const temporary = ({ Credentials: made }: TestAnswer): Credentials => ({
  accessKeyId: made.AccessKeyId,
  accessKeySecret: made.AccessKeySecret,
  securityToken: made.SecurityToken,
})

/** Two accounts: Alice of the first may assume any role, the role `ops` of the second trusts `trusted` and may read ECS. */
async function twoAccounts(trusted: (first: string) => object) {
  const cloud = await testCloud(two)
  const [first, second] = cloud.cloud.accounts as [TestAnswer, TestAnswer]
  const ram = (action: string, input: object, as: Credentials = first.credentials) => cloud.call(action, input, { product: 'ram', as })
  await ram('CreateUser', { UserName: 'alice' })
  await ram('AttachPolicyToUser', { PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess', UserName: 'alice' })
  const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
  const alice = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  const role = { RoleName: 'ops', AssumeRolePolicyDocument: policy(trusted(first.id)) }
  const { Role } = await ram('CreateRole', role, second.credentials)
  await ram('AttachPolicyToRole', { PolicyType: 'System', PolicyName: 'AliyunECSReadOnlyAccess', RoleName: 'ops' }, second.credentials)
  const sts = { product: 'sts' } as const
  const input = { RoleArn: Role.Arn, RoleSessionName: 'shift' }
  const assume = (as: Credentials, more: object = {}) => cloud.call('AssumeRole', { ...input, ...more }, { ...sts, as })
  const refused = (as: Credentials, more: object = {}) => cloud.refusal('AssumeRole', { ...input, ...more }, { ...sts, as })
  return { ...cloud, first, second, ram, alice, Role, assume, refused }
}

const lets = (RAM: string | string[], Effect = 'Allow') => statement(Effect, { Action: 'sts:AssumeRole', Principal: { RAM } })

describe('a cloud with several accounts', () => {
  test('has each under its own id and keys, and the first as its own', async () => {
    const key = { accessKeyId: 'second', accessKeySecret: 's' }
    const { cloud, call } = await testCloud({ accounts: [{}, { id: '1000000000000002', keys: [key] }] })
    expect(cloud.accounts[0]).toEqual({ id: cloud.accountId, credentials: cloud.credentials })
    expect(cloud.accounts[1]).toEqual({ id: '1000000000000002', credentials: key })
    const { AccountId } = await call('GetCallerIdentity', {}, { product: 'sts', as: key })
    expect(AccountId).toBe('1000000000000002')
  })

  test('has an estate in each, with no address given twice', async () => {
    const cloud = await createCloud({ seed: 'demo', clock: 'manual', ...two })
    const test = await testCloud({ seed: 'demo', ...two })
    const seen = ({ credentials: as }: Account): Promise<TestAnswer> => test.call('DescribeInstances', { PageSize: 100 }, { as })
    const [one, other] = await Promise.all(test.cloud.accounts.map(seen))
    expect([one.TotalCount, other.TotalCount]).toEqual([128, 128])
    const addresses = [one, other].flatMap(({ Instances }) =>
      Instances.Instance.flatMap((instance: TestAnswer) => instance.PublicIpAddress.IpAddress),
    )
    expect(new Set(addresses).size).toBe(addresses.length)
    expect(cloud.counts()).toEqual(test.cloud.counts())
  })

  test('has users and roles of one name in each', async () => {
    const { ram, second, call } = await twoAccounts((first) => lets(`acs:ram::${first}:root`))
    await ram('CreateUser', { UserName: 'alice' }, second.credentials)
    await ram('DeleteUser', { UserName: 'alice' }, second.credentials)
    expect((await call('ListUsers', {}, { product: 'ram' })).Users.User).toHaveLength(1)
  })

  test('keeps them, and whose keys are whose, over a reset and a snapshot', async () => {
    const { cloud, call, ram, second } = await twoAccounts((first) => lets(`acs:ram::${first}:root`))
    await cloud.snapshots.take('before')
    await ram('CreateUser', { UserName: 'bob' }, second.credentials)
    await cloud.snapshots.restore('before')
    const who = async (as: Credentials) => (await call('GetCallerIdentity', {}, { product: 'sts', as })).AccountId
    expect(await who(second.credentials)).toBe(second.id)
    expect((await call('ListUsers', {}, { product: 'ram', as: second.credentials })).Users.User).toEqual([])
    cloud.reset()
    expect(await who(second.credentials)).toBe(second.id)
  })

  test('takes over the accounts of a state that is imported', async () => {
    const { cloud, ram, second } = await twoAccounts((first) => lets(`acs:ram::${first}:root`))
    await ram('CreateUser', { UserName: 'bob' }, second.credentials)
    const single = await testCloud({ seed: 'other' })
    await single.cloud.importState(cloud.exportState())
    expect(single.cloud.accounts.map(({ id }) => id)).toEqual(two.accounts.map(({ id }) => id))
    const as = single.cloud.accounts[1]?.credentials as Credentials
    expect((await single.call('ListUsers', {}, { product: 'ram', as })).Users.User[0].UserName).toBe('bob')
  })

  test.each([
    [{ accounts: [] }, 'at least one'],
    [{ accounts: [{ id: '12' }] }, '16 digits'],
    [{ accounts: [{ id: '1000000000000001' }, { id: '1000000000000001' }] }, 'same id'],
    [
      { accounts: [{ keys: [{ accessKeyId: 'a', accessKeySecret: 'b' }] }, { keys: [{ accessKeyId: 'a', accessKeySecret: 'c' }] }] },
      'same',
    ],
    [{ accounts: [{}], keys: [{ accessKeyId: 'a', accessKeySecret: 'b' }] }, 'leave out'],
  ])('is not made of %j', async (options, reason) => {
    await expect(createCloud(options)).rejects.toThrow(reason)
  })
})

describe('a role of another account', () => {
  test.each([
    ['the account', (first: string) => lets(`acs:ram::${first}:root`)],
    ['the user', (first: string) => lets([`acs:ram::${first}:user/alice`])],
  ])('that trusts %s is assumed, and its session works there', async (_who, trusted) => {
    const { alice, assume, call, refusal, second, first } = await twoAccounts(trusted)
    const as = temporary(await assume(alice))
    expect(await call('GetCallerIdentity', {}, { product: 'sts', as })).toMatchObject({
      AccountId: second.id,
      Arn: `acs:ram::${second.id}:assumed-role/ops/shift`,
    })
    const { VpcId } = await call('CreateVpc', {}, { product: 'vpc', as: second.credentials })
    await call('CreateVpc', {}, { product: 'vpc', as: first.credentials })
    expect((await call('DescribeVpcs', {}, { product: 'vpc', as })).Vpcs.Vpc).toMatchObject([{ VpcId }])
    expect((await refusal('DeleteVpc', { VpcId }, { product: 'vpc', as })).body).toMatchObject({
      AccessDeniedDetail: { AuthPrincipalType: 'AssumedRoleUser', AuthPrincipalOwnerId: second.id },
    })
  })

  test('assumes the next one as a role, by any of its names', async () => {
    const { alice, assume, ram, first, second, call } = await twoAccounts((id) => lets(`acs:ram::${id}:user/alice`))
    const document = (name: string) => ({ AssumeRolePolicyDocument: policy(lets(`acs:ram::${second.id}:${name}`)) })
    const assumes = { PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess', RoleName: 'ops' }
    await ram('AttachPolicyToRole', assumes, second.credentials)
    const as = temporary(await assume(alice))
    for (const name of ['role/ops', 'assumed-role/ops/shift', 'role/ops/shift', 'root']) {
      const RoleName = name.replaceAll('/', '-')
      const { Role } = await ram('CreateRole', { RoleName, ...document(name) }, first.credentials)
      const next = await call('AssumeRole', { RoleArn: Role.Arn, RoleSessionName: 'next' }, { product: 'sts', as })
      expect(next.AssumedRoleUser.Arn).toBe(`acs:ram::${first.id}:role/${RoleName}/next`)
    }
  })

  test('is narrowed by a session policy', async () => {
    const { alice, assume, call, refusal } = await twoAccounts((id) => lets(`acs:ram::${id}:root`))
    const Policy = policy(statement('Allow', { Action: 'ecs:DescribeZones', Resource: '*' }))
    const as = temporary(await assume(alice, { Policy }))
    expect((await call('DescribeZones', {}, { as })).Zones.Zone.length).toBeGreaterThan(0)
    const { body } = await refusal('DescribeRegions', {}, { as })
    expect(body).toMatchObject({ AccessDeniedDetail: { PolicyType: 'SessionPolicy', NoPermissionType: 'ImplicitDeny' } })
  })

  test('is refused to whom it does not trust, to whom no policy lets, and to the account itself', async () => {
    const { alice, refused, ram, first } = await twoAccounts(() => lets('acs:ram::1000000000000003:root'))
    expect(await refused(alice)).toMatchObject({ code: 'NoPermission', body: { AccessDeniedDetail: { PolicyType: 'AssumeRolePolicy' } } })
    await ram('DetachPolicyFromUser', { PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess', UserName: 'alice' })
    expect(await refused(alice)).toMatchObject({
      code: 'NoPermission',
      body: { AccessDeniedDetail: { PolicyType: 'AccountLevelIdentityBasedPolicy' } },
    })
    expect(await refused(first.credentials)).toMatchObject({
      message: 'Roles may not be assumed by root accounts.',
      body: { AccessDeniedDetail: { AuthPrincipalType: 'Account' } },
    })
  })

  test('tells which statement of its trust policy denied', async () => {
    const { alice, refused, call, ram, second, first } = await twoAccounts((id) => lets(`acs:ram::${id}:root`))
    const NewAssumeRolePolicyDocument = policy(lets(`acs:ram::${first.id}:root`), lets(`acs:ram::${first.id}:user/alice`, 'Deny'))
    await ram('UpdateRole', { RoleName: 'ops', NewAssumeRolePolicyDocument }, second.credentials)
    const { body } = await refused(alice)
    const { EncodedDiagnosticMessage, NoPermissionType } = (body as TestAnswer).AccessDeniedDetail
    expect(NoPermissionType).toBe('ExplicitDeny')
    const { DecodedDiagnosticMessage: told } = await call('DecodeDiagnosticMessage', { EncodedDiagnosticMessage }, { product: 'ram' })
    expect(told).toMatchObject({
      AuthAction: 'sts:AssumeRole',
      AuthResource: `acs:ram::${second.id}:role/ops`,
      MatchedPolicies: [{ PolicyIdentifier: 'ops', PolicyType: 'AssumeRolePolicy', Effect: 'Deny', Statement: 1 }],
    })
  })

  test('asks for the external id that its trust policy names', async () => {
    const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'x1' } } }
    const { alice, refused, assume } = await twoAccounts((id) => ({ ...lets(`acs:ram::${id}:root`), ...condition }))
    expect((await refused(alice)).code).toBe('NoPermission')
    expect((await refused(alice, { ExternalId: 'x2' })).code).toBe('NoPermission')
    await assume(alice, { ExternalId: 'x1' })
  })
})
