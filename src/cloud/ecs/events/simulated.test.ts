import { describe, expect, test } from 'vitest'
import { toSeconds } from '../../../api/time.ts'
import { cloudWithInstance, hourMs } from './testing.ts'

describe('a simulated event', () => {
  test('is Scheduled until its time and then Executed, and leaves the instance alone', async () => {
    const { simulate, cycleOf, history, status, clock, InstanceId } = await cloudWithInstance()
    const id = await simulate()
    expect(id).toMatch(/^e-bp1[0-9a-z]{17}$/)
    expect(await cycleOf(id)).toBe('Scheduled')
    expect(await history()).toEqual([])
    clock.advance(hourMs)
    expect(await status()).toBe('Running')
    expect(await history()).toMatchObject([
      {
        EventId: id,
        InstanceId,
        EventType: { Code: 1, Name: 'SystemMaintenance.Reboot' },
        EventCycleStatus: { Code: 0, Name: 'Executed' },
        EventFinishTime: toSeconds(clock.now()),
      },
    ])
  })

  test('of a failure is Executing from the start', async () => {
    const { simulate, cycleOf, clock, full } = await cloudWithInstance()
    const id = await simulate({ EventType: 'SystemFailure.Reboot' })
    expect(await cycleOf(id)).toBe('Executing')
    expect((await full())[0].HealthStatus.Name).toBe('Impaired')
    clock.advance(hourMs)
    expect(await cycleOf(id)).toBe('Executed')
  })

  test('with real operations reboots, stops or redeploys the instance, Executing meanwhile', async () => {
    const { simulate, cycleOf, clock, status } = await cloudWithInstance()
    const reboot = await simulate({ TriggerRealOps: true })
    clock.advance(hourMs)
    expect([await status(), await cycleOf(reboot)]).toEqual(['Starting', 'Executing'])
    clock.advance(20_000)
    expect([await status(), await cycleOf(reboot)]).toEqual(['Running', 'Executed'])
    const redeploy = await simulate({ EventType: 'SystemMaintenance.Redeploy', TriggerRealOps: true })
    clock.advance(hourMs)
    expect([await status(), await cycleOf(redeploy)]).toEqual(['Stopping', 'Executing'])
    clock.advance(20_000)
    expect([await status(), await cycleOf(redeploy)]).toEqual(['Running', 'Executed'])
    const stop = await simulate({ EventType: 'SystemMaintenance.Stop', TriggerRealOps: true })
    clock.advance(hourMs + 20_000)
    expect([await status(), await cycleOf(stop)]).toEqual(['Stopped', 'Executed'])
  })

  test('is Avoided by a reboot before its time, and Canceled by CancelSimulatedSystemEvents', async () => {
    const { simulate, cycleOf, clock, call, InstanceId } = await cloudWithInstance()
    const id = await simulate()
    await call('RebootInstance', { InstanceId })
    expect(await cycleOf(id)).toBe('Avoided')
    const other = await simulate()
    await call('CancelSimulatedSystemEvents', { EventId: [other] })
    await call('CancelSimulatedSystemEvents', { EventId: [other] })
    clock.advance(2 * hourMs)
    expect([await cycleOf(id), await cycleOf(other)]).toEqual(['Avoided', 'Canceled'])
  })

  test('goes when its instance goes, and is forgotten after a month', async () => {
    const { simulate, cycleOf, clock, call, InstanceId } = await cloudWithInstance()
    const id = await simulate()
    await call('DeleteInstance', { InstanceId, Force: true })
    clock.advance(60_000)
    expect(await cycleOf(id)).toBe('Canceled')
    clock.advance(31 * 24 * hourMs)
    expect(await cycleOf(id)).toBeUndefined()
  })

  test.each([
    [{ EventType: 'SystemMaintenance.Dance' }, 'InvalidParameter', 403],
    [{ InstanceId: ['i-none'] }, 'InvalidInstanceId.NotFound', 404],
    [{ InstanceId: Array.from({ length: 101 }, (_, at) => `i-${at}`) }, 'InstanceIdLimitExceeded', 403],
    [{ NotBefore: 'tomorrow' }, 'InvalidParameter', 403],
    [{ NotBefore: '2020-01-01T00:00:00Z' }, 'InvalidNotBefore.Passed', 403],
  ])('is refused with %j by %s', async (wrong, code, status) => {
    const { refusal, InstanceId, inAnHour } = await cloudWithInstance()
    const asked = { EventType: 'SystemMaintenance.Reboot', InstanceId: [InstanceId], NotBefore: inAnHour(), ...wrong }
    expect(await refusal('CreateSimulatedSystemEvents', asked)).toMatchObject({ code, status })
  })

  test('does not fill the memory when it is made and cancelled again and again', async () => {
    const { simulate, call, cloud } = await cloudWithInstance()
    const made: string[] = []
    for (let count = 0; count < 110; count++) {
      const id = await simulate()
      made.push(id)
      await call('CancelSimulatedSystemEvents', { EventId: [id] })
    }
    expect(cloud.events.list().map(({ id }) => id)).toEqual(made.slice(10))
  })

  test('is one of ten at most that an instance has open', async () => {
    const { simulate, refusal, InstanceId, inAnHour } = await cloudWithInstance()
    for (let count = 0; count < 10; count++) await simulate()
    const asked = { EventType: 'SystemMaintenance.Stop', InstanceId: [InstanceId], NotBefore: inAnHour() }
    expect(await refusal('CreateSimulatedSystemEvents', asked)).toMatchObject({ code: 'SimulatedEventLimitExceeded', status: 403 })
  })

  test('cannot be cancelled when it is unknown, real, or over', async () => {
    const { simulate, refusal, clock, cloud, InstanceId } = await cloudWithInstance()
    const cancel = (...EventId: string[]) => refusal('CancelSimulatedSystemEvents', { EventId })
    expect(await cancel('e-none')).toMatchObject({ code: 'InvalidEventId.NotFound', status: 403 })
    const real = cloud.events.publish({ instanceId: InstanceId, type: 'SystemMaintenance.Reboot', notBefore: clock.now() + hourMs })
    expect(await cancel(real)).toMatchObject({ code: 'CannotCancelSystemEvent.NotSimulated', status: 403 })
    const over = await simulate()
    clock.advance(hourMs)
    expect(await cancel(over)).toMatchObject({ code: 'InvalidParameter', status: 403 })
    const many = Array.from({ length: 101 }, (_, at) => `e-${at}`)
    expect(await cancel(...many)).toMatchObject({ code: 'EventIdLimitExceeded', status: 400 })
  })
})
