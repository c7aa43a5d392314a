import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const prePaid = { InstanceChargeType: 'PrePaid', Period: 1 }
const data = { DataDisk: [{ Size: 40, Category: 'cloud_essd' }] }

describe('ModifyInstanceChargeType', () => {
  test('lets instances be paid for in advance, their disks with them', async () => {
    const { launch, call, instances, disks, clock } = await cloudWithNetwork()
    const InstanceIds = await launch({ ...data, Amount: 2, DeletionProtection: true })
    clock.advance(20_000)
    const answer = await call('ModifyInstanceChargeType', { InstanceIds, ...prePaid, PeriodUnit: 'Month', IsDetailFee: true })
    expect(answer.OrderId).toMatch(/^\d{15}$/)
    expect(answer.FeeOfInstances.FeeOfInstance).toHaveLength(2)
    const [fee] = answer.FeeOfInstances.FeeOfInstance
    expect(fee).toEqual({ InstanceId: InstanceIds[0], Fee: expect.stringMatching(/^\d+\.\d\d$/), Currency: expect.any(String) })
    expect(Number(fee.Fee)).toBeGreaterThan(0)
    for (const instance of await instances())
      expect(instance).toMatchObject({ InstanceChargeType: 'PrePaid', DeletionProtection: false, ExpiredTime: '2026-02-01T00:02Z' })
    for (const disk of await disks())
      expect(disk).toMatchObject({ DiskChargeType: 'PrePaid', Portable: false, ExpiredTime: '2026-02-01T00:02:20Z' })
    clock.set(Date.UTC(2026, 1, 2))
    expect((await instances()).map((instance) => instance.Status)).toEqual(['Stopped', 'Stopped'])
  })

  test('lets data disks be as they are, and takes them in later', async () => {
    const { running, call, disks } = await cloudWithNetwork()
    const InstanceIds = [await running(data)]
    const charges = async () => (await disks()).map((disk) => `${disk.Type} ${disk.DiskChargeType}`).toSorted()
    await call('ModifyInstanceChargeType', { InstanceIds, ...prePaid, IncludeDataDisks: false })
    expect(await charges()).toEqual(['data PostPaid', 'system PrePaid'])
    await call('ModifyInstanceChargeType', { InstanceIds, ...prePaid })
    expect(await charges()).toEqual(['data PrePaid', 'system PrePaid'])
  })

  test('lets a subscription be paid by use again: it has no end any more', async () => {
    const { running, call, instances, disks, clock } = await cloudWithNetwork()
    const InstanceIds = [await running({ ...prePaid, AutoRenew: true })]
    await call('ModifyInstanceChargeType', { InstanceIds, InstanceChargeType: 'PostPaid' })
    expect((await instances())[0]).toMatchObject({ InstanceChargeType: 'PostPaid', ExpiredTime: '2099-12-31T15:59Z' })
    expect((await disks())[0]).toMatchObject({ DiskChargeType: 'PostPaid', ExpiredTime: '2999-09-08T16:00Z' })
    clock.set(Date.UTC(2028, 0, 1))
    expect((await instances())[0].Status).toBe('Running')
  })

  test('changes nothing by an order that is still to be paid', async () => {
    const { running, call, instances } = await cloudWithNetwork()
    const InstanceIds = [await running()]
    await call('ModifyInstanceChargeType', { InstanceIds, ...prePaid, AutoPay: false })
    expect((await instances())[0].InstanceChargeType).toBe('PostPaid')
  })

  test.each([
    ['one that releases itself', { AutoReleaseTime: '2026-01-05T00:00:00Z' }, prePaid, 'ReleaseTimeHaveBeenSet', 400],
    ['a spot instance', { SpotStrategy: 'SpotAsPriceGo' }, prePaid, 'InvalidInstanceChargeType.ValueNotSupported', 400],
    ['what it is already', prePaid, prePaid, 'InvalidInstanceChargeType.ValueNotSupported', 400],
    ['another way to pay', {}, { InstanceChargeType: 'PaidByMood' }, 'InvalidInstanceChargeType.ValueNotSupported', 400],
    ['no period', {}, { InstanceChargeType: 'PrePaid' }, 'InvalidPeriod', 400],
  ])('refuses %s', async (_, launched, input, code, status) => {
    const { running, refusal } = await cloudWithNetwork()
    expect(await refusal('ModifyInstanceChargeType', { InstanceIds: [await running(launched)], ...input })).toMatchObject({ code, status })
  })

  test('changes none when one of them does not allow it', async () => {
    const { launch, running, refusal, instances, clock } = await cloudWithNetwork()
    const refused = (InstanceIds: unknown[]) => refusal('ModifyInstanceChargeType', { InstanceIds, ...prePaid })
    const ready = await running()
    expect(await refused([ready, 'i-none'])).toMatchObject({ code: 'InvalidInstanceId.NotFound', status: 404 })
    expect(await refused([ready, (await launch())[0]])).toMatchObject({ code: 'InvalidStatus.ValueNotSupported', status: 400 })
    expect(await refused(Array.from({ length: 21 }, (_, at) => `i-${at}`))).toMatchObject({ code: 'InstancesIdQuotaExceed', status: 400 })
    expect(await refused([])).toMatchObject({ code: 'InvalidParameter.InstanceIds', status: 400 })
    expect((await instances({ InstanceIds: [ready] }))[0].InstanceChargeType).toBe('PostPaid')
    const over = await running(prePaid)
    clock.set(Date.UTC(2026, 1, 2))
    expect(await refused([over])).toMatchObject({ code: 'ExpiredInstance', status: 400 })
  })
})
