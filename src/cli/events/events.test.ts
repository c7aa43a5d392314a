import { expect, it } from 'vitest'
import { estate, tanxing } from '../testing.ts'

it('lists what is to come, and once it is over what was', async () => {
  const { cloud, ecs, url } = await estate()
  const [one] = (await ecs.describeInstances({ Status: 'Running', PageSize: 1 })).Instances.Instance
  const hourMs = 3_600_000
  cloud.events.publish({ instanceId: one?.InstanceId ?? '', type: 'SystemMaintenance.Reboot', notBefore: cloud.clock.now() + hourMs })
  const list = (...options: string[]) => tanxing(cloud, url, ['events', 'list', '-o', 'json', ...options])
  const coming = await list()
  expect(JSON.parse(coming.out)).toMatchObject([{ InstanceId: one?.InstanceId, EventType: { Name: 'SystemMaintenance.Reboot' } }])
  expect(coming.err).toBe('1 of 1\n')
  expect(JSON.parse((await list('--past')).out)).toEqual([])
  cloud.clock.advance(2 * hourMs)
  expect(JSON.parse((await list()).out)).toEqual([])
  expect(JSON.parse((await list('--past')).out)).toMatchObject([{ EventCycleStatus: { Name: 'Executed' } }])
  expect(JSON.parse((await list('--every')).out)).toHaveLength(1)
  expect(JSON.parse((await list('--filter', 'status=Canceled')).out)).toEqual([])
})
