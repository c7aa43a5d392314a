import { describe, expect, it } from 'vitest'
import { catalogue } from '../src/api/catalogue.ts'
import { EcsClient, StsClient, VpcClient } from '../src/client/index.ts'
import { createCloud } from '../src/cloud/index.ts'

const regionId = 'cn-hangzhou'

describe('the client and the local cloud', () => {
  it('have a method for each of the 380 operations of ECS', () => {
    const methods = EcsClient.prototype as unknown as Record<string, unknown>
    const actions = [...catalogue('ecs').keys()].map((action) => (action[0] as string).toLowerCase() + action.slice(1))
    expect(actions).toHaveLength(380)
    expect(actions.filter((action) => typeof methods[action] !== 'function')).toEqual([])
  })

  it.each(['v3', 'v1'] as const)('agree on signature %s, over a socket and without one', async (signatureVersion) => {
    const cloud = await createCloud({ seed: 'demo' })
    const { url } = await cloud.listen()
    try {
      for (const way of [{ endpoint: url }, { fetch: cloud.fetch }]) {
        const ecs = new EcsClient({ regionId, credentials: cloud.credentials, signatureVersion, ...way })
        const seen = new Set<string>()
        for await (const instance of ecs.paginate('DescribeInstances')) seen.add(instance.InstanceId)
        expect(seen.size).toBe((await ecs.describeInstances({ PageSize: 1 })).TotalCount)
        expect(seen.size).toBeGreaterThan(100)
        const sts = new StsClient({ regionId, credentials: cloud.credentials, signatureVersion, ...way })
        expect((await sts.getCallerIdentity({})).AccountId).toBe(cloud.accountId)
      }
    } finally {
      await cloud.close()
    }
  })

  it('bring an instance from nothing to Running and away again', async () => {
    const cloud = await createCloud({ clock: { scale: 1000 } })
    const way = { regionId, fetch: cloud.fetch, credentials: cloud.credentials }
    const [ecs, vpc] = [new EcsClient(way), new VpcClient(way)]
    const { VpcId } = await vpc.createVpc({ CidrBlock: '10.0.0.0/8' })
    const available = async () => (await vpc.describeVpcAttribute({ VpcId })).Status === 'Available'
    while (!(await available()));
    const { VSwitchId } = await vpc.createVSwitch({ VpcId, ZoneId: 'cn-hangzhou-i', CidrBlock: '10.0.0.0/24' })
    while ((await vpc.describeVSwitchAttributes({ VSwitchId })).Status !== 'Available');
    const { SecurityGroupId } = await ecs.createSecurityGroup({ VpcId })
    const [image] = (await ecs.describeImages({ Architecture: 'x86_64', OSType: 'linux' })).Images.Image
    const { InstanceIdSets } = await ecs.runInstances({
      ImageId: image?.ImageId,
      InstanceType: 'ecs.g6.large',
      VSwitchId,
      SecurityGroupId,
      Amount: 3,
    })
    const ids = InstanceIdSets.InstanceIdSet
    await ecs.waitUntil('Running', ids, { pollMs: 1 })
    await ecs.stopInstances({ InstanceId: ids })
    await ecs.waitUntil('Stopped', ids, { pollMs: 1 })
    await ecs.deleteInstances({ InstanceId: ids })
    while ((await ecs.describeInstances({ InstanceIds: ids })).TotalCount > 0);
    expect(cloud.counts()).toMatchObject({ instances: 0, disks: 0 })
  })
})
