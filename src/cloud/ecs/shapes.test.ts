import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { strays } from '../strays.ts'
import { toSeconds } from '../../api/time.ts'
import { testCloud } from '../testing.ts'

describe('an answer of ECS', () => {
  it.each([
    ['DescribeRegions', {}],
    ['DescribeZones', {}],
    ['DescribeInstanceTypes', {}],
    ['DescribeInstanceTypeFamilies', {}],
    ['DescribeImages', { PageSize: 100 }],
    ['DescribeInstances', { PageSize: 100 }],
    ['DescribeInstances', { MaxResults: 100, AdditionalAttributes: ['META_OPTIONS'] }],
    ['DescribeInstanceStatus', { PageSize: 50 }],
    ['DescribeInstancesFullStatus', {}],
    ['DescribeInstanceMaintenanceAttributes', {}],
    ['DescribeDisks', { PageSize: 100 }],
    ['DescribeInstanceAutoRenewAttribute', { RenewalStatus: 'Normal', PageSize: '100' }],
    ['DescribeSecurityGroups', {}],
    ['DescribeNetworkInterfaces', { PageSize: 500 }],
    ['DescribePrice', { InstanceType: 'ecs.g7.large', PriceUnit: 'Year' }],
    ['DescribeSpotPriceHistory', { InstanceType: 'ecs.g7.large', NetworkType: 'vpc' }],
    ['DescribeSpotAdvice', { Cores: 2 }],
    ['DescribeAvailableResource', { DestinationResource: 'SystemDisk', InstanceType: 'ecs.g7.large' }],
    ['DescribeRecommendInstanceType', { NetworkType: 'vpc', Cores: 2 }],
    ['DescribeAccountAttributes', {}],
  ])('of %s with %j has the fields and types of its catalogue and no others', async (action, input) => {
    const { call } = await testCloud({ seed: 'demo' })
    const found = strays(await call(action, input), catalogue('ecs').get(action)?.output, action)
    expect([...new Set(found)]).toEqual([])
  })

  it('of disks and snapshots has them too, with all that hangs on them', async () => {
    const { call, clock } = await testCloud({ seed: 'demo' })
    const InstanceId = (await call('DescribeInstances')).Instances.Instance[0].InstanceId
    const [disk] = (await call('DescribeDisks', { InstanceId })).Disks.Disk
    const policy = { timePoints: ['1'], repeatWeekdays: ['1'], retentionDays: 3, Tag: [{ Key: 'a', Value: 'b' }] }
    const { AutoSnapshotPolicyId: autoSnapshotPolicyId } = await call('CreateAutoSnapshotPolicy', policy)
    await call('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [disk.DiskId] })
    await call('CreateSnapshotGroup', { InstanceId, Tag: [{ Key: 'a', Value: 'b' }] })
    clock.advance(60_000)
    const [snapshot] = (await call('DescribeSnapshots')).Snapshots.Snapshot
    const lock = { SnapshotId: snapshot.SnapshotId, LockMode: 'compliance', LockDuration: 1, CoolOffPeriod: 0 }
    const calls: readonly (readonly [string, object])[] = [
      ['DescribeDisks', { PageSize: 100, AdditionalAttributes: ['IOPS', 'Placement'] }],
      ['DescribeSnapshots', {}],
      ['LockSnapshot', lock],
      ['DescribeLockedSnapshots', {}],
      ['DescribeSnapshotLinks', {}],
      ['DescribeSnapshotsUsage', {}],
      ['DescribeSnapshotGroups', {}],
      ['DescribeAutoSnapshotPolicyEx', {}],
      ['DescribeAutoSnapshotPolicyAssociations', {}],
      ['DescribeDiskDefaultKMSKeyId', {}],
      ['DescribeDiskEncryptionByDefaultStatus', {}],
    ]
    for (const [action, input] of calls) {
      const found = strays(await call(action, input), catalogue('ecs').get(action)?.output, action)
      expect([...new Set(found)]).toEqual([])
    }
  })

  it('about what an instance goes through has them too', async () => {
    const { call, cloud, clock } = await testCloud({ seed: 'demo' })
    const running = (await call('DescribeInstances', { Status: 'Running', InstanceName: 'web-*' })).Instances.Instance
    const [{ InstanceId }, spoiled] = running
    cloud.locks.add({ instanceId: spoiled.InstanceId, reason: 'security' })
    cloud.events.publish({ instanceId: InstanceId, type: 'SystemMaintenance.Redeploy', cycle: 'Inquiring' })
    cloud.events.publish({ instanceId: InstanceId, type: 'SystemFailure.Reboot' })
    clock.advance(60_000)
    const range = { StartTime: toSeconds(clock.now() - 3_600_000), EndTime: toSeconds(clock.now()) }
    const { DiskId } = (await call('DescribeDisks', { InstanceId })).Disks.Disk[0]
    const window = { StartTime: '02:00:00', EndTime: '04:00:00' }
    await call('ModifyInstanceMaintenanceAttributes', { InstanceId: [InstanceId], MaintenanceWindow: [window] })
    const calls: [string, object][] = [
      ['DescribeInstances', { LockReason: 'security' }],
      ['DescribeInstanceAttribute', { InstanceId: spoiled.InstanceId }],
      ['DescribeInstancesFullStatus', { InstanceId: [InstanceId] }],
      ['DescribeInstanceHistoryEvents', { InstanceEventCycleStatus: ['Inquiring', 'Executed'] }],
      ['DescribeInstanceMonitorData', { InstanceId, ...range }],
      ['DescribeDiskMonitorData', { DiskId, ...range }],
      ['DescribeEniMonitorData', { InstanceId, ...range }],
      ['DescribeInstanceMaintenanceAttributes', { InstanceId: [InstanceId] }],
      ['DescribeInstanceAttachmentAttributes', { InstanceIds: [InstanceId] }],
      ['GetInstanceConsoleOutput', { InstanceId }],
      ['GetInstanceScreenshot', { InstanceId }],
      ['DescribeInstanceVncUrl', { InstanceId }],
    ]
    const found: string[] = []
    for (const [action, input] of calls) found.push(...strays(await call(action, input), catalogue('ecs').get(action)?.output, action))
    expect([...new Set(found)]).toEqual([])
  })

  it('of a call that names one resource has them too', async () => {
    const { call } = await testCloud({ seed: 'demo' })
    const { InstanceId, SecurityGroupIds } = (await call('DescribeInstances')).Instances.Instance[0]
    const SecurityGroupId = SecurityGroupIds.SecurityGroupId[0]
    const operations = catalogue('ecs')
    const found = [
      ...strays(await call('DescribeInstanceAttribute', { InstanceId }), operations.get('DescribeInstanceAttribute')?.output, 'instance'),
      ...strays(
        await call('DescribeSecurityGroupAttribute', { SecurityGroupId }),
        operations.get('DescribeSecurityGroupAttribute')?.output,
        'group',
      ),
    ]
    expect([...new Set(found)]).toEqual([])
  })
})
