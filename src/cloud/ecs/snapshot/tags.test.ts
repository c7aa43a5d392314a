import { expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

test('Snapshots and policies carry tags that are added, listed and taken off', async () => {
  const { call, running, disks } = await cloudWithNetwork()
  const InstanceId = await running()
  const [disk] = await disks({ InstanceId })
  const { SnapshotId } = await call('CreateSnapshot', { DiskId: disk.DiskId })
  const policy = { timePoints: ['1'], repeatWeekdays: ['1'], retentionDays: -1 }
  const { AutoSnapshotPolicyId } = await call('CreateAutoSnapshotPolicy', policy)
  const tagged: readonly (readonly [string, string])[] = [
    ['snapshot', SnapshotId],
    ['snapshotpolicy', AutoSnapshotPolicyId],
  ]
  for (const [ResourceType, id] of tagged) {
    const ResourceId = [id]
    await call('TagResources', { ResourceType, ResourceId, Tag: [{ Key: 'team', Value: 'shop' }] })
    const { TagResources } = await call('ListTagResources', { ResourceType, ResourceId })
    expect(TagResources.TagResource).toEqual([{ ResourceId: id, ResourceType, TagKey: 'team', TagValue: 'shop' }])
  }
  expect((await call('DescribeSnapshots', { Tag: [{ Key: 'team' }] })).TotalCount).toBe(1)
  expect((await call('DescribeAutoSnapshotPolicyEx', { Tag: [{ Key: 'team', Value: 'shop' }] })).TotalCount).toBe(1)
  await call('UntagResources', { ResourceType: 'snapshot', ResourceId: [SnapshotId], All: true })
  expect((await call('DescribeSnapshots', { Tag: [{ Key: 'team' }] })).TotalCount).toBe(0)
})

test('A policy of RAM can go by the tags of a snapshot', async () => {
  const { call, running, disks, refusal } = await cloudWithNetwork()
  const [disk] = await disks({ InstanceId: await running() })
  const [mine, other] = [await call('CreateSnapshot', { DiskId: disk.DiskId, Tag: [{ Key: 'owner', Value: 'ada' }] }), 's-none']
  const ram = { product: 'ram' } as const
  await call('CreateUser', { UserName: 'ada' }, ram)
  const { AccessKey } = await call('CreateAccessKey', { UserName: 'ada' }, ram)
  const Condition = { StringEquals: { 'ecs:tag/owner': 'ada' } }
  const document = { Version: '1', Statement: [{ Effect: 'Allow', Action: 'ecs:DeleteSnapshot', Resource: '*', Condition }] }
  await call('CreatePolicy', { PolicyName: 'own', PolicyDocument: JSON.stringify(document) }, ram)
  await call('AttachPolicyToUser', { PolicyName: 'own', PolicyType: 'Custom', UserName: 'ada' }, ram)
  const as = { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  expect(await refusal('DeleteSnapshot', { SnapshotId: other }, { as })).toMatchObject({ status: 403 })
  await call('DeleteSnapshot', { SnapshotId: mine.SnapshotId }, { as })
  expect((await call('DescribeSnapshots')).TotalCount).toBe(0)
})
