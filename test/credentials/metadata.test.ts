import { describe, expect, it } from 'vitest'
import { findCredentials } from '../../src/client/credentials/credentials.ts'
import type { Environment, Surroundings } from '../../src/client/credentials/surroundings.ts'
import { EcsClient, RamClient, StsClient } from '../../src/client/index.ts'
import { type Cloud, createCloud } from '../../src/cloud/index.ts'

const regionId = 'cn-hangzhou'

/** An instance in the demo estate with a role that may look at ECS. */
async function instanceWithRole(hardened: boolean) {
  const cloud = await createCloud({ seed: 'demo' })
  const way = { regionId, fetch: cloud.fetch, credentials: cloud.credentials }
  const [ram, ecs] = [new RamClient(way), new EcsClient(way)]
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ecs.aliyuncs.com'] } }
  await ram.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify({ Version: '1', Statement: [statement] }) })
  await ram.attachPolicyToRole({ PolicyType: 'System', PolicyName: 'AliyunECSReadOnlyAccess', RoleName: 'worker' })
  const [other] = (await ecs.describeInstances({ PageSize: 1, Status: 'Running' })).Instances.Instance
  const { InstanceIdSets } = await ecs.runInstances({
    ImageId: other?.ImageId,
    InstanceType: other?.InstanceType,
    VSwitchId: other?.VpcAttributes.VSwitchId,
    SecurityGroupId: other?.SecurityGroupIds.SecurityGroupId[0],
    RamRoleName: 'worker',
    HttpEndpoint: 'enabled',
    HttpTokens: hardened ? 'required' : 'optional',
  })
  return { cloud, instanceId: InstanceIdSets.InstanceIdSet[0] ?? '' }
}

/** What a program on the instance has around it: no files, and the metadata service beside the cloud. */
function inside(cloud: Cloud, instanceId: string, env: Environment = {}) {
  const metadata = cloud.metadata(instanceId)
  const surroundings: Surroundings = {
    env,
    home: '/root',
    readFile: async () => {
      throw Object.assign(new Error('no file'), { code: 'ENOENT' })
    },
    fetch: (input, init) =>
      new Request(input).url.startsWith('http://100.100.100.200/') ? metadata.fetch(input, init) : cloud.fetch(input, init),
  }
  return surroundings
}

describe('the role of an instance of the local cloud', () => {
  it.each([true, false])('signs the calls of a program on it, with nothing set up; tokens required: %s', async (hardened) => {
    const { cloud, instanceId } = await instanceWithRole(hardened)
    const surroundings = inside(cloud, instanceId)
    expect((await findCredentials(surroundings)).source.en).toBe('instance role worker (ECS metadata)')
    const sts = new StsClient({ regionId, fetch: cloud.fetch, surroundings })
    expect((await sts.getCallerIdentity({})).Arn).toContain(`:assumed-role/worker/`)
    const ecs = new EcsClient({ regionId, fetch: cloud.fetch, surroundings })
    expect((await ecs.describeInstances({ PageSize: 1 })).TotalCount).toBeGreaterThan(100)
    await expect(ecs.stopInstance({ InstanceId: instanceId })).rejects.toMatchObject({ code: 'Forbidden.RAM' })
  })

  it('is not taken from an instance that has none', async () => {
    const { cloud, instanceId } = await instanceWithRole(false)
    const ecs = new EcsClient({ regionId, fetch: cloud.fetch, credentials: cloud.credentials })
    await ecs.detachInstanceRamRole({ InstanceIds: [instanceId], RamRoleName: 'worker' })
    await expect(findCredentials(inside(cloud, instanceId))).rejects.toMatchObject({
      code: 'NoCredentials',
      message: expect.stringContaining('ECS metadata: this instance has no role attached') as string,
    })
    const source = await findCredentials(inside(cloud, instanceId, { ALIBABA_CLOUD_ECS_METADATA: 'worker' }))
    await expect(source.get()).rejects.toMatchObject({ code: 'MetadataUnavailable' })
  })
})
