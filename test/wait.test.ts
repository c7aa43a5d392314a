import { describe, expect, it } from 'vitest'
import { EcsClient, VpcClient } from '../src/client/index.ts'
import { type Means, waitUntil } from '../src/client/wait/wait.ts'
import { createCloud } from '../src/cloud/index.ts'

const regionId = 'cn-hangzhou'

/** A cloud whose clock moves only while somebody sleeps, and what waits on it. */
async function estate() {
  const cloud = await createCloud({ seed: 'wait', clock: 'manual' })
  const way = { regionId, fetch: cloud.fetch, credentials: cloud.credentials }
  const [ecs, vpc] = [new EcsClient(way), new VpcClient(way)]
  const { VpcId } = await vpc.createVpc({ CidrBlock: '10.0.0.0/16' })
  cloud.clock.advance(60_000)
  const { VSwitchId } = await vpc.createVSwitch({ VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock: '10.0.0.0/20' })
  cloud.clock.advance(60_000)
  const { SecurityGroupId } = await ecs.createSecurityGroup({ VpcId })
  const [image] = (await ecs.describeImages({ Architecture: 'x86_64', OSType: 'linux' })).Images.Image
  const basics = { ImageId: image?.ImageId, InstanceType: 'ecs.g7.large', VSwitchId, SecurityGroupId }
  let polls = 0
  const means: Means = {
    call: (action, input, options) => {
      polls++
      return ecs.call(action, input, options)
    },
    sleep: async (ms) => cloud.clock.advance(ms),
    now: () => cloud.clock.now(),
  }
  const launch = async (input: object = {}) => (await ecs.runInstances({ ...basics, ...input })).InstanceIdSets.InstanceIdSet
  /** The data disks of an instance that stay when it goes, and the rest. */
  const disksOf = async (InstanceId: string) => (await ecs.describeDisks({ InstanceId })).Disks.Disk
  return { cloud, ecs, means, launch, disksOf, polls: () => polls }
}

describe('waiting on a local cloud', () => {
  it('follows instances and their disks from start to stop to gone', async () => {
    const { ecs, means, launch, disksOf, polls } = await estate()
    const [a, b] = [
      await launch({ Amount: 100 }),
      await launch({ Amount: 50, DataDisk: [{ Size: 20, Category: 'cloud_essd', DeleteWithInstance: false }] }),
    ]
    const ids = [...a, ...b]
    await waitUntil(means, 'Running', ids)
    expect(polls()).toBeLessThan(40)
    const disks = await disksOf(b[0] as string)
    const kept = disks.filter((disk) => !disk.DeleteWithInstance).map((disk) => disk.DiskId)
    const going = disks.filter((disk) => disk.DeleteWithInstance).map((disk) => disk.DiskId)
    expect([kept.length, going.length]).toEqual([1, 1])
    await waitUntil(means, 'In_use', [...kept, ...going])

    for (const part of [ids.slice(0, 100), ids.slice(100)]) await ecs.stopInstances({ InstanceId: part })
    await waitUntil(means, 'Stopped', ids)
    await ecs.startInstance({ InstanceId: ids[0] as string })
    await waitUntil(means, 'Running', [ids[0] as string])

    for (const part of [ids.slice(0, 100), ids.slice(100)]) await ecs.deleteInstances({ InstanceId: part, Force: true })
    await waitUntil(means, 'Deleted', ids)
    await waitUntil(means, 'Available', kept)
    await waitUntil(means, 'Deleted', going)
    expect((await ecs.describeInstances()).TotalCount).toBe(0)
  })

  it('follows a disk of its own from made to attached to free to gone', async () => {
    const { ecs, means, launch } = await estate()
    const [InstanceId = ''] = await launch()
    await waitUntil(means, 'Running', [InstanceId])
    const { DiskId } = await ecs.createDisk({ ZoneId: 'cn-hangzhou-h', DiskCategory: 'cloud_essd', Size: 20 })
    await waitUntil(means, 'Available', [DiskId])
    await ecs.attachDisk({ DiskId, InstanceId })
    await waitUntil(means, 'In_use', [DiskId])
    await ecs.detachDisk({ DiskId, InstanceId })
    await waitUntil(means, 'Available', [DiskId])
    await ecs.deleteDisk({ DiskId })
    await waitUntil(means, 'Deleted', [DiskId])
  })

  it('follows a snapshot until it is accomplished, and until it is gone', async () => {
    const { ecs, means, launch, disksOf } = await estate()
    const [InstanceId = ''] = await launch()
    await waitUntil(means, 'Running', [InstanceId])
    const [disk] = await disksOf(InstanceId)
    const { SnapshotId } = await ecs.createSnapshot({ DiskId: disk?.DiskId ?? '' })
    await waitUntil(means, 'progressing', [SnapshotId])
    await waitUntil(means, 'accomplished', [SnapshotId])
    await ecs.deleteSnapshot({ SnapshotId })
    await waitUntil(means, 'Deleted', [SnapshotId])
    await expect(waitUntil(means, 'accomplished', [SnapshotId])).rejects.toThrow('not found')
  })

  it('fails at once when an instance is released under it', async () => {
    const { ecs, means, launch } = await estate()
    const [id = ''] = await launch()
    await waitUntil(means, 'Running', [id])
    await ecs.deleteInstance({ InstanceId: id, Force: true })
    await expect(waitUntil(means, 'Stopped', [id])).rejects.toMatchObject({
      code: 'WaitFailed',
      message: expect.stringContaining(id) as string,
    })
  })

  it('tells the states of those that did not get there', async () => {
    const { means, launch } = await estate()
    const ids = await launch({ Amount: 3 })
    await waitUntil(means, 'Running', ids)
    await expect(waitUntil(means, 'Stopped', ids, { timeoutMs: 10_000 })).rejects.toThrow('3 of 3 not Stopped after 10000 ms: 3 Running')
  })

  it('looks at public images when it is told what they are', async () => {
    const { ecs, means } = await estate()
    const ids = (await ecs.describeImages({ PageSize: 100 })).Images.Image.map((image) => image.ImageId)
    await waitUntil(means, 'Available', ids, { resource: 'image' })
    await expect(waitUntil(means, 'Available', ['nothing-like-it.vhd'], { resource: 'image' })).rejects.toThrow('not found for 10000 ms')
  })
})
