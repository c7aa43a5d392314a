/**
 * How soon a data folder with many instances answers again after its process was killed: each instance with a disk, an interface and two
 * tags. Times are told from the start of the process, by a process of its own that calls it over a socket: twice, since outlines of the rows
 * are kept while they are read for the first time.
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

/** How long nobody asks for all rows. */
const calmMs = 5000

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const below = sorted[Math.floor(sorted.length * 0.99)] ?? 0
  return `${sorted.length} calls: median ${median(sorted).toFixed(1)} ms, 99 of 100 below ${below.toFixed(1)} ms, the slowest ${(sorted.at(-1) ?? 0).toFixed(0)} ms`
}

interface Opening {
  readonly opened: Awaited<ReturnType<typeof open>>
  readonly rows: readonly (readonly [name: string, text: string])[]
}

const page = { RegionId: regionId, PageSize: 100 }
/** Of each, a page is asked for as soon as the cloud listens. */
const requests: readonly (readonly [name: string, action: string, input: object, total: number])[] = [
  ['DescribeInstances, a page of 100', 'DescribeInstances', page, count],
  ['the last page', 'DescribeInstances', { ...page, PageNumber: count / 100 }, count],
  ['one by its id', 'DescribeInstances', { RegionId: regionId, InstanceIds: JSON.stringify([instanceId(7)]) }, 1],
  ['by status, one in 10', 'DescribeInstances', { ...page, Status: 'Stopped' }, count / 10],
  ['by tag, one in 4', 'DescribeInstances', { ...page, Tag: [{ Key: 'env', Value: 'prod' }] }, count / 4],
  ['by the beginning of the name, 100', 'DescribeInstances', { ...page, InstanceName: 'web-00077*' }, 100],
  ['an instance is changed', 'ModifyInstanceAttribute', { RegionId: regionId, InstanceId: instanceId(11), Description: 'changed' }, 0],
  ['DescribeDisks, a page of 100', 'DescribeDisks', page, count],
]

/** Opens the folder, and asks until all is there. */
async function opening(): Promise<Opening> {
  const opened = await open()
  const { child, start, listening, loaded, call } = opened
  const first = await call('DescribeRegions', {})
  let whole: Loaded | undefined
  const wholeAt = loaded.then(([told]) => {
    whole = told
    return monotonicNow() - start
  })
  const asked = requests.map(async ([name, action, input, total]): Promise<readonly [string, string]> => {
    const { sinceStart, body } = await call(action, input)
    if (total > 0 && totalOf(body) !== total) throw new Error(`${name}: ${totalOf(body)} in place of ${total}`)
    return [name, seconds(sinceStart)]
  })
  const answers = await Promise.all(asked)
  const [calm, busy]: [number[], number[]] = [[], []]
  const ask = async (times: number[]) => {
    times.push((await call('DescribeInstances', { ...page, PageSize: 10, PageNumber: 1 + (times.length % 100) })).ms)
    await sleep(10)
  }
  const calmUntil = monotonicNow() + calmMs
  while (monotonicNow() < calmUntil) await ask(calm)
  const before = monotonicNow() - start
  child.send('load')
  while (whole === undefined) await ask(busy)
  const end = (await wholeAt) - before
  const { memory, cpuMs } = whole
  const rows = [
    ['it listens', seconds(listening)],
    ['DescribeRegions', seconds(first.sinceStart)],
    ...answers,
    [`pages of 10 in the ${calmMs / 1000} s after that`, spread(calm)],
    ['all rows are read, once asked for', `within ${seconds(end)}`],
    ['pages of 10 meanwhile', spread(busy)],
    ['CPU from the start till then', `${Math.round((cpuMs * 1000) / count)} us an instance`],
    ['memory', `${Math.round(memory / count)} bytes an instance (goal 3072)`],
  ] as const
  return { opened, rows }
}

function print(title: string, { rows }: Opening): void {
  console.log(title)
  for (const [name, text] of rows) console.log(`  ${name.padEnd(33)} ${text}`)
}

async function kill({ opened: { child } }: Opening): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

try {
  const filled = spawnSync(process.execPath, [heap, work.path, 'fill', folder, String(count)], { stdio: 'inherit' })
  if (filled.status !== 0) throw new Error('the folder could not be filled')
  const title = `a folder with ${count.toLocaleString('en')} instances, opened; times are since the process was started`
  const first = await opening()
  print(`${title}. Nothing but the rows is there:`, first)
  await kill(first)
  const second = await opening()
  print('Opened again, after a kill -9 (goal: 3 s):', second)
  await kill(second)
} finally {
  closeConnections()
  rmSync(folder, { recursive: true })
  await work.remove()
}
