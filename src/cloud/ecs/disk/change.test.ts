import { describe, expect, test } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

const ZoneId = 'cn-hangzhou-h'
const essd = { ZoneId, DiskCategory: 'cloud_essd', Size: 20 }

async function estate() {
  const cloud = await cloudWithNetwork()
  const { call, clock, disks, refusal } = cloud
  const disk = async (id: string): Promise<TestAnswer> => (await disks({ DiskIds: [id] }))[0]
  const made = async (input: object = {}): Promise<string> => {
    const { DiskId } = await call('CreateDisk', { ...essd, ...input })
    clock.advance(5_000)
    return DiskId as string
  }
  const attached = async (InstanceId: string, input: object = {}): Promise<string> => {
    const DiskId = await made(input)
    await call('AttachDisk', { DiskId, InstanceId })
    clock.advance(2_000)
    return DiskId
  }
  const stop = async (InstanceId: string) => {
    await call('StopInstance', { InstanceId })
    clock.advance(8_000)
  }
  const systemDisk = async (InstanceId: string): Promise<TestAnswer> => (await disks({ InstanceId, DiskType: 'system' }))[0]
  const snapshot = async (DiskId: string): Promise<string> => {
    const { SnapshotId } = await call('CreateSnapshot', { DiskId })
    clock.advance(60_000)
    return SnapshotId as string
  }
  const status = async (InstanceId: string) => (await cloud.instances({ InstanceIds: [InstanceId] }))[0].Status
  const refused = async (action: string, input: object) => {
    const { code, status: http } = await refusal(action, input)
    return `${code} ${http}`
  }
  return { ...cloud, disk, made, attached, stop, systemDisk, snapshot, status, refused }
}

describe('CreateDisk', () => {
  test.each<[object, string]>([
    [{ ZoneId: undefined }, 'MissingParameter 400'],
    [{ ZoneId: 'cn-beijing-h' }, 'InvalidZoneId.NotFound 404'],
    [{ Size: undefined }, 'MissingParameter 400'],
    [{ Size: 19 }, 'InvalidDataDiskSize.ValueNotSupported 400'],
    [{ Size: 460, PerformanceLevel: 'PL2' }, 'InvalidDataDiskSize.ValueNotSupported 400'],
    [{ PerformanceLevel: 'PL9' }, 'InvalidPerformanceLevel.Malformed 400'],
    [{ DiskCategory: 'floppy' }, 'InvalidDiskCategory.ValueNotSupported 400'],
    [{ DiskCategory: 'cloud_regional_disk_auto' }, 'InvalidDiskCategory.NotSupported 403'],
    [{ DiskName: 'x' }, 'InvalidDiskName.Malformed 400'],
    [{ Description: 'http://x' }, 'InvalidDescription.Malformed 400'],
    [{ SnapshotId: 's-none' }, 'InvalidSnapshotId.NotFound 404'],
    [{ KMSKeyId: '0e478b7a-4262-4802-b8cb-00d3fb40826X' }, 'InvalidParameter.EncryptedIllegal 400'],
    [{ KMSKeyId: 'nonsense', Encrypted: true }, 'InvalidParameter.KMSKeyId.NotFound 404'],
    [{ Encrypted: true, EncryptAlgorithm: 'rot13' }, 'InvalidParameter 400'],
    [{ BurstingEnabled: true }, 'InvalidParameter 400'],
    [{ DiskCategory: 'cloud_auto', ProvisionedIops: 50_001 }, 'InvalidParameter 400'],
    [{ MultiAttach: 'Maybe' }, 'InvalidParameter.MultiAttach 403'],
    [{ ResourceGroupId: 'x' }, 'InvalidResourceGroup.NotFound 404'],
    [{ Tag: [{ Key: 'acs:x' }] }, 'InvalidTagKey.Malformed 400'],
  ])('refuses %j', async (input, code) => {
    const { refused } = await estate()
    expect(await refused('CreateDisk', { ...essd, ...input })).toBe(code)
  })

  test('for an instance takes a subscription and no zone', async () => {
    const { running, refused } = await estate()
    const InstanceId = await running()
    expect(await refused('CreateDisk', { InstanceId, Size: 20 })).toBe('InvalidPayMethod 403')
    expect(await refused('CreateDisk', { ...essd, InstanceId })).toBe('InvalidParameter.Conflict 400')
  })

  test('shows what only ESSD AutoPL disks have', async () => {
    const { made, call } = await estate()
    const id = await made({ DiskCategory: 'cloud_auto', Size: 100, BurstingEnabled: true, ProvisionedIops: 5_000 })
    const [disk] = (await call('DescribeDisks', { DiskIds: [id], AdditionalAttributes: ['IOPS'] })).Disks.Disk
    expect(disk).toMatchObject({
      BurstingEnabled: true,
      ProvisionedIops: 5_000,
      PerformanceLevel: '',
      IOPS: 6_800 + 5_000,
      Throughput: 170,
    })
  })
})

describe('ResizeDisk', () => {
  test('only grows, within the range of the category', async () => {
    const { made, disk, call, refused } = await estate()
    const DiskId = await made({ Tag: [{ Key: 'a' }] })
    await call('ResizeDisk', { DiskId, NewSize: 40 })
    expect(await disk(DiskId)).toMatchObject({ Size: 40, Status: 'Available' })
    expect(await refused('ResizeDisk', { DiskId, NewSize: 40 })).toBe('InvalidDiskSize.TooSmall 403')
    expect(await refused('ResizeDisk', { DiskId, NewSize: 65_537 })).toBe('InvalidDataDiskSize.ValueNotSupported 400')
    expect(await refused('ResizeDisk', { DiskId, NewSize: 50, Type: 'x' })).toBe('InvalidParam.Type 400')
  })

  test('online needs a running instance, offline one at rest', async () => {
    const { attached, running, stop, call, refused, launch, disks, disk } = await estate()
    const InstanceId = await running()
    const DiskId = await attached(InstanceId)
    await call('ResizeDisk', { DiskId, NewSize: 30, Type: 'online' })
    await stop(InstanceId)
    expect(await refused('ResizeDisk', { DiskId, NewSize: 40, Type: 'online' })).toBe('InvalidInstanceStatus.NotRunning 403')
    await call('ResizeDisk', { DiskId, NewSize: 40 })
    expect((await disk(DiskId)).Size).toBe(40)
    const [pending = ''] = await launch()
    const [fresh] = await disks({ InstanceId: pending })
    expect(await refused('ResizeDisk', { DiskId: fresh.DiskId, NewSize: 60 })).toBe('IncorrectDiskStatus 403')
    await call('StartInstance', { InstanceId })
    expect(await refused('ResizeDisk', { DiskId, NewSize: 50 })).toBe('IncorrectInstanceStatus 403')
  })

  test('waits for a snapshot that is being made', async () => {
    const { attached, running, call, refused } = await estate()
    const InstanceId = await running()
    const DiskId = await attached(InstanceId)
    await call('CreateSnapshot', { DiskId })
    expect(await refused('ResizeDisk', { DiskId, NewSize: 40 })).toBe('DiskCreatingSnapshot 403')
    expect(await refused('DetachDisk', { DiskId, InstanceId })).toBe('DiskCreatingSnapshot 403')
    expect(await refused('ModifyDiskSpec', { DiskId, PerformanceLevel: 'PL0' })).toBe('DiskCreatingSnapshot 403')
  })
})

describe('ReInitDisk', () => {
  test('sets a disk of a stopped instance back, and starts the instance if asked', async () => {
    const { running, systemDisk, stop, status, call, clock, disk, refused } = await estate()
    const InstanceId = await running()
    const { DiskId } = await systemDisk(InstanceId)
    expect(await refused('ReInitDisk', { DiskId })).toBe('IncorrectInstanceStatus 403')
    await stop(InstanceId)
    expect(await refused('ReInitDisk', { DiskId, Password: 'short' })).toBe('InvalidPassword.Malformed 400')
    expect(await refused('ReInitDisk', { DiskId, KeyPairName: 'none' })).toBe('InvalidKeyPairName.NotFound 400')
    await call('ReInitDisk', { DiskId })
    expect((await disk(DiskId)).Status).toBe('ReIniting')
    clock.advance(5_000)
    expect([(await disk(DiskId)).Status, await status(InstanceId)]).toEqual(['In_use', 'Stopped'])
    await call('ReInitDisk', { DiskId, AutoStartInstance: true, Password: 'Secret-1234' })
    clock.advance(5_000)
    expect(await status(InstanceId)).toBe('Starting')
    clock.advance(8_000)
    expect(await status(InstanceId)).toBe('Running')
  })

  test('is for instances that were started once', async () => {
    const { call, clock, basics, systemDisk, refused } = await estate()
    const { InstanceId } = await call('CreateInstance', basics)
    clock.advance(20_000)
    expect(await refused('ReInitDisk', { DiskId: (await systemDisk(InstanceId)).DiskId })).toBe('IncorrectInstanceStatus 403')
  })
})

describe('ResetDisk', () => {
  test('rolls a disk back to its own snapshot while the instance is stopped', async () => {
    const { running, attached, snapshot, stop, call, clock, disk, refused } = await estate()
    const InstanceId = await running()
    const [DiskId, other] = [await attached(InstanceId), await attached(InstanceId)]
    const SnapshotId = await snapshot(DiskId)
    expect(await refused('ResetDisk', { DiskId, SnapshotId })).toBe('IncorrectInstanceStatus 403')
    await stop(InstanceId)
    expect(await refused('ResetDisk', { DiskId: other, SnapshotId })).toBe('InvalidParameter.Mismatch 403')
    expect(await refused('ResetDisk', { DiskId, SnapshotId: 's-none' })).toBe('InvalidSnapshotId.NotFound 404')
    expect(await refused('ResetDisk', { DiskId, SnapshotId, DryRun: true })).toBe('DryRunOperation 400')
    const { SnapshotId: young } = await call('CreateSnapshot', { DiskId: other })
    expect(await refused('ResetDisk', { DiskId: other, SnapshotId: young })).toBe('InvalidSnapshotId.NotReady 403')
    await call('ResetDisk', { DiskId, SnapshotId })
    expect((await disk(DiskId)).Status).toBe('ReIniting')
    clock.advance(5_000)
    expect((await disk(DiskId)).Status).toBe('In_use')
  })

  test('of several tells how each went', async () => {
    const { running, attached, snapshot, stop, call, disk } = await estate()
    const InstanceId = await running()
    const [a, b] = [await attached(InstanceId), await attached(InstanceId)]
    const [ofA] = [await snapshot(a)]
    await stop(InstanceId)
    const Disk = [a, b].map((DiskId) => ({ DiskId, SnapshotId: ofA }))
    const { OperationProgressSet } = await call('ResetDisks', { Disk })
    expect(OperationProgressSet.OperationProgress).toMatchObject([
      { OperationStatus: 'Success', RelatedItemSet: { RelatedItem: [{ Name: 'DiskId', Value: a }] } },
      { OperationStatus: 'Failed', ErrorCode: 'InvalidParameter.Mismatch' },
    ])
    expect([(await disk(a)).Status, (await disk(b)).Status]).toEqual(['ReIniting', 'In_use'])
  })
})

describe('ReplaceSystemDisk', () => {
  test('gives a stopped instance a new system disk of another image', async () => {
    const { running, systemDisk, stop, call, clock, instances, disks, refused } = await estate()
    const InstanceId = await running({ SystemDisk: { Category: 'cloud_essd', Size: '60' } })
    const old = await systemDisk(InstanceId)
    const images = (await call('DescribeImages', { Architecture: 'x86_64', PageSize: 100 })).Images.Image as TestAnswer[]
    const { ImageId } = images.find((image) => image.ImageId !== old.ImageId)
    expect(await refused('ReplaceSystemDisk', { InstanceId, ImageId })).toBe('IncorrectInstanceStatus 403')
    await stop(InstanceId)
    expect(await refused('ReplaceSystemDisk', { InstanceId, ImageId: 'm-none' })).toBe('InvalidImageId.NotFound 404')
    const small = { InstanceId, ImageId, SystemDisk: { Size: 50 } }
    expect(await refused('ReplaceSystemDisk', small)).toBe('InvalidSystemDiskSize.ValueNotSupported 400')
    const { DiskId } = await call('ReplaceSystemDisk', { InstanceId, ImageId, SystemDisk: { Size: 80 } })
    clock.advance(5_000)
    expect(await disks({ InstanceId })).toMatchObject([{ DiskId, Size: 80, ImageId, Status: 'In_use', Category: 'cloud_essd' }])
    expect(await disks({ DiskIds: [old.DiskId] })).toEqual([])
    expect(await instances({ InstanceIds: [InstanceId] })).toMatchObject([{ ImageId, Status: 'Stopped' }])
  })

  test('is as large as its image at least', async () => {
    const { running, stop, call, refused } = await estate()
    const InstanceId = await running({ SystemDisk: { Category: 'cloud_essd', Size: '20' } })
    await stop(InstanceId)
    const images = (await call('DescribeImages', { Architecture: 'x86_64', PageSize: 100 })).Images.Image as TestAnswer[]
    const { ImageId } = images.find((image) => image.Size > 20)
    const small = { InstanceId, ImageId, SystemDisk: { Size: 21 } }
    expect(await refused('ReplaceSystemDisk', small)).toBe('InvalidSystemDiskSize.LessThanImageSize 404')
  })

  test('refuses what does not fit together', async () => {
    const { running, systemDisk, stop, call, refused } = await estate()
    const InstanceId = await running()
    await stop(InstanceId)
    const both = { InstanceId, Password: 'Secret-1234', PasswordInherit: true }
    expect(await refused('ReplaceSystemDisk', both)).toBe('InvalidPasswordParam.Mismatch 400')
    expect(await refused('ReplaceSystemDisk', { InstanceId, DiskId: 'd-none' })).toBe('InvalidDiskId.NotFound 400')
    const arm = (await call('DescribeImages', { Architecture: 'arm64' })).Images.Image[0].ImageId
    expect(await refused('ReplaceSystemDisk', { InstanceId, ImageId: arm })).toBe('ImageNotSupportInstanceType 403')
    const { DiskId } = await systemDisk(InstanceId)
    await call('CreateSnapshot', { DiskId })
    expect(await refused('ReplaceSystemDisk', { InstanceId })).toBe('DiskCreatingSnapshot 403')
  })
})

describe('ModifyDiskAttribute', () => {
  test('changes what is given and leaves the rest, of many at once', async () => {
    const { made, disk, call } = await estate()
    const DiskIds = [await made({ DiskName: 'one' }), await made()]
    await call('ModifyDiskAttribute', { DiskIds, Description: 'kept', DeleteAutoSnapshot: false, EnableAutoSnapshot: false })
    expect(await disk(DiskIds[0] as string)).toMatchObject({ DiskName: 'one', Description: 'kept', DeleteAutoSnapshot: false })
    expect(await disk(DiskIds[1] as string)).toMatchObject({ Description: 'kept', EnableAutoSnapshot: false })
  })

  test.each<[(id: string) => object, string]>([
    [() => ({ DiskName: 'ab' }), 'IncompleteParamter 400'],
    [(DiskId) => ({ DiskId, DiskIds: [DiskId], DiskName: 'ab' }), 'IncompleteParamter 400'],
    [(DiskId) => ({ DiskId }), 'NoAttributeToModify 400'],
    [() => ({ DiskId: 'd-none', DiskName: 'ab' }), 'InvalidDiskId.NotFound 404'],
    [(DiskId) => ({ DiskId, DiskName: 'a' }), 'InvalidDiskName.Malformed 400'],
    [(DiskId) => ({ DiskId, Description: 'http://a' }), 'InvalidDescription.Malformed 404'],
    [(DiskId) => ({ DiskId, BurstingEnabled: true }), 'InvalidParameter 400'],
  ])('refuses case %#', async (input, code) => {
    const { made, refused } = await estate()
    expect(await refused('ModifyDiskAttribute', input(await made()))).toBe(code)
  })
})

describe('ModifyDiskSpec', () => {
  test('turns a disk into another category or level after a while, and then rests', async () => {
    const { made, disk, call, clock, refused } = await estate()
    const DiskId = await made({ Size: 500 })
    const { TaskId } = await call('ModifyDiskSpec', { DiskId, PerformanceLevel: 'PL2' })
    expect(TaskId).toMatch(/^t-/)
    expect((await disk(DiskId)).PerformanceLevel).toBe('PL1')
    expect(await refused('ModifyDiskSpec', { DiskId, PerformanceLevel: 'PL0' })).toBe('Throttling.ConcurrentLimitExceeded 400')
    clock.advance(10_000)
    expect((await disk(DiskId)).PerformanceLevel).toBe('PL2')
    expect(await refused('ModifyDiskSpec', { DiskId, DiskCategory: 'cloud_auto' })).toBe('DiskInCoolingPeriod 400')
    clock.advance(300_000)
    await call('ModifyDiskSpec', { DiskId, DiskCategory: 'cloud_auto', ProvisionedIops: 100 })
    clock.advance(10_000)
    expect(await disk(DiskId)).toMatchObject({ Category: 'cloud_auto', PerformanceLevel: '', ProvisionedIops: 100 })
  })

  test.each([
    [{ PerformanceLevel: 'PL2' }, 'OperationDenied.PerformanceLevelNotMatch 403'],
    [{ PerformanceLevel: 'PL1' }, 'OperationDenied 403'],
    [{ PerformanceLevel: 'PL7' }, 'InvalidPerformanceLevel.Malformed 400'],
    [{ DiskCategory: 'cloud_efficiency' }, 'OperationDenied 403'],
    [{ DiskCategory: 'x' }, 'InvalidDiskCategory.ValueNotSupported 400'],
    [{ DiskCategory: 'cloud_auto', PerformanceLevel: 'PL1' }, 'OperationDenied 403'],
  ])('refuses %j for a small ESSD', async (input, code) => {
    const { made, refused } = await estate()
    expect(await refused('ModifyDiskSpec', { DiskId: await made(), ...input })).toBe(code)
  })
})

test('of a subscription, more room and another kind are orders', async () => {
  const { call, running, systemDisk, stop } = await estate()
  const InstanceId = await running({ InstanceChargeType: 'PrePaid', Period: 1, SystemDisk: { Category: 'cloud_essd', Size: '40' } })
  await stop(InstanceId)
  const { DiskId } = await systemDisk(InstanceId)
  expect((await call('ResizeDisk', { DiskId, NewSize: 60 })).OrderId).toMatch(/^\d+$/)
  expect((await call('ModifyDiskSpec', { DiskId, PerformanceLevel: 'PL0' })).OrderId).toMatch(/^\d+$/)
  const paidByUse = await systemDisk(await running())
  expect((await call('ResizeDisk', { DiskId: paidByUse.DiskId, NewSize: 60 })).OrderId).toBeUndefined()
})

describe('ModifyDiskChargeType', () => {
  test('is for data disks attached to a subscription', async () => {
    const { running, attached, made, disk, call, refused } = await estate()
    const [postPaid, InstanceId] = [await running(), await running({ InstanceChargeType: 'PrePaid', Period: 1 })]
    const [DiskId, free] = [await attached(InstanceId), await made()]
    const refuse = (input: object) => refused('ModifyDiskChargeType', { InstanceId, DiskIds: [DiskId], ...input })
    expect(await refuse({ InstanceId: postPaid })).toBe('ChargeTypeViolation 403')
    expect(await refuse({ InstanceId: 'i-none' })).toBe('InvalidInstanceId.NotFound 400')
    expect(await refuse({ DiskIds: ['d-none'] })).toBe('InvalidDiskIds.NotFound 404')
    expect(await refuse({ DiskIds: [free] })).toBe('InvalidDiskIds.NotPortable 404')
    expect(await refuse({ DiskChargeType: 'x' })).toBe('InvalidParameter 400')
    await call('ModifyDiskChargeType', { InstanceId, DiskIds: [DiskId], AutoPay: false })
    expect((await disk(DiskId)).DiskChargeType).toBe('PostPaid')
    await call('ModifyDiskChargeType', { InstanceId, DiskIds: [DiskId] })
    expect(await disk(DiskId)).toMatchObject({ DiskChargeType: 'PrePaid', Portable: false })
  })
})

describe('encryption by default', () => {
  test('encrypts new disks with the key of the account, in its region', async () => {
    const { call, made, disk, running, systemDisk, refused } = await estate()
    const KMSKeyId = '0e478b7a-4262-4802-b8cb-00d3fb408263'
    expect(await call('DescribeDiskEncryptionByDefaultStatus')).toMatchObject({ Encrypted: false })
    await call('EnableDiskEncryptionByDefault')
    const { KMSKeyId: own } = await call('DescribeDiskDefaultKMSKeyId')
    expect(await disk(await made())).toMatchObject({ Encrypted: true, KMSKeyId: own })
    expect(await refused('ModifyDiskDefaultKMSKeyId', { KMSKeyId: 'x y' })).toBe('InvalidParameter.KMSKeyId.NotFound 404')
    await call('ModifyDiskDefaultKMSKeyId', { KMSKeyId })
    expect(await systemDisk(await running())).toMatchObject({ Encrypted: true, KMSKeyId })
    expect(await call('DescribeDiskEncryptionByDefaultStatus', {}, { regionId: 'cn-beijing' })).toMatchObject({ Encrypted: false })
    await call('ResetDiskDefaultKMSKeyId')
    expect(await call('DescribeDiskDefaultKMSKeyId')).toMatchObject({ KMSKeyId: own })
    await call('DisableDiskEncryptionByDefault')
    expect(await disk(await made())).toMatchObject({ Encrypted: false, KMSKeyId: '' })
    expect(await disk(await made({ Encrypted: true, KMSKeyId }))).toMatchObject({ Encrypted: true, KMSKeyId })
  })
})
