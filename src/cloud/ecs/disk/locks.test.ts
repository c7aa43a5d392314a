import { expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const ZoneId = 'cn-hangzhou-h'

/** A stopped instance with a data disk and a snapshot of that, and a disk that is free. */
async function estate() {
  const cloud = await cloudWithNetwork()
  const { call, clock, running, refusal } = cloud
  const InstanceId = await running({ DataDisk: [{ Size: 20, Category: 'cloud_essd' }] })
  const [disk] = await cloud.disks({ InstanceId, DiskType: 'data' })
  const DiskId = disk.DiskId as string
  const { SnapshotId } = await call('CreateSnapshot', { DiskId })
  const { DiskId: free } = await call('CreateDisk', { ZoneId, Size: 20, DiskCategory: 'cloud_essd' })
  await call('StopInstance', { InstanceId })
  clock.advance(60_000)
  const refused = async (action: string, input: object) => {
    const { code, status } = await refusal(action, input)
    return `${action} ${code} ${status}`
  }
  const all: readonly (readonly [string, object])[] = [
    ['AttachDisk', { DiskId: free, InstanceId }],
    ['DetachDisk', { DiskId, InstanceId }],
    ['ResizeDisk', { DiskId, NewSize: 40 }],
    ['ReInitDisk', { DiskId }],
    ['ResetDisk', { DiskId, SnapshotId }],
    ['ReplaceSystemDisk', { InstanceId }],
    ['CreateSnapshot', { DiskId }],
    ['CreateSnapshotGroup', { InstanceId, DiskId: [DiskId] }],
  ]
  return { ...cloud, InstanceId, DiskId, free, refused, all }
}

test('An instance locked for security keeps its disks as they are, and takes all of them along', async () => {
  const { cloud, InstanceId, free, refused, all, call, clock, disks } = await estate()
  const [{ DiskId: kept }] = (await disks({ InstanceId, DiskType: 'data' })) as [{ DiskId: string }]
  await call('ModifyDiskAttribute', { DiskId: kept, DeleteWithInstance: false })
  cloud.locks.add({ instanceId: InstanceId, reason: 'security' })
  for (const [action, input] of all) expect(await refused(action, input)).toBe(`${action} InstanceLockedForSecurity 403`)
  await call('DeleteInstance', { InstanceId })
  clock.advance(10_000)
  expect((await disks()).map((disk) => disk.DiskId)).toEqual([free])
})

test('Disks show the locks of their instance, and lose them with it', async () => {
  const { cloud, call, clock, InstanceId, DiskId, disks } = await estate()
  const locked = async (input: object) => (await disks(input)).map((disk) => disk.DiskId)
  for (const reason of ['financial', 'Recycling'] as const) cloud.locks.add({ instanceId: InstanceId, reason })
  const [shown] = await disks({ DiskIds: [DiskId] })
  expect(shown.OperationLocks.OperationLock).toEqual([{ LockReason: 'financial' }, { LockReason: 'recycling' }])
  expect(await locked({ LockReason: 'recycling' })).toHaveLength(2)
  expect(await locked({ LockReason: 'security' })).toEqual([])
  cloud.locks.remove(InstanceId, 'Recycling')
  expect(await locked({ LockReason: 'recycling' })).toEqual([])
  await call('DetachDisk', { DiskId, InstanceId })
  clock.advance(10_000)
  expect(await locked({ LockReason: 'financial' })).toHaveLength(1)
  expect((await disks({ DiskIds: [DiskId] }))[0].OperationLocks.OperationLock).toEqual([])
})

test('An instance in arrears takes no disk and has none set back, but gives disks up', async () => {
  const { cloud, InstanceId, DiskId, refused, all, call } = await estate()
  cloud.locks.add({ instanceId: InstanceId, reason: 'financial' })
  const locked = all.filter(([action]) => ['AttachDisk', 'ReInitDisk', 'ResetDisk', 'ReplaceSystemDisk'].includes(action))
  for (const [action, input] of locked) expect(await refused(action, input)).toBe(`${action} InstanceExpiredOrInArrears 403`)
  await call('DetachDisk', { DiskId, InstanceId })
})
