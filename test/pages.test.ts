import { afterAll, describe, expect, it } from 'vitest'
import type { CallOptions } from '../src/client/call.ts'
import { EcsClient, RamClient } from '../src/client/index.ts'
import { type PageOptions, pagesOf } from '../src/client/list/paginate.ts'
import { createCloud } from '../src/cloud/index.ts'

const cloud = await createCloud({ seed: 'demo' })
afterAll(() => cloud.close())
const way = { regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials }
const ecs = new EcsClient(way)
const total = (await ecs.describeInstances({ PageSize: 1 })).TotalCount

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = []
  for await (const item of items) seen.push(item)
  return seen
}

describe('a listing of the local cloud', () => {
  it.each<PageOptions>([{}, { prefetch: false }, { parallel: 4 }])('is read whole with %o', async (options) => {
    const ids = (await all(ecs.paginate('DescribeInstances', { PageSize: 10 }, options))).map(({ InstanceId }) => InstanceId)
    expect(ids).toHaveLength(total)
    expect(new Set(ids).size).toBe(total)
  })

  it('comes as pages, as they are on the wire', async () => {
    const pages = await all(ecs.pages('DescribeInstances', { PageSize: 50 }, { parallel: 2 }))
    expect(pages.map(({ Instances }) => Instances.Instance.length)).toEqual([50, 50, total - 100])
    expect(pages.every(({ TotalCount }) => TotalCount === total)).toBe(true)
  })

  it('of RAM is read by its marker', async () => {
    const ram = new RamClient(way)
    for (let at = 0; at < 5; at++) await ram.createUser({ UserName: `user-${at}` })
    const users = await all(ram.paginate('ListUsers', { MaxItems: 2 }))
    expect(users.map(({ UserName }) => UserName)).toEqual(expect.arrayContaining(['user-0', 'user-1', 'user-2', 'user-3', 'user-4']))
    expect(await all(ram.paginate('ListUsers'))).toHaveLength(users.length)
  })

  it('loses nothing that stays while instances are released under it', async () => {
    const other = await createCloud({ seed: 'demo', clock: 'manual' })
    const away = new EcsClient({ ...way, fetch: other.fetch, credentials: other.credentials })
    const before = (await all(away.paginate('DescribeInstances'))).map(({ InstanceId }) => InstanceId)
    const released: string[] = []
    let calls = 0
    const call = async (action: string, input: object, options: CallOptions) => {
      const id = before[calls++]
      if (id !== undefined && calls % 3 === 0) {
        const gone = await away.deleteInstance({ InstanceId: id, Force: true }).then(
          () => true,
          () => false,
        )
        other.clock.advance(120_000)
        if (gone) released.push(id)
      }
      return away.call(action, input, options)
    }
    const list = 'Instances.Instance'
    const pages = await all(pagesOf(call, 'DescribeInstances', { number: true, list }, { PageSize: 10 }, {}))
    const seen = pages.flatMap(({ fresh }) => (fresh as { InstanceId: string }[]).map(({ InstanceId }) => InstanceId))
    expect(released.length).toBeGreaterThan(2)
    expect(before.filter((id) => !released.includes(id) && !seen.includes(id))).toEqual([])
    expect(new Set(seen).size).toBe(seen.length)
    await other.close()
  })
})
