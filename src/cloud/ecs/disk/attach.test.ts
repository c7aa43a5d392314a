import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const ZoneId = 'cn-hangzhou-h'
const essd = { ZoneId, DiskCategory: 'cloud_essd', Size: 20 }

async function estate() {
  const cloud = await cloudWithNetwork()
  const { call, clock, disks } = cloud
  /** A disk that is Available. */
  const made = async (input: object = {}): Promise<string> => {
    const { DiskId } = await call('CreateDisk', { ...essd, ...input })
    clock.advance(5_000)
    return DiskId as string
  }
  const disk = async (id: string) => (await disks({ DiskIds: [id] }))[0]
  const attached = async (DiskId: string, InstanceId: string, input: object = {}) => {
    await call('AttachDisk', { DiskId, InstanceId, ...input })
    clock.advance(2_000)
  }
  const stopped = async (): Promise<string> => {
    const InstanceId = await cloud.running()
    await call('StopInstance', { InstanceId })
    clock.advance(8_000)
    return InstanceId
  }
  return { ...cloud, made, disk, attached, stopped }
}

describe('a data disk', () => {
  test('is created, attached, detached and deleted in its states', async () => {
    const { call, clock, disk, running, disks } = await estate()
    const InstanceId = await running()
    const { DiskId } = await call('CreateDisk', { ...essd, DiskName: 'logs', Tag: [{ Key: 'a', Value: 'b' }] })
    expect(await disk(DiskId)).toMatchObject({ Status: 'Creating', PerformanceLevel: 'PL1', Portable: true, DeleteWithInstance: false })
    clock.advance(5_000)
    expect(await disk(DiskId)).toMatchObject({ Status: 'Available', InstanceId: '', AttachedTime: '', DeleteAutoSnapshot: false })
    await call('AttachDisk', { DiskId, InstanceId })
    expect(await disk(DiskId)).toMatchObject({ Status: 'Attaching', InstanceId })
    clock.advance(2_000)
    expect(await disk(DiskId)).toMatchObject({ Status: 'In_use', Device: '/dev/xvdb', Attachments: { Attachment: [{ InstanceId }] } })
    await call('DetachDisk', { DiskId, InstanceId })
    expect(await disk(DiskId)).toMatchObject({ Status: 'Detaching' })
    clock.advance(4_000)
    const free = await disk(DiskId)
    expect(free).toMatchObject({ Status: 'Available', InstanceId: '', Device: '', Attachments: { Attachment: [] } })
    expect(free.DetachedTime).not.toBe('')
    await call('DeleteDisk', { DiskId })
    expect(await disks({ DiskIds: [DiskId] })).toEqual([])
  })

  test.each(['cloud', 'cloud_efficiency'])(
    'of the category %s is not for an instance whose type takes no such disk',
    async (DiskCategory) => {
      const { call, clock, refusal, running } = await estate()
      const InstanceId = await running({ InstanceType: 'ecs.g7.large' })
      const { DiskId } = await call('CreateDisk', { ...essd, DiskCategory })
      clock.advance(5_000)
      expect(await refusal('AttachDisk', { DiskId, InstanceId })).toMatchObject({
        code: 'InvalidInstanceType.NotSupportDiskCategory',
        status: 403,
      })
    },
  )

  test('of one zone is not torn from where it is', async () => {
    const { call, refusal, running, made } = await estate()
    const asked = { DiskId: await made(), InstanceId: await running() }
    expect(await refusal('AttachDisk', { ...asked, Force: true })).toMatchObject({
      code: 'DiskCategory.OperationNotSupported',
      status: 400,
    })
    await call('AttachDisk', { ...asked, Force: false })
  })

  test('takes the first free device, or the one asked for', async () => {
    const { made, disk, attached, running, refusal } = await estate()
    const InstanceId = await running()
    const [a, b, c] = [await made(), await made(), await made()]
    await attached(a, InstanceId, { Device: '/dev/xvdc' })
    await attached(b, InstanceId)
    expect([(await disk(a)).Device, (await disk(b)).Device]).toEqual(['/dev/xvdc', '/dev/xvdb'])
    expect(await refusal('AttachDisk', { DiskId: c, InstanceId, Device: '/dev/xvdb' })).toMatchObject({
      code: 'InvalidDevice.InUse',
      status: 403,
    })
    expect(await refusal('AttachDisk', { DiskId: c, InstanceId, Device: '/dev/sda' })).toMatchObject({ code: 'InvalidDevice.Malformed' })
    await attached(c, InstanceId)
    expect((await disk(c)).Device).toBe('/dev/xvdd')
  })

  test('is the last that an instance takes when it is the sixteenth', async () => {
    const { made, attached, running, refusal } = await estate()
    const InstanceId = await running({ DataDisk: Array.from({ length: 15 }, () => ({ Size: 20 })) })
    await attached(await made(), InstanceId)
    const refused = await refusal('AttachDisk', { DiskId: await made(), InstanceId })
    expect(refused).toMatchObject({ code: 'InstanceDiskLimitExceeded', status: 403 })
  })

  test('goes with its instance only if it is told to', async () => {
    const { made, attached, running, call, clock, disks } = await estate()
    const InstanceId = await running()
    const [kept, going] = [await made(), await made()]
    await attached(kept, InstanceId)
    await attached(going, InstanceId, { DeleteWithInstance: true })
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(10_000)
    expect(await disks()).toMatchObject([{ DiskId: kept, Status: 'Available', InstanceId: '' }])
  })

  test('is refused where the states or places do not fit', async () => {
    const { made, disk, attached, running, launch, refusal, call, clock } = await estate()
    const InstanceId = await running()
    const [DiskId, elsewhere, used] = [await made(), await made({ ZoneId: 'cn-hangzhou-i' }), await made()]
    await attached(used, InstanceId)
    const refused = async (action: string, input: object) => {
      const { code, status } = await refusal(action, input)
      return `${code} ${status}`
    }
    expect(await refused('AttachDisk', { DiskId: 'd-none', InstanceId })).toBe('InvalidDiskId.NotFound 404')
    expect(await refused('AttachDisk', { DiskId, InstanceId: 'i-none' })).toBe('InvalidInstanceId.NotFound 404')
    expect(await refused('AttachDisk', { DiskId: elsewhere, InstanceId })).toBe('ResourcesNotInSameZone 403')
    expect(await refused('AttachDisk', { DiskId: used, InstanceId })).toBe('IncorrectDiskStatus 403')
    expect(await refused('AttachDisk', { DiskId, InstanceId, Bootable: true })).toBe('DiskId.ValueNotSupported 403')
    expect(await refused('AttachDisk', { DiskId, InstanceId, Password: 'Secret-1234' })).toBe('UnsupportedParameter 400')
    expect(await refused('DetachDisk', { DiskId, InstanceId })).toBe('InvalidDisk.AlreadyDetached 404')
    expect(await refused('DeleteDisk', { DiskId: used })).toBe('DiskStillAttached 403')
    const [pending = ''] = await launch()
    expect(await refused('AttachDisk', { DiskId, InstanceId: pending })).toBe('IncorrectInstanceStatus 400')
    const { DiskId: fresh } = await call('CreateDisk', essd)
    expect(await refused('DeleteDisk', { DiskId: fresh })).toBe('IncorrectDiskStatus 403')
    await call('DeleteDisk', { DiskId: 'd-none' })
    await call('DetachDisk', { DiskId: used, InstanceId })
    expect(await refused('DetachDisk', { DiskId: used, InstanceId })).toBe('IncorrectDiskStatus 403')
    clock.advance(4_000)
    expect((await disk(used)).Status).toBe('Available')
  })

  test('is not attached to a subscription that has ended', async () => {
    const { made, running, clock, refusal } = await estate()
    const DiskId = await made()
    const InstanceId = await running({ InstanceChargeType: 'PrePaid', Period: 1, PeriodUnit: 'Week' })
    clock.advance(7 * 86_400_000)
    expect(await refusal('AttachDisk', { DiskId, InstanceId })).toMatchObject({ code: 'InstanceExpiredOrInArrears', status: 403 })
  })

  test('of a subscription is not portable', async () => {
    const { running, disk, clock, call, refusal } = await estate()
    const InstanceId = await running({ InstanceChargeType: 'PrePaid', Period: 1 })
    const { DiskId, OrderId } = await call('CreateDisk', { InstanceId, Size: 20 })
    expect(OrderId).toMatch(/^\d+$/)
    clock.advance(5_000)
    const made = await disk(DiskId)
    expect(made).toMatchObject({ Status: 'In_use', InstanceId, DiskChargeType: 'PrePaid', Portable: false, Category: 'cloud' })
    expect(await refusal('DetachDisk', { DiskId, InstanceId })).toMatchObject({ code: 'DiskNotPortable', status: 403 })
    expect(await refusal('ModifyDiskAttribute', { DiskId, DeleteWithInstance: false })).toMatchObject({
      code: 'DeleteWithInstance.Conflict',
    })
    const { OrderId: second } = await call('ModifyDiskChargeType', { InstanceId, DiskIds: [DiskId], DiskChargeType: 'PostPaid' })
    expect(second).toMatch(/^\d+$/)
    expect(await disk(DiskId)).toMatchObject({ DiskChargeType: 'PostPaid', Portable: true, ExpiredTime: '2999-09-08T16:00Z' })
    await call('DetachDisk', { DiskId, InstanceId })
  })
})

describe('a disk that can be attached to several', () => {
  test('is on two instances at once, and free when it has left both', async () => {
    const { made, disk, attached, running, call, clock, disks, refusal } = await estate()
    const [a, b] = [await running({ InstanceType: 'ecs.g8i.large' }), await running({ InstanceType: 'ecs.g8i.large' })]
    const DiskId = await made({ MultiAttach: 'Enabled' })
    await attached(DiskId, a)
    await attached(DiskId, b)
    expect(await disk(DiskId)).toMatchObject({ Status: 'In_use', MultiAttach: 'Enabled', MountInstanceNum: 2, InstanceId: '' })
    expect((await disks({ InstanceId: b })).map((one) => one.DiskId)).toContain(DiskId)
    expect(await refusal('AttachDisk', { DiskId, InstanceId: a })).toMatchObject({ code: 'InvalidDisk.InUse', status: 404 })
    await call('DeleteInstance', { InstanceId: a, Force: true })
    clock.advance(10_000)
    expect(await disk(DiskId)).toMatchObject({ Status: 'In_use', MountInstanceNum: 1 })
    await call('DetachDisk', { DiskId, InstanceId: b })
    clock.advance(4_000)
    expect(await disk(DiskId)).toMatchObject({ Status: 'Available', MountInstanceNum: 0 })
  })

  test('is on sixteen instances at most', async () => {
    const { made, attached, running, refusal } = await estate()
    const DiskId = await made({ MultiAttach: 'Enabled' })
    for (let at = 0; at < 16; at++) await attached(DiskId, await running({ InstanceType: 'ecs.g8i.large' }))
    const InstanceId = await running({ InstanceType: 'ecs.g8i.large' })
    expect(await refusal('AttachDisk', { DiskId, InstanceId })).toMatchObject({ code: 'DiskAttachedNumberExceeded', status: 403 })
  })

  test('is of an ESSD category, and of an instance type with NVMe', async () => {
    const { made, running, refusal } = await estate()
    const plain = await refusal('CreateDisk', { ZoneId, Size: 20, DiskCategory: 'cloud_efficiency', MultiAttach: 'Enabled' })
    expect(plain).toMatchObject({ code: 'InvalidParameter.DiskCategoryAndMultiAttachNotMatch', status: 403 })
    const InstanceId = await running({ InstanceType: 'ecs.g6.large' })
    const refused = await refusal('AttachDisk', { DiskId: await made({ MultiAttach: 'Enabled' }), InstanceId })
    expect(refused.code).toBe('InvalidInstanceType.NotSupportMultiAttachDisk')
  })
})

describe('a system disk', () => {
  test('leaves a stopped instance and comes back to it alone', async () => {
    const { disks, disk, attached, running, stopped, call, clock, refusal } = await estate()
    const [InstanceId, other] = [await stopped(), await running()]
    const [{ DiskId }] = (await disks({ InstanceId, DiskType: 'system' })) as [{ DiskId: string }]
    const [{ DiskId: busy }] = (await disks({ InstanceId: other, DiskType: 'system' })) as [{ DiskId: string }]
    expect(await refusal('DetachDisk', { DiskId: busy, InstanceId: other })).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
    expect(await refusal('DeleteDisk', { DiskId: busy })).toMatchObject({ code: 'DiskTypeViolation', status: 403 })
    await call('DetachDisk', { DiskId, InstanceId })
    clock.advance(4_000)
    expect(await disk(DiskId)).toMatchObject({ Status: 'Available', DeleteWithInstance: true })
    expect((await refusal('AttachDisk', { DiskId, InstanceId: other })).code).toBe('DiskId.ValueNotSupported')
    expect(await refusal('StartInstance', { InstanceId })).toMatchObject({ code: 'DiskError', status: 403 })
    await attached(DiskId, InstanceId, { Bootable: true, Password: 'Secret-1234' })
    expect(await disk(DiskId)).toMatchObject({ Status: 'In_use', Device: '/dev/xvda', InstanceId })
    await call('StartInstance', { InstanceId })
  })

  test('that is detached still goes with its instance', async () => {
    const { disks, stopped, call, clock } = await estate()
    const InstanceId = await stopped()
    const [{ DiskId }] = (await disks({ InstanceId })) as [{ DiskId: string }]
    await call('DetachDisk', { DiskId, InstanceId })
    clock.advance(4_000)
    await call('DeleteInstance', { InstanceId })
    clock.advance(10_000)
    expect(await disks()).toEqual([])
  })
})
