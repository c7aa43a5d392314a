/**
 * How soon a data folder with many instances answers again after its process was killed: each instance with a disk, an interface and two
 * tags. Times are told from the start of the process, by a process of its own that calls it over a socket.
 * `INSTANCES=1000000 npm run bench -- reopen` for a million; that many need some 5 GB of disk and memory.
 */
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { flatten } from '../src/api/flatten.ts'
import { signRequest } from '../src/api/sign.ts'
import { monotonicNow, randomId, systemNow } from '../src/api/system.ts'
import { bundle } from './bundle.ts'
import { instanceId, regionId } from './estate.ts'
import { closeConnections, get } from './load.ts'
import { median } from './measure.ts'
import type { Loaded, Opened } from './reopen-work.ts'

const count = Number(process.env.INSTANCES ?? 100_000)
const heap = '--max-old-space-size=8000'
const work = await bundle('bench/reopen-work.ts')
const folder = mkdtempSync(join(tmpdir(), 'tanxing-bench-'))

async function open() {
  const start = monotonicNow()
  const child = fork(work.path, ['serve', folder], { execArgv: [heap, '--expose-gc'] })
  const [{ port, credentials }] = (await once(child, 'message')) as [Opened]
  const listening = monotonicNow() - start
  const loaded = once(child, 'message') as Promise<[Loaded]>
  const call = async (
    action: string,
    input: object,
  ): Promise<{ readonly sinceStart: number; readonly ms: number; readonly body: string }> => {
    const sent = monotonicNow()
    const pairs = flatten(input, {})
    const how = { method: 'POST', host: `127.0.0.1:${port}`, credentials, now: systemNow(), nonce: randomId() } as const
    const body = await get(port, signRequest({ ...how, action: { action, version: '2014-05-26' }, pairs }))
    return { sinceStart: monotonicNow() - start, ms: monotonicNow() - sent, body }
  }
  return { child, start, listening, loaded, call }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
const totalOf = (body: string) => (JSON.parse(body) as { TotalCount: number }).TotalCount

try {
  const filled = spawnSync(process.execPath, [heap, work.path, 'fill', folder, String(count)], { stdio: 'inherit' })
  if (filled.status !== 0) throw new Error('the folder could not be filled')

  const killed = await open()
  await killed.call('DescribeRegions', {})
  killed.child.kill('SIGKILL')
  await once(killed.child, 'exit')

  const { child, start, listening, loaded, call } = await open()
  const first = await call('DescribeRegions', {})
  let whole: Loaded | undefined
  const wholeAt = loaded.then(([told]) => {
    whole = told
    return monotonicNow() - start
  })
  const page = { RegionId: regionId, PageSize: 100 }
  const pages = call('DescribeInstances', page)
  const ids = call('DescribeInstances', { RegionId: regionId, InstanceIds: JSON.stringify([instanceId(7)]) })
  // Asked a moment later, since what is waited for first is loaded first.
  await sleep(200)
  const disks = call('DescribeDisks', page)
  const meanwhile: number[] = []
  while (whole === undefined) {
    meanwhile.push((await call('DescribeRegions', {})).ms)
    await sleep(50)
  }
  const end = await wholeAt
  const [instances, disk] = [await pages, await disks]
  if (totalOf(instances.body) !== count || totalOf(disk.body) !== count) throw new Error('not all was there again')
  const { memory, cpuMs } = whole
  const sorted = meanwhile.toSorted((a, b) => a - b)
  const rows: readonly (readonly [string, string])[] = [
    ['it listens', seconds(listening)],
    ['DescribeRegions is answered', `${seconds(first.sinceStart)} (goal 3 s)`],
    ['DescribeInstances, a page of 100', seconds(instances.sinceStart)],
    ['DescribeInstances, by id', seconds((await ids).sinceStart)],
    ['DescribeDisks, a page of 100', seconds(disk.sinceStart)],
    ['all is loaded', `${seconds(end)}, ${Math.round((cpuMs * 1000) / count)} us of CPU an instance`],
    [
      'DescribeRegions meanwhile',
      `${sorted.length} calls, 50 ms apart: median ${median(sorted).toFixed(1)} ms, 99 of 100 below ${(sorted[Math.floor(sorted.length * 0.99)] ?? 0).toFixed(1)} ms, the slowest ${(sorted.at(-1) ?? 0).toFixed(0)} ms`,
    ],
    ['memory', `${Math.round(memory / count)} bytes an instance (goal 3072)`],
  ]
  console.log(`a folder with ${count.toLocaleString('en')} instances, opened after a kill -9; since the process was started`)
  for (const [name, text] of rows) console.log(`  ${name.padEnd(33)} ${text}`)
  child.disconnect()
} finally {
  closeConnections()
  rmSync(folder, { recursive: true })
  await work.remove()
}
