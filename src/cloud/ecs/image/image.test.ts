import { describe, expect, test } from 'vitest'
import { type CallSettings, cloudWithNetwork, type TestAnswer } from '../../testing.ts'

async function estate(options: object = {}) {
  const cloud = await cloudWithNetwork(options)
  const { call, refusal, running, clock } = cloud
  const InstanceId = await running({
    SystemDisk: { Category: 'cloud_essd', Size: '50' },
    DataDisk: [{ Size: 30, Category: 'cloud_essd' }],
  })
  const list = async (input: object = {}, settings: CallSettings = {}): Promise<TestAnswer[]> =>
    (await call('DescribeImages', { Status: 'ALL', ImageOwnerAlias: 'self', ...input }, settings)).Images.Image
  const create = async (input: object = {}): Promise<string> => (await call('CreateImage', { InstanceId, ...input })).ImageId
  /** One that is Available. */
  const made = async (input: object = {}): Promise<string> => {
    const id = await create(input)
    clock.advance(120_000)
    return id
  }
  const refused = async (action: string, input: object, settings: CallSettings = {}) => {
    const { code, status } = await refusal(action, input, settings)
    return `${code} ${status}`
  }
  return { ...cloud, InstanceId, list, create, made, refused }
}

describe('CreateImage', () => {
  test('takes snapshots of all disks of an instance and is Available when they are there', async () => {
    const { create, list, clock, call } = await estate()
    const ImageId = await create({ ImageName: 'web-1', ImageFamily: 'web', Description: 'x', Tag: [{ Key: 'a', Value: 'b' }] })
    const [begun] = await list({ ImageId })
    expect(begun).toMatchObject({
      ImageId,
      Status: 'Creating',
      Progress: '0%',
      Usable: false,
      ImageOwnerAlias: 'self',
      IsSelfShared: 'False',
    })
    expect(await list({ Status: '' })).toEqual([])
    clock.advance(20_000)
    expect((await list())[0].Progress).toMatch(/^[1-9]\d?%$/)
    clock.advance(60_000)
    const [image] = await list({ ImageId })
    expect(image).toMatchObject({
      Status: 'Available',
      Progress: '100%',
      Usable: true,
      ImageName: 'web-1',
      ImageFamily: 'web',
      Size: 50,
      OSType: 'linux',
      Tags: { Tag: [{ TagKey: 'a', TagValue: 'b' }] },
    })
    const mappings = image.DiskDeviceMappings.DiskDeviceMapping
    expect(mappings).toMatchObject([
      { Device: '/dev/xvda', Type: 'system', Size: '50', Progress: '100%' },
      { Device: '/dev/xvdb', Type: 'data', Size: '30', Progress: '100%' },
    ])
    const snapshots = (await call('DescribeSnapshots', { Usage: 'image' })).Snapshots.Snapshot
    expect(new Set(snapshots.map((one: TestAnswer) => one.SnapshotId))).toEqual(new Set(mappings.map((one: TestAnswer) => one.SnapshotId)))
  })

  test('fails when the instance goes before it is done', async () => {
    const { create, call, clock, list, InstanceId } = await estate()
    await create()
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(120_000)
    expect(await list()).toMatchObject([{ Status: 'CreateFailed', Usable: false }])
  })

  test('is made of the snapshot of a system disk, which cannot be deleted then', async () => {
    const { call, clock, disks, InstanceId, list, refused } = await estate()
    const ids: Record<string, string> = {}
    for (const disk of await disks({ InstanceId })) {
      ids[disk.Type] = (await call('CreateSnapshot', { DiskId: disk.DiskId })).SnapshotId
      expect(await refused('CreateImage', { SnapshotId: ids[disk.Type] })).toBe('InvalidSnapshotId.NotReady 403')
      clock.advance(60_000)
    }
    const { ImageId } = await call('CreateImage', { SnapshotId: ids.system })
    clock.advance(60_000)
    expect(await list({ SnapshotId: ids.system })).toMatchObject([
      { ImageId, ImageName: ImageId, Status: 'Available', Platform: expect.any(String) },
    ])
    expect(await refused('DeleteSnapshot', { SnapshotId: ids.system, Force: true })).toBe('SnapshotCreatedImage 403')
    expect(await refused('CreateImage', { SnapshotId: ids.data })).toBe('OperationDenied 403')
    const both = [{ SnapshotId: ids.system }, { SnapshotId: ids.data, Device: '/dev/xvdc', Size: 35 }, { Device: '/dev/xvdd', Size: 20 }]
    const mapped = (await call('CreateImage', { DiskDeviceMapping: both, Platform: 'Ubuntu', Architecture: 'x86_64' })).ImageId
    const [image] = await list({ ImageId: mapped })
    expect(image).toMatchObject({ Platform: 'Ubuntu', OSType: 'linux' })
    expect(image.DiskDeviceMappings.DiskDeviceMapping.map((one: TestAnswer) => [one.Device, one.Type, one.Size])).toEqual([
      ['/dev/xvda', 'system', '50'],
      ['/dev/xvdc', 'data', '35'],
      ['/dev/xvdd', 'data', '20'],
    ])
    const bad: readonly (readonly [object, string])[] = [
      [[{ SnapshotId: ids.data }], 'InvalidSystemSnapshot.Missing 403'],
      [[{ SnapshotId: ids.system, Size: 20 }], 'InvalidSize.ValueNotSupported 400'],
      [[{ SnapshotId: ids.system, DiskType: 'x' }], 'InvalidDiskType.ValueNotSupported 400'],
      [[{ SnapshotId: ids.system, Device: '/dev/sda' }], 'InvalidDevice.Malformed 400'],
      [
        [{ SnapshotId: ids.system }, { SnapshotId: ids.data, Device: '/dev/xvdb' }, { Size: 20, Device: '/dev/xvdb' }],
        'InvalidDevice.InUse 400',
      ],
    ]
    for (const [DiskDeviceMapping, code] of bad) expect(await refused('CreateImage', { DiskDeviceMapping })).toBe(code)
  })

  test.each([
    [{ InstanceId: '' }, 'InvalidParameter.AllEmpty 400'],
    [{ InstanceId: 'i-none' }, 'InvalidInstanceId.NotFound 404'],
    [{ ImageName: '1st' }, 'InvalidImageName.Malformed 400'],
    [{ ImageName: 'http://x' }, 'InvalidImageName.Malformed 400'],
    [{ ImageFamily: 'acs:x' }, 'InvalidParameter 400'],
    [{ ImageVersion: 'v'.repeat(41) }, 'InvalidImageVersion.Malformed 400'],
    [{ Description: 'https://x' }, 'InvalidDescription.Malformed 400'],
    [{ Platform: 'Plan 9' }, 'InvalidPlatform.Malformed 400'],
    [{ Architecture: 'mips' }, 'InvalidArchitecture.Malformed 400'],
    [{ BootMode: 'x' }, 'InvalidParameter 400'],
    [{ Features: { ImdsSupport: 'v3' } }, 'InvalidParameter 400'],
    [{ SecureBootOptions: { SecureBootSupport: 'x' } }, 'InvalidParameter 400'],
    [{ DetectionStrategy: 'x' }, 'InvalidParameter 400'],
    [{ ResourceGroupId: 'x' }, 'InvalidResourceGroup.NotFound 404'],
  ])('refuses %j and leaves nothing behind', async (input, code) => {
    const { refused, InstanceId, list, call } = await estate()
    expect(await refused('CreateImage', { InstanceId, ...input })).toBe(code)
    expect(await list()).toEqual([])
    expect((await call('DescribeSnapshots')).TotalCount).toBe(0)
  })

  test('wants a free name, an instance at rest and one that is not locked', async () => {
    const { made, refused, InstanceId, cloud, call } = await estate()
    await made({ ImageName: 'web' })
    expect(await refused('CreateImage', { InstanceId, ImageName: 'web' })).toBe('InvalidImageName.Duplicated 400')
    await call('StopInstance', { InstanceId })
    expect(await refused('CreateImage', { InstanceId })).toBe('IncorrectInstanceStatus 400')
    cloud.locks.add({ instanceId: InstanceId, reason: 'security' })
    expect(await refused('CreateImage', { InstanceId })).toBe('InstanceLockedForSecurity 400')
  })

  test('says what it can do', async () => {
    const { made, list } = await estate()
    const features = { BootMode: 'UEFI', Features: { ImdsSupport: 'v2' }, SecureBootOptions: { SecureBootSupport: 'supported' } }
    await made({ ...features, DetectionStrategy: 'Standard', ImageVersion: '1.2' })
    expect(await list()).toMatchObject([{ ...features, ImageVersion: '1.2', DetectionOptions: { Status: 'Finished' } }])
  })
})

describe('an image of one’s own', () => {
  test('is launched with its data disks, and tells its system even when it is gone', async () => {
    const { made, call, running, disks, instances, refused, list } = await estate()
    const ImageId = await made()
    const [image] = await list()
    expect(await refused('RunInstances', { ...(await basicsOf(call)), ImageId, SystemDisk: { Size: '40' } })).toBe(
      'InvalidSystemDiskSize.LessThanImageSize 404',
    )
    const DataDisk = [
      { Size: 60, Device: '/dev/xvdb', Category: 'cloud_essd', DiskName: 'larger' },
      { Size: 20, Category: 'cloud_essd' },
    ]
    const id = await running({ ImageId, SystemDisk: { Category: 'cloud_essd' }, DataDisk })
    const found = (await disks({ InstanceId: id })).map((one) => [one.Device, one.Size, one.SourceSnapshotId, one.DiskName])
    const snapshotId = image.DiskDeviceMappings.DiskDeviceMapping[1].SnapshotId
    expect(found.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))).toEqual([
      ['/dev/xvda', 50, '', ''],
      ['/dev/xvdb', 60, snapshotId, 'larger'],
      ['/dev/xvdc', 20, '', ''],
    ])
    expect(await list({ Usage: 'instance' })).toHaveLength(1)
    expect(await refused('DeleteImage', { ImageId })).toBe('ImageUsingByInstance 403')
    await call('DeleteImage', { ImageId, Force: true })
    expect(await list()).toEqual([])
    expect((await instances({ InstanceIds: [id] }))[0]).toMatchObject({ ImageId, OSType: 'linux', OSName: image.OSName })
    expect((await call('DescribeSnapshots')).TotalCount).toBe(2)
  })

  test('takes the place of a system disk', async () => {
    const { made, call, clock, InstanceId, disks, instances } = await estate()
    const ImageId = await made()
    await call('StopInstance', { InstanceId })
    clock.advance(60_000)
    await call('ReplaceSystemDisk', { InstanceId, ImageId })
    clock.advance(60_000)
    expect((await instances({ InstanceIds: [InstanceId] }))[0]).toMatchObject({ ImageId, OSType: 'linux' })
    expect((await disks({ InstanceId, DiskType: 'system' }))[0]).toMatchObject({ ImageId, Size: 50 })
  })

  test('is changed, tagged and taken out of use', async () => {
    const { made, call, list, refused } = await estate()
    const [ImageId, other] = [await made({ ImageFamily: 'web' }), await made({ ImageName: 'other', ImageFamily: 'web' })]
    const changes = { ImageName: 'new-name', Description: 'y', ImageFamily: 'api', BootMode: 'UEFI-Preferred', LicenseType: 'BYOL' }
    await call('ModifyImageAttribute', { ImageId, ...changes, Features: { NvmeSupport: 'unsupported' } })
    await call('TagResources', { ResourceType: 'image', ResourceId: [ImageId], Tag: [{ Key: 'k', Value: 'v' }] })
    expect(await list({ Tag: [{ Key: 'k' }] })).toMatchObject([{ ImageId, ...changes, Features: { NvmeSupport: 'unsupported' } }])
    expect(await refused('ModifyImageAttribute', { ImageId, ImageName: 'other' })).toBe('InvalidImageName.Duplicated 400')
    expect(await refused('ModifyImageAttribute', { ImageId, Status: 'x' })).toBe('InvalidStatus.ValueNotSupported 400')
    expect(await refused('ModifyImageAttribute', { ImageId: 'm-none', ImageName: 'xx' })).toBe('InvalidImageId.NotFound 404')
    expect((await call('DescribeImageFromFamily', { ImageFamily: 'web' })).Image.ImageId).toBe(other)
    await call('ModifyImageAttribute', { ImageId: other, Status: 'Deprecated' })
    expect((await call('DescribeImageFromFamily', { ImageFamily: 'web' })).Image).toBeUndefined()
    expect(await list({ Status: 'Deprecated' })).toMatchObject([{ ImageId: other, Usable: true }])
    await call('DeleteImage', { ImageId: 'm-none' })
  })

  test('of a family: the newest is launched and described', async () => {
    const { made, call, running, instances } = await estate()
    await made({ ImageFamily: 'web' })
    const newest = await made({ ImageFamily: 'web' })
    const id = await running({ ImageId: undefined, ImageFamily: 'web' })
    expect((await instances({ InstanceIds: [id] }))[0].ImageId).toBe(newest)
    expect((await call('DescribeImageFromFamily', { ImageFamily: 'web' })).Image).toMatchObject({ ImageId: newest, Status: 'Available' })
  })

  test('cannot be used or deleted while it is in the making', async () => {
    const { create, refused, call } = await estate()
    const ImageId = await create()
    expect(await refused('RunInstances', { ...(await basicsOf(call)), ImageId })).toBe('IncorrectImageStatus 400')
    expect(await refused('DeleteImage', { ImageId })).toBe('ImageIsCreating 403')
    expect(await refused('CopyImage', { ImageId, DestinationRegionId: 'cn-beijing' })).toBe('IncorrectImageStatus 400')
  })

  test('runs on the types of its processor', async () => {
    const { made, call, refused } = await estate()
    const ImageId = await made()
    const types = (await call('DescribeImageSupportInstanceTypes', { ImageId })).InstanceTypes.InstanceType
    expect(types.map((one: TestAnswer) => one.InstanceTypeId)).toContain('ecs.g7.large')
    expect(types.some((one: TestAnswer) => one.InstanceTypeId.startsWith('ecs.g8y.'))).toBe(false)
    expect(await refused('DescribeImageSupportInstanceTypes', { ImageId: 'm-none' })).toBe('InvalidImageId.NotFound 404')
    expect(await refused('DescribeImageSupportInstanceTypes', {})).toBe('MissingParameter 400')
  })
})

/** What a launch needs beside an image. */
async function basicsOf(call: (action: string, input?: object) => Promise<TestAnswer>) {
  const [instance] = (await call('DescribeInstances')).Instances.Instance
  const { VpcAttributes, SecurityGroupIds } = instance
  return { InstanceType: 'ecs.g7.large', VSwitchId: VpcAttributes.VSwitchId, SecurityGroupId: SecurityGroupIds.SecurityGroupId[0] }
}
