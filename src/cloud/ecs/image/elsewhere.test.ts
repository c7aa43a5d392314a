import { describe, expect, test } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { type CallSettings, cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const accounts = [{ id: '1000000000000001' }, { id: '1000000000000002' }] as const

async function estate() {
  const cloud = await cloudWithNetwork({ accounts })
  const { call, refusal, running, clock } = cloud
  const InstanceId = await running({ DataDisk: [{ Size: 30 }] })
  const { ImageId } = await call('CreateImage', { InstanceId, ImageName: 'web' })
  clock.advance(120_000)
  const [, other] = cloud.cloud.accounts
  const theirs: CallSettings = { as: other?.credentials ?? { accessKeyId: '', accessKeySecret: '' } }
  const list = async (input: object = {}, settings: CallSettings = {}): Promise<TestAnswer[]> =>
    (await call('DescribeImages', { Status: 'ALL', ImageOwnerAlias: 'self', ...input }, settings)).Images.Image
  const refused = async (action: string, input: object, settings: CallSettings = {}) => {
    const { code, status } = await refusal(action, input, settings)
    return `${code} ${status}`
  }
  return { ...cloud, InstanceId, ImageId: ImageId as string, theirs, list, refused }
}

const beijing = { regionId: 'cn-beijing' }

describe('CopyImage', () => {
  test('makes an image of its own in another region, with snapshots there', async () => {
    const { call, ImageId, list, clock } = await estate()
    const input = { ImageId, DestinationRegionId: 'cn-beijing', DestinationImageName: 'copy', Tag: [{ Key: 'a', Value: 'b' }] }
    const copy = (await call('CopyImage', input)).ImageId
    expect(await list({}, beijing)).toMatchObject([{ ImageId: copy, ImageName: 'copy', Status: 'Creating', IsCopied: true }])
    clock.advance(120_000)
    const [image] = await list({}, beijing)
    expect(image).toMatchObject({ Status: 'Available', Size: 40, Tags: { Tag: [{ TagKey: 'a', TagValue: 'b' }] } })
    const snapshots = (await call('DescribeSnapshots', {}, beijing)).Snapshots.Snapshot
    expect(new Set(snapshots.map((one: TestAnswer) => one.SnapshotId))).toEqual(
      new Set(image.DiskDeviceMappings.DiskDeviceMapping.map((one: TestAnswer) => one.SnapshotId)),
    )
  })

  test('goes on five at a time; the others wait, and one that is cancelled makes room', async () => {
    const { call, ImageId, list, clock, refused } = await estate()
    const ids: string[] = []
    for (let count = 0; count < 7; count++) ids.push((await call('CopyImage', { ImageId, DestinationRegionId: 'cn-beijing' })).ImageId)
    const states = async () => (await list({ PageSize: 100 }, beijing)).map((one) => one.Status).toReversed()
    expect(await states()).toEqual([...Array<string>(5).fill('Creating'), 'Waiting', 'Waiting'])
    expect(await refused('DeleteImage', { ImageId })).toBe('OperationDenied.ImageCopying 403')
    await call('CancelCopyImage', { ImageId: ids[0] }, beijing)
    expect(await states()).toEqual([...Array<string>(5).fill('Creating'), 'Waiting'])
    expect((await call('DescribeSnapshots', {}, beijing)).TotalCount).toBe(10)
    clock.advance(300_000)
    expect(await states()).toEqual(Array<string>(6).fill('Available'))
    expect(await refused('CancelCopyImage', { ImageId: ids[1] }, beijing)).toBe('IncorrectImageStatus 400')
    expect(await refused('CancelCopyImage', { ImageId })).toBe('ImageCreatedNotFromCopy 400')
  })

  test('encrypts, within its region too', async () => {
    const { call, ImageId, list, clock, refused } = await estate()
    const copy = (await call('CopyImage', { ImageId, DestinationRegionId: 'cn-hangzhou', Encrypted: true })).ImageId
    clock.advance(120_000)
    const [image] = await list({ ImageId: copy })
    expect(image.DiskDeviceMappings.DiskDeviceMapping).toMatchObject([{ Encrypted: true }, { Encrypted: true }])
    const share = { ImageId: copy, AddAccount: ['1000000000000002'] }
    expect(await refused('ModifyImageSharePermission', share)).toBe('OperationDeined.EncryptedSnapshot 403')
    expect(await refused('ExportImage', { ImageId: copy, OSSBucket: 'bucket' })).toBe('ImageNotSupported 400')
  })

  test.each([
    [{ DestinationRegionId: 'cn-hangzhou' }, 'IncorrectDestinationRegion 403'],
    [{ DestinationRegionId: 'xx' }, 'DestinationRegion.NotFound 400'],
    [{ ImageId: 'm-none' }, 'InvalidImageId.NotFound 404'],
    [{ DestinationImageName: '1' }, 'InvalidImageName.Malformed 400'],
    [{ KMSKeyId: 'key-1' }, 'InvalidParameter.EncryptedIllegal 400'],
  ])('refuses %j', async (input, code) => {
    const { ImageId, refused } = await estate()
    expect(await refused('CopyImage', { ImageId, DestinationRegionId: 'cn-beijing', ...input })).toBe(code)
  })
})

describe('a shared image', () => {
  test('is seen, launched and copied by the account it is shared with, and by no other', async () => {
    const { call, ImageId, list, theirs, refused, clock } = await estate()
    const seen = () => list({ ImageOwnerAlias: 'others' }, theirs)
    expect(await seen()).toEqual([])
    expect(await refused('CopyImage', { ImageId, DestinationRegionId: 'cn-beijing' }, theirs)).toBe('InvalidImageId.NotFound 404')
    await call('ModifyImageSharePermission', { ImageId, AddAccount: ['1000000000000002'] })
    expect(await seen()).toMatchObject([{ ImageId, ImageOwnerAlias: 'others', ImageOwnerId: 1000000000000001, IsSelfShared: '' }])
    expect((await list())[0].IsSelfShared).toBe('True')
    const permission = await call('DescribeImageSharePermission', { ImageId })
    expect(permission).toMatchObject({ TotalCount: 1, Accounts: { Account: [{ AliyunId: '1000000000000002' }] } })
    const copy = (await call('CopyImage', { ImageId, DestinationRegionId: 'cn-beijing' }, theirs)).ImageId
    clock.advance(120_000)
    expect(await list({}, { ...theirs, ...beijing })).toMatchObject([{ ImageId: copy, Status: 'Available' }])
    expect(await refused('DeleteImage', { ImageId })).toBe('ImageUseShared 403')
    expect(await refused('ModifyImageAttribute', { ImageId, Description: 'x' }, theirs)).toBe('InvalidImageId.NotFound 404')
    await call('ModifyImageSharePermission', { ImageId, RemoveAccount: ['1000000000000002'] })
    expect(await seen()).toEqual([])
  })

  test('can be everybody’s', async () => {
    const { call, ImageId, list, theirs } = await estate()
    await call('ModifyImageSharePermission', { ImageId, IsPublic: true })
    expect(await list({ ImageOwnerAlias: 'others' }, theirs)).toMatchObject([{ ImageId, IsPublic: true }])
    expect((await call('DescribeImageSharePermission', { ImageId })).ShareGroups.ShareGroup).toEqual([{ Group: 'all' }])
    await call('ModifyImageShareGroupPermission', { ImageId, RemoveGroup: ['all'] })
    expect(await list({ ImageOwnerAlias: 'others' }, theirs)).toEqual([])
  })

  test.each([
    [{ AddAccount: ['1000000000000001'] }, 'InvalidAccount.Forbbiden 404'],
    [{ AddAccount: ['1000000000000009'] }, 'InvalidAccount.NotFound 404'],
    [{}, 'MissingParameter 400'],
  ])('is refused %j', async (input, code) => {
    const { ImageId, refused } = await estate()
    expect(await refused('ModifyImageSharePermission', { ImageId, ...input })).toBe(code)
  })
})

describe('a task', () => {
  const disk = { OSSBucket: 'my-bucket', OSSObject: 'disk.qcow2', DiskImageSize: 20 }
  const importing = { ImageName: 'imported', OSType: 'linux', Platform: 'Ubuntu', Architecture: 'x86_64', DiskDeviceMapping: [disk] }

  test('imports an image, which is Available when it is Finished', async () => {
    const { call, list, clock, refused } = await estate()
    const { ImageId, TaskId } = await call('ImportImage', importing)
    expect(await call('DescribeTaskAttribute', { TaskId })).toMatchObject({
      TaskAction: 'ImportImage',
      TaskStatus: 'Processing',
      TaskProcess: '0%',
      SupportCancel: 'true',
    })
    expect(await refused('DeleteImage', { ImageId, Force: true })).toBe('ImageIsImporting 403')
    clock.advance(300_000)
    expect(await call('DescribeTaskAttribute', { TaskId })).toMatchObject({ TaskStatus: 'Finished', TaskProcess: '100%', SuccessCount: 1 })
    const [image] = await list({ ImageId })
    expect(image).toMatchObject({ Status: 'Available', Platform: 'Ubuntu', Size: 20 })
    expect(image.DiskDeviceMappings.DiskDeviceMapping).toMatchObject([{ Format: 'QCOW2', ImportOSSBucket: 'my-bucket' }])
    const tasks = async (input: object) => (await call('DescribeTasks', input)).TaskSet.Task.map((one: TestAnswer) => one.TaskId)
    for (const input of [{ TaskIds: TaskId }, { ResourceIds: [ImageId] }, { TaskAction: 'ImportImage', TaskStatus: 'Finished' }])
      expect(await tasks(input)).toEqual([TaskId])
    expect(await tasks({ TaskStatus: 'Failed' })).toEqual([])
    expect(await refused('CancelTask', { TaskId })).toBe('InvalidTaskId.IncorrectTaskStatus 403')
  })

  test('that is cancelled leaves nothing of an import, and an exported image as it was', async () => {
    const { call, list, refused, ImageId } = await estate()
    const imported = await call('ImportImage', importing)
    const exported = await call('ExportImage', { ImageId, OSSBucket: 'my-bucket', OSSPrefix: 'out', ImageFormat: 'raw' })
    expect(await refused('ExportImage', { ImageId, OSSBucket: 'my-bucket' })).toBe('ImageIsExporting 403')
    expect(await refused('DeleteImage', { ImageId })).toBe('ImageIsExporting 403')
    for (const { TaskId } of [imported, exported]) await call('CancelTask', { TaskId })
    expect(await list({ ImageId: imported.ImageId })).toEqual([])
    expect((await call('DescribeSnapshots')).TotalCount).toBe(2)
    expect(await call('DescribeTaskAttribute', { TaskId: imported.TaskId })).toMatchObject({ TaskStatus: 'Deleted' })
    await call('DeleteImage', { ImageId })
  })

  test('goes with a disk’s new category, and cannot be cancelled', async () => {
    const { call, clock, disks, running, refused } = await estate()
    const [one] = await disks({ InstanceId: await running({ SystemDisk: { Category: 'cloud_essd' } }) })
    const { TaskId } = await call('ModifyDiskSpec', { DiskId: one.DiskId, DiskCategory: 'cloud_auto' })
    expect(await refused('CancelTask', { TaskId })).toBe('InvalidTaskId.TaskActionNotSupport 403')
    clock.advance(60_000)
    expect(await call('DescribeTaskAttribute', { TaskId })).toMatchObject({ TaskAction: 'ModifyDiskSpec', TaskStatus: 'Finished' })
    expect(await refused('CancelTask', { TaskId: 't-none' })).toBe('InvalidTaskId.NotFound 400')
  })

  test.each([
    [{ DiskDeviceMapping: [] }, 'MissingParameter.DiskDeviceMapping 403'],
    [{ DiskDeviceMapping: [{ ...disk, OSSBucket: 'X' }] }, 'InvalidOSSBucket.NotFound 400'],
    [{ DiskDeviceMapping: [{ ...disk, OSSObject: '/x.raw' }] }, 'InvalidOSSObject.Malformed 400'],
    [{ DiskDeviceMapping: [{ ...disk, Format: 'iso' }] }, 'InvalidFormat.Malformed 400'],
    [{ DiskDeviceMapping: [{ ...disk, DiskImageSize: 4_000 }] }, 'InvalidImageSize 400'],
    [{ DiskDeviceMapping: [disk, { ...disk, DiskImageSize: 2 }] }, 'InvalidDataDiskSize 400'],
    [{ OSType: 'bsd' }, 'InvalidOSType.Malformed 400'],
    [{ LicenseType: 'x' }, 'InvalidLicenseType.NotSupported 400'],
    [{ ImageName: 'web' }, 'InvalidImageName.Duplicated 400'],
  ])('is not begun to import %j', async (input, code) => {
    const { refused } = await estate()
    expect(await refused('ImportImage', { ...importing, ...input })).toBe(code)
  })
})

test('the answers about images and tasks have the fields of the catalogue and no others', async () => {
  const { call, ImageId, theirs } = await estate()
  await call('ModifyImageSharePermission', { ImageId, AddAccount: ['1000000000000002'] })
  await call('ModifyImageAttribute', { ImageId, ImageFamily: 'web' })
  const { TaskId } = await call('ExportImage', { ImageId, OSSBucket: 'my-bucket' })
  const calls: readonly (readonly [string, object, CallSettings?])[] = [
    ['DescribeImages', { PageSize: 100 }],
    ['DescribeImages', { PageSize: 100 }, theirs],
    ['DescribeImageFromFamily', { ImageFamily: 'web' }],
    ['DescribeImageSharePermission', { ImageId }],
    ['DescribeImageSupportInstanceTypes', { ImageId }],
    ['DescribeTasks', {}],
    ['DescribeTaskAttribute', { TaskId }],
  ]
  const found: string[] = []
  for (const [action, input, settings] of calls)
    found.push(...strays(await call(action, input, settings), catalogue('ecs').get(action)?.output, action))
  expect([...new Set(found)]).toEqual([])
})
