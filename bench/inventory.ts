/**
 * A whole account's inventory: every instance of every region, from a local cloud that answers after 50 ms and allows each
 * region so many DescribeInstances calls a second. What the throttle allows is the bound; the client has to find it by itself.
 * Beside it: the official SDK, one page after another, which stops at the first throttled call unless its caller waits for it.
 * `INSTANCES=30000 npm run bench -- inventory` for a small one.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { regions } from '../src/api/regions.ts'
import { monotonicNow } from '../src/api/system.ts'
import { bundleClient } from './bundle.ts'
import type { LargeCloud, Started } from './large-cloud.ts'

const total = Number(process.env.INSTANCES ?? 3_000_000)
const regionIds = [...regions().keys()]
const perRegion = Math.ceil(total / regionIds.length)
const pageSize = 100
const order: LargeCloud = { regionIds, perRegion, perSecond: Number(process.env.PER_SECOND ?? 4), roundTripMs: 50 }

const server = fork(new URL('./large-cloud.ts', import.meta.url), { execArgv: ['--import', 'tsx', '--max-old-space-size=18000'] })
server.send(order)
const [{ url, credentials }] = (await once(server, 'message')) as [Started]

async function officialLoop(): Promise<void> {
  const require = createRequire(import.meta.url)
  const sdk = require('@alicloud/ecs20140526') as typeof import('@alicloud/ecs20140526')
  const { $OpenApiUtil } = require('@alicloud/openapi-core') as typeof import('@alicloud/openapi-core')
  const client = new sdk.default(new $OpenApiUtil.Config({ ...credentials, endpoint: url.replace('http://', ''), protocol: 'HTTP' }))
  const regionId = regionIds[0] as string
  const start = monotonicNow()
  let pages = 0
  let throttledAfter: number | undefined
  while (pages < 60) {
    const ask = client.describeInstances(new sdk.DescribeInstancesRequest({ regionId, pageSize, pageNumber: 1 + (pages % 10) }))
    const answered = await ask.then(
      () => undefined,
      (error: { retryAfter?: number }) => error,
    )
    if (answered === undefined) pages++
    else {
      throttledAfter ??= pages
      await new Promise((resolve) => setTimeout(resolve, answered.retryAfter ?? 1_000))
    }
  }
  const perSecond = (pages * 1000) / (monotonicNow() - start)
  const seconds = (regionIds.length * perRegion) / pageSize / perSecond
  console.log(
    `  @alicloud/ecs20140526, page after page  refused after ${throttledAfter} pages; with a loop that waits ${perSecond.toFixed(1)} pages/s`,
  )
  console.log(
    `                                          at that rate all would take ${Math.round(seconds).toLocaleString('en')} s (from ${pages} pages)`,
  )
}

async function inventory(bundle: string): Promise<void> {
  const { acrossRegions, EcsClient, paces } = (await import(pathToFileURL(bundle).href)) as typeof import('../src/client/index.ts')
  const ecs = new EcsClient({ regionId: regionIds[0], endpoint: url, credentials, surroundings: { env: {}, home: '/nonexistent' } })
  let twice = 0
  const cpu = process.cpuUsage()
  const start = monotonicNow()
  const visit = async (client: InstanceType<typeof EcsClient>) => {
    const ids = new Set<string>()
    for await (const { InstanceId } of client.paginate('DescribeInstances', {}, { parallel: 4 }))
      if (ids.has(InstanceId)) twice++
      else ids.add(InstanceId)
    return ids.size
  }
  const outcomes = await acrossRegions(ecs, visit, { regions: regionIds, concurrency: regionIds.length })
  const ms = monotonicNow() - start
  const { user, system } = process.cpuUsage(cpu)
  const counts = outcomes.map((outcome) => {
    if (!outcome.ok) throw outcome.error
    return outcome.value
  })
  const found = counts.reduce((sum, count) => sum + count, 0)
  if (found !== regionIds.length * perRegion || twice > 0) throw new Error(`found ${found}, ${twice} of them twice`)
  // A full bucket at the start gives so many calls at once; the rest come at the rate.
  const pages = Math.ceil(perRegion / pageSize)
  const boundMs = ((pages - order.perSecond) / order.perSecond) * 1000 + order.roundTripMs
  const states = paces().list()
  const sum = (field: 'sent' | 'throttled') => states.reduce((whole, state) => whole + state[field], 0)
  console.log(
    `  tanxing                                 ${(ms / 1000).toFixed(1)} s for ${found.toLocaleString('en')} instances, none lost, none twice:` +
      ` ${((100 * boundMs) / ms).toFixed(1)} % of the bound (${(boundMs / 1000).toFixed(1)} s)`,
  )
  console.log(
    `                                          ${((user + system) / 1e6).toFixed(0)} s of CPU, ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB;` +
      ` ${sum('throttled').toLocaleString('en')} of ${sum('sent').toLocaleString('en')} calls refused`,
  )
}

console.log(
  `${regionIds.length} regions x ${perRegion.toLocaleString('en')} instances, ${order.roundTripMs} ms, ` +
    `${order.perSecond} calls a second and region`,
)
const bundle = await bundleClient()
try {
  await officialLoop()
  await inventory(bundle.path)
} finally {
  server.disconnect()
  await bundle.remove()
}
