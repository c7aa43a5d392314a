import { describe, expect, test } from 'vitest'
import { type CallSettings, cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const dayMs = 86_400_000
const essd = { ZoneId: 'cn-hangzhou-h', DiskCategory: 'cloud_essd' }

async function estate() {
  const cloud = await cloudWithNetwork()
  const { call, clock, refusal, running } = cloud
  const InstanceId = await running({
    DataDisk: [{ Size: 100, Category: 'cloud_essd', DiskName: 'data' }],
    SystemDisk: { Category: 'cloud_essd' },
  })
  const [system, data] = (await cloud.disks({ InstanceId })).toSorted((a, b) => (a.Type < b.Type ? 1 : -1)).map((disk) => disk.DiskId) as [
    string,
    string,
  ]
  const list = async (input: object = {}, settings: CallSettings = {}): Promise<TestAnswer[]> =>
    (await call('DescribeSnapshots', input, settings)).Snapshots.Snapshot
  const begun = async (input: object = {}): Promise<string> => (await call('CreateSnapshot', { DiskId: data, ...input })).SnapshotId
  const made = async (input: object = {}): Promise<string> => {
    const id = await begun(input)
    clock.advance(60_000)
    return id
  }
  const one = async (id: string): Promise<TestAnswer> => (await list({ SnapshotIds: [id] }))[0]
  const refused = async (action: string, input: object) => {
    const { code, status } = await refusal(action, input)
    return `${code} ${status}`
  }
  return { ...cloud, InstanceId, system, data, list, begun, made, one, refused }
}

describe('a snapshot', () => {
  test('gets on with the clock until it is accomplished', async () => {
    const { begun, one, clock, data } = await estate()
    const id = await begun({ SnapshotName: 'before', Description: 'of the release', Tag: [{ Key: 'k', Value: 'v' }] })
    expect(await one(id)).toMatchObject({ Status: 'progressing', Progress: '0%', RemainTime: 30, Available: false })
    clock.advance(15_000)
    expect(await one(id)).toMatchObject({ Status: 'progressing', Progress: '50%', RemainTime: 15 })
    clock.advance(15_000)
    expect(await one(id)).toMatchObject({
      Status: 'accomplished',
      Progress: '100%',
      RemainTime: 0,
      Available: true,
      SnapshotName: 'before',
      SnapshotType: 'user',
      SourceDiskId: data,
      SourceDiskType: 'data',
      SourceDiskSize: '100',
      Usage: 'none',
      Category: 'standard',
      Tags: { Tag: [{ TagKey: 'k', TagValue: 'v' }] },
    })
  })

  test.each([
    ['standard', 'standard'],
    ['Standard', 'standard'],
    ['flash', 'flash'],
    [undefined, 'standard'],
  ])('of the category %s is told as %s', async (Category, told) => {
    const { made, one } = await estate()
    expect(await one(await made({ Category }))).toMatchObject({ Category: told })
  })

  test('goes when its days are over', async () => {
    const { made, one, clock, call } = await estate()
    const [short, longer, kept] = [await made({ RetentionDays: 1 }), await made({ RetentionDays: 1 }), await made()]
    await call('ModifySnapshotAttribute', { SnapshotId: longer, RetentionDays: 3 })
    clock.advance(dayMs)
    expect([await one(short), (await one(longer)).RetentionDays]).toEqual([undefined, 3])
    clock.advance(2 * dayMs)
    expect([await one(longer), (await one(kept)).RetentionDays]).toEqual([undefined, undefined])
  })

  test.each<[object, string]>([
    [{ DiskId: 'd-none' }, 'InvalidDiskId.NotFound 404'],
    [{ SnapshotName: 'a' }, 'InvalidSnapshotName.Malformed 400'],
    [{ SnapshotName: 'automatic' }, 'InvalidSnapshotName.Malformed 400'],
    [{ SnapshotName: 'http://a' }, 'InvalidSnapshotName.Malformed 400'],
    [{ Description: 'https://a' }, 'InvalidDescription.Malformed 404'],
    [{ RetentionDays: 0 }, 'InvalidRetentionDays.Malformed 400'],
    [{ RetentionDays: 65_537 }, 'InvalidRetentionDays.Malformed 400'],
    [{ InstantAccess: true, InstantAccessRetentionDays: 0 }, 'InvalidRetentionDays.Malformed 400'],
    [{ Category: 'Glacier' }, 'InvalidSnapshotCategory.Malformed 403'],
    [{ ResourceGroupId: 'x' }, 'InvalidResourceGroup.NotFound 404'],
    [{ Tag: [{ Key: '' }] }, 'InvalidTagKey.Malformed 400'],
  ])('is refused with %j', async (input, code) => {
    const { refused, data } = await estate()
    expect(await refused('CreateSnapshot', { DiskId: data, ...input })).toBe(code)
  })

  test('needs a disk that was used, at rest and with no snapshot under way', async () => {
    const { refused, call, clock, made, begun, data, launch, disks, InstanceId } = await estate()
    const { DiskId } = await call('CreateDisk', { ...essd, Size: 20 })
    expect(await refused('CreateSnapshot', { DiskId })).toBe('IncorrectDiskStatus 403')
    clock.advance(5_000)
    expect(await refused('CreateSnapshot', { DiskId })).toBe('IncorrectDiskStatus.NeverAttached 403')
    const { DiskId: copy } = await call('CreateDisk', { ...essd, SnapshotId: await made() })
    clock.advance(5_000)
    expect(await refused('CreateSnapshot', { DiskId: copy })).toBe('IncorrectDiskStatus.NeverUsed 403')
    await begun()
    expect(await refused('CreateSnapshot', { DiskId: data })).toBe('IncorrectDiskStatus.CreatingSnapshot 403')
    clock.advance(60_000)
    await call('RebootInstance', { InstanceId })
    expect(await refused('CreateSnapshot', { DiskId: data })).toBe('IncorrectInstanceStatus 400')
    const [pending] = await launch()
    const [fresh] = await disks({ InstanceId: pending })
    expect(await refused('CreateSnapshot', { DiskId: fresh.DiskId })).toBe('IncorrectDiskStatus 403')
  })

  test('is one of 256 at most that a disk has by hand', { timeout: 30_000 }, async () => {
    const { made, refused, data } = await estate()
    for (let at = 0; at < 256; at++) await made()
    expect(await refused('CreateSnapshot', { DiskId: data })).toBe('QuotaExceed.Snapshot 403')
  })

  test('makes disks, alone and with an instance, no smaller than it is', async () => {
    const { made, call, clock, disks, launch, refused, basics, one, system, begun } = await estate()
    const SnapshotId = await made()
    const { DiskId } = await call('CreateDisk', { ...essd, SnapshotId, Size: 50 })
    const larger = await call('CreateDisk', { ...essd, SnapshotId, Size: 150 })
    expect(await disks({ SnapshotId })).toMatchObject([
      { DiskId: larger.DiskId, Size: 150 },
      { DiskId, Size: 100, SourceSnapshotId: SnapshotId },
    ])
    expect((await one(SnapshotId)).Usage).toBe('disk')
    const data = { Category: 'cloud_essd', SnapshotId }
    const [InstanceId] = await launch({ DataDisk: [data] })
    expect(await disks({ InstanceId, DiskType: 'data' })).toMatchObject([{ Size: 100, SourceSnapshotId: SnapshotId }])
    const run = (DataDisk: object) => refused('RunInstances', { ...basics, DataDisk: [DataDisk] })
    expect(await run({ ...data, Size: 99 })).toBe('InvalidDataDiskSize.ValueNotSupported 400')
    expect(await run({ ...data, SnapshotId: 's-none' })).toBe('InvalidSnapshotId.NotFound 400')
    const young = await begun()
    expect(await run({ ...data, SnapshotId: young })).toBe('InvalidSnapshotId.NotReady 403')
    expect(await refused('CreateDisk', { ...essd, SnapshotId: young })).toBe('InvalidSnapshotId.NotReady 403')
    clock.advance(60_000)
    const ofSystem = await made({ DiskId: system })
    expect(await run({ ...data, SnapshotId: ofSystem })).toBe('InvalidSnapshotId.NotDataDiskSnapshot 403')
    expect(await refused('CreateDisk', { ...essd, SnapshotId: ofSystem })).toBe('InvalidSnapshotId.NotDataDiskSnapshot 403')
  })

  test('of an encrypted disk is encrypted, and so is what is made of it', async () => {
    const { call, clock, disks, InstanceId, made, one, refused } = await estate()
    const { DiskId } = await call('CreateDisk', { ...essd, Size: 20, Encrypted: true })
    clock.advance(5_000)
    await call('AttachDisk', { DiskId, InstanceId })
    clock.advance(2_000)
    const SnapshotId = await made({ DiskId })
    const { KMSKeyId } = await one(SnapshotId)
    expect(await one(SnapshotId)).toMatchObject({ Encrypted: true })
    const { DiskId: copy } = await call('CreateDisk', { ...essd, SnapshotId })
    expect(await disks({ DiskIds: [copy] })).toMatchObject([{ Encrypted: true, KMSKeyId }])
    expect(await refused('CreateDisk', { ...essd, SnapshotId, Encrypted: false })).toBe('EncryptedOption.Conflict 400')
  })

  test('is deleted unless a disk was made of it, and even then if forced', async () => {
    const { made, call, one, refused, begun, clock, disks } = await estate()
    const [free, used] = [await made(), await made()]
    await call('DeleteSnapshot', { SnapshotId: free })
    expect(await one(free)).toBeUndefined()
    const { DiskId } = await call('CreateDisk', { ...essd, SnapshotId: used })
    expect(await refused('DeleteSnapshot', { SnapshotId: used })).toBe('SnapshotCreatedDisk 403')
    await call('DeleteSnapshot', { SnapshotId: used, Force: true })
    expect([await one(used), (await disks({ DiskIds: [DiskId] })).length]).toEqual([undefined, 1])
    await call('DeleteSnapshot', { SnapshotId: 's-none' })
    const young = await begun()
    await call('DeleteSnapshot', { SnapshotId: young })
    clock.advance(60_000)
    expect(await one(young)).toBeUndefined()
  })

  test('is renamed, and loses its instant access', async () => {
    const { made, call, one, refused } = await estate()
    const SnapshotId = await made({ InstantAccess: true, InstantAccessRetentionDays: 3 })
    expect(await one(SnapshotId)).toMatchObject({ InstantAccess: true, InstantAccessRetentionDays: 3 })
    await call('ModifySnapshotAttribute', { SnapshotId, SnapshotName: 'renamed', Description: 'd', DisableInstantAccess: true })
    expect(await one(SnapshotId)).toMatchObject({ SnapshotName: 'renamed', Description: 'd', InstantAccess: false })
    expect(await refused('ModifySnapshotAttribute', { SnapshotId })).toBe('NoAttributeToModify 400')
    expect(await refused('ModifySnapshotAttribute', { SnapshotId, SnapshotName: 'auto' })).toBe('InvalidSnapshotName.Malformed 400')
    expect(await refused('ModifySnapshotAttribute', { SnapshotId: 's-none', SnapshotName: 'ab' })).toBe('InvalidSnapshotId.NotFound 404')
  })

  test('can be archived when it is two weeks old', async () => {
    const { made, call, one, refused, clock, list } = await estate()
    const SnapshotId = await made()
    expect(await refused('ModifySnapshotCategory', { SnapshotId, Category: 'Archive' })).toBe('OperationDenied 403')
    expect(await refused('ModifySnapshotCategory', { SnapshotId, Category: 'x' })).toBe('InvalidSnapshotCategory.Malformed 403')
    clock.advance(14 * dayMs)
    expect((await call('ModifySnapshotCategory', { SnapshotId, Category: 'Archive', RetentionDays: 60 })).TaskId).toMatch(/^t-/)
    expect(await one(SnapshotId)).toMatchObject({ Category: 'archive', RetentionDays: 60 })
    expect(await list({ Category: 'archive' })).toHaveLength(1)
    clock.advance(60 * dayMs)
    expect(await list()).toEqual([])
  })

  test('is not deleted while it is locked', async () => {
    const { made, call, refused, clock, one } = await estate()
    const SnapshotId = await made({ RetentionDays: 1 })
    const lock = { SnapshotId, LockMode: 'compliance', LockDuration: 3, CoolOffPeriod: 2 }
    expect(await refused('LockSnapshot', { ...lock, LockMode: 'x' })).toBe('InvalidParameter 400')
    expect(await refused('LockSnapshot', { ...lock, LockDuration: 0 })).toBe('InvalidParameter 400')
    expect(await refused('LockSnapshot', { ...lock, CoolOffPeriod: 73 })).toBe('InvalidParameter 400')
    expect(await refused('UnlockSnapshot', { SnapshotId })).toBe('OperationDenied 403')
    const locked = async (input: object = {}) => (await call('DescribeLockedSnapshots', input)).LockedSnapshotsInfo as TestAnswer[]
    expect((await call('LockSnapshot', lock)).LockedSnapshotInfo).toMatchObject({ SnapshotId, LockStatus: 'compliance-cooloff' })
    await call('UnlockSnapshot', { SnapshotId })
    expect(await locked()).toEqual([])
    await call('LockSnapshot', lock)
    clock.advance(2 * 3_600_000)
    expect(await locked({ LockStatus: 'compliance' })).toMatchObject([{ SnapshotId, LockDuration: 3 }])
    expect(await refused('UnlockSnapshot', { SnapshotId })).toBe('OperationDenied 403')
    expect(await refused('LockSnapshot', { ...lock, LockDuration: 1 })).toBe('OperationDenied 403')
    expect(await refused('DeleteSnapshot', { SnapshotId })).toBe('OperationDenied 403')
    clock.advance(dayMs)
    expect(await one(SnapshotId)).toBeDefined()
    clock.advance(3 * dayMs)
    expect(await one(SnapshotId)).toBeUndefined()
  })

  test('is copied to another region, where it takes its time', async () => {
    const { made, begun, call, list, clock, refused, data } = await estate()
    const SnapshotId = await made({ SnapshotName: 'source' })
    const copy = { SnapshotId, DestinationRegionId: 'cn-beijing', DestinationSnapshotName: 'copy', DestinationSnapshotDescription: 'far' }
    const { SnapshotId: copied } = await call('CopySnapshot', { ...copy, RetentionDays: 2, Encrypted: true })
    const there = () => list({}, { regionId: 'cn-beijing' })
    expect(copied).toMatch(/^s-2ze/)
    expect(await there()).toMatchObject([
      {
        SnapshotId: copied,
        Status: 'progressing',
        SourceSnapshotId: SnapshotId,
        SourceRegionId: 'cn-hangzhou',
        SourceDiskId: data,
        Encrypted: true,
      },
    ])
    clock.advance(60_000)
    expect((await there())[0].Status).toBe('accomplished')
    expect(await refused('CopySnapshot', { ...copy, SnapshotId: 's-none' })).toBe('InvalidSnapshotId.NotFound 403')
    expect(await refused('CopySnapshot', { ...copy, SnapshotId: await begun() })).toBe('InvalidSnapshotId.NotReady 403')
    expect(await refused('CopySnapshot', { ...copy, DestinationRegionId: 'cn-atlantis' })).toBe('InvalidRegionId.NotFound 404')
    expect(await refused('CopySnapshot', { ...copy, DestinationRegionId: 'cn-hangzhou' })).toBe('InvalidParameter 400')
    clock.advance(2 * dayMs)
    expect(await there()).toEqual([])
  })
})

describe('DescribeSnapshots', () => {
  test.each<[string, (ids: { data: string; system: string; InstanceId: string; first: string }) => object, (one: TestAnswer) => boolean]>([
    ['SnapshotIds', ({ first }) => ({ SnapshotIds: [first] }), (one) => one.SnapshotName === 'first'],
    ['no id', () => ({ SnapshotIds: [] }), () => false],
    ['DiskId', ({ system }) => ({ DiskId: system }), (one) => one.SourceDiskType === 'system'],
    ['InstanceId', ({ InstanceId }) => ({ InstanceId }), () => true],
    ['SnapshotName', () => ({ SnapshotName: 'f*' }), (one) => one.SnapshotName === 'first'],
    ['SnapshotType', () => ({ SnapshotType: 'auto' }), () => false],
    ['all types', () => ({ SnapshotType: 'all', Status: 'all' }), () => true],
    ['SourceDiskType', () => ({ SourceDiskType: 'SYSTEM' }), (one) => one.SourceDiskType === 'system'],
    ['Status', () => ({ Status: 'progressing' }), (one) => one.Status === 'progressing'],
    ['Usage', () => ({ Usage: 'disk' }), (one) => one.SnapshotName === 'first'],
    ['Encrypted', () => ({ Encrypted: true }), () => false],
    ['Category', () => ({ Category: 'Flash' }), (one) => one.Category === 'flash'],
    ['Tag', () => ({ Tag: [{ Key: 'k', Value: 'v' }] }), (one) => one.Tags.Tag.length > 0],
    ['Filter', () => ({ Filter: [{ Key: 'CreationStartTime', Value: '2099-01-01T00:00Z' }] }), () => false],
    ['SnapshotLinkId', ({ data }) => ({ SnapshotLinkId: data.replace('d-', 'sl-') }), (one) => one.SourceDiskType === 'data'],
  ])('finds by %s just what fits', async (_name, input, fits) => {
    const { made, begun, list, call, data, system, InstanceId } = await estate()
    const first = await made({ SnapshotName: 'first', Tag: [{ Key: 'k', Value: 'v' }] })
    await made({ SnapshotName: 'second', Category: 'Flash' })
    await begun({ DiskId: system, SnapshotName: 'third' })
    await call('CreateDisk', { ...essd, SnapshotId: first })
    const all = await list()
    expect(all).toHaveLength(3)
    expect(await list(input({ data, system, InstanceId, first }))).toEqual(all.filter(fits))
  })

  test.each([
    [{ Status: 'x' }, 'InvalidStatus.NotFound 404'],
    [{ SnapshotType: 'x' }, 'InvalidSnapshotType.NotFound 404'],
    [{ SourceDiskType: 'x' }, 'InvalidSourceDiskType 404'],
    [{ Usage: 'x' }, 'InvalidUsage 404'],
    [{ Category: 'x' }, 'InvalidSnapshotCategory.Malformed 403'],
    [{ SnapshotIds: Array.from({ length: 101 }, (_, at) => `s-${at}`) }, 'InvalidSnapshotIds.Malformed 403'],
    [{ Filter: [{ Key: 'x', Value: '' }] }, 'InvalidFilterKey.NotFound 404'],
    [{ Filter: [{ Key: 'CreationStartTime', Value: 'x' }] }, 'InvalidFilterValue 404'],
    [{ Tag: [{ Value: 'x' }] }, 'InvalidTag.Mismatch 400'],
  ])('refuses %j', async (input, code) => {
    const { refused } = await estate()
    expect(await refused('DescribeSnapshots', input)).toBe(code)
  })

  test('has its sums: by disk, and of all', async () => {
    const { made, call, data, InstanceId, system } = await estate()
    await made()
    await made()
    await made({ DiskId: system })
    const links = (await call('DescribeSnapshotLinks', { InstanceId })).SnapshotLinks.SnapshotLink
    expect(links).toHaveLength(2)
    const [link] = (await call('DescribeSnapshotLinks', { DiskIds: [data] })).SnapshotLinks.SnapshotLink
    expect(link).toMatchObject({ SourceDiskId: data, SourceDiskName: 'data', TotalCount: 2, TotalSize: 200 * 2 ** 30, InstanceId })
    expect((await call('DescribeSnapshotLinks', { SnapshotLinkIds: [link.SnapshotLinkId] })).TotalCount).toBe(1)
    expect(await call('DescribeSnapshotsUsage')).toMatchObject({ SnapshotCount: 3, SnapshotSize: 240 * 2 ** 30 })
  })
})

describe('a snapshot group', () => {
  test('holds snapshots of the disks of an instance as of one moment', async () => {
    const { call, clock, InstanceId, data, list } = await estate()
    const { SnapshotGroupId } = await call('CreateSnapshotGroup', { InstanceId, Name: 'nightly', Tag: [{ Key: 'k', Value: 'v' }] })
    const groups = async (input: object = {}) => (await call('DescribeSnapshotGroups', input)).SnapshotGroups.SnapshotGroup as TestAnswer[]
    expect(await groups()).toMatchObject([{ SnapshotGroupId, Name: 'nightly', InstanceId, Status: 'progressing', ProgressStatus: '0%' }])
    clock.advance(60_000)
    const [group] = await groups({ Status: ['accomplished'], SnapshotGroupId: [SnapshotGroupId], Tag: [{ Key: 'k' }] })
    expect(group.Snapshots.Snapshot).toHaveLength(2)
    expect(group.Tags.Tag).toEqual([{ Key: 'k', Value: 'v' }])
    await call('ModifySnapshotGroup', { SnapshotGroupId, Name: 'weekly', Description: 'd' })
    expect(await groups({ Name: 'week*' })).toMatchObject([{ Name: 'weekly', Description: 'd' }])
    const other = await call('CreateSnapshotGroup', { InstanceId, ExcludeDiskId: [data] })
    clock.advance(60_000)
    expect((await groups({ SnapshotGroupId: [other.SnapshotGroupId] }))[0].Snapshots.Snapshot).toHaveLength(1)
    const { OperationProgressSet } = await call('DeleteSnapshotGroup', { SnapshotGroupId })
    expect(OperationProgressSet.OperationProgress.map((one: TestAnswer) => one.OperationStatus)).toEqual(['Success', 'Success'])
    expect([(await groups()).length, (await list()).length]).toEqual([1, 1])
  })

  test('stays with the snapshots that disks were made of', async () => {
    const { call, clock, data, list } = await estate()
    const { SnapshotGroupId } = await call('CreateSnapshotGroup', { DiskId: [data] })
    clock.advance(60_000)
    await call('CreateDisk', { ...essd, SnapshotId: (await list())[0].SnapshotId })
    const { OperationProgressSet } = await call('DeleteSnapshotGroup', { SnapshotGroupId })
    expect(OperationProgressSet.OperationProgress).toMatchObject([{ OperationStatus: 'Failed', ErrorCode: 'SnapshotCreatedDisk' }])
    expect((await call('DescribeSnapshotGroups')).SnapshotGroups.SnapshotGroup).toHaveLength(1)
  })

  test('is refused where it makes no sense', async () => {
    const { refused, data, InstanceId, running, disks } = await estate()
    const other = await running({ InstanceType: 'ecs.g6.large', SystemDisk: { Category: 'cloud_efficiency' } })
    const [plain] = await disks({ InstanceId: other })
    expect(await refused('CreateSnapshotGroup', {})).toBe('MissingParameter 400')
    expect(await refused('CreateSnapshotGroup', { InstanceId: 'i-none' })).toBe('InvalidInstanceId.NotFound 404')
    expect(await refused('CreateSnapshotGroup', { InstanceId, DiskId: [plain.DiskId] })).toBe('DiskId.ValueNotSupported 403')
    expect(await refused('CreateSnapshotGroup', { DiskId: [data], ExcludeDiskId: [data] })).toBe('InvalidParameter 400')
    expect(await refused('CreateSnapshotGroup', { DiskId: [plain.DiskId] })).toBe('DiskCategory.OperationNotSupported 400')
    expect(await refused('CreateSnapshotGroup', { InstanceId, Name: 'x' })).toBe('InvalidParameter.Name 400')
    expect(await refused('DescribeSnapshotGroups', { Status: ['x'] })).toBe('InvalidStatus.ValueNotSupported 403')
    expect(await refused('DeleteSnapshotGroup', { SnapshotGroupId: 'ssg-none' })).toBe('InvalidParameter.SnapshotGroupId.NotFound 404')
  })
})
