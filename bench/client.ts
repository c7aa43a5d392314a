/**
 * Calls per second and processor time per call of the client, beside the official SDKs and a bare `node:http` loop with the
 * same HMAC: 16 calls at once, DescribeRegions, against one plain server in another process that always sends the same bytes.
 * They take turns in short rounds, so that what slows the machine slows them alike: read the ratios.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { regions } from '../src/api/regions.ts'
import { monotonicNow } from '../src/api/system.ts'
import { bareCalls } from './bare-client.ts'
import { bundleClient } from './bundle.ts'
import { median } from './measure.ts'

const atOnce = 16
const callsARound = 1_600
const rounds = 11

const body = JSON.stringify({
  RequestId: '3B1A1B3E-1B1A-4E1E-8E1A-3B1A1B3E1B1A',
  Regions: {
    Region: [...regions().values()].map(({ RegionId, LocalName, Status }) => ({
      RegionId,
      RegionEndpoint: `ecs.${RegionId}.aliyuncs.com`,
      LocalName: LocalName['zh-CN'],
      Status,
    })),
  },
})

const server = fork(fileURLToPath(new URL('./bare-server.ts', import.meta.url)), [Buffer.from(body).toString('base64')])
const [port] = (await once(server, 'message')) as [number]
const bundle = await bundleClient()

const require = createRequire(import.meta.url)
const official = require('@alicloud/ecs20140526') as typeof import('@alicloud/ecs20140526')
const { $OpenApiUtil } = require('@alicloud/openapi-core') as typeof import('@alicloud/openapi-core')
const PopCore = require('@alicloud/pop-core') as typeof import('@alicloud/pop-core')
const tanxing = (await import(pathToFileURL(bundle.path).href)) as typeof import('../src/client/index.ts')

const accessKeyId = 'LTAI5tBenchKeyOf24Chars00'
const accessKeySecret = 'benchSecretOfThirtyCharacters0'
const regionId = 'cn-hangzhou'
const endpoint = `http://127.0.0.1:${port}`

const sdk = new official.default(
  new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, regionId, endpoint: `127.0.0.1:${port}`, protocol: 'HTTP' }),
)
const pop = new PopCore({ endpoint, apiVersion: '2014-05-26', accessKeyId, accessKeySecret })
const ecs = new tanxing.EcsClient({ regionId, endpoint, credentials: { accessKeyId, accessKeySecret } })

const contenders: { readonly [name: string]: () => Promise<unknown> } = {
  '@alicloud/ecs20140526': () => sdk.describeRegions(new official.DescribeRegionsRequest({})),
  '@alicloud/pop-core': () => pop.request('DescribeRegions', { RegionId: regionId }),
  'bare node:http': bareCalls(port, accessKeySecret),
  tanxing: () => ecs.describeRegions(),
}

interface Round {
  readonly perSecond: number
  /** Of this process, in microseconds. */
  readonly cpuPerCall: number
}

async function round(call: () => Promise<unknown>, calls: number): Promise<Round> {
  let left = calls
  const line = async () => {
    while (left-- > 0) await call()
  }
  const cpu = process.cpuUsage()
  const start = monotonicNow()
  await Promise.all(Array.from({ length: atOnce }, line))
  const ms = monotonicNow() - start
  const { user, system } = process.cpuUsage(cpu)
  return { perSecond: (calls * 1000) / ms, cpuPerCall: (user + system) / calls }
}

const results = new Map<string, Round[]>(Object.keys(contenders).map((name) => [name, []]))
for (const call of Object.values(contenders)) await round(call, callsARound * 2)
for (let at = 0; at < rounds; at++)
  for (const [name, call] of Object.entries(contenders)) results.get(name)?.push(await round(call, callsARound))

const yardstick = results.get('@alicloud/ecs20140526') ?? []
console.log(`DescribeRegions (${Buffer.byteLength(body)} bytes), ${atOnce} at once, median of ${rounds} rounds; ratios to the official SDK`)
for (const [name, measured] of results) {
  const figure = (field: keyof Round) => median(measured.map((one) => one[field]))
  const ratio = (field: keyof Round) => median(measured.map((one, at) => one[field] / (yardstick[at] as Round)[field])).toFixed(2)
  console.log(
    `  ${name.padEnd(21)}  ${Math.round(figure('perSecond')).toLocaleString('en').padStart(6)}/s  ${ratio('perSecond')}x` +
      `  ${Math.round(figure('cpuPerCall')).toString().padStart(4)} us of CPU a call  ${ratio('cpuPerCall')}x`,
  )
}

server.disconnect()
await bundle.remove()
process.exit()
