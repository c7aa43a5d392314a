import { describe, expect, test } from 'vitest'
import { testCloud } from '../testing.ts'

const [ours, theirs] = ['rg-ours', 'rg-theirs']

/** A cloud with alice, who has a policy for everything of ECS and VPC, but in one resource group. */
async function cloudWithAlice() {
  const cloud = await testCloud()
  const ram = (action: string, input: object = {}) => cloud.call(action, input, { product: 'ram' })
  const code = async (action: string, input: object = {}) => (await cloud.refusal(action, input, { product: 'ram' })).code
  await ram('CreateUser', { UserName: 'alice' })
  const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
  const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  const Statement = [{ Effect: 'Allow', Action: ['ecs:*', 'vpc:*'], Resource: '*' }]
  await ram('CreatePolicy', { PolicyName: 'all', PolicyDocument: JSON.stringify({ Version: '1', Statement }) })
  const attached = { PolicyType: 'Custom', PolicyName: 'all', UserName: 'alice', ResourceGroupId: ours }
  await ram('AttachPolicyToUser', attached)
  const make = async (ResourceGroupId: string, DiskName: string): Promise<string> =>
    (await cloud.call('CreateDisk', { ZoneId: 'cn-hangzhou-h', Size: 40, DiskCategory: 'cloud_essd', DiskName, ResourceGroupId })).DiskId
  const [mine, others] = [await make(ours, 'mine'), await make(theirs, 'others')]
  cloud.clock.advance(60_000)
  const alice = (action: string, input: object = {}) => cloud.call(action, input, { as })
  const barred = async (action: string, input: object = {}) => (await cloud.refusal(action, input, { as })).code
  return { ...cloud, ram, code, alice, barred, attached, mine, others }
}

describe('a policy attached in a resource group', () => {
  test('counts for the resources of the group, for what is made in it and for lists of it', async () => {
    const { alice, barred, mine, others } = await cloudWithAlice()
    await alice('ModifyDiskAttribute', { DiskId: mine, DiskName: 'again' })
    expect(await barred('ModifyDiskAttribute', { DiskId: others, DiskName: 'again' })).toBe('Forbidden.RAM')
    expect((await alice('DescribeDisks', { ResourceGroupId: ours })).TotalCount).toBe(1)
    expect(await barred('DescribeDisks')).toBe('Forbidden.RAM')
    expect(await barred('DescribeDisks', { ResourceGroupId: theirs })).toBe('Forbidden.RAM')
    await alice('CreateKeyPair', { KeyPairName: 'key', ResourceGroupId: ours })
    expect(await barred('CreateKeyPair', { KeyPairName: 'lock' })).toBe('Forbidden.RAM')
  })

  test('is attached and detached beside the same policy for the whole account, and listed once', async () => {
    const { ram, code, alice, barred, attached, others } = await cloudWithAlice()
    const { ResourceGroupId: _, ...everywhere } = attached
    expect(await code('AttachPolicyToUser', attached)).toBe('EntityAlreadyExists.User.Policy')
    expect(await code('DetachPolicyFromUser', everywhere)).toBe('EntityNotExist.User.Policy')
    await ram('AttachPolicyToUser', everywhere)
    await alice('ModifyDiskAttribute', { DiskId: others, DiskName: 'again' })
    expect((await ram('ListPoliciesForUser', { UserName: 'alice' })).Policies.Policy).toHaveLength(1)
    expect((await ram('GetPolicy', { PolicyType: 'Custom', PolicyName: 'all' })).Policy.AttachmentCount).toBe(1)
    await ram('DetachPolicyFromUser', everywhere)
    expect(await barred('ModifyDiskAttribute', { DiskId: others, DiskName: 'more' })).toBe('Forbidden.RAM')
    await ram('DetachPolicyFromUser', attached)
    expect((await ram('ListPoliciesForUser', { UserName: 'alice' })).Policies.Policy).toEqual([])
    expect(await code('AttachPolicyToUser', { ...attached, ResourceGroupId: 'home' })).toBe('InvalidResourceGroup.NotFound')
  })

  test('is told of with its scope where it denied', async () => {
    const { ram, refusal, mine } = await cloudWithAlice()
    const { AccessKey } = await ram('CreateAccessKey', { UserName: 'alice' })
    const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
    const Statement = [{ Effect: 'Deny', Action: 'ecs:DeleteDisk', Resource: '*' }]
    await ram('CreatePolicy', { PolicyName: 'kept', PolicyDocument: JSON.stringify({ Version: '1', Statement }) })
    await ram('AttachPolicyToUser', { PolicyType: 'Custom', PolicyName: 'kept', UserName: 'alice', ResourceGroupId: ours })
    const { body } = await refusal('DeleteDisk', { DiskId: mine }, { as })
    const { EncodedDiagnosticMessage } = body.AccessDeniedDetail as Record<string, string>
    const { DecodedDiagnosticMessage } = await ram('DecodeDiagnosticMessage', { EncodedDiagnosticMessage })
    expect(DecodedDiagnosticMessage.MatchedPolicies).toMatchObject([{ PolicyIdentifier: 'kept', AttachedScope: ours }])
  })
})

describe('lists of RAM', () => {
  test.each([
    ['ListGroups', {}, 'Groups.Group'],
    ['ListRoles', {}, 'Roles.Role'],
    ['ListPolicies', { PolicyType: 'Custom' }, 'Policies.Policy'],
    ['ListUsersForGroup', { GroupName: 'g0' }, 'Users.User'],
  ])('%s goes on where its marker says', async (action, input, list) => {
    const { call } = await testCloud()
    const ram = (name: string, given: object = {}) => call(name, given, { product: 'ram' })
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs.aliyuncs.com' } }
    for (const at of [0, 1, 2]) {
      await ram('CreateGroup', { GroupName: `g${at}` })
      await ram('CreateUser', { UserName: `u${at}` })
      await ram('AddUserToGroup', { GroupName: 'g0', UserName: `u${at}` })
      await ram('CreateRole', { RoleName: `r${at}`, AssumeRolePolicyDocument: JSON.stringify({ Version: '1', Statement: [trust] }) })
      const Statement = [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }]
      await ram('CreatePolicy', { PolicyName: `p${at}`, PolicyDocument: JSON.stringify({ Version: '1', Statement }) })
    }
    const [outer = '', inner = ''] = list.split('.')
    const first = await ram(action, { ...input, MaxItems: 2 })
    expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) as string })
    const rest = await ram(action, { ...input, MaxItems: 2, Marker: first.Marker })
    expect(rest.IsTruncated).toBe(false)
    expect([first[outer][inner].length, rest[outer][inner].length]).toEqual([2, 1])
  })
})
