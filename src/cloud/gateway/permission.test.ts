import { beforeEach, describe, expect, test } from 'vitest'
import type { Credentials } from '../../api/wire.ts'
import { cloudWithNetwork } from '../testing.ts'

let cloud: Awaited<ReturnType<typeof cloudWithNetwork>>
let alice: Credentials
beforeEach(async () => {
  cloud = await cloudWithNetwork()
  await cloud.call('CreateUser', { UserName: 'alice' }, { product: 'ram' })
  const { AccessKey } = await cloud.call('CreateAccessKey', { UserName: 'alice' }, { product: 'ram' })
  alice = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
})
const grant = (PolicyName: string) =>
  cloud.call('AttachPolicyToUser', { PolicyType: 'System', PolicyName, UserName: 'alice' }, { product: 'ram' })

describe('a RAM user without permission', () => {
  test('is told which action was denied to whom and why, and nothing changes', async () => {
    const before = cloud.cloud.counts()
    const refused = await cloud.refusal('RunInstances', cloud.basics, { as: alice })
    expect(refused).toMatchObject({ code: 'Forbidden.RAM', status: 403 })
    expect(refused.body.AccessDeniedDetail).toMatchObject({
      AuthAction: 'ecs:RunInstances',
      AuthPrincipalType: 'SubUser',
      AuthPrincipalDisplayName: expect.any(String),
      AuthPrincipalOwnerId: cloud.cloud.accountId,
      NoPermissionType: 'ImplicitDeny',
    })
    expect(cloud.cloud.counts()).toEqual(before)
  })

  test('sees an empty list of instances, and the refusal with DryRun', async () => {
    await cloud.running()
    expect(await cloud.call('DescribeInstances', {}, { as: alice })).toMatchObject({ TotalCount: 0, Instances: { Instance: [] } })
    expect(await cloud.refusal('DescribeInstances', { DryRun: true }, { as: alice })).toMatchObject({ code: 'Forbidden.RAM', status: 403 })
  })

  test('is refused by RAM itself with its own code', async () => {
    expect(await cloud.refusal('ListUsers', {}, { product: 'ram', as: alice })).toMatchObject({ code: 'NoPermission', status: 403 })
  })

  test('does not learn the answer to a ClientToken of somebody who may', async () => {
    const input = { ...cloud.basics, ClientToken: 't' }
    await cloud.call('RunInstances', input)
    expect(await cloud.refusal('RunInstances', input, { as: alice })).toMatchObject({ code: 'Forbidden.RAM' })
  })
})

describe('a RAM user with a system policy', () => {
  test('may do everything with AliyunECSFullAccess', async () => {
    await grant('AliyunECSFullAccess')
    await cloud.call('RunInstances', cloud.basics, { as: alice })
    expect(await cloud.call('DescribeInstances', {}, { as: alice })).toMatchObject({ TotalCount: 1 })
  })

  test('may only look with AliyunECSReadOnlyAccess', async () => {
    const InstanceId = await cloud.running()
    await grant('AliyunECSReadOnlyAccess')
    expect(await cloud.call('DescribeInstances', {}, { as: alice })).toMatchObject({ TotalCount: 1 })
    expect(await cloud.refusal('DeleteInstance', { InstanceId, Force: true }, { as: alice })).toMatchObject({ code: 'Forbidden.RAM' })
    expect((await cloud.instances())[0].Status).toBe('Running')
  })
})

describe('a RAM user with a policy for one region', () => {
  test.each([
    ['cn-hangzhou', true],
    ['cn-beijing', false],
  ])('%s may stop an instance of cn-hangzhou, though StopInstance takes no region: %s', async (region, may) => {
    const InstanceId = await cloud.running()
    const Statement = [{ Effect: 'Allow', Action: 'ecs:StopInstance', Resource: `acs:ecs:${region}:*:instance/*` }]
    const PolicyDocument = JSON.stringify({ Version: '1', Statement })
    await cloud.call('CreatePolicy', { PolicyName: 'one-region', PolicyDocument }, { product: 'ram' })
    const attachment = { PolicyType: 'Custom', PolicyName: 'one-region', UserName: 'alice' }
    await cloud.call('AttachPolicyToUser', attachment, { product: 'ram' })
    const stopped = cloud.call('StopInstance', { InstanceId }, { as: alice })
    await (may ? expect(stopped).resolves.toBeDefined() : expect(stopped).rejects.toMatchObject({ code: 'Forbidden.RAM' }))
  })
})

describe('the log of requests', () => {
  test('tells what RAM was asked for, what it said, and what came into being', async () => {
    const [id] = await cloud.launch()
    await cloud.refusal('StopInstance', { InstanceId: id }, { as: alice })
    await cloud.call('GetCallerIdentity', {}, { product: 'sts', as: alice })
    const [who, stop, run] = cloud.cloud.requests(3)
    const { accountId } = cloud.cloud
    expect(who).toMatchObject({ accountId, caller: 'user/alice', resources: [], permitted: false, created: [] })
    expect(stop).toMatchObject({ resources: [`acs:ecs:cn-hangzhou:${accountId}:instance/${id}`], permitted: false, created: [] })
    expect(run).toMatchObject({ caller: 'root', permitted: true })
    expect(run?.resources).toContain(`acs:ecs:cn-hangzhou:${accountId}:instance/*`)
    expect(run?.created).toContain(id)
  })
})

describe('an AccessKey', () => {
  test('is refused while it is switched off', async () => {
    const key = { UserName: 'alice', UserAccessKeyId: alice.accessKeyId }
    await cloud.call('UpdateAccessKey', { ...key, Status: 'Inactive' }, { product: 'ram' })
    expect(await cloud.refusal('DescribeRegions', {}, { as: alice })).toMatchObject({ code: 'InvalidAccessKeyId.Inactive', status: 400 })
    await cloud.call('DeleteAccessKey', key, { product: 'ram' })
    expect(await cloud.refusal('DescribeRegions', {}, { as: alice })).toMatchObject({ code: 'InvalidAccessKeyId.NotFound', status: 404 })
  })
})
