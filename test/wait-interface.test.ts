import { expect, it } from 'vitest'
import { EcsClient, VpcClient } from '../src/client/index.ts'
import { type Means, waitUntil } from '../src/client/wait/wait.ts'
import { createCloud } from '../src/cloud/index.ts'

const regionId = 'cn-hangzhou'

it('a network interface is waited for on a local cloud: attached, detached, deleted', async () => {
  const cloud = await createCloud({ seed: 'wait', clock: 'manual' })
  const way = { regionId, fetch: cloud.fetch, credentials: cloud.credentials }
  const [ecs, vpc] = [new EcsClient(way), new VpcClient(way)]
  const { VpcId } = await vpc.createVpc({ CidrBlock: '10.0.0.0/16' })
  cloud.clock.advance(60_000)
  const { VSwitchId } = await vpc.createVSwitch({ VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.0.0/20' })
  cloud.clock.advance(60_000)
  const { SecurityGroupId } = await ecs.createSecurityGroup({ VpcId })
  const [image] = (await ecs.describeImages({ Architecture: 'x86_64', OSType: 'linux' })).Images.Image
  const place = { VSwitchId, SecurityGroupId }
  const { InstanceIdSets } = await ecs.runInstances({ ImageId: image?.ImageId, InstanceType: 'ecs.g7.large', ...place })
  const [InstanceId = ''] = InstanceIdSets.InstanceIdSet
  const means: Means = {
    call: (action, input, options) => ecs.call(action, input, options),
    sleep: async (ms) => cloud.clock.advance(ms),
    now: () => cloud.clock.now(),
  }
  await waitUntil(means, 'Running', [InstanceId])
  const { NetworkInterfaceSets } = await ecs.describeNetworkInterfaces({ InstanceId })
  const [primary] = NetworkInterfaceSets.NetworkInterfaceSet
  await waitUntil(means, 'InUse', [primary?.NetworkInterfaceId ?? ''])

  const { NetworkInterfaceId } = await ecs.createNetworkInterface(place)
  await waitUntil(means, 'Available', [NetworkInterfaceId])
  const pair = { InstanceId, NetworkInterfaceId }
  await ecs.attachNetworkInterface(pair)
  await waitUntil(means, 'InUse', [NetworkInterfaceId])
  await ecs.detachNetworkInterface(pair)
  await waitUntil(means, 'Available', [NetworkInterfaceId])
  await ecs.deleteNetworkInterface({ NetworkInterfaceId })
  await waitUntil(means, 'Deleted', [NetworkInterfaceId])
  expect((await ecs.describeNetworkInterfaces({ Type: 'Secondary' })).NetworkInterfaceSets.NetworkInterfaceSet).toEqual([])
})
