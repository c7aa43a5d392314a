import { describe, expect, test } from 'vitest'
import { type TestAnswer, testCloud } from '../testing.ts'

const document = (Action: string) => JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
const rotating = 'DeleteOldestNonDefaultVersionWhenLimitExceeded'

/** The policy `p`, which lets Alice describe regions. */
async function cloudWithPolicy() {
  const cloud = await testCloud()
  const ram = (action: string, input: object = {}): Promise<TestAnswer> => cloud.call(action, input, { product: 'ram' })
  const refused = (action: string, input: object = {}) => cloud.refusal(action, input, { product: 'ram' })
  await ram('CreatePolicy', { PolicyName: 'p', PolicyDocument: document('ecs:DescribeRegions') })
  await ram('CreateUser', { UserName: 'alice' })
  await ram('AttachPolicyToUser', { PolicyType: 'Custom', PolicyName: 'p', UserName: 'alice' })
  const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
  const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  const next = (more: object = {}, action = 'ecs:DescribeZones') =>
    ram('CreatePolicyVersion', { PolicyName: 'p', PolicyDocument: document(action), ...more })
  const ids = async (): Promise<string[]> =>
    (await ram('ListPolicyVersions', { PolicyType: 'Custom', PolicyName: 'p' })).PolicyVersions.PolicyVersion.map(
      (version: TestAnswer) => version.VersionId,
    )
  return { ...cloud, ram, refused, as, next, ids }
}

describe('a version of a policy', () => {
  test('counts only once it is the default', async () => {
    const { ram, as, call, refusal, next } = await cloudWithPolicy()
    const { PolicyVersion } = await next()
    expect(PolicyVersion).toEqual({
      VersionId: 'v2',
      IsDefaultVersion: false,
      PolicyDocument: document('ecs:DescribeZones'),
      CreateDate: '2026-01-01T00:00:00Z',
    })
    await call('DescribeRegions', {}, { as })
    expect((await refusal('DescribeZones', {}, { as })).code).toBe('Forbidden.RAM')
    await ram('SetDefaultPolicyVersion', { PolicyName: 'p', VersionId: 'v2' })
    await call('DescribeZones', {}, { as })
    expect((await refusal('DescribeRegions', {}, { as })).code).toBe('Forbidden.RAM')
    await ram('SetDefaultPolicyVersion', { PolicyName: 'p', VersionId: 'v1' })
    await call('DescribeRegions', {}, { as })
  })

  test('is told by GetPolicy, GetPolicyVersion and every list', async () => {
    const { ram, next, ids, clock } = await cloudWithPolicy()
    const policy = { PolicyType: 'Custom', PolicyName: 'p' }
    clock.advance(60_000)
    await next({ SetAsDefault: true })
    expect(await ids()).toEqual(['v2', 'v1'])
    const found = await ram('GetPolicy', policy)
    expect(found.Policy).toMatchObject({ DefaultVersion: 'v2', UpdateDate: '2026-01-01T00:01:00Z', CreateDate: '2026-01-01T00:00:00Z' })
    expect(found.DefaultPolicyVersion).toMatchObject({ VersionId: 'v2', CreateDate: '2026-01-01T00:01:00Z' })
    expect((await ram('GetPolicyVersion', { ...policy, VersionId: 'v1' })).PolicyVersion).toMatchObject({
      IsDefaultVersion: false,
      PolicyDocument: document('ecs:DescribeRegions'),
    })
    expect((await ram('ListPoliciesForUser', { UserName: 'alice' })).Policies.Policy[0].DefaultVersion).toBe('v2')
    const system = { PolicyType: 'System', PolicyName: 'AliyunECSFullAccess' }
    expect((await ram('ListPolicyVersions', system)).PolicyVersions.PolicyVersion[0]).toMatchObject({ VersionId: 'v1' })
  })

  test('is the sixth only where the oldest makes room for it, and no number is given twice', async () => {
    const { ram, next, ids, refused } = await cloudWithPolicy()
    for (let version = 2; version <= 5; version++) await next()
    const sixth = { PolicyName: 'p', PolicyDocument: document('ecs:*') }
    expect(await refused('CreatePolicyVersion', sixth)).toMatchObject({ code: 'LimitExceeded.Policy.Version', status: 409 })
    expect((await refused('CreatePolicyVersion', { ...sixth, RotateStrategy: 'Oldest' })).code).toBe('InvalidParameter.RotateStrategy')
    await next({ RotateStrategy: rotating })
    expect(await ids()).toEqual(['v6', 'v5', 'v4', 'v3', 'v1'])
    await ram('DeletePolicyVersion', { PolicyName: 'p', VersionId: 'v6' })
    expect((await next()).PolicyVersion.VersionId).toBe('v7')
  })

  test('is deleted unless it is the default, and is in the way of deleting the policy', async () => {
    const { ram, next, refused } = await cloudWithPolicy()
    await ram('DetachPolicyFromUser', { PolicyType: 'Custom', PolicyName: 'p', UserName: 'alice' })
    await next()
    const first = { PolicyName: 'p', VersionId: 'v1' }
    expect(await refused('DeletePolicyVersion', first)).toMatchObject({ code: 'DeleteConflict.Policy.Version.Default', status: 409 })
    expect(await refused('DeletePolicy', { PolicyName: 'p' })).toMatchObject({ code: 'DeleteConflict.Policy.Version', status: 409 })
    await ram('DeletePolicy', { PolicyName: 'p', CascadingDelete: true })
  })

  test.each([
    ['v9', 'EntityNotExist.Policy.Version', 404],
    ['2', 'InvalidParameter.VersionId.Format', 400],
  ])('called %s is refused', async (VersionId, code, status) => {
    const { refused } = await cloudWithPolicy()
    expect(await refused('SetDefaultPolicyVersion', { PolicyName: 'p', VersionId })).toMatchObject({ code, status })
  })

  test('of a document that is no policy is refused, and of a system policy too', async () => {
    const { refused } = await cloudWithPolicy()
    expect((await refused('CreatePolicyVersion', { PolicyName: 'p', PolicyDocument: '{}' })).code).toBe('MalformedPolicyDocument')
    const system = { PolicyName: 'AliyunECSFullAccess', PolicyDocument: document('ecs:*') }
    expect((await refused('CreatePolicyVersion', system)).code).toBe('EntityNotExist.Policy')
  })
})

test("a policy's description changes, and nothing else of it", async () => {
  const { ram, next } = await cloudWithPolicy()
  await next({ SetAsDefault: true })
  const { Policy } = await ram('UpdatePolicyDescription', { PolicyName: 'p', NewDescription: 'zones' })
  expect(Policy).toMatchObject({ PolicyName: 'p', Description: 'zones', DefaultVersion: 'v2' })
})
