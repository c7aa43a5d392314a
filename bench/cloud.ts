/**
 * The local cloud's answers against a bare `node:http` server that sends the same bytes from one ready buffer.
 * Every request is signed (V3) beforehand, so the client's side costs the same for both. Each server has a process of its own;
 * their CPU time per request is told as well, since the client takes a core too.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { flatten } from '../src/api/flatten.ts'
import { signRequest } from '../src/api/sign.ts'
import { randomId, systemNow } from '../src/api/system.ts'
import { bundle } from './bundle.ts'
import { regionId } from './estate.ts'
import { closeConnections, get, load, type Prepared, withoutWrk } from './load.ts'
import { median } from './measure.ts'

export interface Started {
  readonly port: number
  readonly credentials: { readonly accessKeyId: string; readonly accessKeySecret: string }
}

const server = await bundle('bench/cloud-server.ts')

async function startServer(order: { readonly kind: string; readonly body?: string; readonly instances?: number }) {
  const child = fork(server.path, { execArgv: (process.env.SERVER_FLAGS ?? '').split(' ').filter((flag) => flag !== '') })
  const ask = async <T>(message: object): Promise<T> => {
    child.send(message)
    return ((await once(child, 'message')) as [T])[0]
  }
  const started = await ask<Started>({ start: order })
  return { ...started, cpu: () => ask<number>({ cpu: true }), stop: () => child.disconnect() }
}

type Server = Awaited<ReturnType<typeof startServer>>

const signed = (action: string, input: object, { port, credentials }: Started): Prepared =>
  signRequest({
    action: { action, version: '2014-05-26' },
    method: 'POST',
    host: `127.0.0.1:${port}`,
    pairs: flatten(input, {}),
    credentials,
    now: systemNow(),
    nonce: randomId(),
  })

interface Rate {
  readonly perSecond: number
  /** Microseconds of the server's CPU per request. */
  readonly cpu: number
}

async function rate(server: Server, sent: readonly Prepared[], seconds: number, again = false): Promise<Rate> {
  const before = await server.cpu()
  const { perSecond, requests } = await load(server.port, sent, seconds, again)
  return { perSecond, cpu: ((await server.cpu()) - before) / requests }
}

interface Contest {
  readonly name: string
  readonly action: string
  readonly input: (number: number) => object
  readonly kind: 'cloud' | 'changing'
  readonly instances: number
  /** A round lasts so many seconds, and takes fewer requests than `count`. */
  readonly seconds: number
  readonly count: number
  readonly rounds: number
  readonly goal: number
}

const page = { RegionId: regionId, PageSize: 100 }
const contests: readonly Contest[] = [
  {
    name: 'DescribeRegions',
    action: 'DescribeRegions',
    input: () => ({}),
    kind: 'cloud',
    instances: 1000,
    seconds: 2,
    count: 80_000,
    rounds: 5,
    goal: 0.5,
  },
  {
    name: 'DescribeInstances, a page of 100 that did not change',
    action: 'DescribeInstances',
    input: () => page,
    kind: 'cloud',
    instances: 1000,
    seconds: 2,
    count: 40_000,
    rounds: 5,
    goal: 0.7,
  },
  {
    name: 'DescribeInstances, a page of 100 of which an instance changed since',
    action: 'DescribeInstances',
    input: () => page,
    kind: 'changing',
    instances: 1000,
    seconds: 2,
    count: 40_000,
    rounds: 5,
    goal: 0.4,
  },
  {
    name: 'DescribeInstances, pages of 100 that nobody read before',
    action: 'DescribeInstances',
    input: (number) => ({ ...page, PageNumber: 1 + number }),
    kind: 'cloud',
    instances: 900_000,
    seconds: 1,
    count: 3000,
    rounds: 3,
    goal: 0.4,
  },
]

if (withoutWrk !== undefined) console.log(withoutWrk)
const only = process.env.CONTEST
for (const { name, action, input, kind, instances, seconds, count, rounds, goal } of contests.filter(
  (_, at) => only === undefined || only.split(',').includes(String(at)),
)) {
  const cloud = await startServer({ kind, instances })
  const body = await get(cloud.port, signed(action, input(instances / 100 - 1), cloud))
  const bare = await startServer({ kind: 'bare', body })
  const found: { cloud: Rate; bare: Rate }[] = []
  for (let round = 0; round < rounds; round++) {
    const requests = (many: number) => Array.from({ length: many }, (_, at) => signed(action, input(round * count + at), cloud))
    found.push({ bare: await rate(bare, requests(1000), seconds, true), cloud: await rate(cloud, requests(count), seconds) })
  }
  // The first round warms both up.
  const counted = found.slice(1)
  const shown = (of: 'cloud' | 'bare') =>
    `${of.padEnd(6)} ${Math.round(median(counted.map((round) => round[of].perSecond)))} requests/s, ${Math.round(median(counted.map((round) => round[of].cpu)))} us of CPU each`
  const speed = median(counted.map((round) => round.cloud.perSecond / round.bare.perSecond))
  const cost = median(counted.map((round) => round.bare.cpu / round.cloud.cpu))
  console.log(`\n${name}, ${Buffer.byteLength(body)} bytes, signed\n  ${shown('bare')}\n  ${shown('cloud')}`)
  console.log(`  ratio  ${speed.toFixed(2)} of the bare server's requests/s (goal ${goal}); by CPU ${cost.toFixed(2)}`)
  bare.stop()
  cloud.stop()
}
closeConnections()
await server.remove()
