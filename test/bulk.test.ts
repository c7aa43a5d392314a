import { describe, expect, it } from 'vitest'
import { bulk } from '../src/client/bulk/bulk.ts'
import { failures } from '../src/client/bulk/partial.ts'
import type { CallOptions } from '../src/client/call.ts'
import { EcsClient } from '../src/client/index.ts'
import { createCloud } from '../src/cloud/index.ts'

const regionId = 'cn-hangzhou'

/** A demo estate with its clock in hand, and its instances by state. */
async function estate() {
  const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
  const ecs = new EcsClient({ regionId, fetch: cloud.fetch, credentials: cloud.credentials })
  const ids = async (Status?: 'Running' | 'Stopped') => {
    const found: string[] = []
    for await (const { InstanceId } of ecs.paginate('DescribeInstances', { Status })) found.push(InstanceId)
    return found
  }
  const call = (action: string, input: object, options: CallOptions) => ecs.call(action, input, options)
  // Waiting lets the cloud's time pass.
  const sleep = async (ms: number) => {
    cloud.clock.advance(ms)
  }
  return { cloud, ecs, ids, call, sleep }
}

describe('bulk verbs on the local cloud', () => {
  it('stop more than a hundred, and name those that are not there or stopped already', async () => {
    const { cloud, ids, call, sleep } = await estate()
    const running = await ids('Running')
    const stopped = await ids('Stopped')
    expect(running.length).toBeGreaterThan(100)
    const results = await bulk(call, 'StopInstances', ['i-none', ...running, ...stopped], {}, { sleep })
    expect(failures(results).map(({ name }) => name)).toEqual(['i-none', ...stopped])
    expect(failures(results)[0]?.error).toMatchObject({ code: 'InvalidInstanceId.NotFound', class: 'not-found' })
    cloud.clock.advance(60_000)
    expect(await ids('Running')).toEqual([])
    await cloud.close()
  })

  it('try those again that are in the middle of a change', async () => {
    const { cloud, ecs, ids, call } = await estate()
    const [one = '', two = ''] = await ids('Running')
    await ecs.stopInstance({ InstanceId: one })
    const waits: number[] = []
    const sleep = async (ms: number) => {
      waits.push(ms)
      cloud.clock.advance(60_000)
    }
    const results = await bulk(call, 'StartInstances', [one], {}, { sleep })
    expect(results).toMatchObject([{ id: one, ok: true, answer: { PreviousStatus: 'Stopped', CurrentStatus: 'Starting' } }])
    expect(waits).toHaveLength(1)
    expect(failures(await bulk(call, 'RebootInstances', [two], {}, { sleep }))).toEqual([])
    await cloud.close()
  })

  it('release the good ones of a call that is refused for one of them', async () => {
    const { cloud, ids, call, sleep } = await estate()
    const all = await ids()
    const results = await bulk(call, 'DeleteInstances', all, { Force: true }, { sleep, attempts: 1 })
    const failed = failures(results).map(({ name }) => name)
    cloud.clock.advance(600_000)
    expect(failed.length).toBeGreaterThan(0)
    expect((await ids()).toSorted()).toEqual(failed.toSorted())
    await cloud.close()
  })

  it('say what a dry run would refuse, and change nothing', async () => {
    const { cloud, ids, call, sleep } = await estate()
    const running = await ids('Running')
    const results = await bulk(call, 'StopInstances', [...running, 'i-none'], { DryRun: true }, { sleep })
    expect(failures(results).map(({ name }) => name)).toEqual(['i-none'])
    expect(await ids('Running')).toEqual(running)
    await cloud.close()
  })

  it('tag many, fifty a call', async () => {
    const { cloud, ecs, ids, call } = await estate()
    const all = await ids()
    const calls: string[] = []
    const counted = (action: string, input: object, options: CallOptions) => {
      calls.push(action)
      return call(action, input, options)
    }
    const input = { ResourceType: 'instance', Tag: [{ Key: 'night', Value: 'off' }] }
    expect(failures(await bulk(counted, 'TagResources', all, input))).toEqual([])
    expect(calls).toHaveLength(Math.ceil(all.length / 50))
    const tagged = await ecs.describeInstances({ Tag: [{ Key: 'night', Value: 'off' }], PageSize: 1 })
    expect(tagged.TotalCount).toBe(all.length)
    await cloud.close()
  })
})
