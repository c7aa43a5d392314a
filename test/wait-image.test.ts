import { expect, it } from 'vitest'
import { EcsClient, VpcClient } from '../src/client/index.ts'
import { type Means, waitUntil } from '../src/client/wait/wait.ts'
import { createCloud } from '../src/cloud/index.ts'

const regionId = 'cn-hangzhou'

async function estate() {
  const cloud = await createCloud({ seed: 'wait', clock: 'manual' })
  const way = { regionId, fetch: cloud.fetch, credentials: cloud.credentials }
  const [ecs, vpc] = [new EcsClient(way), new VpcClient(way)]
  const means: Means = {
    call: (action, input, options) => ecs.call(action, input, options),
    sleep: async (ms) => cloud.clock.advance(ms),
    now: () => cloud.clock.now(),
  }
  return { cloud, ecs, vpc, means }
}

it('an image is waited for on a local cloud: made of an instance, deleted', async () => {
  const { cloud, ecs, vpc, means } = await estate()
  const { VpcId } = await vpc.createVpc({ CidrBlock: '10.0.0.0/16' })
  cloud.clock.advance(60_000)
  const { VSwitchId } = await vpc.createVSwitch({ VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.0.0/20' })
  cloud.clock.advance(60_000)
  const { SecurityGroupId } = await ecs.createSecurityGroup({ VpcId })
  const [image] = (await ecs.describeImages({ Architecture: 'x86_64', OSType: 'linux' })).Images.Image
  const place = { VSwitchId, SecurityGroupId }
  const { InstanceIdSets } = await ecs.runInstances({ ImageId: image?.ImageId, InstanceType: 'ecs.g7.large', ...place })
  const [InstanceId = ''] = InstanceIdSets.InstanceIdSet
  await waitUntil(means, 'Running', [InstanceId])
  const { ImageId } = await ecs.createImage({ InstanceId })
  await waitUntil(means, 'Available', [ImageId])
  await ecs.deleteImage({ ImageId })
  await waitUntil(means, 'Deleted', [ImageId])
  expect((await ecs.describeImages({ ImageOwnerAlias: 'self', Status: 'ALL' })).TotalCount).toBe(0)
})

it('a task is waited for on a local cloud until its image is there', async () => {
  const { ecs, means } = await estate()
  const DiskDeviceMapping = [{ OSSBucket: 'my-bucket', OSSObject: 'disk.raw', DiskImageSize: 20 }]
  const { TaskId, ImageId } = await ecs.importImage({ DiskDeviceMapping, Platform: 'Ubuntu' })
  await waitUntil(means, 'Finished', [TaskId], { resource: 'task' })
  await waitUntil(means, 'Available', [ImageId])
  expect((await ecs.describeTaskAttribute({ TaskId })).TaskStatus).toBe('Finished')
})
