/** One contender of `client.ts` in a process of its own: makes a round of calls whenever it is told to. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { monotonicNow } from '../src/api/system.ts'
import { bareCalls } from './bare-client.ts'
import { bareUndiciCalls } from './bare-undici.ts'

const [contender = '', port = '', bundle = ''] = process.argv.slice(2)
const require = createRequire(import.meta.url)
const accessKeyId = 'LTAI5tBenchKeyOf24Chars00'
const accessKeySecret = 'benchSecretOfThirtyCharacters0'
const regionId = 'cn-hangzhou'
const endpoint = `http://127.0.0.1:${port}`

/** What it takes to make DescribeRegions calls, by contender; a call gives the number of regions. */
const contenders: { readonly [name: string]: () => Promise<() => Promise<number | undefined>> } = {
  '@alicloud/ecs20140526': async () => {
    const sdk = require('@alicloud/ecs20140526') as typeof import('@alicloud/ecs20140526')
    const { $OpenApiUtil } = require('@alicloud/openapi-core') as typeof import('@alicloud/openapi-core')
    const config = { accessKeyId, accessKeySecret, regionId, endpoint: `127.0.0.1:${port}`, protocol: 'HTTP' }
    const client = new sdk.default(new $OpenApiUtil.Config(config))
    return async () => (await client.describeRegions(new sdk.DescribeRegionsRequest({}))).body?.regions?.region?.length
  },
  '@alicloud/pop-core': async () => {
    const PopCore = require('@alicloud/pop-core') as typeof import('@alicloud/pop-core')
    const client = new PopCore({ endpoint, apiVersion: '2014-05-26', accessKeyId, accessKeySecret })
    type Answer = { Regions: { Region: unknown[] } }
    return async () => (await client.request<Answer>('DescribeRegions', { RegionId: regionId })).Regions.Region.length
  },
  'bare node:http': async () => {
    const call = bareCalls(Number(port), accessKeySecret)
    return async () => ((await call()) as { Regions: { Region: unknown[] } }).Regions.Region.length
  },
  'bare undici': async () => {
    const call = bareUndiciCalls(Number(port), accessKeySecret)
    return async () => ((await call()) as { Regions: { Region: unknown[] } }).Regions.Region.length
  },
  'tanxing over undici': async () => {
    const { EcsClient } = (await import(pathToFileURL(bundle).href)) as typeof import('../src/client/index.ts')
    const { Agent } = await import('undici')
    const dispatcher = new Agent({ connections: 16 })
    const ecs = new EcsClient({ regionId, endpoint, credentials: { accessKeyId, accessKeySecret }, dispatcher })
    return async () => (await ecs.describeRegions()).Regions.Region.length
  },
  tanxing: async () => {
    const { EcsClient } = (await import(pathToFileURL(bundle).href)) as typeof import('../src/client/index.ts')
    const ecs = new EcsClient({ regionId, endpoint, credentials: { accessKeyId, accessKeySecret } })
    return async () => (await ecs.describeRegions()).Regions.Region.length
  },
}

export interface Order {
  readonly calls: number
  readonly atOnce: number
}

export interface Round {
  readonly perSecond: number
  /** In microseconds. */
  readonly cpuPerCall: number
  readonly regions: number | undefined
}

const call = await (contenders[contender] as (typeof contenders)[string])()

async function round({ calls, atOnce }: Order): Promise<Round> {
  let left = calls
  let regions: number | undefined
  const line = async () => {
    while (left-- > 0) regions = await call()
  }
  const cpu = process.cpuUsage()
  const start = monotonicNow()
  await Promise.all(Array.from({ length: atOnce }, line))
  const ms = monotonicNow() - start
  const { user, system } = process.cpuUsage(cpu)
  return { perSecond: (calls * 1000) / ms, cpuPerCall: (user + system) / calls, regions }
}

process.on('message', (order: Order) => {
  void round(order).then((result) => process.send?.(result))
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
