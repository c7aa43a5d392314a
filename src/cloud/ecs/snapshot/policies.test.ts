import { describe, expect, test } from 'vitest'
import { type CallSettings, cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const everyDay = ['1', '2', '3', '4', '5', '6', '7']

async function estate() {
  const cloud = await cloudWithNetwork()
  const { call, refusal, running } = cloud
  const InstanceId = await running({ SystemDisk: { Category: 'cloud_essd' }, Tag: [{ Key: 'backup', Value: 'yes' }] })
  const [disk] = await cloud.disks({ InstanceId })
  const DiskId = disk.DiskId as string
  const policy = async (input: object = {}): Promise<string> =>
    (await call('CreateAutoSnapshotPolicy', { timePoints: ['1'], repeatWeekdays: everyDay, retentionDays: -1, ...input }))
      .AutoSnapshotPolicyId
  const apply = (autoSnapshotPolicyId: string, diskIds: readonly string[] = [DiskId]) =>
    call('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds })
  const list = async (input: object = {}, settings: CallSettings = {}): Promise<TestAnswer[]> =>
    (await call('DescribeSnapshots', input, settings)).Snapshots.Snapshot
  const times = async () => (await list({ PageSize: 100 })).map((one) => one.CreationTime).toReversed()
  const policies = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeAutoSnapshotPolicyEx', input)).AutoSnapshotPolicies.AutoSnapshotPolicy
  const associations = async (input: object = {}): Promise<TestAnswer[]> =>
    (await call('DescribeAutoSnapshotPolicyAssociations', input)).AutoSnapshotPolicyAssociations.AutoSnapshotPolicyAssociation
  const refused = async (action: string, input: object) => {
    const { code, status } = await refusal(action, input)
    return `${code} ${status}`
  }
  return { ...cloud, InstanceId, DiskId, policy, apply, list, times, policies, associations, refused }
}

describe('an automatic snapshot policy', () => {
  test('makes snapshots at its hours of UTC+8 on its weekdays', async () => {
    // The manual clock starts on Thursday, 2026-01-01, at 08:00 in UTC+8.
    const { policy, apply, list, times, clock, DiskId } = await estate()
    const id = await policy({ timePoints: ['9', '0'], repeatWeekdays: ['4', '5', '7'] })
    await apply(id)
    clock.advance(5 * dayMs)
    expect(await times()).toEqual([
      '2026-01-01T01:00:00Z',
      '2026-01-01T16:00:00Z',
      '2026-01-02T01:00:00Z',
      '2026-01-03T16:00:00Z',
      '2026-01-04T01:00:00Z',
    ])
    const [newest] = await list()
    expect(newest).toMatchObject({
      SnapshotType: 'auto',
      Status: 'accomplished',
      SourceDiskId: DiskId,
      SnapshotName: `auto2.0_20260104_${id}`,
    })
    expect(newest.RetentionDays).toBeUndefined()
  })

  test('keeps its snapshots as long as it says', async () => {
    const { policy, apply, times, clock } = await estate()
    await apply(await policy({ retentionDays: 2 }))
    clock.advance(365 * dayMs)
    expect(await times()).toEqual(['2026-12-30T17:00:00Z', '2026-12-31T17:00:00Z'])
  })

  test('keeps the newest thousand of a disk', { timeout: 30_000 }, async () => {
    const { policy, apply, list, clock, call } = await estate()
    await apply(await policy({ timePoints: Array.from({ length: 24 }, (_, hour) => String(hour)) }))
    clock.advance(45 * dayMs)
    expect((await call('DescribeSnapshots')).TotalCount).toBe(1_000)
    expect((await list())[0].CreationTime).toBe('2026-02-15T00:00:00Z')
  })

  test('passes over disks that want none, are not used or are being snapshot', async () => {
    const { policy, apply, list, clock, call, DiskId } = await estate()
    const { DiskId: unused } = await call('CreateDisk', { ZoneId: 'cn-hangzhou-h', Size: 20, DiskCategory: 'cloud_essd' })
    clock.advance(5_000)
    await apply(await policy(), [DiskId, unused])
    await call('ModifyDiskAttribute', { DiskId, EnableAutoSnapshot: false })
    clock.advance(dayMs)
    expect(await list()).toEqual([])
    await call('ModifyDiskAttribute', { DiskId, EnableAutoSnapshot: true })
    clock.advance(dayMs)
    expect(await list()).toHaveLength(1)
  })

  test('is seen on its disks, and left by them one by one or for good', async () => {
    const { policy, apply, list, clock, call, DiskId, disks, policies, associations } = await estate()
    const [a, b] = [await policy({ autoSnapshotPolicyName: 'nightly' }), await policy({ timePoints: ['2'] })]
    await apply(a)
    await apply(b)
    expect(await disks({ AutoSnapshotPolicyId: b })).toMatchObject([
      { DiskId, AutoSnapshotPolicyId: a, EnableAutomatedSnapshotPolicy: true },
    ])
    expect(await associations({ DiskId })).toHaveLength(2)
    expect(await associations({ AutoSnapshotPolicyId: a })).toEqual([{ AutoSnapshotPolicyId: a, DiskId }])
    expect(await policies({ AutoSnapshotPolicyName: 'night*' })).toMatchObject([
      {
        AutoSnapshotPolicyId: a,
        DiskNums: 1,
        TimePoints: '["1"]',
        RetentionDays: -1,
        Status: 'Normal',
        RepeatWeekdays: JSON.stringify(everyDay),
      },
    ])
    await call('CancelAutoSnapshotPolicy', { autoSnapshotPolicyId: a, diskIds: [DiskId] })
    clock.advance(dayMs)
    expect((await list()).map((one) => one.SnapshotName.slice(-25).includes(b))).toEqual([true])
    await call('CancelAutoSnapshotPolicy', { diskIds: [DiskId] })
    expect([await disks({ EnableAutomatedSnapshotPolicy: true }), await associations()]).toEqual([[], []])
    clock.advance(dayMs)
    expect(await list()).toHaveLength(1)
  })

  test('is changed while it runs, and leaves its snapshots when it is deleted', async () => {
    const { policy, apply, times, clock, call, DiskId, disks, policies } = await estate()
    const autoSnapshotPolicyId = await policy()
    await apply(autoSnapshotPolicyId)
    const change = { autoSnapshotPolicyId, autoSnapshotPolicyName: 'noon', timePoints: ['12'], retentionDays: 9 }
    await call('ModifyAutoSnapshotPolicyEx', change)
    clock.advance(dayMs)
    expect(await times()).toEqual(['2026-01-01T04:00:00Z'])
    expect(await policies()).toMatchObject([{ AutoSnapshotPolicyName: 'noon', TimePoints: '["12"]', RetentionDays: 9 }])
    await call('DeleteAutoSnapshotPolicy', { autoSnapshotPolicyId })
    clock.advance(3 * dayMs)
    expect(await times()).toHaveLength(1)
    expect(await disks({ DiskIds: [DiskId] })).toMatchObject([{ AutoSnapshotPolicyId: '', EnableAutomatedSnapshotPolicy: false }])
  })

  test('shows no region to copy to where it copies nothing', async () => {
    const { policy, policies } = await estate()
    await policy({})
    const [shown] = await policies()
    expect(shown).toMatchObject({ EnableCrossRegionCopy: false })
    expect(Object.keys(shown)).not.toEqual(expect.arrayContaining(['TargetCopyRegions']))
    expect(Object.keys(shown)).not.toEqual(expect.arrayContaining(['CopyEncryptionConfiguration']))
  })

  test('copies what it makes to another region', async () => {
    const { policy, apply, list, clock, policies } = await estate()
    const copies = { EnableCrossRegionCopy: true, TargetCopyRegions: ['cn-beijing'], CopiedSnapshotsRetentionDays: 1 }
    await apply(await policy({ ...copies, CopyEncryptionConfiguration: { Encrypted: true } }))
    expect(await policies()).toMatchObject([
      { EnableCrossRegionCopy: true, TargetCopyRegions: '["cn-beijing"]', CopiedSnapshotsRetentionDays: 1 },
    ])
    clock.advance(dayMs)
    const [source] = await list()
    expect(await list({}, { regionId: 'cn-beijing' })).toMatchObject([
      { SourceSnapshotId: source.SnapshotId, SnapshotType: 'auto', Encrypted: true, RetentionDays: 1, Status: 'accomplished' },
    ])
  })

  test('by tags covers the disks of the instances that have them, whenever they get them', async () => {
    const { policy, list, clock, call, InstanceId, associations, DiskId, refused } = await estate()
    const AssociationType = 'AssociatedWithInstanceTag'
    const id = await policy({ AssociationType, TargetTags: [{ Key: 'backup', Value: 'yes' }] })
    expect(await associations()).toEqual([{ AutoSnapshotPolicyId: id, DiskId }])
    const [shown] = (await call('DescribeAutoSnapshotPolicyEx', { AutoSnapshotPolicyId: id })).AutoSnapshotPolicies.AutoSnapshotPolicy
    expect(shown.TargetTags.TargetTag).toEqual([{ TagKey: 'backup', TagValue: 'yes' }])
    clock.advance(dayMs)
    expect(await list()).toHaveLength(1)
    await call('UntagResources', { ResourceType: 'instance', ResourceId: [InstanceId], TagKey: ['backup'] })
    clock.advance(dayMs)
    expect(await list()).toHaveLength(1)
    expect(await refused('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: id, diskIds: [DiskId] })).toBe('ParameterInvalid 403')
  })

  test("goes with its disk's automatic snapshots, if the disk says so", async () => {
    const { policy, apply, list, clock, call, DiskId, InstanceId } = await estate()
    await apply(await policy())
    await call('ModifyDiskAttribute', { DiskId, DeleteAutoSnapshot: true })
    await call('CreateSnapshot', { DiskId, SnapshotName: 'by hand' })
    clock.advance(dayMs)
    expect(await list()).toHaveLength(2)
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(10_000)
    expect((await list()).map((one) => one.SnapshotName)).toEqual(['by hand'])
  })

  test.each<[object, string]>([
    [{ timePoints: ['24'] }, 'ParameterInvalid 403'],
    [{ timePoints: [] }, 'ParameterInvalid 403'],
    [{ timePoints: ['1', '1'] }, 'ParameterInvalid 403'],
    [{ repeatWeekdays: ['0'] }, 'ParameterInvalid 403'],
    [{ repeatWeekdays: ['8'] }, 'ParameterInvalid 403'],
    [{ retentionDays: 0 }, 'ParameterInvalid 403'],
    [{ retentionDays: 65_536 }, 'ParameterInvalid 403'],
    [{ autoSnapshotPolicyName: 'x' }, 'ParameterInvalid 403'],
    [{ AssociationType: 'x' }, 'ParameterInvalid 403'],
    [{ TargetTags: [{ Key: 'a', Value: 'b' }] }, 'ParameterInvalid 403'],
    [{ EnableCrossRegionCopy: true }, 'ParameterInvalid 403'],
    [{ EnableCrossRegionCopy: true, TargetCopyRegions: ['cn-hangzhou'] }, 'ParameterInvalid 403'],
    [{ TargetCopyRegions: ['cn-beijing'] }, 'ParameterInvalid 403'],
    [{ Tag: [{ Key: 'acs:x' }] }, 'InvalidTagKey.Malformed 400'],
  ])('is refused with %j', async (input, code) => {
    const { refused } = await estate()
    const basics = { timePoints: ['1'], repeatWeekdays: everyDay, retentionDays: -1 }
    expect(await refused('CreateAutoSnapshotPolicy', { ...basics, ...input })).toBe(code)
  })

  test('is one of a hundred in a region, and of ten on a disk', async () => {
    const { policy, apply, refused, DiskId } = await estate()
    const ids = []
    for (let at = 0; at < 100; at++) ids.push(await policy())
    const basics = { timePoints: ['1'], repeatWeekdays: everyDay, retentionDays: -1 }
    expect(await refused('CreateAutoSnapshotPolicy', basics)).toBe('AutoSnapshotPolicy.QuotaExceed 403')
    for (const id of ids.slice(0, 10)) await apply(id)
    const eleventh = { autoSnapshotPolicyId: ids[10], diskIds: [DiskId] }
    expect(await refused('ApplyAutoSnapshotPolicy', eleventh)).toBe('AutoSnapshotPolicy.QuotaExceed 403')
  })

  test('has to exist, and so do the disks', async () => {
    const { policy, refused, DiskId } = await estate()
    const autoSnapshotPolicyId = 'sp-none'
    expect(await refused('DeleteAutoSnapshotPolicy', { autoSnapshotPolicyId })).toBe('ParameterInvalid 404')
    expect(await refused('ModifyAutoSnapshotPolicyEx', { autoSnapshotPolicyId })).toBe('ParameterInvalid 404')
    expect(await refused('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId, diskIds: [DiskId] })).toBe('ParameterInvalid 404')
    const known = await policy()
    expect(await refused('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: known, diskIds: ['d-none'] })).toBe(
      'InvalidDiskId.NotFound 404',
    )
    expect(await refused('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: known, diskIds: [] })).toBe('ParameterInvalid 403')
    expect(await refused('CancelAutoSnapshotPolicy', { diskIds: ['d-none'] })).toBe('InvalidDiskId.NotFound 404')
  })
})
