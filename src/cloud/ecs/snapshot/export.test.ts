import { expect, it } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

it('a snapshot is exported as a task that ends', async () => {
  const { call, refusal, running, clock, disks } = await cloudWithNetwork()
  await running()
  const [{ DiskId }] = await disks()
  const { SnapshotId } = await call('CreateSnapshot', { DiskId })
  const asked = { SnapshotId, OssBucket: 'my-bucket', RoleName: 'exporter' }
  expect(await refusal('ExportSnapshot', asked)).toMatchObject({ code: 'InvalidSnapshotId.NotReady' })
  clock.advance(3_600_000)
  const { TaskId } = await call('ExportSnapshot', asked)
  const tasks = async () => (await call('DescribeTasks', { TaskAction: 'ExportSnapshot' })).TaskSet.Task
  expect(await tasks()).toMatchObject([{ TaskId, TaskStatus: 'Processing', ResourceId: SnapshotId }])
  clock.advance(3_600_000)
  expect(await tasks()).toMatchObject([{ TaskStatus: 'Finished' }])
  expect(await refusal('ExportSnapshot', { ...asked, OssBucket: 'A' })).toMatchObject({ code: 'InvalidOSSBucket.NotFound' })
  expect(await refusal('ExportSnapshot', { ...asked, SnapshotId: 's-none' })).toMatchObject({ code: 'InvalidSnapshotId.NotFound' })
})
