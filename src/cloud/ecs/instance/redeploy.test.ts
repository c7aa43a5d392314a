import { describe, expect, test } from 'vitest'
import { cloudWithInstance, hourMs } from '../events/testing.ts'

describe('RedeployInstance', () => {
  test('needs a real event that asks for it', async () => {
    const { refusal, simulate, InstanceId } = await cloudWithInstance()
    await simulate({ EventType: 'SystemMaintenance.Redeploy' })
    expect(await refusal('RedeployInstance', { InstanceId })).toMatchObject({ code: 'InvalidOperation.RedeployInstance', status: 403 })
    expect(await refusal('RedeployInstance', { InstanceId: 'i-none' })).toMatchObject({ code: 'InvalidInstanceId.NotFound' })
  })

  test('leads a running instance through Stopping and Starting, and the scheduled event is Avoided', async () => {
    const { call, cloud, clock, status, cycleOf, InstanceId } = await cloudWithInstance()
    const id = cloud.events.publish({ instanceId: InstanceId, type: 'SystemMaintenance.Redeploy', notBefore: clock.now() + hourMs })
    expect((await call('RedeployInstance', { InstanceId, ForceStop: true })).TaskId).toMatch(/^t-/)
    expect([await status(), await cycleOf(id)]).toEqual(['Stopping', 'Avoided'])
    clock.advance(8_000)
    expect(await status()).toBe('Starting')
    clock.advance(8_000)
    expect(await status()).toBe('Running')
  })

  test('leaves a stopped instance stopped', async () => {
    const { call, cloud, clock, status, cycleOf, InstanceId } = await cloudWithInstance()
    await call('StopInstance', { InstanceId })
    clock.advance(10_000)
    const id = cloud.events.publish({ instanceId: InstanceId, type: 'SystemMaintenance.Redeploy', cycle: 'Inquiring' })
    await call('RedeployInstance', { InstanceId })
    expect([await status(), await cycleOf(id)]).toEqual(['Starting', 'Executing'])
    clock.advance(10_000)
    expect([await status(), await cycleOf(id)]).toEqual(['Stopped', 'Executed'])
  })

  test('refuses an instance that changes or is locked', async () => {
    const { call, cloud, clock, refusal, InstanceId } = await cloudWithInstance()
    cloud.events.publish({ instanceId: InstanceId, type: 'SystemMaintenance.Redeploy', notBefore: clock.now() + hourMs })
    await call('StopInstance', { InstanceId })
    expect(await refusal('RedeployInstance', { InstanceId })).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
    cloud.locks.add({ instanceId: InstanceId, reason: 'security' })
    expect(await refusal('RedeployInstance', { InstanceId })).toMatchObject({ code: 'InstanceLockedForSecurity', status: 403 })
  })
})
