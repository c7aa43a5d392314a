import { describe, expect, test } from 'vitest'
import { type TestAnswer } from '../../testing.ts'
import { cloudWithInstance, hourMs } from './testing.ts'

describe('a real event', () => {
  test('reboots its instance when it is due', async () => {
    const { cloud, InstanceId, clock, status, cycleOf } = await cloudWithInstance()
    const id = cloud.events.publish({ instanceId: InstanceId, type: 'SystemFailure.Reboot' })
    expect([await status(), await cycleOf(id)]).toEqual(['Starting', 'Executing'])
    clock.advance(20_000)
    expect([await status(), await cycleOf(id)]).toEqual(['Running', 'Executed'])
  })

  test('that inquires waits until it is accepted', async () => {
    const { cloud, InstanceId, clock, status, cycleOf, call, refusal, history } = await cloudWithInstance()
    const id = cloud.events.publish({ instanceId: InstanceId, type: 'SystemMaintenance.Redeploy', cycle: 'Inquiring' })
    clock.advance(hourMs)
    expect([await status(), await cycleOf(id)]).toEqual(['Running', 'Inquiring'])
    await call('AcceptInquiredSystemEvent', { EventId: id, Choice: 'Migrate' })
    expect([await status(), await cycleOf(id)]).toEqual(['Stopping', 'Executing'])
    const again = { code: 'InvalidEventId.NoInquiringEventFound', status: 404 }
    expect(await refusal('AcceptInquiredSystemEvent', { EventId: id })).toMatchObject(again)
    clock.advance(20_000)
    expect([await status(), await cycleOf(id)]).toEqual(['Running', 'Executed'])
    expect((await history())[0].ExtendedAttribute).toEqual({ ResponseResult: 'Migrate' })
  })

  test('that inquires cannot be accepted while its instance changes', async () => {
    const { cloud, InstanceId, call, refusal } = await cloudWithInstance()
    const EventId = cloud.events.publish({ instanceId: InstanceId, type: 'SystemMaintenance.Redeploy', cycle: 'Inquiring' })
    await call('StopInstance', { InstanceId })
    expect(await refusal('AcceptInquiredSystemEvent', { EventId })).toMatchObject({ code: 'IncorrectInstanceStatus', status: 403 })
  })
})

describe('the control plane', () => {
  test('publishes and lists events over HTTP', async () => {
    const { cloud, InstanceId } = await cloudWithInstance()
    const send = async (method: string, body?: object) => {
      const headers = { host: '127.0.0.1' }
      const answer = await cloud.handle({
        method,
        target: '/_local/events',
        headers,
        body: Buffer.from(body ? JSON.stringify(body) : ''),
      })
      const answered: TestAnswer = JSON.parse(Buffer.from(answer.body).toString())
      return { status: answer.status, body: answered }
    }
    const asked = { instanceId: InstanceId, type: 'SystemMaintenance.Reboot', notBefore: '2026-02-01T00:00:00Z' }
    const { body } = await send('POST', asked)
    expect((await send('GET')).body.events).toMatchObject([
      { id: body.id, cycle: 'Scheduled', notBefore: '2026-02-01T00:00:00.000Z', finishedAt: null, simulated: false },
    ])
    for (const wrong of [{ instanceId: 'i-none' }, { type: 'x' }, { notBefore: 'soon' }, { cycle: 'Executed' }, { x: 1 }, { reason: 1 }])
      expect(await send('POST', { ...asked, ...wrong })).toMatchObject({ status: 400 })
  })
})
