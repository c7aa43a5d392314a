import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../api/catalogue.ts'
import { strays } from '../../strays.ts'
import { cloudWithNetwork, testCloud } from '../../testing.ts'

const ZoneId = 'cn-hangzhou-h'

describe('storage sets', () => {
  it('are made, changed, listed and deleted', async () => {
    const { call } = await testCloud()
    const { StorageSetId } = await call('CreateStorageSet', { ZoneId, StorageSetName: 'logs', Tag: [{ Key: 'a', Value: 'b' }] })
    await call('CreateStorageSet', { ZoneId, MaxPartitionNumber: 5 })
    await call('ModifyStorageSetAttribute', { StorageSetId, Description: 'of the web tier' })
    const all = await call('DescribeStorageSets')
    expect(strays(all, catalogue('ecs').get('DescribeStorageSets')?.output, 'DescribeStorageSets')).toEqual([])
    const [other, logs] = all.StorageSets.StorageSet
    expect(logs).toMatchObject({ StorageSetId, StorageSetName: 'logs', StorageSetPartitionNumber: 2, Description: 'of the web tier' })
    expect(other.StorageSetPartitionNumber).toBe(5)
    for (const asked of [{ StorageSetName: 'logs' }, { StorageSetIds: [StorageSetId] }, { Tag: [{ Key: 'a' }] }])
      expect((await call('DescribeStorageSets', asked)).StorageSets.StorageSet).toEqual([logs])
    await call('DeleteStorageSet', { StorageSetId })
    expect((await call('DescribeStorageSets')).TotalCount).toBe(1)
  })

  it('spread disks over their partitions, or put them in the one asked for, and stay while there are any', async () => {
    const { call, refusal } = await testCloud()
    const { StorageSetId } = await call('CreateStorageSet', { ZoneId })
    const disk = { ZoneId, Size: 40, DiskCategory: 'cloud_essd', StorageSetId }
    await call('CreateDisk', { ...disk, StorageSetPartitionNumber: 1 })
    const { DiskId } = await call('CreateDisk', disk)
    const all = await call('DescribeStorageSetDetails', { StorageSetId })
    expect(strays(all, catalogue('ecs').get('DescribeStorageSetDetails')?.output, 'DescribeStorageSetDetails')).toEqual([])
    expect(all.TotalCount).toBe(2)
    const second = await call('DescribeStorageSetDetails', { StorageSetId, StorageSetPartitionNumber: 2 })
    expect(second.Disks.Disk).toMatchObject([{ DiskId, StorageSetId, StorageSetPartitionNumber: 2, Category: 'cloud_essd' }])
    const [shown] = (await call('DescribeDisks', { DiskIds: [DiskId] })).Disks.Disk
    expect(shown).toMatchObject({ StorageSetId, StorageSetPartitionNumber: 2 })
    expect((await refusal('DeleteStorageSet', { StorageSetId })).code).toBe('DependencyViolation.NotEmpty')
  })

  it('take the disks of a launch', async () => {
    const { call, launch, disks } = await cloudWithNetwork()
    const { StorageSetId } = await call('CreateStorageSet', { ZoneId })
    await launch({ StorageSetId, Amount: 2 })
    const partitions = (await disks()).map((disk) => disk.StorageSetPartitionNumber)
    expect(new Set(partitions)).toEqual(new Set([1, 2]))
  })

  it.each([
    ['CreateStorageSet', { ZoneId: 'cn-hangzhou-z' }, 'InvalidZone.NotFound', 400],
    ['CreateStorageSet', { ZoneId, StorageSetName: '1' }, 'InvalidParameter', 403],
    ['CreateStorageSet', { ZoneId, MaxPartitionNumber: 1 }, 'InvalidParameter', 400],
    ['DeleteStorageSet', { StorageSetId: 'ss-none' }, 'InvalidStorageSetId.NotFound', 404],
    ['ModifyStorageSetAttribute', { StorageSetId: 'ss-none' }, 'InvalidStorageSetId.NotFound', 404],
    ['DescribeStorageSetDetails', { StorageSetId: 'ss-none' }, 'InvalidStorageSetId.NotFound', 404],
    ['CreateDisk', { ZoneId, Size: 40, StorageSetId: 'ss-none' }, 'InvalidStorageSetId.NotFound', 404],
    ['CreateDisk', { ZoneId, Size: 40, StorageSetPartitionNumber: 1 }, 'InvalidParameter', 400],
  ])('refuse %s with %j as %s', async (action, input, code, status) => {
    const { refusal } = await testCloud()
    expect(await refusal(action, input)).toMatchObject({ code, status })
  })

  it('refuse a partition that they do not have, and a disk in another zone', async () => {
    const { call, refusal } = await testCloud()
    const { StorageSetId } = await call('CreateStorageSet', { ZoneId })
    const disk = { ZoneId, Size: 40, DiskCategory: 'cloud_essd', StorageSetId }
    expect((await refusal('CreateDisk', { ...disk, StorageSetPartitionNumber: 3 })).code).toBe('InvalidParameter')
    expect((await refusal('CreateDisk', { ...disk, ZoneId: 'cn-hangzhou-i' })).code).toBe('InvalidParameter.Mismatch')
  })
})

describe('ModifyDiskDeployment', () => {
  it('is a task within the public cluster, and refuses a dedicated one', async () => {
    const { call, refusal, clock } = await testCloud()
    const { DiskId } = await call('CreateDisk', { ZoneId, Size: 40, DiskCategory: 'cloud_essd' })
    clock.advance(60_000)
    const { TaskId } = await call('ModifyDiskDeployment', { DiskId, DiskCategory: 'cloud_essd', PerformanceLevel: 'PL0' })
    clock.advance(60_000)
    const [task] = (await call('DescribeTasks', { TaskAction: 'ModifyDiskDeployment' })).TaskSet.Task
    expect(task).toMatchObject({ TaskId, TaskStatus: 'Finished' })
    const elsewhere = await refusal('ModifyDiskDeployment', { DiskId, StorageClusterId: 'dbsc-none' })
    expect(elsewhere.code).toBe('InvalidStorageClusterId.NotFound')
    expect((await refusal('ModifyDiskDeployment', { DiskId, PerformanceLevel: 'PL3' })).code).toBe('InvalidPerformanceLevel.Malformed')
  })
})
