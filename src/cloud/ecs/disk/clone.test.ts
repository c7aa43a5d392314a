import { describe, expect, it } from 'vitest'
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

/** An instance with an ESSD beside its system disk. */
async function withData() {
  const cloud = await cloudWithNetwork()
  const { call, running, clock, disks } = cloud
  const InstanceId = await running({ DataDisk: [{ Category: 'cloud_essd', Size: 40 }] })
  clock.advance(20_000)
  const [{ DiskId: SourceDiskId }] = await disks({ DiskType: 'data' })
  const asked = { SourceDiskId, DiskCategory: 'cloud_essd', PerformanceLevel: 'PL1', Size: 60, MultiAttach: 'Disabled' }
  /** Clones, and returns the id of the new disk, which the task tells. */
  const clone = async (input: object = {}): Promise<string> => {
    const { TaskGroupId } = await call('CloneDisks', { ...asked, ...input })
    const [task] = (await call('DescribeTasks', { TaskGroupId })).TaskSet.Task
    expect(task).toMatchObject({ TaskAction: 'CloneDisks', TaskStatus: 'Processing' })
    return task.ResourceId
  }
  const shown = async (DiskId: string): Promise<TestAnswer> => (await disks({ DiskIds: [DiskId] }))[0]
  return { ...cloud, InstanceId, SourceDiskId, asked, clone, shown }
}

describe('a disk is cloned', () => {
  it('into another one in its zone, which is there when the task is finished', async () => {
    const { clone, shown, clock, call, SourceDiskId } = await withData()
    const id = await clone({ DiskName: 'copy', Tag: [{ Key: 'a', Value: 'b' }], ResourceGroupId: 'rg-x' })
    expect(await shown(id)).toMatchObject({
      SourceDiskId,
      Status: 'Creating',
      Size: 60,
      Category: 'cloud_essd',
      PerformanceLevel: 'PL1',
      DiskName: 'copy',
    })
    clock.advance(60_000)
    expect(await shown(id)).toMatchObject({ Status: 'Available', ZoneId: 'cn-hangzhou-h', Type: 'data', ResourceGroupId: 'rg-x' })
    expect((await call('DescribeTasks', { TaskAction: 'CloneDisks' })).TaskSet.Task).toMatchObject([{ TaskStatus: 'Finished' }])
  })

  it('to another kind, encrypted or for several instances', async () => {
    const { clone, shown } = await withData()
    const auto = { DiskCategory: 'cloud_auto', PerformanceLevel: undefined, BurstingEnabled: true, ProvisionedIops: 100, Encrypted: true }
    const many = await clone({ MultiAttach: 'Enabled' })
    expect(await shown(many)).toMatchObject({ MultiAttach: 'Enabled' })
    const id = await clone(auto)
    expect(await shown(id)).toMatchObject({ Category: 'cloud_auto', BurstingEnabled: true, ProvisionedIops: 100, Encrypted: true })
  })

  it('but is not initialized again', async () => {
    const { clone, call, refusal, clock, InstanceId } = await withData()
    const DiskId = await clone()
    clock.advance(60_000)
    await call('AttachDisk', { InstanceId, DiskId })
    clock.advance(60_000)
    await call('StopInstance', { InstanceId })
    clock.advance(60_000)
    expect(await refusal('ReInitDisk', { DiskId })).toMatchObject({ code: 'InvalidDiskId.OperationNotSupported', status: 404 })
  })

  it('not when it cannot be, and not by a dry run', async () => {
    const { refusal, call, asked, disks, clock, InstanceId } = await withData()
    const refused = async (input: object) => (await refusal('CloneDisks', { ...asked, ...input })).code
    expect(await refused({ SourceDiskId: 'd-none' })).toBe('InvalidDiskId.NotFound')
    expect(await refused({ Size: 30 })).toBe('InvalidDiskSize.TooSmall')
    expect(await refused({ Size: 70_000 })).toBe('InvalidDataDiskSize.ValueNotSupported')
    expect(await refused({ PerformanceLevel: undefined })).toBe('MissingParameter')
    expect(await refused({ DiskCategory: 'cloud_ssd' })).toBe('InvalidDiskCategory.ValueNotSupported')
    expect(await refused({ DiskCategory: 'cloud_regional_disk_auto' })).toBe('InvalidDiskCategory.NotSupported')
    expect(await refused({ DiskCategory: 'cloud_essd_entry', MultiAttach: 'Enabled' })).toBe(
      'InvalidParameter.DiskCategoryAndMultiAttachNotMatch',
    )
    const basic = { ZoneId: 'cn-hangzhou-h', Size: 40 }
    const { DiskId: plain } = await call('CreateDisk', { ...basic, DiskCategory: 'cloud_efficiency' })
    const { DiskId: unused } = await call('CreateDisk', { ...basic, DiskCategory: 'cloud_essd' })
    const { DiskId: secret } = await call('CreateDisk', { ...basic, DiskCategory: 'cloud_essd', Encrypted: true })
    clock.advance(60_000)
    expect(await refused({ SourceDiskId: plain })).toBe('InvalidDiskCategory.NotSupported')
    expect(await refused({ SourceDiskId: unused })).toBe('IncorrectDiskStatus.NeverAttached')
    await call('AttachDisk', { InstanceId, DiskId: secret })
    clock.advance(60_000)
    expect(await refused({ SourceDiskId: secret, Encrypted: false })).toBe('EncryptedOption.Conflict')
    await call('StopInstance', { InstanceId })
    expect(await refused({})).toBe('IncorrectInstanceStatus')
    clock.advance(60_000)
    const before = (await disks()).length
    expect(await refused({ DryRun: 'true' })).toBe('DryRunOperation')
    expect(await disks()).toHaveLength(before)
  })
})
