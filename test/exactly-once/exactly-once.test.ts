import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { publicImages } from '../../src/api/images.ts'
import { randomId } from '../../src/api/system.ts'
import { EcsClient, VpcClient } from '../../src/client/index.ts'
import { type Cloud, createCloud, type FaultRule } from '../../src/cloud/index.ts'
import { createRandom } from '../../src/cloud/engine/random.ts'
import { amountOf, type Job, readJournal } from './worker.ts'

const intents = 10_000
const kills = 25

/** What goes wrong, and how often: nearly a third of all calls. */
const troubles: readonly FaultRule[] = [
  { odds: 0.04, effect: { drop: 'before' } },
  { odds: 0.05, effect: { drop: 'after' } },
  { odds: 0.04, effect: { truncate: 40 } },
  { odds: 0.04, effect: { error: 'ServiceUnavailable' } },
  { odds: 0.02, effect: { error: 'InternalError', status: 500 } },
  { every: 400, effect: { throttle: 20 } },
  { odds: 0.04, effect: { delay: 30 } },
  { odds: 0.05, effect: { duplicate: true } },
]

let folder: string
let cloud: Cloud
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tanxing-exactly-once-'))
})
afterAll(async () => {
  await cloud?.close()
  await rm(folder, { recursive: true })
})

async function network(ecs: EcsClient, vpc: VpcClient) {
  const { VpcId } = await vpc.createVpc({ CidrBlock: '10.0.0.0/8' })
  cloud.clock.advance(60_000)
  const blocks = Array.from({ length: 16 }, (_, at) => `10.${at}.0.0/20`)
  const made = blocks.map((CidrBlock) => vpc.createVSwitch({ VpcId, ZoneId: 'cn-hangzhou-h', CidrBlock }))
  const vSwitchIds = (await Promise.all(made)).map(({ VSwitchId }) => VSwitchId)
  cloud.clock.advance(60_000)
  const { SecurityGroupId } = await ecs.createSecurityGroup({ VpcId, SecurityGroupType: 'enterprise' })
  return { vSwitchIds, SecurityGroupId }
}

/** Runs the worker until its `share`th answer and kills it, or until it is done. True when it was done. */
async function runAndKill(program: string, job: Job, share: number): Promise<boolean> {
  const child = fork(program, { env: { ...process.env, TANXING_JOB: JSON.stringify(job) }, execArgv: [] })
  let answered = 0
  child.on('message', () => {
    if (++answered === share) child.kill('SIGKILL')
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (signal !== 'SIGKILL') expect(code).toBe(0)
  return signal !== 'SIGKILL'
}

it('10,000 RunInstances through a failing network, killed and resumed at random, end with exactly the instances asked for', async () => {
  const seed = process.env.TANXING_SEED ?? randomId()
  console.log(`exactly once: TANXING_SEED=${seed}`)
  const random = createRandom(seed)
  cloud = await createCloud({ seed, clock: 'manual' })
  const options = { regionId: 'cn-hangzhou', fetch: cloud.fetch, credentials: cloud.credentials }
  const ecs = new EcsClient(options)
  const { vSwitchIds, SecurityGroupId } = await network(ecs, new VpcClient(options))
  const { url } = await cloud.listen({ port: 0 })
  const ImageId = [...publicImages().values()].find((image) => image.OSType === 'linux' && image.Architecture === 'x86_64')?.ImageId
  const input = { ImageId, InstanceType: 'ecs.g7.large', SecurityGroupId }
  const journal = join(folder, 'journal')
  const job: Job = { url, journal, credentials: cloud.credentials, intents, atOnce: 32, input, vSwitchIds }
  const program = join(folder, 'worker.mjs')
  const entryPoints = [join(dirname(fileURLToPath(import.meta.url)), 'worker.ts')]
  await build({ entryPoints, outfile: program, bundle: true, format: 'esm', platform: 'node', target: 'node20.19', logLevel: 'error' })

  for (const rule of troubles) cloud.faults.add({ match: { action: 'RunInstances' }, ...rule })
  let killed = 0
  while (!(await runAndKill(program, job, killed < kills ? 1 + random.integer((1.5 * intents) / kills) : Number.POSITIVE_INFINITY)))
    killed++
  const injected = cloud.faults.list().map(({ injected: count }) => count)
  console.log(`exactly once: killed ${killed} times, faults injected ${injected.join(', ')}`)
  cloud.faults.clear()

  const told = new Map<number, readonly string[]>()
  for (const entry of readJournal(journal)) if ('ids' in entry) told.set(entry.intent, entry.ids)
  expect(told.size).toBe(intents)
  for (const [intent, ids] of told) expect(ids).toHaveLength(amountOf(intent))
  const there = new Set<string>()
  for await (const { InstanceId } of ecs.paginate('DescribeInstances')) there.add(InstanceId)
  const all = [...told.values()].flat()
  expect(new Set(all).size).toBe(all.length)
  expect(there).toEqual(new Set(all))
  expect(killed).toBeGreaterThan(5)
  for (const count of injected) expect(count).toBeGreaterThan(20)
}, 240_000)
