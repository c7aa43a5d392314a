import { describe, expect, it } from 'vitest'
import { EcsClient, RamClient, VpcClient } from '../index.ts'

const credentials = { accessKeyId: 'id', accessKeySecret: 'secret' }
type Answer = (query: URLSearchParams) => object

const options = (answer: Answer) => ({
  regionId: 'cn-hangzhou',
  credentials,
  fetch: async (url: string | URL | Request) =>
    new Response(JSON.stringify(answer(new URL(url instanceof Request ? url.url : url).searchParams))),
})

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = []
  for await (const item of items) seen.push(item)
  return seen
}

const ids = (from: number, count: number) => Array.from({ length: count }, (_, at) => ({ InstanceId: `i-${from + at}` }))

describe('a listing', () => {
  it('by token is read to its last page', async () => {
    const ecs = new EcsClient(
      options((query) => {
        const from = Number(query.get('NextToken') ?? 0)
        expect(query.get('MaxResults')).toBe('100')
        return { Instances: { Instance: ids(from, 100) }, NextToken: from < 200 ? String(from + 100) : '' }
      }),
    )
    const instances = await all(ecs.paginate('DescribeInstances'))
    expect(instances.map((instance) => instance.InstanceId)).toEqual(ids(0, 300).map((one) => one.InstanceId))
  })

  it('by page number is held against TotalCount', async () => {
    const pages = (total: number) =>
      new EcsClient(
        options((query) => {
          const from = (Number(query.get('PageNumber')) - 1) * 50
          expect(query.get('PageSize')).toBe('50')
          return { TotalCount: total, InstanceStatuses: { InstanceStatus: ids(from, Math.max(0, Math.min(50, 120 - from))) } }
        }),
      )
    expect(await all(pages(120).paginate('DescribeInstanceStatus'))).toHaveLength(120)
    await expect(all(pages(121).paginate('DescribeInstanceStatus'))).rejects.toMatchObject({ code: 'ListIncomplete' })
  })

  it('by RAM’s marker ends when nothing is truncated', async () => {
    const ram = new RamClient(
      options((query) => {
        const second = query.get('Marker') === 'more'
        return { Users: { User: [{ UserName: second ? 'b' : 'a' }] }, IsTruncated: !second, Marker: second ? 'leftover' : 'more' }
      }),
    )
    expect((await all(ram.paginate('ListUsers'))).map((user) => user.UserName)).toEqual(['a', 'b'])
  })

  it('that goes in a circle is an error, not an endless loop', async () => {
    const ecs = new EcsClient(options(() => ({ Instances: { Instance: ids(0, 1) }, NextToken: 'again' })))
    await expect(all(ecs.paginate('DescribeInstances'))).rejects.toMatchObject({ code: 'ListIncomplete' })
  })

  it('that tells no count ends with a page that is not full', async () => {
    const vpc = new VpcClient(
      options((query) => ({ Data: { Logs: Array.from({ length: query.get('PageNumber') === '3' ? 5 : 100 }, () => 'line') } })),
    )
    expect(await all(vpc.paginate('DescribeVpnSslServerLogs', { VpnSslServerId: 'vss-1' }))).toHaveLength(205)
  })

  it('is an error when an item moved to the next page and pushed another one off', async () => {
    const key = (name: string) => ({ KeyPairId: name })
    const pages = [[key('a'), key('b')], [key('b'), key('d')], []]
    const ecs = new EcsClient(
      options((query) => ({ TotalCount: 4, KeyPairs: { KeyPair: pages[Number(query.get('PageNumber')) - 1] ?? [] } })),
    )
    await expect(all(ecs.paginate('DescribeKeyPairs', { PageSize: 2 }))).rejects.toMatchObject({ code: 'ListIncomplete' })
  })
})
