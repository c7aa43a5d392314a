import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

describe('releasing an instance', () => {
  test('takes a running one only by force, and it is gone a little later with its addresses and disks', async () => {
    const { running, refusal, call, instances, cloud, clock } = await cloudWithNetwork()
    const before = cloud.counts()
    const InstanceId = await running({ DataDisk: [{ Size: 20 }] })
    expect(await refusal('DeleteInstance', { InstanceId })).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
    await call('DeleteInstance', { InstanceId, Force: true })
    expect((await instances())[0].Status).toBe('Stopping')
    clock.advance(10_000)
    expect(await instances()).toEqual([])
    expect(cloud.counts()).toEqual(before)
    expect(await refusal('DeleteInstance', { InstanceId, Force: true })).toMatchObject({ code: 'InvalidInstanceId.NotFound', status: 404 })
  })

  test('takes a stopped one as it is', async () => {
    const { running, call, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running()
    await call('StopInstance', { InstanceId })
    clock.advance(10_000)
    await call('DeleteInstance', { InstanceId })
    clock.advance(10_000)
    expect(await instances()).toEqual([])
  })

  test('leaves the disks that were to stay, free', async () => {
    const { running, call, disks, clock } = await cloudWithNetwork()
    const InstanceId = await running({ DataDisk: [{ Size: 20, DeleteWithInstance: false, DiskName: 'kept' }, { Size: 30 }] })
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(10_000)
    expect(await disks()).toEqual([
      expect.objectContaining({ DiskName: 'kept', Status: 'Available', InstanceId: '', Device: '', Attachments: { Attachment: [] } }),
    ])
  })

  test('lets nothing else happen to it any more', async () => {
    const { running, call, refusal, clock, instances } = await cloudWithNetwork()
    const InstanceId = await running()
    await call('StopInstance', { InstanceId })
    clock.advance(10_000)
    await call('DeleteInstance', { InstanceId })
    expect(await refusal('StartInstance', { InstanceId })).toMatchObject({ code: 'IncorrectInstanceStatus' })
    expect(await refusal('DeleteInstance', { InstanceId, Force: true })).toMatchObject({ code: 'IncorrectInstanceStatus' })
    expect((await instances())[0].Status).toBe('Stopped')
  })

  test.each([
    ['one that is unknown', 'i-none', 'InvalidInstanceId.NotFound', 404],
    ['one that is not made yet', {}, 'IncorrectInstanceStatus.Initializing', 403],
    ['one that is protected', { DeletionProtection: true }, 'InvalidOperation.DeletionProtection', 403],
    ['a subscription', { InstanceChargeType: 'PrePaid', Period: 1 }, 'ChargeTypeViolation', 403],
  ])('refuses %s even by force', async (title, which, code, status) => {
    const { launch, refusal, clock, cloud } = await cloudWithNetwork()
    const [id] = typeof which === 'string' ? [which] : await launch(which)
    if (!title.includes('not made')) clock.advance(20_000)
    expect(await refusal('DeleteInstance', { InstanceId: id, Force: true })).toMatchObject({ code, status })
    clock.advance(60_000)
    cloud.settle()
    expect(cloud.counts().instances).toBe(typeof which === 'string' ? 0 : 1)
  })

  test('takes a subscription that has ended when told that it is one', async () => {
    const { running, refusal, call, clock, instances } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceChargeType: 'PrePaid', Period: 1, PeriodUnit: 'Week' })
    clock.advance(7 * 24 * 3_600_000)
    expect(await refusal('DeleteInstance', { InstanceId })).toMatchObject({ code: 'ChargeTypeViolation' })
    await call('DeleteInstance', { InstanceId, TerminateSubscription: true })
    clock.advance(10_000)
    expect(await instances()).toEqual([])
  })

  test('in a batch releases all or none', async () => {
    const { launch, refusal, call, instances, clock } = await cloudWithNetwork()
    const InstanceId = await launch({ Amount: 2 })
    clock.advance(20_000)
    const unknown = await refusal('DeleteInstances', { InstanceId: [...InstanceId, 'i-none'], Force: true })
    expect(unknown).toMatchObject({ code: 'InvalidInstanceId.NotFound' })
    expect((await instances()).map((one) => one.Status)).toEqual(['Running', 'Running'])
    expect(await call('DeleteInstances', { InstanceId, Force: true })).toEqual({ RequestId: expect.any(String) })
    clock.advance(10_000)
    expect(await instances()).toEqual([])
  })
})
