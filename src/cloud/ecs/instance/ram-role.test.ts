import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const ram = { product: 'ram' } as const
const trust = (Service: string) =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [Service] } }] })
const policyOf = (Action: string) => JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })

/** Two instances, the roles `web` and `batch` that ECS may assume, and one that it may not. */
async function cloudWithRoles() {
  const cloud = await cloudWithNetwork()
  const { call, running } = cloud
  for (const RoleName of ['web', 'batch']) await call('CreateRole', { RoleName, AssumeRolePolicyDocument: trust('ecs.aliyuncs.com') }, ram)
  await call('CreateRole', { RoleName: 'other', AssumeRolePolicyDocument: trust('fc.aliyuncs.com') }, ram)
  const ids = [await running(), await running()]
  const attach = (RamRoleName: string, InstanceIds = ids, more: object = {}) =>
    call('AttachInstanceRamRole', { InstanceIds, RamRoleName, ...more })
  const roles = async (input: object = { InstanceIds: ids }): Promise<string[]> => {
    const { InstanceRamRoleSets } = await call('DescribeInstanceRamRole', input)
    return InstanceRamRoleSets.InstanceRamRoleSet.map((set: { RamRoleName: string }) => set.RamRoleName)
  }
  return { ...cloud, ids, attach, roles }
}

describe('AttachInstanceRamRole', () => {
  test('gives instances a role', async () => {
    const { attach, roles, ids } = await cloudWithRoles()
    expect(await attach('web')).toMatchObject({
      RamRoleName: 'web',
      TotalCount: 2,
      FailCount: 0,
      AttachInstanceRamRoleResults: {
        AttachInstanceRamRoleResult: ids.map((InstanceId) => ({ InstanceId, Code: '200', Message: 'success', Success: true })),
      },
    })
    expect(await roles()).toEqual(['web', 'web'])
  })

  test('leaves an instance with another role as it is, and tells so', async () => {
    const { attach, roles, ids } = await cloudWithRoles()
    await attach('web', ids.slice(0, 1))
    const told = await attach('batch')
    expect(told).toMatchObject({ TotalCount: 2, FailCount: 1 })
    expect(told.AttachInstanceRamRoleResults.AttachInstanceRamRoleResult[0]).toMatchObject({ Success: false, Code: 'OperationDenied' })
    expect(new Set(await roles())).toEqual(new Set(['web', 'batch']))
  })

  test.each([
    ['an unknown role', { RamRoleName: 'none' }, 'InvalidRamRole.NotFound', 404],
    ['no role', { RamRoleName: '' }, 'MissingRamRoleName', 400],
    ['a role that does not trust ECS', { RamRoleName: 'other' }, 'InvalidRamRole.NotEcsRole', 404],
    ['an unknown instance', { InstanceIds: ['i-none'] }, 'InvalidInstanceId.NotFound', 404],
    ['no instance', { InstanceIds: [] }, 'InvalidInstanceIds.Malformed', 400],
    ['101 instances', { InstanceIds: Array.from({ length: 101 }, (_, at) => `i-${at}`) }, 'InvalidInstanceIds.Malformed', 400],
    ['a policy that is none', { Policy: '{}' }, 'InvalidParameter.PolicyGrammar', 400],
    ['a long policy', { Policy: 'x'.repeat(1025) }, 'InvalidParameter.PolicySize', 400],
  ])('refuses %s and changes nothing', async (_title, more, code, status) => {
    const { refusal, roles, ids } = await cloudWithRoles()
    const input = { InstanceIds: ids, RamRoleName: 'web', ...more }
    expect(await refusal('AttachInstanceRamRole', input)).toMatchObject({ code, status })
    expect(await roles()).toEqual(['', ''])
  })

  test('asks that the caller may pass the role on', async () => {
    const { call, refusal, ids } = await cloudWithRoles()
    await call('CreateUser', { UserName: 'ops' }, ram)
    await call('AttachPolicyToUser', { UserName: 'ops', PolicyType: 'System', PolicyName: 'AliyunECSFullAccess' }, ram)
    const { AccessKey } = await call('CreateAccessKey', { UserName: 'ops' }, ram)
    const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
    const input = { InstanceIds: ids, RamRoleName: 'web' }
    expect((await refusal('AttachInstanceRamRole', input, { as })).code).toBe('InvalidUser.PassRoleForbidden')
  })

  test("narrows what the instance's credentials may by its policy", async () => {
    const { attach, cloud, call, refusal, ids } = await cloudWithRoles()
    await call('AttachPolicyToRole', { PolicyType: 'System', PolicyName: 'AliyunECSReadOnlyAccess', RoleName: 'web' }, ram)
    const [id = ''] = ids
    const credentials = async () => {
      const url = 'http://100.100.100.200/latest/meta-data/ram/security-credentials/web'
      const told = JSON.parse(await (await cloud.metadata(id).fetch(url)).text())
      return { accessKeyId: told.AccessKeyId, accessKeySecret: told.AccessKeySecret, securityToken: told.SecurityToken }
    }
    await attach('web', [id], { Policy: policyOf('ecs:DescribeZones') })
    expect((await refusal('DescribeRegions', {}, { as: await credentials() })).code).toBe('Forbidden.RAM')
    await attach('web', [id])
    await expect(call('DescribeRegions', {}, { as: await credentials() })).resolves.toBeDefined()
  })
})

describe('DetachInstanceRamRole', () => {
  test('takes the role away and tells which it was', async () => {
    const { call, attach, roles, ids } = await cloudWithRoles()
    await attach('web', ids.slice(0, 1))
    const told = await call('DetachInstanceRamRole', { InstanceIds: ids })
    expect(told).toMatchObject({ TotalCount: 2, FailCount: 1 })
    expect(told.DetachInstanceRamRoleResults.DetachInstanceRamRoleResult).toMatchObject([
      { Success: true, InstanceRamRoleSets: { InstanceRamRoleSet: [{ InstanceId: ids[0], RamRoleName: 'web' }] } },
      { Success: false, Code: 'InvalidRamRole.NotFound' },
    ])
    expect(await roles()).toEqual(['', ''])
  })

  test('takes no other role away than the one named, not even an unknown one', async () => {
    const { call, refusal, attach, roles, ids } = await cloudWithRoles()
    await attach('web')
    expect(await call('DetachInstanceRamRole', { InstanceIds: ids, RamRoleName: 'batch' })).toMatchObject({ FailCount: 2 })
    expect((await refusal('DetachInstanceRamRole', { InstanceIds: ids, RamRoleName: 'none' })).code).toBe('InvalidRamRole.NotFound')
    expect(await roles()).toEqual(['web', 'web'])
  })
})

describe('DescribeInstanceRamRole', () => {
  test('finds the instances that have a role, a page at a time', async () => {
    const { call, attach, ids, roles } = await cloudWithRoles()
    await attach('web')
    const input = { RamRoleName: 'web', PageSize: 1 }
    const told = await call('DescribeInstanceRamRole', input)
    expect(told).toMatchObject({ RegionId: 'cn-hangzhou', TotalCount: 2 })
    expect(told.InstanceRamRoleSets.InstanceRamRoleSet).toHaveLength(1)
    expect(await roles({ RamRoleName: 'batch' })).toEqual([])
    expect(await roles({ InstanceIds: ids.slice(0, 1) })).toEqual(['web'])
  })

  test.each([
    ['neither instances nor a role', {}, 'InvalidParameter.AllEmpty', 403],
    ['an unknown role', { RamRoleName: 'none' }, 'InvalidRamRole.NotFound', 404],
    ['an unknown instance', { InstanceIds: ['i-none'] }, 'InvalidInstanceId.NotFound', 404],
    ['a page of 51', { RamRoleName: 'web', PageSize: 51 }, 'InvalidParameter', 400],
  ])('refuses %s', async (_title, input, code, status) => {
    const { refusal } = await cloudWithRoles()
    expect(await refusal('DescribeInstanceRamRole', input)).toMatchObject({ code, status })
  })
})
