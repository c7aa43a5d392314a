import { beforeEach, expect, it, vi } from 'vitest'
import { EcsClient } from '../client/index.ts'

// Other tests of the process have loaded what happens by itself.
beforeEach(() => {
  vi.resetModules()
  return () => vi.resetModules()
})

/** Some subscriptions of the demo estate end within that, and are not released yet. */
const longMs = 150 * 86_400_000
const get = (target: string) => ({ method: 'GET', target, headers: { host: '127.0.0.1' }, body: new Uint8Array() })

async function opened() {
  const [{ openCloud }, { loadedLifecycles, Unloaded }] = await Promise.all([import('./cloud.ts'), import('./handlers.ts')])
  const cloud = await openCloud({ seed: 'demo', clock: 'manual' })
  const ecs = new EcsClient({ regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials, pace: false })
  const isLoaded = () => {
    try {
      return Object.keys(loadedLifecycles()).length > 0
    } catch (error) {
      if (error instanceof Unloaded) return false
      throw error
    }
  }
  return { cloud, ecs, isLoaded }
}

it('lists with what happens by itself still to be loaded, since nothing is due', async () => {
  const { ecs, isLoaded } = await opened()
  expect((await ecs.describeInstances({ PageSize: 1 })).TotalCount).toBe(128)
  expect(isLoaded()).toBe(false)
})

it('lets a request wait for what is due, whose code is still to be loaded', async () => {
  const { cloud, ecs } = await opened()
  cloud.clock.advance(longMs)
  const answers = await Promise.all([1, 2, 3].map(() => ecs.describeInstances({ InstanceChargeType: 'PrePaid', PageSize: 100 })))
  const now = new Date(cloud.clock.now()).toISOString()
  for (const { Instances } of answers) {
    expect(Instances.Instance.filter(({ ExpiredTime }) => ExpiredTime < now)).not.toEqual([])
    for (const { ExpiredTime, Status } of Instances.Instance) expect(Status).toBe(ExpiredTime < now ? 'Stopped' : 'Running')
  }
})

it('lets the metadata service wait for it', async () => {
  const { cloud, ecs } = await opened()
  const { Instances } = await ecs.describeInstances({ InstanceChargeType: 'PostPaid', PageSize: 1 })
  cloud.clock.advance(longMs)
  const name = await cloud.metadata(Instances.Instance[0]?.InstanceId ?? '').handle(get('/latest/meta-data/hostname'))
  expect(name.status).toBe(200)
})

it('lets the control plane wait for it', async () => {
  const { cloud } = await opened()
  const moved = await cloud.handle({
    ...get('/_local/clock'),
    method: 'POST',
    body: Buffer.from(JSON.stringify({ advance: longMs })),
  })
  expect(moved.status).toBe(200)
  const state = await cloud.handle(get('/_local/state'))
  expect(state.status).toBe(200)
})

it('takes in the file of another cloud, whose kinds of transitions it has to know', async () => {
  const { cloud } = await opened()
  const file = cloud.exportState()
  vi.resetModules()
  const other = await opened()
  await other.cloud.importState(file)
  expect((await other.ecs.describeInstances({ PageSize: 1 })).TotalCount).toBe(128)
})
