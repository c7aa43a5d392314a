import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, testCloud } from '../../testing.ts'

describe('a security group', () => {
  it('begins without rules, with members that reach each other unless it is an enterprise one', async () => {
    const { call, VpcId } = await cloudWithNetwork()
    const make = async (input: object) => (await call('CreateSecurityGroup', { VpcId, ...input })).SecurityGroupId
    const attribute = (SecurityGroupId: string) => call('DescribeSecurityGroupAttribute', { SecurityGroupId })
    const named = await attribute(await make({ SecurityGroupName: 'web', Description: 'of tests' }))
    const shown = { VpcId, SecurityGroupName: 'web', Description: 'of tests', InnerAccessPolicy: 'Accept', RegionId: 'cn-hangzhou' }
    expect(named).toMatchObject({ ...shown, Permissions: { Permission: [] }, NextToken: '' })
    expect((await attribute(await make({ SecurityGroupType: 'enterprise' }))).InnerAccessPolicy).toBe('Drop')
  })

  it.each([
    [{ VpcId: undefined }, 'MissingParameter', 400],
    [{ VpcId: 'vpc-none' }, 'InvalidVpcId.NotFound', 404],
    [{ SecurityGroupName: 'x' }, 'InvalidSecurityGroupName.Malformed', 400],
    [{ Description: 'http://x' }, 'InvalidSecurityGroupDiscription.Malformed', 400],
    [{ SecurityGroupType: 'Normal' }, 'InvalidParameter', 400],
    [{ Tag: [{ Key: 'a' }, { Key: 'a' }] }, 'Duplicate.TagKey', 400],
  ])('is not made with %j: %s', async (input, code, status) => {
    const { refusal, VpcId } = await cloudWithNetwork()
    expect(await refusal('CreateSecurityGroup', { VpcId, ...input })).toMatchObject({ code, status })
  })

  it('is not made in a VPC that is still Pending', async () => {
    const { call, refusal } = await testCloud()
    const { VpcId } = await call('CreateVpc', {}, { product: 'vpc' })
    expect(await refusal('CreateSecurityGroup', { VpcId })).toMatchObject({ code: 'IncorrectVpcStatus', status: 400 })
  })

  it('has no snapshot policies, and says so when asked', async () => {
    const { call, refusal, SecurityGroupId } = await cloudWithNetwork()
    const asked = { SecurityGroupId, Attribute: 'snapshotPolicyIds' }
    expect((await call('DescribeSecurityGroupAttribute', asked)).SnapshotPolicyIds).toEqual({ SnapshotPolicyId: [] })
    expect(await refusal('DescribeSecurityGroupAttribute', { ...asked, Attribute: 'x' })).toMatchObject({ code: 'InvalidParameter' })
  })

  it('takes another name, description and inner policy', async () => {
    const { call, refusal, SecurityGroupId } = await cloudWithNetwork()
    await call('ModifySecurityGroupAttribute', { SecurityGroupId, SecurityGroupName: 'after' })
    await call('ModifySecurityGroupAttribute', { SecurityGroupId, Description: 'kept' })
    await call('ModifySecurityGroupPolicy', { SecurityGroupId, InnerAccessPolicy: 'drop' })
    const shown = { SecurityGroupName: 'after', Description: 'kept', InnerAccessPolicy: 'Drop' }
    expect(await call('DescribeSecurityGroupAttribute', { SecurityGroupId })).toMatchObject(shown)
    const wrong = { SecurityGroupId, InnerAccessPolicy: 'deny' }
    expect(await refusal('ModifySecurityGroupPolicy', wrong)).toMatchObject({ code: 'InvalidPolicy.Malformed', status: 400 })
  })

  it('is unknown where it does not exist, in each operation on it', async () => {
    const { refusal, SecurityGroupId } = await cloudWithNetwork()
    const elsewhere = { regionId: 'cn-beijing' }
    for (const action of ['DescribeSecurityGroupAttribute', 'ModifySecurityGroupAttribute', 'DeleteSecurityGroup'])
      for (const wrong of [refusal(action, { SecurityGroupId: 'sg-none' }), refusal(action, { SecurityGroupId }, elsewhere)])
        expect(await wrong).toMatchObject({ code: 'InvalidSecurityGroupId.NotFound', status: 404 })
  })

  it('is listed by ids, name, VPC, type and tag', async () => {
    const { call, VpcId, SecurityGroupId: first } = await cloudWithNetwork()
    const more = { VpcId, SecurityGroupName: 'web-servers', SecurityGroupType: 'enterprise', Tag: [{ Key: 'env', Value: 'test' }] }
    const { SecurityGroupId: second } = await call('CreateSecurityGroup', more)
    const list = async (input: object) =>
      (await call('DescribeSecurityGroups', input)).SecurityGroups.SecurityGroup.map(
        (row: { SecurityGroupId: string }) => row.SecurityGroupId,
      )
    expect(await list({ VpcId })).toEqual([second, first])
    expect(await list({ SecurityGroupIds: [first] })).toEqual([first])
    expect(await list({ SecurityGroupIds: [] })).toEqual([])
    expect(await list({ SecurityGroupId: second })).toEqual([second])
    expect(await list({ SecurityGroupName: 'web' })).toEqual([])
    expect(await list({ SecurityGroupName: 'web', FuzzyQuery: true })).toEqual([second])
    expect(await list({ SecurityGroupType: 'normal' })).toEqual([first])
    expect(await list({ Tag: [{ Key: 'env', Value: 'test' }] })).toEqual([second])
    expect(await list({ NetworkType: 'classic' })).toEqual([])
    expect((await call('DescribeSecurityGroups', { MaxResults: 10 })).NextToken).toBe('')
  })

  it('tells how many instances it holds only when asked, and rightly after each change', async () => {
    const { call, launch, SecurityGroupId } = await cloudWithNetwork()
    const counts = async (input: object) => {
      const { EcsCount, AvailableInstanceAmount } = (await call('DescribeSecurityGroups', input)).SecurityGroups.SecurityGroup[0]
      return [EcsCount, AvailableInstanceAmount]
    }
    expect(await counts({ SecurityGroupId, IsQueryEcsCount: true })).toEqual([0, 2000])
    await launch({ Amount: 2 })
    expect(await counts({ SecurityGroupId })).toEqual([0, 0])
    expect(await counts({ SecurityGroupId, IsQueryEcsCount: true })).toEqual([2, 1998])
  })

  it('is not deleted while an instance is in it or another group names it, and says who does', async () => {
    const { call, refusal, running, clock, VpcId, SecurityGroupId } = await cloudWithNetwork()
    const InstanceId = await running()
    const kept = { code: 'DependencyViolation', status: 403 }
    expect(await refusal('DeleteSecurityGroup', { SecurityGroupId })).toMatchObject(kept)
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(60_000)
    const { SecurityGroupId: other } = await call('CreateSecurityGroup', { VpcId })
    const rule = { SecurityGroupId: other, IpProtocol: 'ALL', PortRange: '-1/-1', SourceGroupId: SecurityGroupId }
    await call('AuthorizeSecurityGroup', rule)
    expect(await refusal('DeleteSecurityGroup', { SecurityGroupId })).toMatchObject(kept)
    const { SecurityGroupReferences } = await call('DescribeSecurityGroupReferences', { SecurityGroupId: [SecurityGroupId] })
    const reference = SecurityGroupReferences.SecurityGroupReference[0]
    expect(reference.ReferencingSecurityGroups.ReferencingSecurityGroup).toMatchObject([{ SecurityGroupId: other }])
    await call('RevokeSecurityGroup', rule)
    await call('DeleteSecurityGroup', { SecurityGroupId })
    expect(await refusal('DeleteSecurityGroup', { SecurityGroupId })).toMatchObject({
      code: 'InvalidSecurityGroupId.NotFound',
      status: 404,
    })
  })

  it('is the hundredth and last of its region', async () => {
    const { call, refusal, VpcId } = await cloudWithNetwork()
    for (let made = 1; made < 100; made++) await call('CreateSecurityGroup', { VpcId })
    expect(await refusal('CreateSecurityGroup', { VpcId })).toMatchObject({ code: 'QuotaExceed.SecurityGroup', status: 403 })
  })
})
