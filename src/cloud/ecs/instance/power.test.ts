import { describe, expect, test } from 'vitest'
import { cloudWithNetwork } from '../../testing.ts'

const conflict = { code: 'IncorrectInstanceStatus', status: 403 }
const notFound = { code: 'InvalidInstanceId.NotFound', status: 404 }

describe('starting, stopping and rebooting', () => {
  test('leads through Stopping to Stopped, and through Starting back to Running', async () => {
    const { running, instances, call, clock } = await cloudWithNetwork()
    const InstanceId = await running()
    const status = async () => (await instances())[0].Status
    await call('StopInstance', { InstanceId })
    expect(await status()).toBe('Stopping')
    clock.advance(10_000)
    expect((await instances())[0]).toMatchObject({ Status: 'Stopped', StoppedMode: 'KeepCharging' })
    await call('StartInstance', { InstanceId })
    expect((await instances())[0]).toMatchObject({ Status: 'Starting', StoppedMode: 'Not-applicable' })
    clock.advance(10_000)
    expect(await status()).toBe('Running')
    await call('RebootInstance', { InstanceId })
    expect(await status()).toBe('Starting')
    clock.advance(20_000)
    expect(await status()).toBe('Running')
  })

  test.each(['StartInstance', 'StopInstance', 'RebootInstance'])(
    '%s refuses an instance that is unknown or not made yet',
    async (action) => {
      const { launch, refusal } = await cloudWithNetwork()
      const [InstanceId] = await launch()
      expect(await refusal(action, { InstanceId: 'i-none' })).toMatchObject(notFound)
      expect(await refusal(action, { InstanceId })).toMatchObject({ code: 'IncorrectInstanceStatus.Initializing', status: 403 })
    },
  )

  test('wants an instance that is stopped for a start, and a running one for a stop or a reboot', async () => {
    const { running, refusal, call, clock } = await cloudWithNetwork()
    const InstanceId = await running()
    expect(await refusal('StartInstance', { InstanceId })).toMatchObject(conflict)
    await call('StopInstance', { InstanceId })
    expect(await refusal('StopInstance', { InstanceId })).toMatchObject(conflict)
    clock.advance(10_000)
    expect(await refusal('StopInstance', { InstanceId })).toMatchObject(conflict)
    expect(await refusal('RebootInstance', { InstanceId })).toMatchObject(conflict)
  })

  test('keeps what it has, and its price, when asked for economical mode with local disks', async () => {
    const { running, call, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceType: 'ecs.i2.xlarge', InternetMaxBandwidthOut: 5 })
    await call('StopInstance', { InstanceId, StoppedMode: 'StopCharging' })
    clock.advance(10_000)
    const [instance] = await instances()
    expect(instance).toMatchObject({ Status: 'Stopped', StoppedMode: 'KeepCharging' })
    expect(instance.PublicIpAddress.IpAddress).toHaveLength(1)
  })

  test('in economical mode, gives the public address up and brings another one with the next start', async () => {
    const { running, call, instances, clock } = await cloudWithNetwork()
    const InstanceId = await running({ InternetMaxBandwidthOut: 5 })
    const addresses = async () => (await instances())[0].PublicIpAddress.IpAddress
    await call('StopInstance', { InstanceId, StoppedMode: 'StopCharging' })
    clock.advance(10_000)
    expect((await instances())[0]).toMatchObject({ Status: 'Stopped', StoppedMode: 'StopCharging', PublicIpAddress: { IpAddress: [] } })
    await call('StartInstance', { InstanceId })
    clock.advance(10_000)
    expect(await addresses()).toHaveLength(1)
    await call('StopInstance', { InstanceId })
    clock.advance(10_000)
    expect(await addresses()).toHaveLength(1)
  })

  test('makes local disks anew where there are any, which never need it', async () => {
    const { call, running, refusal, instances, clock } = await cloudWithNetwork()
    const [plain, local] = [await running(), await running({ InstanceType: 'ecs.d2s.5xlarge' })]
    for (const InstanceId of [plain, local]) await call('StopInstance', { InstanceId })
    clock.advance(10_000)
    const refused = await refusal('StartInstance', { InstanceId: plain, InitLocalDisk: true })
    expect(refused).toMatchObject({ code: 'InvalidParameter' })
    await call('StartInstance', { InstanceId: plain, InitLocalDisk: false })
    await call('StartInstance', { InstanceId: local, InitLocalDisk: true })
    expect((await instances()).map((instance) => instance.Status)).toEqual(['Starting', 'Starting'])
  })

  test('does not start a subscription that has ended', async () => {
    const { running, refusal, clock } = await cloudWithNetwork()
    const InstanceId = await running({ InstanceChargeType: 'PrePaid', Period: 1, PeriodUnit: 'Week' })
    clock.advance(8 * 24 * 3_600_000)
    expect(await refusal('StartInstance', { InstanceId })).toMatchObject({ code: 'InstanceExpiredOrInArrears' })
  })
})

describe('a batch', () => {
  test('tells for each instance what it was and what it is now', async () => {
    const { launch, call, clock } = await cloudWithNetwork()
    const ids = await launch({ Amount: 2 })
    clock.advance(20_000)
    const { InstanceResponses } = await call('StopInstances', { InstanceId: ids })
    expect(InstanceResponses.InstanceResponse).toEqual(
      ids.map((InstanceId) => ({ InstanceId, Code: '200', Message: 'success', PreviousStatus: 'Running', CurrentStatus: 'Stopping' })),
    )
  })

  test('changes all or nothing, unless SuccessFirst lets each go for itself', async () => {
    const { launch, running, call, refusal, instances, clock } = await cloudWithNetwork()
    const first = await running()
    const [second] = await launch()
    const InstanceId = [first, second, 'i-none']
    expect(await refusal('StopInstances', { InstanceId })).toMatchObject({ code: 'IncorrectInstanceStatus.Initializing' })
    expect((await instances({ InstanceIds: [first] }))[0].Status).toBe('Running')
    const { InstanceResponses } = await call('StopInstances', { InstanceId, BatchOptimization: 'SuccessFirst' })
    expect(InstanceResponses.InstanceResponse).toMatchObject([
      { InstanceId: first, Code: '200', CurrentStatus: 'Stopping' },
      { InstanceId: second, Code: 'IncorrectInstanceStatus.Initializing', PreviousStatus: 'Pending', CurrentStatus: 'Pending' },
      { InstanceId: 'i-none', Code: 'InvalidInstanceId.NotFound', CurrentStatus: '' },
    ])
    clock.advance(10_000)
    expect((await instances({ InstanceIds: [first] }))[0].Status).toBe('Stopped')
  })

  test('does not reach into another region, where the single call does', async () => {
    const { running, call, refusal } = await cloudWithNetwork()
    const id = await running()
    expect(await refusal('StopInstances', { InstanceId: [id] }, { regionId: 'cn-beijing' })).toMatchObject(notFound)
    await call('StopInstance', { InstanceId: id })
  })

  test('says that a dry run would succeed, and changes nothing', async () => {
    const { running, refusal, instances, clock } = await cloudWithNetwork()
    const id = await running()
    expect(await refusal('RebootInstances', { InstanceId: [id], DryRun: true })).toMatchObject({ code: 'DRYRUN.SUCCESS' })
    clock.advance(60_000)
    expect((await instances())[0]).toMatchObject({ Status: 'Running', StartTime: '2026-01-01T00:02Z' })
  })

  test.each([
    ['an id twice', { InstanceId: ['i-a', 'i-a'] }, 'InvalidParameter'],
    ['101 ids', { InstanceId: Array.from({ length: 101 }, (_, at) => `i-${at}`) }, 'InvalidParameter'],
    ['no id', {}, 'MissingInstanceId'],
    ['an optimization there is none of', { InstanceId: ['i-a'], BatchOptimization: 'Best' }, 'InvalidParameter'],
  ])('refuses %s', async (_title, input, code) => {
    const { refusal } = await cloudWithNetwork()
    expect(await refusal('StartInstances', input)).toMatchObject({ code })
  })
})
