import { expect, it } from 'vitest'
import { EcsClient, VpcClient } from '../src/client/index.ts'
import { type Means, waitUntil } from '../src/client/wait/wait.ts'
import { createCloud } from '../src/cloud/index.ts'

const regionId = 'cn-hangzhou'

it('an invocation is waited for on a local cloud, and a failed one ends the wait', async () => {
  const cloud = await createCloud({ seed: 'wait', clock: 'manual' })
  const way = { regionId, fetch: cloud.fetch, credentials: cloud.credentials }
  const [ecs, vpc] = [new EcsClient(way), new VpcClient(way)]
  const { VpcId } = await vpc.createVpc({ CidrBlock: '10.0.0.0/16' })
  cloud.clock.advance(60_000)
  const { VSwitchId } = await vpc.createVSwitch({ VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.0.0/20' })
  cloud.clock.advance(60_000)
  const { SecurityGroupId } = await ecs.createSecurityGroup({ VpcId })
  const [image] = (await ecs.describeImages({ Architecture: 'x86_64', OSType: 'linux' })).Images.Image
  const launch = { ImageId: image?.ImageId, InstanceType: 'ecs.g7.large', VSwitchId, SecurityGroupId }
  const InstanceId = (await ecs.runInstances(launch)).InstanceIdSets.InstanceIdSet
  const means: Means = {
    call: (action, input, options) => ecs.call(action, input, options),
    sleep: async (ms) => cloud.clock.advance(ms),
    now: () => cloud.clock.now(),
  }
  await waitUntil(means, 'Running', InstanceId)
  const good = await ecs.runCommand({ Type: 'RunShellScript', CommandContent: 'echo done', InstanceId })
  await waitUntil(means, 'Success', [good.InvokeId])
  const bad = await ecs.runCommand({ Type: 'RunShellScript', CommandContent: 'exit 1', InstanceId })
  await expect(waitUntil(means, 'Success', [bad.InvokeId])).rejects.toThrow()
})
