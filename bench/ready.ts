/**
 * How soon a built, empty local cloud answers, from the start of its process, in turns with a bare `node -e 0` (goal: 2.5x); and how long
 * a reset takes (goal: 10 ms), of an empty cloud, of the demo estate, and of a thousand instances more.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { monotonicNow } from '../src/api/system.ts'
import { EcsClient } from '../src/client/index.ts'
import { type Cloud, createCloud } from '../src/cloud/index.ts'
import { median } from './measure.ts'

const rounds = 15
const built = fileURLToPath(new URL('../dist/tanxing.cjs', import.meta.url))
if (!existsSync(built)) throw new Error('there is no dist/tanxing.cjs: npm run build')
const home = mkdtempSync(join(tmpdir(), 'tanxing-ready-'))
const env = { PATH: process.env.PATH, HOME: home }

type Child = ChildProcessByStdio<null, Readable, null>

const ended = (child: Child) => new Promise<void>((resolve) => child.once('close', () => resolve()))

/** Wall time until a process ends, or until the cloud that it starts has answered a request. */
async function timed(args: readonly string[]): Promise<number> {
  const start = monotonicNow()
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const end = ended(child)
  if (args[0] === '-e') {
    await end
    return monotonicNow() - start
  }
  let said = ''
  for await (const piece of child.stdout) {
    said += String(piece)
    const url = /TANXING_ENDPOINT=(\S+)/.exec(said)?.[1]
    if (url === undefined) continue
    await (await fetch(url)).arrayBuffer()
    break
  }
  const ms = monotonicNow() - start
  child.kill('SIGTERM')
  await end
  return ms
}

async function resets(cloud: Cloud, prepare: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round <= rounds; round++) {
    await prepare()
    const start = monotonicNow()
    cloud.reset()
    if (round > 0) times.push(monotonicNow() - start)
  }
  await cloud.close()
  return median(times)
}

try {
  const bare: number[] = []
  const ratios: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const [node, cloud] = [await timed(['-e', '0']), await timed([built, 'local', 'start', '--port', '0'])]
    // The first round reads the files into the machine's cache and compiles.
    if (round > 0) bare.push(node)
    if (round > 0) ratios.push(cloud / node)
  }
  const ratio = median(ratios)
  console.log(`ready, and the first request answered: ${ratio.toFixed(2)}x a bare node -e 0 (${median(bare).toFixed(0)} ms); goal 2.5x`)

  const empty = await createCloud({ clock: 'manual' })
  const demo = await createCloud({ seed: 'demo', clock: 'manual' })
  const full = await createCloud({ seed: 'demo', clock: 'manual' })
  const ecs = new EcsClient({ regionId: 'cn-hangzhou', fetch: full.fetch, credentials: full.credentials, pace: false })
  async function launch() {
    const [one] = (await ecs.describeInstances({ PageSize: 1 })).Instances.Instance
    const { VSwitchId = '' } = one?.VpcAttributes ?? {}
    const SecurityGroupId = one?.SecurityGroupIds.SecurityGroupId[0] ?? ''
    const like = { ImageId: one?.ImageId ?? '', InstanceType: 'ecs.g7.large', VSwitchId, SecurityGroupId, Amount: 100 }
    for (let at = 0; at < 10; at++) await ecs.runInstances(like)
  }
  const times = {
    'an empty cloud': await resets(empty, async () => undefined),
    'the demo estate': await resets(demo, async () => undefined),
    'the demo estate and a thousand instances': await resets(full, launch),
  }
  for (const [what, ms] of Object.entries(times)) console.log(`reset of ${what}: ${ms.toFixed(2)} ms; goal 10`)
} finally {
  rmSync(home, { recursive: true, force: true })
}
