import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { estate, tanxing } from '../testing.ts'
import { happening } from './event.ts'

const hourMs = 3_600_000

let there: Awaited<ReturnType<typeof estate>>
let ids: string[]
beforeAll(async () => {
  there = await estate()
  ids = (await there.ecs.describeInstances({ Status: 'Running', PageSize: 10 })).Instances.Instance.map(({ InstanceId }) => InstanceId)
})
afterAll(() => there.cloud.close())

const play = (line: string, answer?: string) => tanxing(there.cloud, there.url, line, answer === undefined ? {} : { answer })
const listed = async (line: string) => JSON.parse((await play(`events list -o json ${line}`.trim())).out) as unknown[]

describe('events', () => {
  it('are listed while they are to come, and once they are over', async () => {
    const [first = '', second = ''] = ids
    const { cloud } = there
    const publish = (instanceId: string, hours: number) =>
      cloud.events.publish({ instanceId, type: 'SystemMaintenance.Reboot', notBefore: cloud.clock.now() + hours * hourMs })
    publish(first, 2)
    publish(second, 1)
    const coming = await play('events list -o csv --columns instance,what,status')
    expect(coming.out.split('\n').slice(1, 3)).toEqual([
      `${second},reboot for maintenance,Scheduled`,
      `${first},reboot for maintenance,Scheduled`,
    ])
    expect(await listed('--past')).toEqual([])
    expect(await listed('--every')).toHaveLength(2)
    expect(await listed(first)).toMatchObject([{ InstanceId: first }])
    expect(await listed(`${first} --past`)).toEqual([])
    cloud.clock.advance(3 * hourMs)
    expect(await listed('')).toEqual([])
    expect(await listed('--past')).toMatchObject([{ EventCycleStatus: { Name: 'Executed' } }, {}])
    expect(await listed('--every')).toHaveLength(2)
    expect(await listed('--filter status=Canceled')).toEqual([])
  })

  it('of an instance that is not there are no empty list', async () => {
    expect((await play('events list no-such-one')).exitCode).toBe(3)
  })

  it('that ask first are accepted when the answer is right, and go ahead', async () => {
    const { cloud } = there
    const instanceId = ids[2] ?? ''
    const notBefore = cloud.clock.now() + hourMs
    const id = cloud.events.publish({ instanceId, type: 'SystemMaintenance.Redeploy', notBefore, cycle: 'Inquiring' })
    expect((await play(`events accept ${id}`)).exitCode).toBe(6)
    const dry = await play(`events accept ${id} --dry-run`)
    expect(dry.err).toContain(`${instanceId}  redeployment on another host for maintenance`)
    expect(await listed('--filter status=Inquiring')).toHaveLength(1)
    const accepted = await play(`events accept ${id} -o json`, id)
    expect(accepted.exitCode).toBe(0)
    expect(JSON.parse(accepted.out)).toMatchObject([{ Id: id, Result: 'done' }])
    const again = await play(`events accept ${id} --yes 1`)
    expect(again.err).toContain('asks nothing')
    expect(again.exitCode).toBe(6)
  })

  it('are told by what happens, in both languages; an unknown type by itself', () => {
    expect(happening('InstanceExpiration.Stop', 'zh')).toBe('因包年包月到期实例停止')
    expect(happening('SystemFailure.Delete', 'en')).toBe('release after a system failure')
    expect(happening('Instance:PreemptibleInstanceInterruption', 'en')).toBe('reclaim of the spot instance')
    for (const type of ['constructor.toString', 'Disk:Stalled', 'toString']) expect(happening(type, 'en')).toBe(type)
  })
})
